/* box.c: along rows, then along columns, some of them side by side. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "box.h"

#include "core/base/region.h"

enum { LANES_DOWN = 16 }; /* columns that are summed side by side: a cache line of a plane */

typedef struct Averaging {
    const BoxSize *size;
    int32_t *plane, *other;
} Averaging;

static size_t mirrored(int place, int count)
{
    return (size_t)(place < 0 ? -1 - place : place >= count ? 2 * count - 1 - place : place);
}

static void add_values(double *sum, double factor, const int32_t *value, int lanes)
{
    for (int lane = 0; lane < lanes; lane++)
        sum[lane] += factor * value[lane];
}

/* Along lines of `count` values, `step` apart; `lanes` lines lie side by side. */
static void average(const int32_t *in, int count, size_t step, int lanes, int radius, int32_t *out)
{
    double sum[LANES_DOWN] = {0}, share = 1.0 / (2 * radius + 1);
    for (int i = -radius; i <= radius; i++)
        add_values(sum, 1, in + mirrored(i, count) * step, lanes);
    for (int i = 0; i < count; i++) {
        for (int lane = 0; lane < lanes; lane++)
            out[(size_t)i * step + (size_t)lane] = box_rounded(sum[lane] * share);
        if (i + 1 < count) {
            add_values(sum, -1, in + mirrored(i - radius, count) * step, lanes);
            add_values(sum, 1, in + mirrored(i + radius + 1, count) * step, lanes);
        }
    }
}

/* A mirror shows no more than the side is long. */
static int radius_along(int radius, int side)
{
    return int_min(radius, side - 1);
}

static void average_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Averaging *a = data;
    int width = a->size->width;
    size_t row = y * (size_t)width;
    average(a->plane + row, width, 1, 1, radius_along(a->size->radius_x, width), a->other + row);
}

static void average_columns(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Averaging *a = data;
    int width = a->size->width, height = a->size->height, x = (int)item * LANES_DOWN;
    average(a->other + x, height, (size_t)width, int_min(LANES_DOWN, width - x),
            radius_along(a->size->radius_y, height), a->plane + x);
}

void box_average(const BoxSize *size, Workers *workers, int32_t *plane, int32_t *other)
{
    Averaging averaging = {size, plane, other};
    workers_run(workers, (size_t)size->height, average_row, &averaging);
    workers_run(workers, ((size_t)size->width + LANES_DOWN - 1) / LANES_DOWN, average_columns, &averaging);
}
