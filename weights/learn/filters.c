/* filters.c: whiten the patches, cluster them, and make each cluster's centre a filter (Coates and Ng 2012).
 * Nothing is trained: there are no labels, no task, and no gradient.
 *
 * A filter is a centroid times the whitening, exactly (grid.h). Its bias makes the ReLU cut a given share of
 * its responses, and the shares are spread evenly over the layer's filters. Dense filters carry lightness and
 * colour, sparse ones carry shapes. With one share for all filters, colours went wrong in plain areas. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters.h"

#include "grid.h"
#include "kmeans.h"
#include "whiten.h"

#include "core/base/memory.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 }; /* patches in one worker's turn */

/* Patches flatter than this share of the median's length have no shape to learn from. */
static const float flat = 0.5f;

typedef struct Patches {
    size_t count;
    int side;
    float *unit;    /* [count, side]: whitened, then of length 1 */
    float *length;  /* [count]: what they were divided by */
    uint32_t *used; /* [used_count]: indices of the patches that are not flat */
    size_t used_count;
} Patches;

static int ascending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* sorted: [count], working space. */
static void leave_out_flat(Patches *p, float *sorted)
{
    memcpy(sorted, p->length, p->count * sizeof *sorted);
    qsort(sorted, p->count, sizeof *sorted, ascending);
    float least = flat * sorted[p->count / 2];
    for (size_t i = 0; i < p->count; i++)
        if (p->length[i] > least)
            p->used[p->used_count++] = (uint32_t)i;
}

/* Everything that turns centroids into filters. */
typedef struct Shaping {
    const Patches *patches;
    const Whitening *whitening;
    int channels, filters;
    const double *centroids; /* [filters, side] */
    double *kernels;         /* [filters, side]: centroids * whitening */
    float *response;         /* [filters, count]: of each filter to each whitened patch */
    float *cut;              /* [filters]: share of the responses that the ReLU cuts */
    float *weight, *bias;
} Shaping;

/* Sorts the responses [count] and returns the one below which the share `cut` of them lies. mean: the mean,
 * over all responses, of what rises above it. */
static double threshold(float *response, size_t count, float cut, double *mean)
{
    qsort(response, count, sizeof *response, ascending);
    size_t at = (size_t)(cut * (float)(count - 1));
    double sum = 0;
    for (size_t i = at; i < count; i++)
        sum += (double)response[i] - (double)response[at];
    *mean = sum / (double)count;
    return (double)response[at];
}

/* Each filter's response to each whitened patch of a block. */
static void respond(void *data, size_t block, float *scratch)
{
    const Shaping *s = data;
    const Patches *p = s->patches;
    size_t side = (size_t)p->side, filters = (size_t)s->filters, first = block * BLOCK,
           rest = p->count - first;
    size_t rows = rest < BLOCK ? rest : BLOCK;
    double *wide = (double *)(void *)scratch, *products = wide + BLOCK * side;
    Points all = {p->count, p->side, p->unit, NULL, p->count};
    points_match(&all, first, rows, s->filters, s->centroids, wide, products);
    for (size_t f = 0; f < filters; f++)
        for (size_t i = 0; i < rows; i++)
            s->response[f * p->count + first + i] =
                (float)(products[i * filters + f] * (double)p->length[first + i]);
}

static void shape_filter(void *data, size_t f, float *scratch)
{
    (void)scratch;
    const Shaping *s = data;
    size_t count = s->patches->count, side = (size_t)s->patches->side, channels = (size_t)s->channels;
    const double *kernel = s->kernels + f * side;
    double mean, least = threshold(s->response + f * count, count, s->cut[f], &mean), offset = 0;
    double scale = mean > 0 ? 1 / mean : 1;
    for (size_t tap = 0; tap < 9; tap++)
        for (size_t c = 0; c < channels; c++)
            s->weight[(f * channels + c) * 9 + tap] = (float)(kernel[tap * channels + c] * scale);
    for (size_t i = 0; i < side; i++)
        offset += kernel[i] * (double)s->whitening->mean[i];
    s->bias[f] = (float)(-(offset + least) * scale);
}

