/* sketch.h: what a picture shows, before any technique: the colour, and the part of the motif, at every
 * place. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_SKETCH_H
#define DRAWING_SKETCH_H

#include "outline.h"

/* How a part looks. */
typedef struct Tint {
    uint32_t from, to;        /* its colours, 0xrrggbb: it runs from one to the other ... */
    float turn;               /* ... in this direction, degrees: 0 to the right, 90 downwards */
    float ripple;             /* how far noise shifts the place between them; 1 is all the way */
    float ripple_x, ripple_y; /* the size of the noise, thousandths of the height */
    float flow;               /* which way marks run, degrees; NAN: along the outline */
    int kind;                 /* whatever the technique wants to know */
} Tint;

enum { SKETCH_PARTS = 2000 };

typedef struct Sketch {
    Picture colours;
    uint16_t *parts; /* [H, W], the number of the part on top */
    Tint *tints;     /* [SKETCH_PARTS], by part */
    int count;
    float unit; /* pixels per unit of the outlines: the height */
} Sketch;

Sketch sketch_new(int width, int height);
void sketch_free(Sketch *sketch);

/* Covers what is below with a new part. */
void sketch_add(Sketch *sketch, const Outline *outline, const Tint *tint);

/* A table of parts, from the back to the front. */
typedef struct SketchPart {
    const char *outline; /* as outline_parse wants it */
    float width;         /* units */
    Tint tint;
} SketchPart;

void sketch_add_table(Sketch *sketch, const SketchPart *table, int count);
#define SKETCH_ADD(sketch, table) sketch_add_table(sketch, table, (int)(sizeof(table) / sizeof *(table)))

/* The number of the part at a pixel; beyond the border, at the border. */
int sketch_part(const Sketch *sketch, float x, float y);

#endif
