/* sumi.c: one brush, from soaked to dry.
 *
 * Every pixel near a stroke finds its place in it: how far along, and how far aside. From these follow the
 * bristle that passed there and how dry it was: a dry bristle leaves ink only on the paper's high places,
 * which is the flying white, and a wet one pools at its edges. Densities add up, as washes do. Bristles
 * dragged one by one (as brush.c does for thick paint) were rejected: at bends they leave gaps, which a
 * soaked brush never does. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sumi.h"

#include <math.h>
#include <stdlib.h>

enum { FINER = 2, MOST = 400 };

Sumi sumi_new(int width, int height)
{
    Sumi sumi = {.width = FINER * width, .height = FINER * height, .dice = {31}};
    size_t count = (size_t)sumi.width * (size_t)sumi.height;
    float **sheets[] = {&sumi.ink, &sumi.red, &sumi.grain, &sumi.near, &sumi.along, &sumi.aside};
    for (int i = 0; i < 6; i++)
        *sheets[i] = allocate(count, sizeof(float));
    for (int y = 0; y < sumi.height; y++)
        for (int x = 0; x < sumi.width; x++) {
            float u = (float)x, v = (float)y;
            sumi.grain[y * sumi.width + x] = 0.7f * noise_fractal(u / 5, v / 5, 3, 111) +
                                             0.6f * noise_fractal(u / 40 + v / 90, v / 7 - u / 60, 2, 112);
        }
    return sumi;
}

void sumi_free(Sumi *sumi)
{
    float *sheets[] = {sumi->ink, sumi->red, sumi->grain, sumi->near, sumi->along, sumi->aside};
    for (int i = 0; i < 6; i++)
        free(sheets[i]);
    *sumi = (Sumi){0};
}

typedef struct Way {
    SumiPoint points[MOST]; /* pixels of the sheet */
    float along[MOST];
    int count;
} Way;

typedef struct Box {
    int left, top, right, bottom; /* the last two are outside */
} Box;

static float spline(float before, float here, float next, float after, float t)
{
    float a = 0.5f * (next - before), b = 0.5f * (after - here), d = next - here;
    return here + t * (a + t * (3 * d - 2 * a - b + t * (a + b - 2 * d)));
}

static Way way_through(const SumiPoint *points, int count)
{
    enum { STEPS = 24 };
    Way way = {.count = 0};
    for (int i = 0; i < (count - 1) * STEPS + 1 && way.count < MOST; i++) {
        int at = i / STEPS < count - 1 ? i / STEPS : count - 2;
        float t = (float)(i - at * STEPS) / STEPS;
        const SumiPoint *here = &points[at], *next = &points[at + 1];
        const SumiPoint *before = at > 0 ? here - 1 : here, *after = at + 2 < count ? next + 1 : next;
        SumiPoint *point = &way.points[way.count];
        point->x = FINER * spline(before->x, here->x, next->x, after->x, t);
        point->y = FINER * spline(before->y, here->y, next->y, after->y, t);
        point->width = FINER * fmaxf(0.5f, here->width + t * (next->width - here->width));
        const SumiPoint *last = way.count ? point - 1 : point;
        float step = hypotf(point->x - last->x, point->y - last->y);
        way.along[way.count] = way.count ? way.along[way.count - 1] + step : 0;
        way.count++;
    }
    return way;
}

static Box box_around(const Sumi *sumi, float left, float top, float right, float bottom)
{
    Box box = {(int)fmaxf(left, 0), (int)fmaxf(top, 0), (int)fminf(right + 1, (float)sumi->width),
               (int)fminf(bottom + 1, (float)sumi->height)};
    return box;
}

static Box way_box(const Sumi *sumi, const Way *way, float margin)
{
    float left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (int i = 0; i < way->count; i++) {
        const SumiPoint *p = &way->points[i];
        float reach = 0.65f * p->width + margin;
        left = fminf(left, p->x - reach);
        right = fmaxf(right, p->x + reach);
        top = fminf(top, p->y - reach);
        bottom = fmaxf(bottom, p->y + reach);
    }
    return box_around(sumi, left, top, right, bottom);
}

