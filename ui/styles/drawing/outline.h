/* outline.h: shapes as a hand would outline them, and the pixels they cover. Places are in units of the
 * picture's height: x grows to the right, y downwards. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_OUTLINE_H
#define DRAWING_OUTLINE_H

#include "noise.h"
#include "picture.h"

enum { OUTLINE_POINTS = 72 };

typedef struct Outline {
    float x[OUTLINE_POINTS], y[OUTLINE_POINTS];
    int count;
    bool curved; /* through the points; otherwise straight from each to the next */
    float width; /* of a line along the points, which isn't closed; 0: the closed shape is filled */
} Outline;

/* From text like "~120,300 140,310 ...": thousandths; ~ for a curved, # for a straight outline. */
Outline outline_parse(const char *text, float width);

/* An uneven round shape; `rough` is the share of the radius by which it deviates. */
Outline outline_blob(float x, float y, float radius_x, float radius_y, float rough, Dice *dice);

/* The same outline at another place: each point p becomes at + scale * turned p. */
Outline outline_placed(const Outline *outline, float x, float y, float scale, float turn);

/* How far each pixel of a box is covered, 0..1. */
typedef struct Mask {
    int x, y, width, height; /* the box, inside the picture; empty (0 x 0) for an outline outside */
    float *cover;            /* [H, W] */
} Mask;

/* For a picture of that size whose unit is `unit` pixels; the box is `margin` pixels larger than need be. */
Mask outline_mask(const Outline *outline, float unit, int width, int height, int margin);
void mask_free(Mask *mask);

#endif
