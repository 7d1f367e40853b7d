/* test_gram.c: the Gram matrix and its gradient. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/loss/gram.h"
#include "core/loss/loss.h"
#include "core/network/simd.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/made.h"
#include "tests/support/oracle.h"
#include "tests/support/plain.h"

#include <math.h>

static Workers *crew;

static Gram gram_of(int channels, Workers *workers)
{
    NstError error = {0};
    Gram gram;
    g_assert_cmpint(gram_new(&gram, channels, workers, &error), ==, NST_OK);
    return gram;
}

/* Guards mean and covariance of a map that comes in parts, with a number of channels that is no multiple of a
 * strip. */
static void test_covariance(void)
{
    enum { ROWS = 37, COLUMNS = 41, CUT = 16, CHANNELS = 70, COUNT = ROWS * COLUMNS * CHANNELS };
    float *features = new_unit(3, COUNT), *got = g_new(float, CHANNELS *CHANNELS), mean[CHANNELS];
    double *wide = new_doubles(COUNT, features), *want = g_new(double, CHANNELS *CHANNELS);
    Region parts[] = {{0, 0, CUT, COLUMNS}, {CUT, 0, ROWS, CUT}, {CUT, CUT, ROWS, COLUMNS}};
    Gram gram = gram_of(CHANNELS, crew);
    g_assert_cmpint(gram_add_means(&gram, NULL), ==, NST_OK);
    gram_clear(&gram);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        gram_add(&gram, crew, features, COLUMNS, &parts[i]);
    gram_covariance(&gram, crew, got, mean);
    plain_covariance(ROWS * COLUMNS, CHANNELS, wide, want);
    float *narrow = new_floats(CHANNELS * CHANNELS, want);
    check_close("covariance", CHANNELS * CHANNELS, got, narrow,
                5e-6); /* a small difference of float products */
    g_free(narrow);
    plain_mean(ROWS * COLUMNS, CHANNELS, wide, want);
    narrow = new_floats(CHANNELS, want);
    check_close("mean", CHANNELS, mean, narrow, 1e-6);
    g_free(narrow);
    gram_free(&gram);
    g_free(features);
    g_free(got);
    g_free(wide);
    g_free(want);
}

/* All positions at once, as one row. */
static void forward(Workers *workers, size_t positions, int channels, const float *features, float *matrix)
{
    Gram gram = gram_of(channels, workers);
    Region all = {0, 0, 1, (int)positions};
    gram_add(&gram, workers, features, (int)positions, &all);
    gram_matrix(&gram, workers, matrix);
    gram_free(&gram);
}

/* Guards the normalisation by the number of positions. */
static void test_oracle(void)
{
    enum { POSITIONS = 9 * 11, CHANNELS = 6 };
    Oracle *oracle = oracle_open_committed();
    float *features = new_signed(1, 1, POSITIONS * CHANNELS), gram[CHANNELS * CHANNELS];
    forward(crew, POSITIONS, CHANNELS, features, gram);
    oracle_check(oracle, "gram/forward", CHANNELS * CHANNELS, gram, 1e-6);
    g_free(features);
    oracle_close(oracle);
}

/* Guards the mirrored triangle, the borders of blocks (512 positions) and of strips (64 channels), and
 * numbers of channels other than powers of two. */
static void test_sizes(void)
{
    static const struct {
        size_t positions;
        int channels;
    } cases[] = {{1, 3},    {7, 64},     {511, 5},    {512, 5},   {513, 5},
                 {1025, 5}, {20000, 17}, {3000, 128}, {600, 200}, {9, 512}};
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        size_t n = cases[k].positions, c = (size_t)cases[k].channels;
        float *features = new_unit(2, n * c), *gram = g_new(float, c *c);
        double *wide = new_doubles(n * c, features), *want = g_new(double, c *c);
        forward(crew, n, (int)c, features, gram);
        plain_gram(n, c, wide, want);
        float *narrow = new_floats(c * c, want);
        char *what = g_strdup_printf("%zu positions, %zu channels", n, c);
        check_close(what, c * c, gram, narrow, 1e-6);
        for (size_t i = 0; i < c * c; i++)
            g_assert_cmpfloat(gram[i], ==, gram[i % c * c + i / c]);
        g_free(what);
        g_free(narrow);
        g_free(want);
        g_free(wide);
        g_free(gram);
        g_free(features);
    }
}

