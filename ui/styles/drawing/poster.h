/* poster.h: a screen print in the making: one plate for each ink, and shapes cut for them. Lengths are in
 * pixels of the finished picture. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_POSTER_H
#define DRAWING_POSTER_H

#include "plan.h"

typedef enum PosterInk {
    POSTER_CREAM,
    POSTER_AQUA,
    POSTER_PEACH,
    POSTER_YELLOW,
    POSTER_SIENNA,
    POSTER_RED,
    POSTER_TEAL,
    POSTER_BLUE,
    POSTER_GREEN,
    POSTER_SHADE, /* sheer: darkens what lies below */
    POSTER_KEY,   /* the dark of all outlines, printed last */
    POSTER_INKS
} PosterInk;

typedef struct Poster {
    cairo_t *plates[POSTER_INKS];
} Poster;

/* Lays a shape over all that is there already, with an outline of about that width; 0: none. The shade lies
 * over what is there, and covers nothing. */
void poster_round(Poster *poster, PosterInk ink, float outline, const PlanPoint *points, int count);
void poster_straight(Poster *poster, PosterInk ink, float outline, const PlanPoint *points, int count);
void poster_oval(Poster *poster, PosterInk ink, float outline, float x, float y, float radius_x,
                 float radius_y);

/* One stroke of the brush along a curve through the points, thin at both ends. */
void poster_line(Poster *poster, PosterInk ink, float width, const PlanPoint *points, int count);

/* The same with the points written out, in a function whose poster is called so. */
#define POSTER_ROUND(ink, outline, ...)    poster_round(poster, ink, outline, PLAN_POINTS(__VA_ARGS__))
#define POSTER_STRAIGHT(ink, outline, ...) poster_straight(poster, ink, outline, PLAN_POINTS(__VA_ARGS__))
#define POSTER_LINE(ink, width, ...)       poster_line(poster, ink, width, PLAN_POINTS(__VA_ARGS__))

/* The motif, from back to front. */
void poster_bay(Poster *poster);
void poster_still_life(Poster *poster);
void poster_woman(Poster *poster);

#endif