/* Lets the pixels around one piece of the way know where in the stroke they are. */
static void place_piece(Sumi *sumi, const Way *way, int i)
{
    SumiPoint a = way->points[i], b = way->points[i + 1];
    float dx = b.x - a.x, dy = b.y - a.y, length = way->along[i + 1] - way->along[i] + 1e-6f;
    float reach = 0.6f * fmaxf(a.width, b.width) + 2;
    Box box = box_around(sumi, fminf(a.x, b.x) - reach, fminf(a.y, b.y) - reach, fmaxf(a.x, b.x) + reach,
                         fmaxf(a.y, b.y) + reach);
    for (int y = box.top; y < box.bottom; y++)
        for (int x = box.left; x < box.right; x++) {
            float px = (float)x - a.x, py = (float)y - a.y;
            float t = clamp01((px * dx + py * dy) / (length * length));
            float ox = px - t * dx, oy = py - t * dy;
            float distance = sqrtf(ox * ox + oy * oy) / (0.5f * (a.width + t * (b.width - a.width)));
            size_t at = (size_t)y * (size_t)sumi->width + (size_t)x;
            if (distance >= sumi->near[at])
                continue;
            sumi->near[at] = distance;
            sumi->along[at] = way->along[i] + t * length;
            sumi->aside[at] = px * dy - py * dx > 0 ? distance : -distance; /* positive on the left */
        }
}

typedef struct Mark {
    SumiBrush brush;
    float length, width, phase; /* width: of the widest place */
} Mark;

/* How much ink a place gets from the bristle that passes it. */
static float bristle(const Mark *mark, float along, float aside, float grain)
{
    float share = along / mark->length, across = 0.5f * aside * mark->width;
    float streak = noise_fractal(mark->phase + across / 4.5f, mark->phase + along / 190, 3, 113);
    float patch = 0.25f * noise_smooth(mark->phase + along / 60, 0.5f, 114, NULL);
    float dryness = mark->brush.dry * (0.45f + 0.75f * share + 0.25f * aside * aside + patch);
    float threshold = -1.25f + 1.9f * dryness;
    return smooth_step(threshold - 0.16f, threshold + 0.16f, 0.85f * streak + 0.42f * grain);
}

static float deposit(const Mark *mark, float along, float aside, float grain, float pool)
{
    const SumiBrush *brush = &mark->brush;
    float share = along / mark->length, fringe = fminf(0.9f, 2.2f / mark->width);
    float wander = 0.10f * noise_fractal(mark->phase + along / (16 + 0.4f * mark->width),
                                         aside > 0 ? 3.5f : 9.5f, 3, 115);
    float edge = fabsf(aside) + wander + 0.02f * grain;
    float inside = smooth_step(1, 1 - fringe, edge);
    if (inside <= 0)
        return 0;
    float rim = 1 + 0.30f * (1 - brush->dry) * smooth_step(0.72f, 0.97f, edge);
    float loaded = clamp01(0.5f + 0.5f * aside * (brush->side > 0 ? 1 : -1));
    float lopsided = 1 + fabsf(brush->side) * (1.15f * powf(loaded, 1.7f) - 1);
    float spent = (1 - brush->fade * share) * (brush->mist > 0 ? smooth_step(1, 1 - brush->mist, share) : 1);
    return inside * rim * lopsided * spent * (1 + 0.22f * pool) * bristle(mark, along, aside, grain);
}

/* A running mean along one row or column of `count` values that lie `stride` apart. */
static void run_line(float *values, int count, int stride, int radius, float *line)
{
    float sum = 0;
    for (int i = 0; i < count; i++)
        line[i] = values[i * stride];
    for (int i = -radius; i <= radius; i++)
        sum += i >= 0 && i < count ? line[i] : 0;
    for (int i = 0; i < count; i++) {
        values[i * stride] = sum / (float)(2 * radius + 1);
        sum += i + radius + 1 < count ? line[i + radius + 1] : 0;
        sum -= i - radius >= 0 ? line[i - radius] : 0;
    }
}

