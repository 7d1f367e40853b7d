/* plan.h: what a drawing shows: for every point the thing that is there (its part) and how light it is (its
 * tone). Shapes are laid over one another like cut paper, the furthest first. Lengths are in pixels of the
 * finished picture. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_PLAN_H
#define DRAWING_PLAN_H

#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Plan {
    int width, height;
    cairo_t *parts, *tones; /* 8-bit sheets: the number of the part, and the tone times 255 */
} Plan;

/* How the tone changes across a shape: `from` at one point, `to` at the other. */
typedef struct PlanFade {
    float x0, y0, from, x1, y1, to;
} PlanFade;

typedef struct PlanPoint {
    float x, y;
} PlanPoint;

Plan plan_new(int width, int height); /* part 0, tone 0 everywhere; end it with plan_free */
void plan_free(Plan *plan);

/* Adds an outline to the path of a cairo context: with straight sides, or as a smooth curve through the
 * points. A point that is given twice is a corner of the curve. */
void plan_polygon(cairo_t *cairo, const PlanPoint *points, int count);
void plan_curve(cairo_t *cairo, const PlanPoint *points, int count);

/* Lay one shape over the others. */
void plan_straight(Plan *plan, int part, PlanFade fade, const PlanPoint *points, int count);
void plan_round(Plan *plan, int part, PlanFade fade, const PlanPoint *points, int count);
void plan_oval(Plan *plan, int part, PlanFade fade, float x, float y, float radius_x, float radius_y);

static inline PlanFade plan_flat(float tone)
{
    return (PlanFade){0, 0, tone, 1, 0, tone};
}

/* Beyond the border, the border. */
int plan_part(const Plan *plan, float x, float y);
float plan_tone(const Plan *plan, float x, float y); /* 0 dark .. 1 light */

#define PLAN_COUNT(points) ((int)(sizeof(points) / sizeof *(points)))

/* Points written out as {x, y}, ..., with their number: two arguments of the functions above. */
#define PLAN_POINTS(...) (const PlanPoint[]){__VA_ARGS__}, PLAN_COUNT(((const PlanPoint[]){__VA_ARGS__}))

#endif
