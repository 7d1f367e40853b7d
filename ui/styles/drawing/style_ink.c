/* style_ink.c: pen and ink: hatching, layer over layer.
 *
 * A pen has one ink, so every tone is a number of lines: the first layer follows the form, and where it is
 * darker a second, third and fourth cross it at other angles. The lightest tones are stippled. Lines swell
 * with the pressure of the nib, tremble a little and leave off where the light begins. One layer of thicker
 * and thinner lines was rejected: that is an engraving. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_styles.h"
#include "lines.h"
#include "motif_ink.h"
#include "print.h"

typedef struct Layer {
    float below; /* tones darker than that are hatched */
    float above; /* and these are not */
    float turn;  /* from the first direction, radians */
    float spacing, width, longest;
} Layer;

/* The last one blacks in what is darkest. */
static const Layer layers[] = {{1.02f, 0, 0, 13, 3.3f, 130},
                               {0.70f, 0, 0.62f, 13, 3.2f, 105},
                               {0.50f, 0, -0.75f, 12, 3.2f, 85},
                               {0.33f, 0, 1.45f, 9.5f, 3.4f, 60},
                               {0.18f, 0, 0.30f, 5, 4.6f, 50}};

typedef struct Hatching {
    const Plan *plan;
    const Layer *layer;
    InkPart part;
    cairo_t *sheet;
    Dice *dice;
} Hatching;

/* The hand's wobble; leaves have the most. */
static InkPart place(const Plan *plan, float x, float y, float *tone)
{
    bool leaves = plan_part(plan, x, y) >= INK_LEAVES;
    float size = leaves ? 14 : 24, reach = leaves ? 12 : 2.2f;
    x += reach * noise_fractal(x / size, y / size, 2, 81);
    y += reach * noise_fractal(x / size, y / size, 2, 82);
    *tone = plan_tone(plan, x, y);
    return (InkPart)plan_part(plan, x, y);
}

static float flow(const void *data, float x, float y)
{
    const Hatching *hatching = data;
    float tone;
    InkPart part = place(hatching->plan, x, y, &tone);
    tone += 0.09f * noise_fractal(x / 40, y / 40, 2, 83);
    if (part != hatching->part || tone > hatching->layer->below || tone < hatching->layer->above)
        return NAN;
    return ink_flow(part, x, y) + hatching->layer->turn;
}

static float spacing(const void *data, float x, float y)
{
    const Hatching *hatching = data;
    float even = 1 + 0.16f * noise_smooth(x / 50, y / 50, 84, NULL);
    float tone = plan_tone(hatching->plan, x, y);
    float near = 0.75f + 0.30f * smooth_step(0.2f, 0.8f, tone) + 0.5f * smooth_step(0.8f, 1, tone);
    return hatching->layer->spacing * even * near;
}

/* One line of the nib: pressed when it is put down, lifted off at the end. */
static void pen(void *to, LinePoint *points, int count)
{
    const Hatching *hatching = to;
    float phase = dice_between(hatching->dice, 0, 1000), force = 1 + 0.16f * dice_normal(hatching->dice);
    if (count < 4)
        return;
    for (int i = 0; i < count; i++) {
        float along = (float)i / (float)(count - 1), at = phase + (float)i * LINE_STEP / 22;
        float press = fminf(1, 0.55f + 5 * along) * (1 - 0.65f * along * along);
        float light = 1 - 0.3f * smooth_step(0.75f, 1, plan_tone(hatching->plan, points[i].x, points[i].y));
        float shake = 1 + 0.3f * noise_fractal(at * 1.3f, 0.5f, 2, 85);
        points[i].width = hatching->layer->width * press * shake * force * light;
        points[i].x += 0.9f * noise_smooth(at, 1.5f, 86, NULL);
        points[i].y += 0.9f * noise_smooth(at, 2.5f, 87, NULL);
    }
    lines_fill(hatching->sheet, points, count);
}

static void dot(void *to, LinePoint *points, int count)
{
    const Hatching *hatching = to;
    float radius = hatching->layer->width * dice_between(hatching->dice, 0.4f, 0.75f);
    cairo_new_path(hatching->sheet);
    cairo_arc(hatching->sheet, (double)points[count / 2].x, (double)points[count / 2].y, (double)radius, 0,
              6.2832);
    cairo_fill(hatching->sheet);
}

static bool curly(InkPart part)
{
    return part == INK_LEAVES || part == INK_LEAVES_TOO;
}

static void hatch(const Plan *plan, cairo_t *sheet, const Layer *layer, bool dots, Dice *dice)
{
    for (int part = 0; part < INK_PARTS; part++) {
        Hatching hatching = {plan, layer, (InkPart)part, sheet, dice};
        float longest = curly((InkPart)part) ? 46 : layer->longest;
        if (part == INK_WATER || part == INK_SKY || part == INK_QUAY)
            longest *= 2;
        LineTask task = {plan->width, plan->height,     flow,     spacing, &hatching,
                         longest,     dots ? dot : pen, &hatching};
        lines_trace(&task, dice);
    }
}

/* Contours: the pen goes along the border of things, pressing and letting go. */
static void ink_border(const Plan *plan, float *cover, int x, int y)
{
    float u = ((float)x + 0.5f) / PRINT_FINER, v = ((float)y + 0.5f) / PRINT_FINER, tone;
    InkPart here = place(plan, u, v, &tone);
    float radius = 2.1f + 2.3f * noise_fractal(u / 36, v / 36, 3, 88);
    if (here == INK_SKY || here == INK_WATER || radius < 0.45f)
        return; /* lines lie on the nearer thing */
    for (int i = 0; i < 8; i++) {
        float angle = 0.7854f * (float)i;
        if (place(plan, u + radius * cosf(angle), v + radius * sinf(angle), &tone) < here)
            *cover = 1;
    }
}

Picture draw_ink(void)
{
    Dice dice = {21};
    Plan plan = ink_plan();
    cairo_t *sheet = print_sheet(plan.width, plan.height);
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        hatch(&plan, sheet, &layers[i], false, &dice);
    const Layer stipple = {0.955f, 0.78f, 0, 12.5f, 2.9f, 4};
    hatch(&plan, sheet, &stipple, true, &dice);
    Plate plate = print_plate(sheet);
    for (int y = 0; y < plate.height; y++)
        for (int x = 0; x < plate.width; x++)
            ink_border(&plan, &plate.cover[y * plate.width + x], x, y);
    Picture picture = print_paper(plate.width, plate.height, colour(0xf2ebda));
    print_ink(&picture, &plate, (PrintInk){colour(0x1c1719), 1, 0.3f, 0, 0, false});
    picture_blur(&picture, 1); /* as a lens sees it */
    Picture small = picture_shrink(&picture, PRINT_FINER);
    picture_free(&picture);
    plate_free(&plate);
    cairo_destroy(sheet);
    plan_free(&plan);
    return small;
}