/* Guards large pictures: plain float sums over 4 million positions lose digits (features are all positive, so
 * the sum grows far beyond its terms). */
static void test_many_positions(void)
{
    enum { CHANNELS = 4 };
    size_t positions = SANITIZED ? 1000003 : 4000003;
    float *features = new_unit(3, positions * CHANNELS), gram[CHANNELS * CHANNELS];
    double *wide = new_doubles(positions * CHANNELS, features), want[CHANNELS * CHANNELS] = {0};
    forward(crew, positions, CHANNELS, features, gram);
    plain_gram(positions, CHANNELS, wide, want);
    float *narrow = new_floats(CHANNELS * CHANNELS, want);
    check_close("millions of positions", CHANNELS * CHANNELS, gram, narrow, 1e-6);
    g_free(narrow);
    g_free(wide);
    g_free(features);
}

/* Regions that cover a map of 23 rows and 61 columns without overlapping. */
enum { MAP_ROWS = 23, MAP_COLUMNS = 61, MAP = MAP_ROWS * MAP_COLUMNS };
static const Region halves[] = {{0, 0, 11, 61}, {11, 0, 23, 61}};
static const Region columns[] = {{0, 0, 23, 20}, {0, 20, 23, 20}, {0, 20, 23, 60}, {0, 60, 23, 61}};
static const Region patches[] = {{0, 0, 16, 32},   {0, 32, 16, 61},  {16, 0, 23, 33}, {16, 33, 22, 61},
                                 {22, 33, 23, 60}, {22, 60, 23, 61}, {9, 9, 9, 40},   {23, 61, 23, 61}};
static const struct {
    const char *name;
    const Region *regions;
    size_t count;
} covers[] = {{"two halves", halves, G_N_ELEMENTS(halves)},
              {"columns, one of them empty", columns, G_N_ELEMENTS(columns)},
              {"patches, down to one position and none", patches, G_N_ELEMENTS(patches)}};

/* Guards pictures that come in tiles: gathering a region's rows, the place of its first position, and the
 * number of positions by which the sum is divided. Also that gram_clear forgets everything. */
static void test_parts(void)
{
    static const int channels[] = {5, 64, 96, 512};
    for (size_t k = 0; k < G_N_ELEMENTS(channels); k++) {
        size_t c = (size_t)channels[k];
        float *features = new_unit(7, MAP * c), *whole = g_new(float, c *c), *matrix = g_new(float, c *c);
        forward(crew, MAP, channels[k], features, whole);
        Gram gram = gram_of(channels[k], crew);
        for (size_t i = 0; i < G_N_ELEMENTS(covers); i++) {
            gram_clear(&gram);
            for (size_t j = 0; j < covers[i].count; j++)
                gram_add(&gram, crew, features, MAP_COLUMNS, &covers[i].regions[j]);
            g_assert_cmpfloat(gram.positions, ==, MAP);
            gram_matrix(&gram, crew, matrix);
            check_close(covers[i].name, c * c, matrix, whole, 1e-6);
        }
        gram_free(&gram);
        g_free(features);
        g_free(whole);
        g_free(matrix);
    }
}

/* Guards regions that don't start at the map's corner, against the same positions copied out. */
static void test_region(void)
{
    enum { CHANNELS = 33 };
    static const Region region = {3, 5, 20, 58};
    size_t across = 53, count = across * CHANNELS;
    float *features = new_signed(8, 1, MAP * CHANNELS), *copy = g_new(float, 17 * count);
    float got[CHANNELS * CHANNELS], want[CHANNELS * CHANNELS];
    for (size_t y = 0; y < 17; y++)
        for (size_t i = 0; i < count; i++)
            copy[y * count + i] = features[((y + 3) * MAP_COLUMNS + 5) * CHANNELS + i];
    forward(crew, 17 * across, CHANNELS, copy, want);
    Gram gram = gram_of(CHANNELS, crew);
    gram_add(&gram, crew, features, MAP_COLUMNS, &region);
    gram_matrix(&gram, crew, got);
    check_close("a region", CHANNELS * CHANNELS, got, want, 1e-6);
    gram_free(&gram);
    g_free(features);
    g_free(copy);
}

