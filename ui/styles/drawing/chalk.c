/* chalk.c: soft pastel.
 *
 * Paper has hills and valleys; a dry stick leaves colour on the hills, and the harder it is pressed, the
 * deeper. So a stroke is not a transparency but a threshold on the height of the paper, and that is what
 * makes chalk look like chalk. Every layer fills the valleys a little. Strokes of even transparency with
 * noise on top were rejected: they look like airbrush under sand. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chalk.h"

#include <stdlib.h>

enum { LANES = 96 };

/* Felt side of a drawing paper: lumps of two sizes, and the faint lines of the mould. */
static float tooth(int column, int row)
{
    float x = (float)column, y = (float)row;
    float wobble = 2.5f * noise_fractal(x / 60, y / 60, 2, 401);
    float lumps = 0.75f * noise_smooth(x / 7.6f + wobble * 0.3f, y / 6.4f, 403, NULL) +
                  0.45f * noise_smooth((x + y) / 4.4f, (y - x) / 4.9f, 405, NULL);
    float mould = 0.16f * sinf(0.30f * x + wobble) + 0.06f * sinf(0.05f * y + wobble);
    return clamp01(0.5f + 0.42f * (lumps + mould));
}

Sheet chalk_sheet_new(int width, int height, Vec3 paper)
{
    Sheet sheet = {.paint = picture_new(width, height)};
    sheet.tooth = allocate((size_t)width * (size_t)height, sizeof *sheet.tooth);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            float high = tooth(x, y), cloud = noise_fractal((float)x / 300, (float)y / 300, 3, 407);
            sheet.tooth[(size_t)y * (size_t)width + (size_t)x] = high;
            *picture_at(&sheet.paint, x, y) = vec3_scale(paper, 0.80f + 0.35f * high + 0.12f * cloud);
        }
    return sheet;
}

void chalk_sheet_free(Sheet *sheet)
{
    picture_free(&sheet->paint);
    free(sheet->tooth);
    *sheet = (Sheet){0};
}

/* How the stick's end touches: nicks and crumbs along its edge last for the whole stroke. */
typedef struct Stick {
    float touch[LANES]; /* across */
    float force[LANES]; /* along */
    float edge[LANES];  /* along: pixels by which the sides stray */
} Stick;

static void cut_stick(Stick *stick, const Chalk *chalk, Dice *dice)
{
    float phase = dice_between(dice, 0, 1000), lean = dice_between(dice, -0.22f, 0.22f);
    for (int i = 0; i < LANES; i++) {
        float share = (float)i / LANES, across = 2 * share - 1;
        float nick = noise_fractal(phase + share * chalk->width / 7, 0.5f, 2, 411);
        float side = 1 - powf(fabsf(across), 6);
        stick->touch[i] = side * (1 + lean * across + 0.30f * nick);
        float ends = smooth_step(0, 0.10f, share) * smooth_step(1, 0.72f, share);
        float tremble = noise_fractal(phase + share * chalk->length / 40, 5.5f, 2, 413);
        stick->force[i] = (0.55f + 0.45f * ends) * (1 + 0.22f * tremble);
        stick->edge[i] =
            0.10f * chalk->width * noise_smooth(phase + share * chalk->length / 30, 9.5f, 415, NULL) +
            0.9f * noise_smooth(phase + share * chalk->length / 4, 7.5f, 417, NULL);
    }
}

static int lane_of(float share)
{
    int lane = (int)(share * LANES);
    return lane < 0 ? 0 : lane < LANES ? lane : LANES - 1;
}

static void leave_dust(Sheet *sheet, size_t at, const Chalk *chalk, float grip)
{
    float *high = &sheet->tooth[at];
    float needed = 1 - grip;
    float on_hills = smooth_step(needed - 0.07f, needed + 0.09f, *high);
    float rubbed = 0.75f * grip * (0.7f + 0.5f * *high);
    float cover = clamp01((1 - chalk->rub) * 0.88f * on_hills + chalk->rub * rubbed);
    sheet->paint.pixels[at] = vec3_mix(sheet->paint.pixels[at], chalk->colour, cover);
    *high += 0.03f * cover * (1 - *high); /* the valleys fill */
}

void chalk_stroke(Sheet *sheet, const Chalk *chalk, Dice *dice)
{
    Stick stick;
    cut_stick(&stick, chalk, dice);
    float c = cosf(chalk->angle), s = sinf(chalk->angle), aura = 0.5f * chalk->width + fabsf(chalk->bend) + 3;
    float end_x = chalk->x + c * chalk->length, end_y = chalk->y + s * chalk->length;
    int left = (int)fmaxf(0, fminf(chalk->x, end_x) - aura),
        top = (int)fmaxf(0, fminf(chalk->y, end_y) - aura);
    int right = (int)fminf((float)sheet->paint.width - 1, fmaxf(chalk->x, end_x) + aura);
    int bottom = (int)fminf((float)sheet->paint.height - 1, fmaxf(chalk->y, end_y) + aura);
    for (int y = top; y <= bottom; y++)
        for (int x = left; x <= right; x++) {
            float dx = (float)x - chalk->x, dy = (float)y - chalk->y;
            float along = (c * dx + s * dy) / chalk->length;
            if (along < 0 || along > 1)
                continue;
            int step = lane_of(along);
            float aside = c * dy - s * dx - 4 * chalk->bend * along * (1 - along) + stick.edge[step];
            float share = aside / chalk->width + 0.5f;
            if (share < 0 || share > 1)
                continue;
            float grip = chalk->pressure * stick.force[step] * stick.touch[lane_of(share)];
            leave_dust(sheet, (size_t)y * (size_t)sheet->paint.width + (size_t)x, chalk, grip);
        }
}
