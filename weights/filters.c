/* filters.c: whiten the patches, cluster them, and take each cluster's centre for a filter (Coates and Ng
 * 2012). Nothing is trained: there are no labels, no task, and no gradient.
 *
 * A filter is a centroid times the whitening. Its bias is set by how many of its responses the ReLU shall
 * cut, and that share differs: spread evenly over the layer's filters. Dense filters carry lightness and
 * colour, sparse ones carry shapes. With one share for all, colours went wrong in plain areas. */
#include "filters.h"

#include "kmeans.h"
#include "matrix.h"
#include "whiten.h"

#include "core/memory.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Patches flatter than this share of the median's length have no shape to learn from. */
static const float flat = 0.5f;

typedef struct Patches {
    size_t count;
    int side;
    float *unit;    /* [count, side]: whitened, then of length 1 */
    float *length;  /* [count]: what they were divided by */
    uint32_t *used; /* [used_count]: those that are not flat */
    size_t used_count;
} Patches;

static int ascending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void normalise_one(void *data, size_t i, float *scratch)
{
    (void)scratch;
    Patches *p = data;
    float *patch = p->unit + i * (size_t)p->side, length = cblas_snrm2(p->side, patch, 1);
    p->length[i] = length;
    cblas_sscal(p->side, 1 / (length + 1e-6f), patch, 1);
}

/* sorted: [count], working space. */
static void normalise(Patches *p, Workers *workers, float *sorted)
{
    workers_run(workers, p->count, normalise_one, p);
    memcpy(sorted, p->length, p->count * sizeof *sorted);
    qsort(sorted, p->count, sizeof *sorted, ascending);
    float least = flat * sorted[p->count / 2];
    for (size_t i = 0; i < p->count; i++)
        if (p->length[i] > least)
            p->used[p->used_count++] = (uint32_t)i;
}

/* What turns centroids into filters. */
typedef struct Shaping {
    const Patches *patches;
    const Whitening *whitening;
    int channels, filters;
    const float *centroids; /* [filters, side] */
    const float *kernels;   /* [filters, side]: centroids * whitening */
    const float *products;  /* [count, filters]: unit patch . centroid */
    const float *cut;       /* [filters]: share that the ReLU cuts */
    float *weight, *bias;
} Shaping;

/* Sorts the responses [count], and returns the one that cuts off a share of them, with the mean over all of
 * what rises above it. */
static float threshold(float *response, size_t count, float cut, float *mean)
{
    qsort(response, count, sizeof *response, ascending);
    size_t at = (size_t)(cut * (float)(count - 1));
    double sum = 0;
    for (size_t i = at; i < count; i++)
        sum += response[i] - response[at];
    *mean = (float)(sum / (double)count);
    return response[at];
}

static void shape_filter(void *data, size_t f, float *scratch)
{
    const Shaping *s = data;
    size_t count = s->patches->count, side = (size_t)s->patches->side, channels = (size_t)s->channels;
    const float *kernel = s->kernels + f * side;
    for (size_t i = 0; i < count; i++)
        scratch[i] = s->products[i * (size_t)s->filters + f] * s->patches->length[i];
    float mean, least = threshold(scratch, count, s->cut[f], &mean);
    float scale = mean > 0 ? 1 / mean : 1;
    for (size_t tap = 0; tap < 9; tap++)
        for (size_t c = 0; c < channels; c++)
            s->weight[(f * channels + c) * 9 + tap] = kernel[tap * channels + c] * scale;
    double offset = cblas_dsdot((int)side, kernel, 1, s->whitening->mean, 1);
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

/* From clustered patches to weight and bias. */
static NstStatus shape_filters(Workers *workers, const Recipe *recipe, Rng *rng, Shaping *s, NstError *error)
{
    size_t filters = (size_t)s->filters, side = (size_t)s->patches->side, count = s->patches->count;
    float *kernels = floats_new(filters * side), *products = floats_new(filters * count);
    float *cut = floats_new(filters);
    NstStatus status = workers_reserve(workers, count, error);
    if (!kernels || !products || !cut)
        status = nst_fail_memory(error, "the filters", 4.0 * (double)(filters * (side + count)));
    if (status == NST_OK)
        status = spread_cuts(recipe, rng, s->filters, cut, error);
    if (status == NST_OK) {
        /* The whitening is symmetric: its transpose is itself. */
        matrix_multiply_transposed(workers, filters, (int)side, (int)side, s->centroids, s->whitening->matrix,
                                   kernels);
        matrix_multiply_transposed(workers, count, s->filters, (int)side, s->patches->unit, s->centroids,
                                   products);
        s->kernels = kernels;
        s->products = products;
        s->cut = cut;
        workers_run(workers, filters, shape_filter, s);
    }
    free(kernels);
    free(products);
    free(cut);
    return status;
}

static NstStatus cluster_and_shape(Workers *workers, const Recipe *recipe, Rng *rng, Shaping *s,
                                   NstError *error)
{
    const Patches *p = s->patches;
    float *centroids = floats_new((size_t)s->filters * (size_t)p->side);
    if (!centroids)
        return nst_fail_memory(error, "the clusters", 4.0 * s->filters * p->side);
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
    Patches p = {count, side, patches, floats_new(count), malloc(count * sizeof *p.used), 0};
    float *sorted = floats_new(count);
    NstStatus status = NST_OK;
    if (!p.length || !p.used || !sorted)
        status = nst_fail_memory(error, "the patches", 12.0 * (double)count);
    else
        status = whitening_learn(&whitening, workers, patches, count, side, recipe->epsilon, error);
    if (status == NST_OK) {
        normalise(&p, workers, sorted);
        Shaping shaping = {&p, &whitening, channels, filters, NULL, NULL, NULL, NULL, weight, bias};
        status = cluster_and_shape(workers, recipe, rng, &shaping, error);
    }
    whitening_free(&whitening);
    free(p.length);
    free(p.used);
    free(sorted);
    return status;
}
