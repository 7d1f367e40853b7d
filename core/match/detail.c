/* detail.c: the guided filter, a channel at a time, on planes of fixed-point numbers (box.h).
 *
 * Rejected: exchanging the picture's fine light and dark for the content's, parted from the coarse by a
 * box. Where the laid colours don't end exactly at the content's edge, which they rarely do, that left a
 * halo along it (tests/bench/RESULTS.md). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detail.h"

#include "box.h"
#include "content.h"
#include "core/base/memory.h"

#include <stdlib.h>

/* By eye, and by what a network sees, over twelve pairs of pictures. */
static const struct {
    double aligned, fine; /* at a share of 1 */
    double noise;         /* variance of light below which a window has no edge to align to */
    double smooth;        /* the same for what is smoothed away, and given back, as fine */
} DETAIL = {.aligned = 1.0, .fine = 0.6, .noise = 0.04 * 0.04, .smooth = 0.1 * 0.1};

/* Planes of the picture's size. */
typedef enum Plane {
    LIGHT,    /* l */
    MEAN,     /* of l over the window */
    VARIANCE, /* of l, likewise */
    FINE,     /* contrast (l - smooth(l)) */
    FIRST,    /* a channel, then b */
    SECOND,   /* its product with l, then a */
    OTHER,    /* working space of a box */
    PLANES
} Plane;

typedef struct Restoring {
    const Detail *detail;
    const NstImage *content;
    NstImage *picture;
    int channel;
    int32_t *plane[PLANES]; /* [pixels] each */
} Restoring;

double detail_bytes(double pixels)
{
    return PLANES * pixels * sizeof(int32_t);
}

static double value_at(const Restoring *r, Plane plane, size_t pixel)
{
    return box_value(r->plane[plane][pixel]);
}

/* Replaces a plane by its means over the windows. */
static void average(Restoring *r, Workers *workers, Plane plane)
{
    BoxSize size = {r->picture->width, r->picture->height, r->detail->radius_x, r->detail->radius_y};
    box_average(&size, workers, r->plane[plane], r->plane[OTHER]);
}

/* ---- The content's light ------------------------------------------------------------------------------- */

static float seen(float value)
{
    return value > 0 ? value < 1 ? value : 1 : 0;
}

static void read_light(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Restoring *r = data;
    size_t width = (size_t)r->picture->width, end = (y + 1) * width;
    for (size_t pixel = y * width; pixel < end; pixel++) {
        const float *rgb = r->content->rgb + 3 * pixel;
        float clamped[3] = {seen(rgb[0]), seen(rgb[1]), seen(rgb[2])};
        double light = (double)content_light(clamped);
        r->plane[LIGHT][pixel] = r->plane[MEAN][pixel] = box_fixed(light);
        r->plane[VARIANCE][pixel] = box_fixed(light * light);
    }
}

/* From means of l and l^2 to the variance; and a, b of l explained by itself. */
static void explain_light(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Restoring *r = data;
    size_t width = (size_t)r->picture->width, end = (y + 1) * width;
    for (size_t pixel = y * width; pixel < end; pixel++) {
        double mean = value_at(r, MEAN, pixel), variance = value_at(r, VARIANCE, pixel) - mean * mean;
        variance = variance > 0 ? variance : 0;
        double a = variance / (variance + DETAIL.smooth);
        r->plane[VARIANCE][pixel] = box_fixed(variance);
        r->plane[FIRST][pixel] = box_fixed((1 - a) * mean);
        r->plane[SECOND][pixel] = box_fixed(a);
    }
}

/* a l + b, with both averaged over the windows that a pixel lies in. */
static double explained(const Restoring *r, size_t pixel)
{
    return value_at(r, SECOND, pixel) * value_at(r, LIGHT, pixel) + value_at(r, FIRST, pixel);
}

static void find_fine(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Restoring *r = data;
    size_t width = (size_t)r->picture->width, end = (y + 1) * width;
    for (size_t pixel = y * width; pixel < end; pixel++)
        r->plane[FINE][pixel] =
            box_fixed(r->detail->contrast * (value_at(r, LIGHT, pixel) - explained(r, pixel)));
}

