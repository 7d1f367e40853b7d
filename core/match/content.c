/* content.c: the content is relit before it is matched, since of a painting that is darker throughout it
 * would otherwise use the few bright spots alone. Its light goes only part of the way, or shadows would turn
 * grey under a bright painting. Its colours go most of the way: left as they are, they ask for the few spots
 * that happen to have them, and a blue sky is pieced together from the only wave of a brown print.
 *
 * Rejected: lowering the content's contrast to that of a soft painting. Faces lay in fog. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "content.h"

#include <math.h>
#include <stddef.h>

/* What edges are, and how far light and colours may be bent. */
static const struct {
    double edge;             /* slope of the light, 0..1 a pixel, at which plainness falls to 1/e */
    double least_deviation;  /* of the content's light; below it there is only noise to amplify */
    double brightened;       /* share of the way from the content's mean light to the painting's */
    double most_contrast;    /* that its spread is multiplied by */
    double darkest;          /* light that colours are scaled from and to; black has no hue to keep */
    double most_brightening; /* of a colour */
    double towards;          /* share of the way from the content's chroma to the painting's */
    double least_chroma;     /* deviation of chroma; bounds the division */
    double spread[2];        /* the least and most ratio of the spreads that counts */
} LIMITS = {.edge = 0.02,
            .least_deviation = 0.02,
            .brightened = 0.6,
            .most_contrast = 2,
            .darkest = 0.02,
            .most_brightening = 3,
            .towards = 0.9,
            .least_chroma = 1e-4,
            .spread = {0.33, 3}};

static LightSpread spread_of(double sum, double squares, double count)
{
    double mean = sum / count;
    return (LightSpread){mean, sqrt(fmax(0, squares / count - mean * mean))};
}

static float within_one(double value)
{
    return (float)fmin(1, fmax(0, value));
}

/* ---- Light and dark ------------------------------------------------------------------------------------ */

LightSpread content_spread(const NstImage *picture)
{
    size_t pixels = nst_image_floats(picture) / 3;
    double sum = 0, squares = 0;
    for (size_t i = 0; i < pixels; i++) {
        double light = (double)content_light(picture->rgb + 3 * i) - 0.5; /* loses no digits to the mean */
        sum += light;
        squares += light * light;
    }
    LightSpread spread = spread_of(sum, squares, (double)pixels);
    return (LightSpread){spread.mean + 0.5, spread.deviation};
}

static double contrast_of(LightSpread content, LightSpread painting)
{
    double factor = painting.deviation / fmax(content.deviation, LIMITS.least_deviation);
    return fmin(LIMITS.most_contrast, fmax(1, factor));
}

/* The hue and the saturation stay. */
static void relight(const Relighting *r, const float *rgb, float *relit)
{
    double light = content_light(rgb), wanted = fmin(1, fmax(LIMITS.darkest, content_relit(r, light)));
    double factor = fmin(LIMITS.most_brightening, wanted / fmax(light, LIMITS.darkest));
    for (int c = 0; c < 3; c++)
        relit[c] = within_one(rgb[c] * factor);
}

/* ---- Chroma -------------------------------------------------------------------------------------------- */

static double chroma_of(const float *rgb, int which)
{
    return (double)(rgb[2 * which] - content_light(rgb));
}

/* Of the picture, relit unless `r` is NULL. */
static LightSpread chroma_spread(const NstImage *picture, int which, const Relighting *r)
{
    size_t floats = nst_image_floats(picture);
    double sum = 0, squares = 0;
    for (size_t i = 0; i < floats; i += 3) {
        const float *rgb = picture->rgb + i;
        float relit[3];
        if (r)
            relight(r, rgb, relit);
        double chroma = chroma_of(r ? relit : rgb, which);
        sum += chroma;
        squares += chroma * chroma;
    }
    return spread_of(sum, squares, (double)(floats / 3));
}

Palette content_palette(const NstImage *picture)
{
    return (Palette){content_spread(picture),
                     {chroma_spread(picture, 0, NULL), chroma_spread(picture, 1, NULL)}};
}

static void move_chroma(Relighting *r, int which, LightSpread from, LightSpread to)
{
    double ratio = to.deviation / fmax(from.deviation, LIMITS.least_chroma);
    ratio = fmin(LIMITS.spread[1], fmax(LIMITS.spread[0], ratio));
    double factor = pow(ratio, LIMITS.towards);
    r->chroma[which].factor = factor;
    r->chroma[which].offset = (1 - factor) * from.mean + LIMITS.towards * (to.mean - from.mean);
}

