/* style_woodcut.c: a woodcut: black ink from a carved block on cream paper.
 *
 * The block starts out black and the gouge takes away: along lines that follow the form it lifts cuts that
 * begin and end pointed, the wider the lighter the place. Where cuts overlap only slivers of wood are left
 * standing: those are the chatter marks of a real block, so they need no rule of their own. Thresholding a
 * shaded picture against a screen was rejected: it gives stripes without beginning or end. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_styles.h"
#include "lines.h"
#include "motif_woodcut.h"
#include "print.h"

typedef struct Carving {
    const Plan *plan;
    WoodcutPart part;
    cairo_t *block; /* what is carved away */
    Dice *dice;
} Carving;

/* The wobble of the hand moves the borders of the things. */
static void wobble(float *x, float *y)
{
    float u = *x / 24, v = *y / 24;
    *x += 3 * noise_fractal(u, v, 2, 51);
    *y += 3 * noise_fractal(u, v, 2, 52);
}

static WoodcutPart part_at(const Plan *plan, float x, float y)
{
    wobble(&x, &y);
    return (WoodcutPart)plan_part(plan, x, y);
}

static float tone_at(const Plan *plan, float x, float y)
{
    wobble(&x, &y);
    return plan_tone(plan, x, y);
}

static float flow(const void *data, float x, float y)
{
    const Carving *carving = data;
    return part_at(carving->plan, x, y) == carving->part ? woodcut_flow(carving->part, x, y) : NAN;
}

/* Light places are cleared with a broader gouge. */
static float spacing(const void *data, float x, float y)
{
    const Carving *carving = data;
    float tone = tone_at(carving->plan, x, y);
    bool small =
        carving->part == WOODCUT_FIR || carving->part == WOODCUT_NEEDLES || carving->part == WOODCUT_WALL;
    float fine = small ? 0.8f : 1;
    return fine * (9.5f + 4 * tone + 1.2f * noise_smooth(x / 60, y / 60, 53, NULL));
}

static void carve(void *to, LinePoint *points, int count)
{
    Carving *carving = to;
    float phase = dice_between(carving->dice, 0, 1000), force = 1 + 0.13f * dice_normal(carving->dice);
    float length = (float)(count - 1) * LINE_STEP, entry = fminf(0.6f * length, 55);
    float leave = fminf(0.4f * length, 22);
    if (count < 5)
        return;
    for (int i = 0; i < count; i++) {
        float along = (float)i * LINE_STEP, x = points[i].x, y = points[i].y;
        float tone = tone_at(carving->plan, x, y) + 0.10f * noise_smooth(x / 45, y / 45, 54, NULL);
        float shake = 1 + 0.26f * noise_fractal(phase + along / 17, 0.5f, 2, 55);
        float tip = fminf(sqrtf(fminf(1, along / entry)), sqrtf(fminf(1, (length - along) / leave)));
        float share = 0.10f + 1.14f * clamp01(tone);
        points[i].width = share * spacing(carving, x, y) * shake * force * tip;
        points[i].x += 0.7f * noise_smooth(phase + along / 9, 1.5f, 56, NULL);
        points[i].y += 0.7f * noise_smooth(phase + along / 9, 2.5f, 57, NULL);
    }
    if (tone_at(carving->plan, points[0].x, points[0].y) > 0.10f)
        lines_fill(carving->block, points, count);
}

static float longest_cut(WoodcutPart part)
{
    switch (part) {
    case WOODCUT_SKY:
    case WOODCUT_LAKE:
        return 420;
    case WOODCUT_LIT:
    case WOODCUT_SHADE:
    case WOODCUT_ROOF:
    case WOODCUT_WALL:
    case WOODCUT_TRUNK:
        return 220;
    case WOODCUT_FIR:
    case WOODCUT_NEEDLES:
        return 60;
    default:
        return 140;
    }
}

static void carve_parts(const Plan *plan, cairo_t *block, Dice *dice)
{
    for (int part = 0; part < WOODCUT_PARTS; part++) {
        Carving carving = {plan, (WoodcutPart)part, block, dice};
        LineTask task = {plan->width, plan->height, flow, spacing, &carving, longest_cut((WoodcutPart)part),
                         carve,       &carving};
        if (part != WOODCUT_HOLE)
            lines_trace(&task, dice);
    }
}

/* Things are divided by a ridge that is left standing, or by a cut where both are dark. */
static void carve_border(const Plan *plan, float *carved, int x, int y)
{
    float u = ((float)x + 0.5f) / PRINT_FINER, v = ((float)y + 0.5f) / PRINT_FINER;
    float radius = 2.1f + 1.3f * noise_fractal(u / 30, v / 30, 2, 58);
    WoodcutPart here = part_at(plan, u, v);
    float lightest = tone_at(plan, u, v);
    bool border = false;
    for (int i = 0; i < 8; i++) {
        float around_x = u + radius * cosf(0.7854f * (float)i),
              around_y = v + radius * sinf(0.7854f * (float)i);
        if (part_at(plan, around_x, around_y) != here) {
            border = true;
            lightest = fmaxf(lightest, tone_at(plan, around_x, around_y));
        }
    }
    if (border)
        *carved = lightest < 0.30f ? 1 : 0;
}

Picture draw_woodcut(void)
{
    Dice dice = {11};
    Plan plan = woodcut_plan();
    cairo_t *block = print_sheet(plan.width, plan.height);
    carve_parts(&plan, block, &dice);
    Plate plate = print_plate(block);
    for (int y = 0; y < plate.height; y++)
        for (int x = 0; x < plate.width; x++)
            carve_border(&plan, &plate.cover[y * plate.width + x], x, y);
    for (int i = 0; i < plate.width * plate.height; i++)
        plate.cover[i] = 1 - plate.cover[i]; /* what is left standing takes the ink */
    Picture picture = print_paper(plate.width, plate.height, colour(0xeee2c8));
    print_ink(&picture, &plate, (PrintInk){colour(0x171416), 1.2f, 0.5f, 0, 0, false});
    picture_blur(&picture, 1); /* as a lens sees it */
    Picture small = picture_shrink(&picture, PRINT_FINER);
    picture_free(&picture);
    plate_free(&plate);
    cairo_destroy(block);
    plan_free(&plan);
    return small;
}
