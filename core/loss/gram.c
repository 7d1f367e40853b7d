/* gram.c: multiplies blocks of positions in float and adds up their results in double.
 *
 * With AVX2 or AVX-512 product.c's add_square does this, which needs no copy of the features: measured at 64
 * to 512 channels (tests/bench/RESULTS.md), it is 5 to 30 % faster than OpenBLAS's kernels for the same
 * vector unit, and three times as fast as those that OpenBLAS falls back on where it doesn't know the
 * processor. Without these vector units OpenBLAS's kernels are faster.
 *
 * The work is divided into parts of the positions times strips of the matrix: with few channels the features
 * are long and the matrix is small, with many it is the other way round. The width of a strip is fixed, so
 * that the memory for sums stays small and about the same. Everything depends only on the numbers of channels
 * and positions, so any number of workers adds in the same order. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gram.h"

#include "core/base/blas.h"
#include "core/base/memory.h"
#include "core/network/simd.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A block is so short that its sum in float loses less than rounding does (512 terms of 24 bits). */
enum { BLOCK = 512, STRIP = 64, ITEMS = 16, SQUARE = 16 };

static size_t strips_of(size_t channels)
{
    return (channels + STRIP - 1) / STRIP;
}

static size_t parts_of(size_t channels)
{
    return strips_of(channels) < ITEMS ? ITEMS / strips_of(channels) : 1;
}

static size_t sums_of(size_t channels)
{
    return parts_of(channels) * channels * channels;
}

static size_t totals_of(size_t channels)
{
    return parts_of(channels) * channels;
}

double gram_bytes(int channels)
{
    size_t c = (size_t)channels;
    return (double)(sums_of(c) + totals_of(c) + c) * sizeof(double);
}

/* A strip of the matrix. */
size_t gram_scratch(int channels)
{
    return (size_t)STRIP * (size_t)channels;
}

NstStatus gram_new(Gram *gram, int channels, Workers *workers, NstError *error)
{
    NstStatus status = workers_reserve(workers, gram_scratch(channels), error);
    *gram = (Gram){.channels = channels};
    if (status != NST_OK)
        return status;
    gram->sums = malloc(sums_of((size_t)channels) * sizeof *gram->sums);
    if (!gram->sums)
        return nst_fail_memory(error, "the style's statistics", gram_bytes(channels));
    gram_clear(gram);
    return NST_OK;
}

NstStatus gram_add_means(Gram *gram, NstError *error)
{
    size_t c = (size_t)gram->channels;
    gram->totals = malloc(totals_of(c) * sizeof *gram->totals);
    gram->mean = malloc(c * sizeof *gram->mean);
    return gram->totals && gram->mean
               ? NST_OK
               : nst_fail_memory(error, "the style's statistics", gram_bytes(gram->channels));
}

void gram_free(Gram *gram)
{
    free(gram->sums);
    free(gram->totals);
    free(gram->mean);
    *gram = (Gram){0};
}

void gram_clear(Gram *gram)
{
    memset(gram->sums, 0, sums_of((size_t)gram->channels) * sizeof *gram->sums);
    if (gram->totals)
        memset(gram->totals, 0, totals_of((size_t)gram->channels) * sizeof *gram->totals);
    gram->positions = 0;
}

/* One gram_add. */
typedef struct Adding {
    Gram *gram;
    const Product *product; /* NULL: blas.h's */
    const float *features;
    size_t columns; /* of the map */
    Region region;
    size_t part; /* positions of a part, a multiple of BLOCK */
} Adding;

static const Product *product_for(size_t channels)
{
    const Product *product = simd_best()->product;
    bool slower = blas_is_openblas && !product->wide;
    return !slower && channels % PRODUCT_COLUMNS == 0 ? product : NULL;
}

/* The region's position number `at`. *count: how many are wanted from there on; lowered to those that lie in
 * memory one after the other. */
static const float *positions(const Adding *adding, size_t at, size_t *count)
{
    size_t c = (size_t)adding->gram->channels, across = (size_t)region_columns(&adding->region);
    size_t row = at / across, column = at % across, left = across - column;
    bool apart = across < adding->columns; /* do the region's rows lie apart in memory? */
    if (apart && left < *count)
        *count = left;
    return adding->features +
           (((size_t)adding->region.top + row) * adding->columns + (size_t)adding->region.left + column) * c;
}

