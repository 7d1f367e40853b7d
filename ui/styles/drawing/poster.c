/* poster.c: cutting shapes as a hand does: every edge wanders a little, and outlines are brushed, thicker
 * away from the light. A shape is cut out of all other plates, so that inks lie beside one another and
 * slivers of paper show where the plates are out of place. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "poster.h"

#include "lines.h"

#include <math.h>
#include <stddef.h>

enum { MOST = 1600 };

typedef struct Curve {
    LinePoint points[MOST];
    int count;
} Curve;

static float spline(float before, float here, float next, float after, float t)
{
    float a = 0.5f * (next - before), b = 0.5f * (after - here), d = next - here;
    return here + t * (a + t * (3 * d - 2 * a - b + t * (a + b - 2 * d)));
}

static void add_wobbly(Curve *curve, float x, float y)
{
    if (curve->count == MOST)
        return;
    float dx = 1.6f * noise_fractal(x / 34, y / 34, 2, 91), dy = 1.6f * noise_fractal(x / 34, y / 34, 2, 92);
    curve->points[curve->count++] = (LinePoint){x + dx, y + dy, 0};
}

/* Points LINE_STEP apart along sides that are straight or round. */
static void follow(Curve *curve, const PlanPoint *points, int count, bool closed, bool round)
{
    curve->count = 0;
    for (int i = 0; i < count - !closed; i++) {
        PlanPoint here = points[i], next = points[(i + 1) % count];
        PlanPoint before = closed || i > 0 ? points[(i + count - 1) % count] : here;
        PlanPoint after = closed || i + 2 < count ? points[(i + 2) % count] : next;
        float length = hypotf(next.x - here.x, next.y - here.y);
        int steps = (int)(length / LINE_STEP) + 1;
        for (int k = 0; k < steps; k++) {
            float t = (float)k / (float)steps;
            if (round)
                add_wobbly(curve, spline(before.x, here.x, next.x, after.x, t),
                           spline(before.y, here.y, next.y, after.y, t));
            else
                add_wobbly(curve, here.x + t * (next.x - here.x), here.y + t * (next.y - here.y));
        }
    }
    add_wobbly(curve, points[closed ? 0 : count - 1].x, points[closed ? 0 : count - 1].y);
}

static void fill_curve(cairo_t *plate, const Curve *curve, cairo_operator_t operator)
{
    cairo_set_operator(plate, operator);
    cairo_new_path(plate);
    for (int i = 0; i < curve->count; i++)
        cairo_line_to(plate, (double)curve->points[i].x, (double)curve->points[i].y);
    cairo_fill(plate);
    cairo_set_operator(plate, CAIRO_OPERATOR_OVER);
}

/* Twice the area within, positive when the curve runs clockwise on the screen. */
static float area(const Curve *curve)
{
    float sum = 0;
    for (int i = 0; i + 1 < curve->count; i++)
        sum += curve->points[i].x * curve->points[i + 1].y - curve->points[i + 1].x * curve->points[i].y;
    return sum;
}

static void outline(Poster *poster, Curve *curve, float width)
{
    float sign = area(curve) > 0 ? 1 : -1;
    for (int i = 0; i < curve->count; i++) {
        const LinePoint *here = &curve->points[i], *next = &curve->points[i + 1 < curve->count ? i + 1 : i];
        float length = hypotf(next->x - here->x, next->y - here->y) + 1e-6f;
        /* The outer normal, as far as it points down and to the right. */
        float shady = sign * ((next->y - here->y) * 0.6f - (next->x - here->x) * 0.8f) / length;
        float press = 1 + 0.35f * noise_fractal(here->x / 40, here->y / 40, 3, 93);
        curve->points[i].width = width * press * (1 + 0.28f * shady);
    }
    lines_fill(poster->plates[POSTER_KEY], curve->points, curve->count);
}

static void cut(Poster *poster, PosterInk ink, float width, Curve *curve)
{
    for (int i = 0; i < POSTER_INKS && ink != POSTER_SHADE; i++)
        fill_curve(poster->plates[i], curve, CAIRO_OPERATOR_DEST_OUT);
    fill_curve(poster->plates[ink], curve, CAIRO_OPERATOR_OVER);
    if (width > 0)
        outline(poster, curve, width);
}

void poster_round(Poster *poster, PosterInk ink, float width, const PlanPoint *points, int count)
{
    Curve curve;
    follow(&curve, points, count, true, true);
    cut(poster, ink, width, &curve);
}

void poster_straight(Poster *poster, PosterInk ink, float width, const PlanPoint *points, int count)
{
    Curve curve;
    follow(&curve, points, count, true, false);
    cut(poster, ink, width, &curve);
}

void poster_oval(Poster *poster, PosterInk ink, float width, float x, float y, float radius_x, float radius_y)
{
    PlanPoint around[12];
    for (int i = 0; i < 12; i++) {
        float angle = 0.523599f * (float)i, uneven = 0.96f + 0.08f * noise_hash(i, (int)x, 94);
        around[i] = (PlanPoint){x + radius_x * uneven * cosf(angle), y + radius_y * uneven * sinf(angle)};
    }
    poster_round(poster, ink, width, around, 12);
}

void poster_line(Poster *poster, PosterInk ink, float width, const PlanPoint *points, int count)
{
    Curve curve;
    follow(&curve, points, count, false, true);
    for (int i = 0; i < curve.count; i++) {
        float along = (float)i / (float)(curve.count - 1);
        float press = fminf(1, 0.25f + 6 * along) * fminf(1, 0.05f + 2.2f * (1 - along));
        float shake = 1 + 0.3f * noise_fractal(curve.points[i].x / 30, curve.points[i].y / 30, 2, 95);
        curve.points[i].width = width * press * shake;
    }
    for (int i = 0; i < POSTER_INKS && ink < POSTER_SHADE; i++) { /* a light line is left out of the others */
        cairo_set_operator(poster->plates[i], CAIRO_OPERATOR_DEST_OUT);
        lines_fill(poster->plates[i], curve.points, curve.count);
        cairo_set_operator(poster->plates[i], CAIRO_OPERATOR_OVER);
    }
    lines_fill(poster->plates[ink], curve.points, curve.count);
}