static void study_light(Restoring *r, Workers *workers)
{
    size_t rows = (size_t)r->picture->height;
    workers_run(workers, rows, read_light, r);
    average(r, workers, MEAN);
    average(r, workers, VARIANCE);
    workers_run(workers, rows, explain_light, r);
    average(r, workers, FIRST);
    average(r, workers, SECOND);
    workers_run(workers, rows, find_fine, r);
}

/* ---- A channel ----------------------------------------------------------------------------------------- */

static float *channel_at(const Restoring *r, size_t pixel)
{
    return &r->picture->rgb[3 * pixel + (size_t)r->channel];
}

static void read_channel(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Restoring *r = data;
    size_t width = (size_t)r->picture->width, end = (y + 1) * width;
    for (size_t pixel = y * width; pixel < end; pixel++) {
        double value = (double)*channel_at(r, pixel);
        r->plane[FIRST][pixel] = box_fixed(value);
        r->plane[SECOND][pixel] = box_fixed(value * value_at(r, LIGHT, pixel));
    }
}

/* From means of v and v l to a and b. */
static void explain_channel(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Restoring *r = data;
    size_t width = (size_t)r->picture->width, end = (y + 1) * width;
    for (size_t pixel = y * width; pixel < end; pixel++) {
        double light = value_at(r, MEAN, pixel), mean = value_at(r, FIRST, pixel),
               covariance = value_at(r, SECOND, pixel) - mean * light,
               a = covariance / (value_at(r, VARIANCE, pixel) + DETAIL.noise);
        r->plane[FIRST][pixel] = box_fixed(mean - a * light);
        r->plane[SECOND][pixel] = box_fixed(a);
    }
}

/* How much of an edge there is. */
static double edge_at(const Detail *d, size_t y, size_t x)
{
    float edge = 0;
    for (int k = 0; k < 4; k++) {
        int cell = d->down->cell[k / 2][y] * d->grid.width + d->across->cell[k % 2][x];
        edge += d->down->share[k / 2][y] * d->across->share[k % 2][x] * (1 - d->plain[cell]);
    }
    return (double)edge;
}

static void restore_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Restoring *r = data;
    size_t width = (size_t)r->picture->width;
    double aligned = DETAIL.aligned * r->detail->share, fine = DETAIL.fine * r->detail->share;
    for (size_t x = 0; x < width; x++) {
        size_t pixel = y * width + x;
        double value = (double)*channel_at(r, pixel);
        double gain = aligned * (explained(r, pixel) - value) + fine * value_at(r, FINE, pixel);
        *channel_at(r, pixel) = seen((float)(value + edge_at(r->detail, y, x) * gain));
    }
}

static void restore_channel(Restoring *r, Workers *workers)
{
    size_t rows = (size_t)r->picture->height;
    workers_run(workers, rows, read_channel, r);
    average(r, workers, FIRST);
    average(r, workers, SECOND);
    workers_run(workers, rows, explain_channel, r);
    average(r, workers, FIRST);
    average(r, workers, SECOND);
    workers_run(workers, rows, restore_row, r);
}

static NstStatus restore(Restoring *r, Workers *workers)
{
    study_light(r, workers);
    for (r->channel = 0; r->channel < 3; r->channel++) {
        if (workers_ask_stop(workers))
            return NST_CANCELLED;
        restore_channel(r, workers);
    }
    return NST_OK;
}

NstStatus detail_restore(const Detail *detail, const NstImage *content, Workers *workers, NstImage *picture,
                         NstError *error)
{
    size_t pixels = nst_image_floats(picture) / 3;
    Restoring r = {.detail = detail, .content = content, .picture = picture};
    int32_t *planes = memory_new(PLANES * pixels * sizeof *planes);
    if (!planes)
        return nst_fail_memory(error, "working space", detail_bytes((double)pixels));
    for (int plane = 0; plane < PLANES; plane++)
        r.plane[plane] = planes + (size_t)plane * pixels;
    NstStatus status = restore(&r, workers);
    free(planes);
    return status;
}
