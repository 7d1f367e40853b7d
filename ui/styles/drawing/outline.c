/* outline.c: outlines through cairo, whose edges are smooth. Motifs are tables of such outlines: a
 * composition can be corrected by moving a point, which formulas for every curve do not allow. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outline.h"

#include <cairo.h>
#include <stdlib.h>

Outline outline_parse(const char *text, float width)
{
    Outline outline = {.curved = *text == '~', .width = width};
    text += *text == '~' || *text == '#';
    while (outline.count < OUTLINE_POINTS) {
        char *end;
        float x = strtof(text, &end);
        if (end == text || *end != ',')
            break;
        outline.x[outline.count] = x * 0.001f;
        outline.y[outline.count++] = strtof(end + 1, &end) * 0.001f;
        text = end;
    }
    return outline;
}

Outline outline_blob(float x, float y, float radius_x, float radius_y, float rough, Dice *dice)
{
    Outline outline = {.count = 20, .curved = true};
    float phase = dice_between(dice, 0, 100);
    for (int i = 0; i < outline.count; i++) {
        float angle = 6.2832f * ((float)i + dice_between(dice, -0.2f, 0.2f)) / 20;
        float far = 1 + rough * noise_fractal(phase + 1.6f * cosf(angle), 1.6f * sinf(angle), 2, 31) * 1.8f;
        outline.x[i] = x + radius_x * far * cosf(angle);
        outline.y[i] = y + radius_y * far * sinf(angle);
    }
    return outline;
}

Outline outline_placed(const Outline *outline, float x, float y, float scale, float turn)
{
    Outline placed = *outline;
    float c = scale * cosf(turn), s = scale * sinf(turn);
    for (int i = 0; i < placed.count; i++) {
        placed.x[i] = x + c * outline->x[i] - s * outline->y[i];
        placed.y[i] = y + s * outline->x[i] + c * outline->y[i];
    }
    placed.width *= scale;
    return placed;
}

/* The number of a point's neighbour; at the ends of a line, the point itself. */
static int neighbour(const Outline *outline, int i)
{
    if (outline->width > 0)
        return i < 0 ? 0 : i >= outline->count ? outline->count - 1 : i;
    return (i + outline->count) % outline->count;
}

static void trace(cairo_t *cairo, const Outline *outline)
{
    const float *x = outline->x, *y = outline->y;
    int pieces = outline->width > 0 ? outline->count - 1 : outline->count;
    cairo_move_to(cairo, (double)x[0], (double)y[0]);
    for (int i = 0; i < pieces; i++) {
        int before = neighbour(outline, i - 1), to = neighbour(outline, i + 1),
            after = neighbour(outline, i + 2);
        float bend = outline->curved ? 1.0f / 6 : 0; /* Catmull and Rom's curve */
        cairo_curve_to(cairo, (double)(x[i] + bend * (x[to] - x[before])),
                       (double)(y[i] + bend * (y[to] - y[before])),
                       (double)(x[to] - bend * (x[after] - x[i])), (double)(y[to] - bend * (y[after] - y[i])),
                       (double)x[to], (double)y[to]);
    }
    if (outline->width <= 0)
        cairo_close_path(cairo);
}

static int between(int low, int high, float value)
{
    return value < (float)low ? low : value > (float)high ? high : (int)value;
}

static Mask mask_around(const Outline *outline, float unit, int width, int height, int margin)
{
    float left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    float reach = 0.5f * outline->width;
    for (int i = 0; i < outline->count; i++) {
        left = fminf(left, outline->x[i] - reach);
        right = fmaxf(right, outline->x[i] + reach);
        top = fminf(top, outline->y[i] - reach);
        bottom = fmaxf(bottom, outline->y[i] + reach);
    }
    /* Curves swing a little beyond their points. */
    float swing = 0.15f * fmaxf(right - left, bottom - top) * unit + 2 + (float)margin;
    Mask mask = {.x = between(0, width, left * unit - swing), .y = between(0, height, top * unit - swing)};
    mask.width = between(0, width, right * unit + swing) - mask.x;
    mask.height = between(0, height, bottom * unit + swing) - mask.y;
    if (mask.width <= 0 || mask.height <= 0)
        mask.width = mask.height = 0;
    return mask;
}

Mask outline_mask(const Outline *outline, float unit, int width, int height, int margin)
{
    Mask mask = mask_around(outline, unit, width, height, margin);
    if (mask.width == 0 || outline->count < 2)
        return (Mask){0};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, mask.width, mask.height);
    cairo_t *cairo = cairo_create(surface);
    cairo_translate(cairo, -mask.x, -mask.y);
    cairo_scale(cairo, (double)unit, (double)unit);
    cairo_set_line_width(cairo, (double)outline->width);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    trace(cairo, outline);
    if (outline->width > 0)
        cairo_stroke(cairo);
    else
        cairo_fill(cairo);
    cairo_surface_flush(surface);
    mask.cover = allocate((size_t)mask.width * (size_t)mask.height, sizeof *mask.cover);
    for (int y = 0; y < mask.height; y++) {
        const unsigned char *from =
            cairo_image_surface_get_data(surface) + y * cairo_image_surface_get_stride(surface);
        for (int x = 0; x < mask.width; x++)
            mask.cover[y * mask.width + x] = (float)from[x] / 255;
    }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return mask;
}

void mask_free(Mask *mask)
{
    free(mask->cover);
    *mask = (Mask){0};
}