/* The light stays, so green follows from it. */
static void recolour(const Relighting *r, float *rgb)
{
    double light = content_light(rgb), chroma[2];
    for (int which = 0; which < 2; which++)
        chroma[which] = r->chroma[which].factor * chroma_of(rgb, which) + r->chroma[which].offset;
    rgb[0] = within_one(light + chroma[0]);
    rgb[1] = within_one(light - (0.299 * chroma[0] + 0.114 * chroma[1]) / 0.587);
    rgb[2] = within_one(light + chroma[1]);
}

/* ---- Relighting ---------------------------------------------------------------------------------------- */

/* The chroma is looked at once the light has changed, which changes it, too. */
Relighting content_relighting(const NstImage *content, const Palette *painting)
{
    LightSpread light = content_spread(content);
    Relighting r = {.from = light.mean,
                    .to = light.mean + LIMITS.brightened * (painting->light.mean - light.mean),
                    .contrast = contrast_of(light, painting->light)};
    for (int which = 0; which < 2; which++)
        move_chroma(&r, which, chroma_spread(content, which, &r), painting->chroma[which]);
    return r;
}

void content_relight_pixel(const Relighting *relighting, const float *rgb, float *relit)
{
    relight(relighting, rgb, relit);
    recolour(relighting, relit);
}

void content_relight(const Relighting *relighting, NstImage *picture)
{
    for (size_t i = 0; i < nst_image_floats(picture); i += 3)
        content_relight_pixel(relighting, picture->rgb + i, picture->rgb + i);
}

/* ---- Colour -------------------------------------------------------------------------------------------- */

static void cell_chroma(const NstImage *picture, int y, int x, float *chroma)
{
    double sum[3] = {0};
    for (int i = 0; i < CELL_SIDE * CELL_SIDE; i++) {
        size_t row = (size_t)(y * CELL_SIDE + i / CELL_SIDE),
               column = (size_t)(x * CELL_SIDE + i % CELL_SIDE);
        const float *rgb = picture->rgb + 3 * (row * (size_t)picture->width + column);
        for (int c = 0; c < 3; c++)
            sum[c] += rgb[c];
    }
    float mean[3];
    for (int c = 0; c < 3; c++)
        mean[c] = (float)(sum[c] / (CELL_SIDE * CELL_SIDE));
    chroma[0] = mean[0] - content_light(mean);
    chroma[1] = mean[2] - content_light(mean);
}

void content_chroma(const NstImage *picture, CellGrid grid, float *chroma)
{
    for (int y = 0; y < grid.height; y++)
        for (int x = 0; x < grid.width; x++, chroma += 2)
            cell_chroma(picture, y, x, chroma);
}

/* ---- Plainness ----------------------------------------------------------------------------------------- */

static float light_at(const NstImage *picture, int y, int x)
{
    size_t row = (size_t)clamp_int(y, 0, picture->height - 1),
           column = (size_t)clamp_int(x, 0, picture->width - 1);
    return content_light(picture->rgb + 3 * (row * (size_t)picture->width + column));
}

/* Mean square of the light's slope over a cell. */
static float cell_slope(const NstImage *picture, int cell_y, int cell_x)
{
    float sum = 0;
    for (int y = cell_y * CELL_SIDE; y < (cell_y + 1) * CELL_SIDE; y++)
        for (int x = cell_x * CELL_SIDE; x < (cell_x + 1) * CELL_SIDE; x++) {
            float across = (light_at(picture, y, x + 1) - light_at(picture, y, x - 1)) / 2,
                  down = (light_at(picture, y + 1, x) - light_at(picture, y - 1, x)) / 2;
            sum += across * across + down * down;
        }
    return sum / (CELL_SIDE * CELL_SIDE);
}

/* The steepest of a cell and its neighbours. */
static float steepest(CellGrid grid, const float *slope, int y, int x)
{
    float most = 0;
    for (int i = 0; i < 9; i++)
        most = fmaxf(most, slope[grid_cell(grid, y + i / 3 - 1, x + i % 3 - 1)]);
    return most;
}

void content_plain(const NstImage *picture, CellGrid grid, float *plain, float *scratch)
{
    int cells = (int)grid_cells(grid);
    for (int i = 0; i < cells; i++)
        scratch[i] = cell_slope(picture, grid_y(grid, i), grid_x(grid, i));
    for (int i = 0; i < cells; i++) {
        double slope = steepest(grid, scratch, grid_y(grid, i), grid_x(grid, i));
        plain[i] = (float)exp(-slope / (LIMITS.edge * LIMITS.edge));
    }
}
