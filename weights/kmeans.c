/* kmeans.c: Lloyd's rounds with the dot product for the distance (Coates and Ng, "Learning Feature
 * Representations with K-means", 2012, section 3). A point weighs in its cluster's sum by how well it
 * matches, as there; a cluster that holds next to nothing starts anew from a random point. */
#include "kmeans.h"

#include "core/memory.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Points to one worker's turn; members under which a cluster counts as dead. */
enum { BLOCK = 256, DEAD = 5 };

typedef struct Clustering {
    const Points *points;
    int clusters;
    float *centroids;
    uint32_t *nearest; /* [used_count]: the centroid that each used point is nearest to */
    float *match;      /* [used_count]: their dot product */
    size_t *members;   /* [clusters] */
} Clustering;

static const float *used_point(const Points *points, size_t index)
{
    return points->unit + (size_t)points->used[index] * (size_t)points->side;
}

static void match_block(void *data, size_t block, float *scratch)
{
    Clustering *k = data;
    size_t first = block * BLOCK, rest = k->points->used_count - first, count = rest < BLOCK ? rest : BLOCK;
    size_t side = (size_t)k->points->side, clusters = (size_t)k->clusters;
    float *rows = scratch, *products = scratch + BLOCK * side;
    for (size_t i = 0; i < count; i++)
        memcpy(rows + i * side, used_point(k->points, first + i), side * sizeof(float));
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)count, k->clusters, (int)side, 1, rows,
                (int)side, k->centroids, (int)side, 0, products, k->clusters);
    for (size_t i = 0; i < count; i++) {
        const float *product = products + i * clusters;
        size_t best = 0;
        for (size_t c = 1; c < clusters; c++)
            best = product[c] > product[best] ? c : best;
        k->nearest[first + i] = (uint32_t)best;
        k->match[first + i] = product[best];
    }
}

/* The centroid of one cluster, from its members in their order. */
static void move_centroid(void *data, size_t cluster, float *sum)
{
    Clustering *k = data;
    size_t side = (size_t)k->points->side;
    k->members[cluster] = 0;
    memset(sum, 0, side * sizeof *sum);
    for (size_t i = 0; i < k->points->used_count; i++)
        if (k->nearest[i] == cluster) {
            cblas_saxpy((int)side, k->match[i], used_point(k->points, i), 1, sum, 1);
            k->members[cluster]++;
        }
    float length = cblas_snrm2((int)side, sum, 1);
    for (size_t i = 0; length > 0 && i < side; i++)
        k->centroids[cluster * side + i] = sum[i] / length;
}

static void place(Clustering *k, size_t cluster, size_t point)
{
    size_t side = (size_t)k->points->side;
    memcpy(k->centroids + cluster * side, used_point(k->points, point), side * sizeof(float));
}

static void revive_dead(Clustering *k, Rng *rng)
{
    for (size_t c = 0; c < (size_t)k->clusters; c++) {
        size_t point =
            rng_below(rng, (uint32_t)k->points->used_count); /* drawn for all: one stream of numbers */
        if (k->members[c] < DEAD)
            place(k, c, point);
    }
}

/* Each centroid starts from a point of its own. */
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

NstStatus kmeans(Workers *workers, const Points *points, int clusters, int rounds, Rng *rng, float *centroids,
                 NstError *error)
{
    size_t count = points->used_count, side = (size_t)points->side;
    if (count < (size_t)clusters)
        return nst_fail(error, NST_BAD_ARGUMENT, "%zu patches are too few for %d filters", count, clusters);
    Clustering k = {points,
                    clusters,
                    centroids,
                    malloc(count * sizeof *k.nearest),
                    floats_new(count),
                    calloc((size_t)clusters, sizeof *k.members)};
    NstStatus status = workers_reserve(workers, BLOCK * (side + (size_t)clusters), error);
    if (!k.nearest || !k.match || !k.members)
        status = nst_fail_memory(error, "the clusters", 8.0 * (double)count);
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
