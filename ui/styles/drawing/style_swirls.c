/* style_swirls.c: swirling impasto: thick wet paint in streams and whirls.
 *
 * Painted as such pictures are: big brushes first, then smaller ones where there is more to tell, each
 * stroke in one go along the stream of what it depicts. Neighbouring colours alternate rather than blend,
 * the eye mixes them. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_styles.h"

#include "brush.h"
#include "motif_swirls.h"

enum { FINER = 2, HEIGHT = 1024 }; /* painted this many times larger, then shrunk */
static const float UNIT = FINER * HEIGHT;

/* One pass with one brush; sizes are in units of the picture's height. */
typedef struct Round {
    float width, length, spacing;
    float from_detail; /* only where the motif is at least as detailed */
    float share;       /* of the places that get a stroke */
    float load;
    bool strict; /* strokes end where the thing they depict ends */
} Round;

static const Round rounds[] = {
    {0.050f, 0.26f, 0.028f, 0, 1, 1.1f, false},          {0.030f, 0.17f, 0.0165f, 0, 1, 1.0f, true},
    {0.020f, 0.125f, 0.0120f, 0, 0.80f, 0.95f, true},    {0.014f, 0.080f, 0.0095f, 0.28f, 0.34f, 0.95f, true},
    {0.011f, 0.050f, 0.0075f, 0.55f, 0.55f, 1.0f, true}, {0.0080f, 0.032f, 0.0055f, 0.78f, 0.8f, 1.1f, true},
    {0.0055f, 0.020f, 0.0040f, 0.95f, 0.6f, 1.2f, true},
};

typedef struct Easel {
    Canvas canvas;
    Scene scene;
    const Round *round;
    int part; /* of the stroke being painted */
} Easel;

static float flow(void *data, float x, float y)
{
    const Easel *easel = data;
    if (easel->round->strict && scene_part(&easel->scene, x / UNIT, y / UNIT) != easel->part)
        return NAN;
    return swirls_flow(&easel->scene, x / UNIT, y / UNIT);
}

static void paint_place(void *data, float x, float y, Dice *dice)
{
    Easel *easel = data;
    const Round *round = easel->round;
    if (dice_between(dice, 0, 1) > round->share || swirls_detail(&easel->scene, x, y) < round->from_detail)
        return;
    Stroke stroke = {.x = x * UNIT,
                     .y = y * UNIT,
                     .width = round->width * UNIT * dice_between(dice, 0.72f, 1.25f),
                     .length = round->length * UNIT * dice_between(dice, 0.6f, 1.25f),
                     .turn = 0.10f * dice_normal(dice),
                     .load = round->load};
    stroke.colour[0] = swirls_colour(&easel->scene, x, y, dice);
    stroke.colour[1] = vec3_mix(stroke.colour[0], swirls_colour(&easel->scene, x, y, dice), 0.6f);
    easel->part = scene_part(&easel->scene, x, y);
    canvas_stroke(&easel->canvas, &stroke, flow, easel, dice);
}

Picture draw_swirls(void)
{
    Dice dice = {20};
    Easel easel = {.scene = swirls_scene(FINER * HEIGHT)};
    easel.canvas = canvas_new(easel.scene.width, easel.scene.height, colour(0x8a5a34));
    for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++) {
        easel.round = &rounds[i];
        places_visit(easel.round->spacing, &easel, paint_place, &dice);
    }
    Picture large = canvas_lit(&easel.canvas), picture = picture_shrink(&large, FINER);
    picture_free(&large);
    canvas_free(&easel.canvas);
    scene_free(&easel.scene);
    return picture;
}
