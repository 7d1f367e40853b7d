/* scene.c: cairo cuts the shapes out, once; later every stroke asks the map of parts where it is.
 *
 * Shapes carry a shadow and a light rather than a drawing of every shade: techniques choose their own marks
 * between the two. Without anti-aliasing, since a map of numbers has no half numbers. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>

enum { NUMBERS = 128 };

/* Reads numbers until a letter comes. */
static int read_numbers(const char **text, double numbers[NUMBERS])
{
    int count = 0;
    for (char *end; count < NUMBERS; *text = end) {
        double number = strtod(*text, &end);
        if (end == *text)
            break;
        numbers[count++] = number;
    }
    return count;
}

static void polygon(cairo_t *cairo, const double *at, int count)
{
    for (int i = 0; i + 1 < count; i += 2)
        cairo_line_to(cairo, at[i], at[i + 1]);
    cairo_close_path(cairo);
    cairo_fill(cairo);
}

/* Runs through all points: each piece leaves parallel to the line between its neighbours. */
static void smooth_line(cairo_t *cairo, const double *at, int points, bool closed)
{
    cairo_move_to(cairo, at[0], at[1]);
    for (int i = 0; i < (closed ? points : points - 1); i++) {
        int before = closed ? (i + points - 1) % points : i > 0 ? i - 1 : 0;
        int next = (i + 1) % points;
        int after = closed ? (i + 2) % points : i + 2 < points ? i + 2 : points - 1;
        const double *p = at + 2 * before, *q = at + 2 * i, *r = at + 2 * next, *s = at + 2 * after;
        cairo_curve_to(cairo, q[0] + (r[0] - p[0]) / 6, q[1] + (r[1] - p[1]) / 6, r[0] - (s[0] - q[0]) / 6,
                       r[1] - (s[1] - q[1]) / 6, r[0], r[1]);
    }
}

static void ellipse(cairo_t *cairo, const double *of)
{
    cairo_save(cairo);
    cairo_translate(cairo, of[0], of[1]);
    cairo_rotate(cairo, of[4] * 3.14159265 / 180);
    cairo_scale(cairo, of[2], of[3]);
    cairo_arc(cairo, 0, 0, 1, 0, 6.2831853);
    cairo_restore(cairo);
    cairo_fill(cairo);
}

static void cut_out(cairo_t *cairo, const char *path)
{
    while (*path) {
        char kind = *path++;
        double numbers[NUMBERS];
        int count = read_numbers(&path, numbers);
        while (*path == ' ')
            path++;
        if (kind == 'P')
            polygon(cairo, numbers, count);
        if (kind == 'O' && count == 5)
            ellipse(cairo, numbers);
        if (kind == 'S' && count >= 6) {
            smooth_line(cairo, numbers, count / 2, true);
            cairo_fill(cairo);
        }
        if (kind == 'T' && count >= 5) {
            cairo_set_line_width(cairo, numbers[0]);
            smooth_line(cairo, numbers + 1, (count - 1) / 2, false);
            cairo_stroke(cairo);
        }
    }
}

Scene scene_new(const Shape *shapes, int count, int height)
{
    int width = (int)lroundf((float)height * SCENE_WIDE);
    Scene scene = {shapes, count, width, height, allocate((size_t)width * (size_t)height, 1)};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_scale(cairo, height / 1000.0, height / 1000.0);
    for (int i = 0; i < count; i++) {
        cairo_set_source_rgb(cairo, 0, 0, i / 255.0);
        cut_out(cairo, shapes[i].path);
    }
    cairo_surface_flush(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            const void *pixel =
                data + (size_t)y * (size_t)cairo_image_surface_get_stride(surface) + 4 * (size_t)x;
            scene.part[(size_t)y * (size_t)width + (size_t)x] = *(const uint32_t *)pixel & 255;
        }
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return scene;
}

void scene_free(Scene *scene)
{
    free(scene->part);
    *scene = (Scene){0};
}

int scene_part(const Scene *scene, float x, float y)
{
    int column = (int)(x * (float)scene->height), row = (int)(y * (float)scene->height);
    column = column < 0 ? 0 : column >= scene->width ? scene->width - 1 : column;
    row = row < 0 ? 0 : row >= scene->height ? scene->height - 1 : row;
    return scene->part[row * scene->width + column];
}

float scene_tone(const Scene *scene, int part, float x, float y)
{
    const Shape *shape = &scene->shapes[part];
    float dx = (shape->light[0] - shape->dark[0]) / 1000, dy = (shape->light[1] - shape->dark[1]) / 1000;
    float length2 = dx * dx + dy * dy + 1e-9f, tone;
    if (shape->round) {
        float aside = x - shape->light[0] / 1000, below = y - shape->light[1] / 1000;
        tone = 1 - sqrtf((aside * aside + below * below) / length2);
    } else {
        tone = ((x - shape->dark[0] / 1000) * dx + (y - shape->dark[1] / 1000) * dy) / length2;
    }
    return clamp01(tone) + shape->unrest * noise_fractal(x * 7, y * 7, 3, 71 + (uint32_t)part);
}

Vec3 scene_colour(const Scene *scene, int part, float tone, float wander, Dice *dice)
{
    const uint32_t *ramp = scene->shapes[part].ramp;
    float at = (clamp01(tone) + wander * dice_normal(dice)) * (RAMP - 1);
    at = at < 0 ? 0 : at > RAMP - 1 ? RAMP - 1 : at;
    int below = at < RAMP - 1 ? (int)at : RAMP - 2;
    return vec3_mix(colour(ramp[below]), colour(ramp[below + 1]), at - (float)below);
}

float scene_flow(const Scene *scene, int part, float x, float y)
{
    const Shape *shape = &scene->shapes[part];
    float degrees = shape->flow;
    if (shape->bend != 0)
        degrees += shape->bend * (scene_tone(scene, part, x, y) - 0.5f);
    return degrees * 0.0174533f;
}

bool scene_border(const Scene *scene, float x, float y, float reach)
{
    int here = scene_part(scene, x, y);
    return scene_part(scene, x + reach, y) != here || scene_part(scene, x - reach, y) != here ||
           scene_part(scene, x, y + reach) != here || scene_part(scene, x, y - reach) != here;
}

float scene_room(const Scene *scene, float x, float y, float angle, float most)
{
    const float step = 0.0008f;
    int part = scene_part(scene, x, y);
    float way = 0;
    while (way < most &&
           scene_part(scene, x + (way + step) * cosf(angle), y + (way + step) * sinf(angle)) == part)
        way += step;
    return way;
}

void places_visit(float spacing, void *data, PlacePainter paint, Dice *dice)
{
    int columns = (int)(SCENE_WIDE / spacing) + 3, rows = (int)(1 / spacing) + 3, count = columns * rows;
    int *order = allocate((size_t)count, sizeof *order);
    for (int i = 0; i < count; i++) {
        int j = (int)dice_between(dice, 0, (float)i + 0.999f);
        order[i] = order[j];
        order[j] = i;
    }
    for (int i = 0; i < count; i++) {
        float x = ((float)(order[i] % columns) - 1 + dice_between(dice, 0, 1)) * spacing;
        float y = ((float)(order[i] / columns) - 1 + dice_between(dice, 0, 1)) * spacing;
        paint(data, x, y, dice);
    }
    free(order);
}