/* cut: [filters], from cut_min to cut_max in random order. */
static NstStatus spread_cuts(const Recipe *recipe, Rng *rng, int filters, float *cut, NstError *error)
{
    uint32_t *order = malloc((size_t)filters * sizeof *order);
    if (!order)
        return nst_fail_memory(error, "the filters", (double)filters * sizeof *order);
    for (uint32_t i = 0; i < (uint32_t)filters; i++)
        order[i] = i;
    rng_shuffle(rng, order, (uint32_t)filters);
    for (int i = 0; i < filters; i++)
        cut[i] = (float)(recipe->cut_min +
                         (recipe->cut_max - recipe->cut_min) * order[i] / (filters > 1 ? filters - 1 : 1));
    free(order);
    return NST_OK;
}

/* kernels = centroids * whitening: both on grids, and exact. */
static void make_kernels(const Shaping *s)
{
    int side = s->patches->side;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, s->filters, side, side, 1, s->centroids, side,
                s->whitening->matrix, side, 0, s->kernels, side);
}

/* From clustered patches to weight and bias. */
static NstStatus shape_filters(Workers *workers, const Recipe *recipe, Rng *rng, Shaping *s, NstError *error)
{
    size_t filters = (size_t)s->filters, side = (size_t)s->patches->side, count = s->patches->count;
    s->kernels = malloc(filters * side * sizeof *s->kernels);
    s->response = memory_floats(filters * count);
    s->cut = memory_floats(filters);
    NstStatus status = workers_reserve(workers, 2 * BLOCK * (side + filters), error);
    if (!s->kernels || !s->response || !s->cut)
        status = nst_fail_memory(error, "the filters",
                                 (double)filters * (8.0 * (double)side + 4.0 * (double)count));
    if (status == NST_OK)
        status = spread_cuts(recipe, rng, s->filters, s->cut, error);
    if (status == NST_OK) {
        make_kernels(s);
        workers_run(workers, (count + BLOCK - 1) / BLOCK, respond, s);
        workers_run(workers, filters, shape_filter, s);
    }
    free(s->kernels);
    free(s->response);
    free(s->cut);
    return status;
}

static NstStatus cluster_and_shape(Workers *workers, const Recipe *recipe, Rng *rng, Shaping *s,
                                   NstError *error)
{
    const Patches *p = s->patches;
    size_t entries = (size_t)s->filters * (size_t)p->side;
    double *centroids = malloc(entries * sizeof *centroids);
    if (!centroids)
        return nst_fail_memory(error, "the clusters", 8.0 * (double)entries);
    Points points = {p->count, p->side, p->unit, p->used, p->used_count};
    NstStatus status = kmeans(workers, &points, s->filters, recipe->rounds, rng, centroids, error);
    s->centroids = centroids;
    if (status == NST_OK)
        status = shape_filters(workers, recipe, rng, s, error);
    free(centroids);
    return status;
}

NstStatus filters_learn(Workers *workers, const Recipe *recipe, Rng *rng, float *patches, size_t count,
                        int channels, int filters, float *weight, float *bias, NstError *error)
{
    int side = 9 * channels;
    Whitening whitening = {0};
    Patches p = {count, side, patches, memory_floats(count), malloc(count * sizeof *p.used), 0};
    float *sorted = memory_floats(count);
    NstStatus status = NST_OK;
    if (!p.length || !p.used || !sorted)
        status = nst_fail_memory(error, "the patches", 12.0 * (double)count);
    else
        status = whitening_learn(&whitening, workers, patches, count, side, recipe->epsilon, error);
    if (status == NST_OK)
        status = whitening_units(&whitening, workers, patches, count, p.length, error);
    if (status == NST_OK) {
        leave_out_flat(&p, sorted);
        Shaping shaping = {.patches = &p,
                           .whitening = &whitening,
                           .channels = channels,
                           .filters = filters,
                           .weight = weight,
                           .bias = bias};
        status = cluster_and_shape(workers, recipe, rng, &shaping, error);
    }
    whitening_free(&whitening);
    free(p.length);
    free(p.used);
    free(sorted);
    return status;
}
