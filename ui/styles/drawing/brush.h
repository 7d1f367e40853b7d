/* brush.h: wet paint on canvas: its colour and its thickness. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_BRUSH_H
#define DRAWING_BRUSH_H

#include "noise.h"
#include "picture.h"

typedef struct Canvas {
    Picture paint;
    float *relief;   /* [H, W], height of the surface in pixels */
    uint32_t *touch; /* [H, W], number of the last stroke */
    uint32_t strokes;
} Canvas;

/* The direction paint is drawn along at a place, radians; NAN where the brush is lifted off. */
typedef float (*BrushFlow)(void *data, float x, float y);

typedef struct Stroke {
    float x, y;          /* its middle, pixels */
    float width, length; /* pixels */
    float turn;          /* from the flow, radians */
    Vec3 colour[2];      /* what the brush was loaded with: bristles carry one, the other, or a mixture */
    float load;          /* how much: 1 covers to the end, less runs dry on the way */
} Stroke;

Canvas canvas_new(int width, int height, Vec3 ground); /* woven, primed with the colour `ground` */
void canvas_free(Canvas *canvas);

/* Draws one stroke along the flow, which picks up some of the paint that it passes over. */
void canvas_stroke(Canvas *canvas, const Stroke *stroke, BrushFlow flow, void *data, Dice *dice);

/* The painting under a lamp from the upper left, as a new picture. */
Picture canvas_lit(const Canvas *canvas);

#endif
