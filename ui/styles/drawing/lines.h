/* lines.h: lines side by side along a flow, as a hand hatches or carves them, and their marks. Lengths are
 * in pixels of the finished picture. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_LINES_H
#define DRAWING_LINES_H

#include "noise.h"

#include <cairo.h>

typedef struct LinePoint {
    float x, y, width;
} LinePoint;

enum { LINE_STEP = 3 }; /* distance between the points of a line */

typedef struct LineTask {
    int width, height; /* of the sheet */
    /* The direction at a place, radians; NAN where no line may be. */
    float (*flow)(const void *data, float x, float y);
    float (*spacing)(const void *data, float x, float y); /* distance to the next line */
    const void *data;
    float longest; /* lines end after about half that to all of it */
    /* Receives each line as soon as it is found; its widths are 0 and may be changed. */
    void (*draw)(void *to, LinePoint *points, int count);
    void *to;
} LineTask;

/* Fills the sheet with lines that keep their distance. */
void lines_trace(const LineTask *task, Dice *dice);

/* Fills a line of varying width with the context's colour. */
void lines_fill(cairo_t *cairo, const LinePoint *points, int count);

#endif
