/* print.c: paper and ink. Ink sits on the paper's high places, is pressed out a little over the edges of
 * what carries it, and comes off the roller in patches. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print.h"

#include "noise.h"

#include <stdlib.h>

cairo_t *print_sheet(int width, int height)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_A8, PRINT_FINER * width, PRINT_FINER * height);
    cairo_t *sheet = cairo_create(surface);
    cairo_surface_destroy(surface); /* the context keeps it */
    cairo_scale(sheet, PRINT_FINER, PRINT_FINER);
    cairo_set_source_rgba(sheet, 0, 0, 0, 1);
    cairo_set_line_cap(sheet, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(sheet, CAIRO_LINE_JOIN_ROUND);
    return sheet;
}

Plate print_plate(cairo_t *sheet)
{
    cairo_surface_t *surface = cairo_get_target(sheet);
    cairo_surface_flush(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    Plate plate = {cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), NULL};
    plate.cover = allocate((size_t)plate.width * (size_t)plate.height, sizeof *plate.cover);
    for (int y = 0; y < plate.height; y++)
        for (int x = 0; x < plate.width; x++)
            plate.cover[y * plate.width + x] = (float)data[y * stride + x] / 255;
    return plate;
}

void plate_free(Plate *plate)
{
    free(plate->cover);
    *plate = (Plate){0};
}

/* The paper's surface, about -1..1: felt marks and fibres. */
static float grain(int x, int y)
{
    float u = (float)x, v = (float)y;
    return 0.6f * noise_fractal(u / 7, v / 7, 3, 61) + 0.5f * noise_smooth(u / 1.8f, v / 1.8f, 62, NULL) +
           0.5f * noise_fractal(u / 26 + v / 60, v / 5 - u / 40, 2, 63);
}

Picture print_paper(int width, int height, Vec3 tint)
{
    Picture paper = picture_new(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            float cloud = noise_fractal((float)x / 300, (float)y / 300, 3, 64);
            float light = 1 + 0.022f * grain(x, y) + 0.03f * cloud;
            Vec3 warm = vec3(1, 1 - 0.008f * cloud, 1 - 0.03f * cloud);
            *picture_at(&paper, x, y) = vec3_mul(vec3_scale(tint, light), warm);
        }
    return paper;
}

/* Bilinear; nothing beyond the border's pixels. */
static float cover_at(const Plate *plate, float x, float y)
{
    x = fminf(fmaxf(x, 0), (float)plate->width - 1.001f);
    y = fminf(fmaxf(y, 0), (float)plate->height - 1.001f);
    int left = (int)x, top = (int)y;
    const float *at = &plate->cover[top * plate->width + left];
    float u = x - (float)left, v = y - (float)top;
    float upper = at[0] + u * (at[1] - at[0]);
    float lower = at[plate->width] + u * (at[plate->width + 1] - at[plate->width]);
    return upper + v * (lower - upper);
}

/* How much of the ink arrives on the paper at a place. */
static float transfer(const Plate *plate, const PrintInk *ink, int x, int y)
{
    float u = (float)x, v = (float)y;
    float wander_x = ink->ragged * noise_fractal(u / 6, v / 6, 2, 65);
    float wander_y = ink->ragged * noise_fractal(u / 6, v / 6, 2, 66);
    float cover = cover_at(plate, u - ink->dx + wander_x, v - ink->dy + wander_y);
    if (cover <= 0)
        return 0;
    float roller = noise_fractal(u / 170, v / 170, 3, 67), height = grain(x, y);
    float bare = smooth_step(0.75f, 1.15f, -height + 0.65f * roller + 0.5f * (ink->patchy - 0.5f));
    float film = 1 - ink->patchy * clamp01(0.05f + 0.07f * roller - 0.05f * height);
    return cover * film * (1 - 0.85f * ink->patchy * bare);
}

void print_ink(Picture *picture, const Plate *plate, PrintInk ink)
{
    for (int y = 0; y < picture->height; y++)
        for (int x = 0; x < picture->width; x++) {
            Vec3 *paper = picture_at(picture, x, y);
            Vec3 inked = ink.sheer ? vec3_mul(*paper, ink.colour) : ink.colour;
            *paper = vec3_mix(*paper, inked, clamp01(transfer(plate, &ink, x, y)));
        }
}
