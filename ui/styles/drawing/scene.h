/* scene.h: a motif as a stack of cut-out shapes, for the techniques to paint. Places are in units of the
 * picture's height: x 0 .. SCENE_WIDE, y 0 (top) .. 1. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_SCENE_H
#define DRAWING_SCENE_H

#include "noise.h"
#include "picture.h"

#define SCENE_WIDE 1.25f

enum { RAMP = 5 };

typedef struct Shape {
    /* In thousandths of the picture's height. P x y ...: a polygon; S x y ...: a smooth closed curve
     * through the points; O x y rx ry degrees: an ellipse; T w x y ...: a smooth open thread of width w. */
    const char *path;
    uint32_t ramp[RAMP]; /* its colours, from shadow to light */
    float dark[2];       /* where the shadow is deepest, thousandths */
    float light[2];      /* where the light falls */
    bool round;          /* the tone goes in rings around `light`, not straight from `dark` to it */
    float unrest;        /* how far the tone wanders, 0..1 */
    float flow;          /* the direction of strokes, degrees */
    float bend;          /* how the direction changes with the tone, degrees from shadow to light */
    bool calm;           /* light or plain: wants quiet marks */
} Shape;

typedef struct Scene {
    const Shape *shapes; /* the last lies on top; the first should cover everything */
    int count;
    int width, height; /* pixels */
    uint8_t *part;     /* [H, W], the shape that is seen */
} Scene;

Scene scene_new(const Shape *shapes, int count, int height);
void scene_free(Scene *scene);

/* The number of the shape that is seen at a place; beyond the border, as at the border. */
int scene_part(const Scene *scene, float x, float y);

/* 0 in the shadow .. 1 in the light. */
float scene_tone(const Scene *scene, int part, float x, float y);

/* From the part's ramp at `tone`; colours wander along the ramp by about `wander` of its length. */
Vec3 scene_colour(const Scene *scene, int part, float tone, float wander, Dice *dice);

/* The direction of strokes, radians. */
float scene_flow(const Scene *scene, int part, float x, float y);

/* Does another shape begin within `reach` of a place? */
bool scene_border(const Scene *scene, float x, float y, float reach);

/* How far from a place one can go in a direction (radians) before another shape begins, at most `most`. */
float scene_room(const Scene *scene, float x, float y, float angle, float most);

/* Calls paint for every place of a jittered grid in random order; in rows, each mark would overlap the one
 * above like roof tiles. Places reach a little beyond the border. */
typedef void (*PlacePainter)(void *data, float x, float y, Dice *dice);
void places_visit(float spacing, void *data, PlacePainter paint, Dice *dice);

#endif