typedef struct Weighed {
    size_t positions, channels;
    const float *dgram;
} Weighed;

/* <dgram, gram(x)> */
static double weighed_gram(void *data, const double *x)
{
    const Weighed *v = data;
    size_t count = v->channels * v->channels;
    double *gram = g_new(double, count), sum = 0;
    plain_gram(v->positions, v->channels, x, gram);
    for (size_t i = 0; i < count; i++)
        sum += v->dgram[i] * gram[i];
    g_free(gram);
    return sum;
}

/* features, all > 0, become dgram's part of the layer's gradient: 2/N F dgram. */
static void backward(size_t positions, int channels, const float *dgram, float *features)
{
    size_t c = (size_t)channels;
    const Product *product = simd_best()->product;
    float *scaled = g_new(float, c *c), *packed = g_new(float, product_floats(c, c));
    double *row_sums = g_new(double, 1);
    for (size_t i = 0; i < c * c; i++)
        scaled[i] = (float)(2 * dgram[i] / (double)positions);
    product->pack(c, c, scaled, packed);
    LayerLoss loss = {.columns = (int)positions,
                      .channels = channels,
                      .part = {0, 0, 1, (int)positions},
                      .own = {0, 0, 1, (int)positions},
                      .product = product,
                      .dgram = packed};
    g_assert_cmpint(workers_reserve(crew, layer_loss_scratch(channels), NULL), ==, NST_OK);
    g_assert_cmpfloat(layer_loss_backward(&loss, crew, features, NAN, row_sums), ==, 0);
    g_free(scaled);
    g_free(packed);
    g_free(row_sums);
}

/* Guards the factor 2/N, and the last run of positions (they are processed 48 at a time). */
static void test_finite_differences(void)
{
    static const size_t sizes[] = {1, 48, 50, 1030};
    enum { CHANNELS = 32 };
    for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
        size_t count = sizes[k] * CHANNELS;
        float dgram[CHANNELS * CHANNELS], *features = new_unit(4, count), *gradient = g_new(float, count);
        for (unsigned i = 0; i < CHANNELS; i++)
            for (unsigned j = 0; j < CHANNELS; j++)
                dgram[i * CHANNELS + j] = hash_signed(5, MIN(i, j) * CHANNELS + MAX(i, j));
        for (size_t i = 0; i < count; i++)
            gradient[i] = features[i] += 0.01f; /* above zero, so that the ReLU is open */
        backward(sizes[k], CHANNELS, dgram, gradient);
        Weighed v = {sizes[k], CHANNELS, dgram};
        check_gradient("gram", weighed_gram, &v, count, features, gradient);
        g_free(gradient);
        g_free(features);
    }
}

/* Guards determinism: any number of workers must add the parts in the same order, with few channels (many
 * parts) and with many (many strips). */
static void test_worker_counts(void)
{
    static const struct {
        size_t positions;
        int channels;
    } cases[] = {{50001, 24}, {1300, 160}};
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        size_t c = (size_t)cases[k].channels;
        float *features = new_unit(6, cases[k].positions * c), *one = g_new(float, c *c),
              *many = g_new(float, c *c);
        for (int count = 1; count <= 5; count++) {
            Workers *workers = made_workers(count);
            forward(workers, cases[k].positions, cases[k].channels, features, count == 1 ? one : many);
            workers_free(workers);
            if (count > 1)
                g_assert_cmpmem(one, c * c * sizeof *one, many, c * c * sizeof *many);
        }
        g_free(features);
        g_free(one);
        g_free(many);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = made_workers(2);
    g_test_add_func("/gram/covariance", test_covariance);
    g_test_add_func("/gram/against PyTorch", test_oracle);
    g_test_add_func("/gram/against double, sizes", test_sizes);
    g_test_add_func("/gram/against double, millions of positions", test_many_positions);
    g_test_add_func("/gram/in parts", test_parts);
    g_test_add_func("/gram/a region", test_region);
    g_test_add_func("/gram/finite differences", test_finite_differences);
    g_test_add_func("/gram/any number of workers", test_worker_counts);
    int status = g_test_run();
    workers_free(crew);
    return status;
}
