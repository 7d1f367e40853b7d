/* draw_painting.c: the sample style: a painting, made the way paintings are made: big brushes first, then
 * smaller ones where there is more detail, each stroke in one go along the flow of what it depicts. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_samples.h"
#include "motif.h"
#include "ui/styles/drawing/brush.h"

#include <stdlib.h>

enum { FINER = 2 };                              /* painted this many times larger, then shrunk */
static const float UNIT = FINER * SAMPLE_HEIGHT; /* pixels per unit of the motif */

/* One pass with one brush; sizes are in units of the motif. */
typedef struct Round {
    float width, length, spacing;
    float from_detail; /* only where the motif is at least as detailed */
    float share;       /* of the places that get a stroke */
    float load;
} Round;

static const Round rounds[] = {
    {0.056f, 0.28f, 0.030f, 0, 1, 1.1f},
    {0.034f, 0.19f, 0.018f, 0, 1, 1.0f},
    {0.023f, 0.140f, 0.0140f, 0, 0.75f, 0.95f},
    {0.016f, 0.090f, 0.0105f, 0.25f, 0.28f, 0.95f},
    {0.0115f, 0.060f, 0.0080f, 0.55f, 0.45f, 1.0f},
    {0.0080f, 0.042f, 0.0060f, 0.9f, 0.6f, 1.1f},
};

/* Once the big brushes have covered the canvas, strokes end where the thing they depict ends. */
typedef struct Within {
    MotifPart part;
    bool strict;
} Within;

static float flow(void *data, float x, float y)
{
    const Within *within = data;
    if (within->strict && motif_part(x / UNIT, y / UNIT) != within->part)
        return NAN;
    return motif_flow(x / UNIT, y / UNIT);
}

static void paint_place(Canvas *canvas, const Round *round, float x, float y, Dice *dice)
{
    if (dice_between(dice, 0, 1) > round->share || motif_detail(x, y) < round->from_detail)
        return;
    Stroke stroke = {.x = x * UNIT,
                     .y = y * UNIT,
                     .width = round->width * UNIT * dice_between(dice, 0.75f, 1.2f),
                     .length = round->length * UNIT * dice_between(dice, 0.65f, 1.25f),
                     .turn = 0.10f * dice_normal(dice),
                     .load = round->load};
    stroke.colour[0] = motif_colour(x, y, dice);
    stroke.colour[1] = vec3_mix(stroke.colour[0], motif_colour(x, y, dice), 0.45f);
    Within within = {motif_part(x, y), round != rounds};
    canvas_stroke(canvas, &stroke, flow, &within, dice);
}

/* Places are visited in random order; otherwise each row would overlap the one above like roof tiles. */
static void paint_round(Canvas *canvas, const Round *round, Dice *dice)
{
    int columns = (int)(1.5f / round->spacing) + 3, rows = (int)(1 / round->spacing) + 3,
        count = columns * rows;
    int *order = allocate((size_t)count, sizeof *order);
    for (int i = 0; i < count; i++) {
        int j = (int)dice_between(dice, 0, (float)i + 0.999f);
        order[i] = order[j];
        order[j] = i;
    }
    for (int i = 0; i < count; i++) {
        float x = ((float)(order[i] % columns) - 1 + dice_between(dice, 0, 1)) * round->spacing;
        float y = ((float)(order[i] / columns) - 1 + dice_between(dice, 0, 1)) * round->spacing;
        paint_place(canvas, round, x, y, dice);
    }
    free(order);
}

Picture draw_painting(void)
{
    Dice dice = {2};
    Canvas canvas = canvas_new(FINER * SAMPLE_WIDTH, FINER * SAMPLE_HEIGHT, colour(0x8a5a34));
    for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++)
        paint_round(&canvas, &rounds[i], &dice);
    Picture large = canvas_lit(&canvas), picture = picture_shrink(&large, FINER);
    picture_free(&large);
    canvas_free(&canvas);
    return picture;
}