static void run(Sumi *sumi, float *sheet, Box box, int radius)
{
    float *line = allocate((size_t)(sumi->width + sumi->height), sizeof *line);
    for (int pass = 0; pass < 2; pass++) {
        for (int y = box.top; y < box.bottom; y++)
            run_line(&sheet[y * sumi->width + box.left], box.right - box.left, 1, radius, line);
        for (int x = box.left; x < box.right; x++)
            run_line(&sheet[box.top * sumi->width + x], box.bottom - box.top, sumi->width, radius, line);
    }
    free(line);
}

/* Turns places in the stroke into ink; near becomes the mark. */
static void soak(Sumi *sumi, const Mark *mark, Box box)
{
    for (int y = box.top; y < box.bottom; y++)
        for (int x = box.left; x < box.right; x++) {
            size_t at = (size_t)y * (size_t)sumi->width + (size_t)x;
            float pool = noise_fractal((float)x / 130, (float)y / 130, 3, 116);
            sumi->near[at] = sumi->near[at] < 1.2f
                                 ? deposit(mark, sumi->along[at], sumi->aside[at], sumi->grain[at], pool)
                                 : 0;
        }
    int radius = (int)(FINER * mark->brush.soft * 0.6f);
    if (radius > 0)
        run(sumi, sumi->near, box, radius);
}

void sumi_stroke(Sumi *sumi, SumiBrush brush, const SumiPoint *points, int count)
{
    Way way = way_through(points, count);
    Box box = way_box(sumi, &way, 2 + 3 * FINER * brush.soft);
    Mark mark = {brush, way.along[way.count - 1] + 1e-3f, 0, dice_between(&sumi->dice, 0, 900)};
    for (int i = 0; i < way.count; i++)
        mark.width = fmaxf(mark.width, way.points[i].width);
    for (int y = box.top; y < box.bottom; y++)
        for (int x = box.left; x < box.right; x++)
            sumi->near[y * sumi->width + x] = INFINITY;
    for (int i = 0; i + 1 < way.count; i++)
        place_piece(sumi, &way, i);
    soak(sumi, &mark, box);
    float *sheet = brush.red ? sumi->red : sumi->ink;
    for (int y = box.top; y < box.bottom; y++)
        for (int x = box.left; x < box.right; x++)
            sheet[y * sumi->width + x] += brush.ink * sumi->near[y * sumi->width + x];
}

Picture sumi_picture(const Sumi *sumi)
{
    Picture picture = picture_new(sumi->width, sumi->height);
    const Vec3 paper = colour(0xf1eadb);
    for (int y = 0; y < sumi->height; y++)
        for (int x = 0; x < sumi->width; x++) {
            size_t at = (size_t)y * (size_t)sumi->width + (size_t)x;
            float age = noise_fractal((float)x / 420, (float)y / 420, 3, 117);
            float ink = fminf(sumi->ink[at], 2.6f), red = sumi->red[at];
            ink *= (1 + 0.35f * ink) *
                   (1 + 0.10f * sumi->grain[at]); /* thick ink is blacker than thin ink twice */
            Vec3 light = vec3_scale(paper, 1 + 0.025f * sumi->grain[at] + 0.02f * age);
            /* Thin ink is a little blue, the red is vermilion. */
            Vec3 kept = vec3(expf(-1.08f * ink - 0.14f * red), expf(-1.02f * ink - 1.35f * red),
                             expf(-0.92f * ink - 1.75f * red));
            *picture_at(&picture, x, y) = vec3_mul(light, kept);
        }
    Picture small = picture_shrink(&picture, FINER);
    picture_free(&picture);
    return small;
}
