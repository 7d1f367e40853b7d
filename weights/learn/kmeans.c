/* kmeans.c: Lloyd's rounds with the dot product as the measure of nearness (Coates and Ng, "Learning Feature
 * Representations with K-means", 2012, section 3). As there, a point's weight in its cluster's sum is how
 * well it matches; a cluster that is almost empty starts again from a random point. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kmeans.h"

#include "grid.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Points in one worker's turn; a cluster with fewer members than DEAD counts as dead. */
enum { BLOCK = 256, DEAD = 5 };

typedef struct Clustering {
    const Points *points;
    int clusters;
    double *centroids;
    uint32_t *nearest; /* [used_count]: the centroid nearest to each used point */
    double *match;     /* [used_count]: the dot product of the two */
    size_t *members;   /* [clusters] */
} Clustering;

static const float *used_point(const Points *points, size_t index)
{
    size_t point = points->used ? points->used[index] : index;
    return points->unit + point * (size_t)points->side;
}

/* Exact: units are at most 1 long, on a grid of 2^-15, so sums stay within 2^30 steps, far from a double's
 * 2^53. */
void points_match(const Points *points, size_t first, size_t rows, int clusters, const double *centroids,
                  double *wide, double *products)
{
    int side = points->side;
    for (size_t i = 0; i < rows; i++)
        grid_widen((size_t)side, used_point(points, first + i), wide + i * (size_t)side);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)rows, clusters, side, 1, wide, side, centroids,
                side, 0, products, clusters);
}

static void match_block(void *data, size_t block, float *scratch)
{
    Clustering *k = data;
    size_t first = block * BLOCK, rest = k->points->used_count - first, count = rest < BLOCK ? rest : BLOCK;
    size_t side = (size_t)k->points->side, clusters = (size_t)k->clusters;
    double *wide = (double *)(void *)scratch, *products = wide + BLOCK * side;
    points_match(k->points, first, count, k->clusters, k->centroids, wide, products);
    for (size_t i = 0; i < count; i++) {
        const double *product = products + i * clusters;
        size_t best = 0;
        for (size_t c = 1; c < clusters; c++)
            best = product[c] > product[best] ? c : best;
        k->nearest[first + i] = (uint32_t)best;
        k->match[first + i] = product[best];
    }
}

/* The centroid of one cluster: the sum of its members, in their order. */
static void move_centroid(void *data, size_t cluster, float *scratch)
{
    Clustering *k = data;
    size_t side = (size_t)k->points->side;
    double *sum = (double *)(void *)scratch, square = 0;
    k->members[cluster] = 0;
    memset(sum, 0, side * sizeof *sum);
    for (size_t i = 0; i < k->points->used_count; i++)
        if (k->nearest[i] == cluster) {
            const float *point = used_point(k->points, i);
            for (size_t j = 0; j < side; j++)
                sum[j] += k->match[i] * (double)point[j];
            k->members[cluster]++;
        }
    for (size_t i = 0; i < side; i++)
        square += sum[i] * sum[i];
    for (size_t i = 0; square > 0 && i < side; i++)
        k->centroids[cluster * side + i] = grid_round(sum[i] / sqrt(square), UNIT_BITS);
}

static void place(Clustering *k, size_t cluster, size_t point)
{
    size_t side = (size_t)k->points->side;
    grid_widen(side, used_point(k->points, point), k->centroids + cluster * side);
}

static void revive_dead(Clustering *k, Rng *rng)
{
    for (size_t c = 0; c < (size_t)k->clusters; c++) {
        /* Drawn for every cluster, so that the stream doesn't depend on which are dead. */
        size_t point = rng_below(rng, (uint32_t)k->points->used_count);
        if (k->members[c] < DEAD)
            place(k, c, point);
    }
}

/* Each centroid starts from a different point. */
static NstStatus start(Clustering *k, Rng *rng, NstError *error)
{
    uint32_t count = (uint32_t)k->points->used_count;
    uint32_t *order = malloc(count * sizeof *order);
    if (!order)
        return nst_fail_memory(error, "the clusters", (double)count * sizeof *order);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    rng_shuffle(rng, order, count);
    for (int c = 0; c < k->clusters; c++)
        place(k, (size_t)c, order[c]);
    free(order);
    return NST_OK;
}

NstStatus kmeans(Workers *workers, const Points *points, int clusters, int rounds, Rng *rng,
                 double *centroids, NstError *error)
{
    size_t count = points->used_count, side = (size_t)points->side;
    if (count < (size_t)clusters)
        return nst_fail(error, NST_BAD_ARGUMENT, "%zu patches are too few for %d filters", count, clusters);
    Clustering k = {points,
                    clusters,
                    centroids,
                    malloc(count * sizeof *k.nearest),
                    malloc(count * sizeof *k.match),
                    calloc((size_t)clusters, sizeof *k.members)};
    NstStatus status = workers_reserve(workers, 2 * BLOCK * (side + (size_t)clusters), error);
    if (!k.nearest || !k.match || !k.members)
        status = nst_fail_memory(error, "the clusters", 12.0 * (double)count);
    if (status == NST_OK)
        status = start(&k, rng, error);
    for (int round = 0; status == NST_OK && round < rounds; round++) {
        workers_run(workers, (count + BLOCK - 1) / BLOCK, match_block, &k);
        workers_run(workers, (size_t)clusters, move_centroid, &k);
        if (round + 1 < rounds)
            revive_dead(&k, rng);
    }
    free(k.nearest);
    free(k.match);
    free(k.members);
    return status;
}
