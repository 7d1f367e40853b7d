/* sketch.c: parts laid one over another. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sketch.h"

#include <stdlib.h>

Sketch sketch_new(int width, int height)
{
    Sketch sketch = {.colours = picture_new(width, height), .unit = (float)height};
    sketch.parts = allocate((size_t)width * (size_t)height, sizeof *sketch.parts);
    sketch.tints = allocate(SKETCH_PARTS, sizeof *sketch.tints);
    return sketch;
}

void sketch_free(Sketch *sketch)
{
    picture_free(&sketch->colours);
    free(sketch->parts);
    free(sketch->tints);
    *sketch = (Sketch){0};
}

/* Where the shape begins and ends in a direction: the projections of its points. */
static void extent(const Outline *outline, float dx, float dy, float *low, float *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (int i = 0; i < outline->count; i++) {
        float along = outline->x[i] * dx + outline->y[i] * dy;
        *low = fminf(*low, along);
        *high = fmaxf(*high, along);
    }
}

void sketch_add(Sketch *sketch, const Outline *outline, const Tint *tint)
{
    if (sketch->count >= SKETCH_PARTS)
        return;
    int part = sketch->count++, width = sketch->colours.width;
    sketch->tints[part] = *tint;
    float dx = cosf(tint->turn * 0.0174533f), dy = sinf(tint->turn * 0.0174533f), low, high;
    extent(outline, dx, dy, &low, &high);
    Vec3 from = colour(tint->from), to = colour(tint->to);
    float scale_x = tint->ripple_x > 0 ? 1000 / tint->ripple_x : 0;
    float scale_y = tint->ripple_y > 0 ? 1000 / tint->ripple_y : 0;
    Mask mask = outline_mask(outline, sketch->unit, width, sketch->colours.height, 0);
    for (int i = 0; i < mask.width * mask.height; i++) {
        if (mask.cover[i] <= 0)
            continue;
        int px = mask.x + i % mask.width, py = mask.y + i / mask.width;
        float x = (float)px / sketch->unit, y = (float)py / sketch->unit;
        float at = (x * dx + y * dy - low) / fmaxf(high - low, 1e-6f);
        at += tint->ripple * 1.5f * noise_fractal(x * scale_x, y * scale_y, 3, 70 + (uint32_t)part);
        Vec3 *pixel = picture_at(&sketch->colours, px, py);
        *pixel = vec3_mix(*pixel, vec3_mix(from, to, clamp01(at)), mask.cover[i]);
        if (mask.cover[i] >= 0.5f)
            sketch->parts[py * width + px] = (uint16_t)part;
    }
    mask_free(&mask);
}

void sketch_add_table(Sketch *sketch, const SketchPart *table, int count)
{
    for (int i = 0; i < count; i++) {
        Outline outline = outline_parse(table[i].outline, table[i].width);
        sketch_add(sketch, &outline, &table[i].tint);
    }
}

int sketch_part(const Sketch *sketch, float x, float y)
{
    int width = sketch->colours.width, height = sketch->colours.height;
    int px = x < 0 ? 0 : x >= (float)width ? width - 1 : (int)x;
    int py = y < 0 ? 0 : y >= (float)height ? height - 1 : (int)y;
    return sketch->parts[py * width + px];
}