/* Adds `width` rows of the upper triangle, starting at row `from`: a square on the diagonal and what is right
 * of it. */
static void add_strip(const Adding *adding, size_t from, size_t width, size_t count, const float *f,
                      float *strip)
{
    size_t c = (size_t)adding->gram->channels;
    if (adding->product)
        adding->product->add_square(width, count, c - from, f + from, c, strip + from, c);
    else
        blas_add_square(width, count, c - from, f + from, c, strip + from, c);
}

/* Adds up features channel by channel; in double, since a covariance is a small difference. */
static void add_totals(size_t c, size_t width, size_t count, const float *features, double *totals)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < width; j++)
            totals[j] += features[i * c + j];
}

static void add_item(void *data, size_t item, float *strip)
{
    const Adding *adding = data;
    size_t c = (size_t)adding->gram->channels, part = item / strips_of(c), from = item % strips_of(c) * STRIP;
    size_t width = c - from < STRIP ? c - from : STRIP, all = region_positions(&adding->region);
    size_t at = part * adding->part, end = at + adding->part < all ? at + adding->part : all, count;
    double *sum = adding->gram->sums + (part * c + from) * c;

    while (at < end) {
        size_t block = end - at < BLOCK ? end : at + BLOCK;
        memset(strip, 0, width * c * sizeof *strip);
        for (; at < block; at += count) {
            count = block - at;
            const float *run = positions(adding, at, &count);
            if (adding->gram->totals)
                add_totals(c, width, count, run + from, adding->gram->totals + part * c + from);
            add_strip(adding, from, width, count, run, strip);
        }
        for (size_t i = 0; i < width; i++)
            for (size_t j = from + i; j < c; j++)
                sum[i * c + j] += strip[i * c + j];
    }
}

void gram_add(Gram *gram, Workers *workers, const float *features, int columns, const Region *region)
{
    size_t c = (size_t)gram->channels, all = region_positions(region), blocks = (all + BLOCK - 1) / BLOCK;
    Adding adding = {.gram = gram,
                     .product = product_for(c),
                     .features = features,
                     .columns = (size_t)columns,
                     .region = *region,
                     .part = (blocks + parts_of(c) - 1) / parts_of(c) * BLOCK};
    if (all == 0)
        return;
    workers_run(workers, parts_of(c) * strips_of(c), add_item, &adding);
    gram->positions += (double)all;
}

/* One gram_matrix or gram_covariance. */
typedef struct Gathering {
    const Gram *gram;
    const double *mean; /* NULL: taken as zero */
    float *matrix;
} Gathering;

static float entry(const Gathering *g, size_t i, size_t j)
{
    size_t c = (size_t)g->gram->channels, parts = parts_of(c);
    double sum = 0;
    for (size_t part = 0; part < parts; part++)
        sum += g->gram->sums[(part * c + i) * c + j];
    return (float)(sum / g->gram->positions - (g->mean ? g->mean[i] * g->mean[j] : 0));
}

/* Adds the parts in their order, divides by N, and mirrors the triangle. Square by square, since each entry
 * of a column lies in another cache line. */
static void gather_rows(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Gathering *g = data;
    size_t c = (size_t)g->gram->channels, top = item * SQUARE, bottom = top + SQUARE < c ? top + SQUARE : c;
    for (size_t left = top; left < c; left += SQUARE)
        for (size_t i = top; i < bottom; i++)
            for (size_t j = left > i ? left : i; j < left + SQUARE && j < c; j++)
                g->matrix[i * c + j] = g->matrix[j * c + i] = entry(g, i, j);
}

static void gather(const Gram *gram, const double *mean, Workers *workers, float *matrix)
{
    Gathering g = {gram, mean, matrix};
    workers_run(workers, ((size_t)gram->channels + SQUARE - 1) / SQUARE, gather_rows, &g);
}

void gram_matrix(const Gram *gram, Workers *workers, float *matrix)
{
    gather(gram, NULL, workers, matrix);
}

void gram_covariance(Gram *gram, Workers *workers, float *covariance, float *mean)
{
    size_t c = (size_t)gram->channels;
    for (size_t j = 0; j < c; j++) {
        double sum = 0;
        for (size_t part = 0; part < parts_of(c); part++)
            sum += gram->totals[part * c + j];
        gram->mean[j] = sum / gram->positions;
        mean[j] = (float)gram->mean[j];
    }
    gather(gram, gram->mean, workers, covariance);
}
