/* test_weights_learn.c: how the built-in weights are made: drawings, float16, whitening, clusters, filters,
 * and the resulting file, which core must open; and the committed file, which must have been made like
 * this. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/memory.h"
#include "core/weights/weights.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/made.h"
#include "weights/learn/cholesky.h"
#include "weights/learn/elementary.h"
#include "weights/learn/filters.h"
#include "weights/learn/gallery.h"
#include "weights/learn/grid.h"
#include "weights/learn/kmeans.h"
#include "weights/learn/learn.h"
#include "weights/learn/learned_write.h"
#include "weights/learn/matrix.h"
#include "weights/learn/noise.h"
#include "weights/learn/textures.h"
#include "weights/learn/whiten.h"
#include "weights/write/half.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char print_small_sum_option[] = "--print-small-sum";

static Workers *crew;
static NstError error = {0};

static void must(NstStatus status)
{
    if (status != NST_OK)
        g_error("%s", error.message);
}

/* A float16's value, from the format's definition. */
static float half_value(unsigned half)
{
    unsigned exponent = half >> 10 & 31, fraction = half & 1023;
    double magnitude = exponent ? ldexp(1024 + fraction, (int)exponent - 25) : ldexp(fraction, -24);
    return (float)(half & 0x8000 ? -magnitude : magnitude);
}

/* Guards rounding at the format's edges: subnormals, a carry into the exponent, ties, the largest number. */
static void test_half(void)
{
    for (unsigned h = 0; h < 0x7c00; h++) {
        float value = half_value(h);
        g_assert_cmphex(half_from_float(value), ==, h);
        g_assert_cmphex(half_from_float(-value), ==, h | 0x8000);
        g_assert_cmpfloat(half_round(-value), ==, -value);
        if (h + 1 < 0x7c00) {
            float middle = (value + half_value(h + 1)) / 2;
            unsigned even = h % 2 ? h + 1 : h;
            g_assert_cmphex(half_from_float(middle), ==, even);
            g_assert_cmphex(half_from_float(nextafterf(middle, 0)), ==, h);
            g_assert_cmphex(half_from_float(nextafterf(middle, 1e9f)), ==, h + 1);
            g_assert_cmpfloat(half_round(middle), ==, half_value(even));
        }
    }
    g_assert_cmphex(half_from_float(65519.9f), ==, 0x7bff);
    g_assert_cmphex(half_from_float(65520), ==, 0x7c00);
    g_assert_cmphex(half_from_float(-INFINITY), ==, 0xfc00);
    g_assert_true(isnan(half_round(NAN)));
}

/* Guards against streams that overlap, and a normal distribution that isn't one. */
static void test_rng(void)
{
    enum { COUNT = 20000 };
    Rng one = rng_stream(7, 1), two = rng_stream(7, 2), again = rng_stream(7, 1);
    double sum = 0, square = 0, both = 0;
    for (int i = 0; i < COUNT; i++) {
        float a = rng_normal(&one), b = rng_normal(&two);
        g_assert_cmpfloat(rng_normal(&again), ==, a);
        sum += a;
        square += (double)a * a;
        both += (double)a * b;
    }
    /* Each is within four standard deviations of what it should be. */
    g_assert_cmpfloat(fabs(sum), <, 4 * sqrt(COUNT));
    g_assert_cmpfloat(fabs(square - COUNT), <, 4 * sqrt(2.0 * COUNT));
    g_assert_cmpfloat(fabs(both), <, 4 * sqrt(COUNT));
}

/* A noise's power at a frequency along x: |sum of noise * exp(i w x)|^2 over a row. */
static double power(const Noise *noise, double frequency)
{
    enum { LENGTH = 256 };
    double re = 0, im = 0;
    for (int x = 0; x < LENGTH; x++) {
        double value = (double)noise_at(noise, (float)x, 3), angle = 2 * G_PI * frequency * x;
        re += value * cos(angle);
        im += value * sin(angle);
    }
    return re * re + im * im;
}

/* Guards against a frequency in wrong units: radians for cycles, an angle off by a quarter turn. */
static void test_noise(void)
{
    Rng rng = rng_stream(1, 0);
    double inside = 0, outside = 0, variance = 0;
    for (int i = 0; i < 50; i++) {
        Noise noise;
        noise_one_way(&noise, &rng, 0.1f, 0.1f, 0);
        inside += power(&noise, 0.1);
        outside += power(&noise, 0.2) + power(&noise, 0.05);
        variance += pow((double)noise_at(&noise, 5, 5), 2) / 50;
    }
    g_assert_cmpfloat(inside, >, 20 * outside);
    g_assert_cmpfloat(fabs(variance - 1), <, 4 * sqrt(2.0 / 50));
}

/* Guards against drawings that depend on what was drawn before, that leave 0..1, or that are all alike. */
static void test_drawings(void)
{
    enum { SIDE = 32, FLOATS = SIDE * SIDE * 3 };
    float first[FLOATS], again[FLOATS], other[FLOATS];
    for (uint32_t number = 0; number < 20; number++) {
        texture_draw(3, number, SIDE, first);
        texture_draw(3, number + 1, SIDE, other);
        texture_draw(3, number, SIDE, again);
        g_assert_cmpmem(first, sizeof first, again, sizeof again);
        g_assert_cmpfloat(relative_error(FLOATS, first, other), >, 0.1);
        for (int i = 0; i < FLOATS; i++)
            g_assert_true(first[i] >= 0 && first[i] <= 1);
    }
}

/* Guards against series that are too short, and seams: between quarter turns, powers of two, and signs. */
static void test_elementary(void)
{
    double cosine = 0, exponential = 0, logarithm = 0, error_function = 0;
    for (int i = -20000; i <= 20000; i++) {
        double x = i * 0.05, small = i * 0.0005;
        cosine = fmax(cosine, fabs(elementary_cos(x) - cos(x)) + fabs(elementary_sin(x) - sin(x)));
        exponential = fmax(exponential, fabs(elementary_exp(x / 2) / exp(x / 2) - 1));
        logarithm = fmax(logarithm, fabs(elementary_log(exp(small)) - small));
        error_function = fmax(error_function, fabs(elementary_erf(small) - erf(small)));
    }
    g_test_message("off by %.1g, %.1g, %.1g, %.1g", cosine, exponential, logarithm, error_function);
    g_assert_cmpfloat(cosine, <, 1e-11);
    g_assert_cmpfloat(exponential, <, 1e-11);
    g_assert_cmpfloat(logarithm, <, 1e-11);
    g_assert_cmpfloat(error_function, <, 1.5e-7);
}

/* Guards ties, the sign, and the bound below which a sum is exact. */
static void test_grid(void)
{
    const double half = ldexp(1, -11), step = ldexp(1, -10);
    g_assert_cmpfloat(grid_round(half, 10), ==, 0);
    g_assert_cmpfloat(grid_round(3 * half, 10), ==, 2 * step);
    g_assert_cmpfloat(grid_round(-0.7 * step, 10), ==, -step);
    g_assert_cmpfloat(grid_round(1e5 + half * 1.01, 10), ==, 1e5 + step);
    float values[] = {1, -1, 3, -4, 2, 0};
    double wide[] = {3, -4};
    g_assert_cmpfloat(grid_row_norm(3, 2, values), ==, 5);
    g_assert_cmpfloat(grid_norm(2, wide), ==, 5);
    g_assert_cmpint(grid_check(8191, 40, "x", &error), ==, NST_OK);
    g_assert_cmpint(grid_check(8192, 40, "x", &error), ==, NST_BAD_ARGUMENT);
    g_assert_cmpint(grid_check(NAN, 40, "x", &error), ==, NST_BAD_ARGUMENT);
}

/* Points with correlated coordinates of very different size, on the activations' grid. */
static float *stretched_points(size_t count, int side)
{
    float *points = new_signed(5, 1, count * (size_t)side);
    for (size_t n = 0; n < count; n++)
        for (int i = 0; i < side; i++) {
            float *p = points + n * (size_t)side;
            p[i] = (i ? p[i - 1] : 0) + p[i] * (float)(1 + i % 5) + 3;
        }
    grid_round_floats(ACTIVATION_BITS, count * (size_t)side, points);
    return points;
}

/* Guards tiles and chunks at odd sizes, the mirrored half, and exactness: to the bit what integers give. */
static void test_matrix(void)
{
    enum { ROWS = 515, SIDE = 261 };
    float *a = stretched_points(ROWS, SIDE);
    double *square = g_new(double, SIDE *SIDE);
    must(matrix_mean_square(crew, ROWS, SIDE, a, square, &error));
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            gint64 sum = 0;
            for (int k = 0; k < ROWS; k++)
                sum += (gint64)(a[k * SIDE + y] * 1024) * (gint64)(a[k * SIDE + x] * 1024);
            g_assert_cmpfloat(square[y * SIDE + x], ==, (double)sum / (1024.0 * 1024.0) / ROWS);
        }
    g_free(a);
    g_free(square);
}

/* A positive definite matrix whose upper half is NaN. */
static double *lower_half(int side)
{
    float *a = stretched_points((size_t)side, side);
    double *square = g_new(double, side *side);
    must(matrix_mean_square(crew, (size_t)side, side, a, square, &error));
    for (int y = 0; y < side; y++) {
        square[y * side + y] += 0.5;
        for (int x = y + 1; x < side; x++)
            square[y * side + x] = NAN;
    }
    g_free(a);
    return square;
}

/* Guards blocks at odd sizes, and guards against results that depend on the number of workers: l l' = a, and
 * l times its inverse is 1. */
static void test_cholesky(void)
{
    enum { SIDE = 150 };
    double *a = lower_half(SIDE), *l = g_memdup2(a, SIDE * SIDE * sizeof *a),
           *inverse = g_new(double, SIDE *SIDE);
    double *alone = g_memdup2(a, SIDE * SIDE * sizeof *a), *inverse_alone = g_new(double, SIDE *SIDE);
    Workers *one = made_workers(1);
    must(cholesky_factor(crew, SIDE, l, &error));
    must(cholesky_factor(one, SIDE, alone, &error));
    cholesky_invert(crew, SIDE, l, inverse);
    cholesky_invert(one, SIDE, alone, inverse_alone);
    double factor_off = 0, inverse_off = 0;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x <= y; x++) {
            double product = 0, unit = 0;
            for (int k = 0; k <= x; k++)
                product += l[y * SIDE + k] * l[x * SIDE + k];
            for (int k = x; k <= y; k++)
                unit += l[y * SIDE + k] * inverse[k * SIDE + x];
            factor_off = fmax(factor_off, fabs(product - a[y * SIDE + x]) / a[y * SIDE + y]);
            inverse_off = fmax(inverse_off, fabs(unit - (x == y)));
            g_assert_cmpfloat(l[y * SIDE + x], ==, alone[y * SIDE + x]);
            g_assert_cmpfloat(inverse[y * SIDE + x], ==, inverse_alone[y * SIDE + x]);
            g_assert_true(x == y || inverse[x * SIDE + y] == 0);
        }
    g_assert_cmpfloat(factor_off, <, 1e-12);
    g_assert_cmpfloat(inverse_off, <, 1e-10);
    a[100 * SIDE + 100] = -1;
    g_assert_cmpint(cholesky_factor(crew, SIDE, a, &error), ==, NST_BAD_ARGUMENT);
    workers_free(one);
    g_free(a);
    g_free(l);
    g_free(alone);
    g_free(inverse);
    g_free(inverse_alone);
}

/* Guards epsilon's units, the subtraction of the mean, and lengths: the whitening is a triangular matrix W
 * with W (C + epsilon * mean variance) W' = 1, and a unit times its length is W (patch - mean). */
static void test_whitening(void)
{
    enum { COUNT = 3000, SIDE = 20 };
    const double epsilon = 0.1;
    float *points = stretched_points(COUNT, SIDE), *length = g_new(float, COUNT);
    Whitening w;
    must(whitening_learn(&w, crew, points, COUNT, SIDE, epsilon, &error));
    double covariance[SIDE * SIDE], mean = 0;
    must(matrix_mean_square(crew, COUNT, SIDE, points, covariance, &error)); /* points have mean 0 by now */
    for (int i = 0; i < SIDE; i++)
        mean += covariance[i * SIDE + i] / SIDE;
    float got[SIDE * SIDE], want[SIDE * SIDE], *centred = g_memdup2(points, COUNT * SIDE * sizeof *points);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            double sum = 0;
            for (int i = 0; i < SIDE; i++)
                for (int k = 0; k < SIDE; k++)
                    sum += w.matrix[y * SIDE + i] *
                           (covariance[i * SIDE + k] + (i == k ? epsilon * mean : 0)) *
                           w.matrix[x * SIDE + k];
            got[y * SIDE + x] = (float)sum;
            want[y * SIDE + x] = x == y;
        }
    check_close("W (C + epsilon) W'", SIDE * SIDE, got, want, 1e-4);
    must(whitening_units(&w, crew, points, COUNT, length, &error));
    float *whitened = g_new(float, COUNT *SIDE);
    for (int n = 0; n < COUNT; n++)
        for (int i = 0; i < SIDE; i++) {
            double sum = 0;
            for (int k = 0; k < SIDE; k++)
                sum += w.matrix[i * SIDE + k] * (double)centred[n * SIDE + k];
            whitened[n * SIDE + i] = (float)sum;
            points[n * SIDE + i] *= length[n];
        }
    check_close("whitened", COUNT * SIDE, points, whitened, 2e-4); /* a unit's grid has steps of 3e-5 */
    whitening_free(&w);
    g_free(points);
    g_free(centred);
    g_free(whitened);
    g_free(length);
}

/* Guards against lost or mixed-up centroids: points scattered closely around known directions give those
 * directions back. */
static void test_kmeans(void)
{
    enum { CLUSTERS = 6, EACH = 100, COUNT = CLUSTERS * EACH, SIDE = 12 };
    float *centre = new_signed(8, 1, CLUSTERS * SIDE), *points = new_signed(9, 0.02f, COUNT * SIDE);
    double *found = g_new(double, CLUSTERS *SIDE);
    uint32_t used[COUNT];
    for (uint32_t n = 0; n < COUNT; n++) {
        float *p = points + n * SIDE, *c = centre + n % CLUSTERS * SIDE;
        for (int i = 0; i < SIDE; i++)
            p[i] += c[i];
        float length = (float)sqrt(dot(SIDE, p, p));
        for (int i = 0; i < SIDE; i++)
            p[i] /= length;
        grid_round_floats(UNIT_BITS, SIDE, p);
        used[n] = n;
    }
    Points all = {COUNT, SIDE, points, used, COUNT};
    Rng rng = rng_stream(0, 0);
    must(kmeans(crew, &all, CLUSTERS, 50, &rng, found, &error));
    for (int k = 0; k < CLUSTERS; k++) {
        const float *c = centre + k * SIDE;
        double best = 0;
        for (int f = 0; f < CLUSTERS; f++) {
            double product = 0, square = 0;
            for (int i = 0; i < SIDE; i++) {
                product += found[f * SIDE + i] * (double)c[i];
                square += found[f * SIDE + i] * found[f * SIDE + i];
            }
            best = MAX(best, product / sqrt(dot(SIDE, c, c)));
            g_assert_cmpfloat(fabs(square - 1), <, 1e-3); /* as near as the grid allows */
        }
        g_assert_cmpfloat(best, >, 0.999);
    }
    all.used_count = CLUSTERS - 1;
    g_assert_cmpint(kmeans(crew, &all, CLUSTERS, 1, &rng, found, &error), ==, NST_BAD_ARGUMENT);
    g_free(centre);
    g_free(points);
    g_free(found);
}

/* The share of patches [count, 9 * channels], tap by tap, that a filter's ReLU cuts, and its mean
 * activation. */
static double share_cut(const float *patches, size_t count, int channels, const float *weight, float bias,
                        double *mean)
{
    size_t cut = 0;
    *mean = 0;
    for (size_t n = 0; n < count; n++) {
        double sum = (double)bias;
        for (int tap = 0; tap < 9; tap++)
            for (int c = 0; c < channels; c++)
                sum += (double)patches[(n * 9 + (size_t)tap) * (size_t)channels + (size_t)c] *
                       weight[c * 9 + tap];
        cut += sum <= 0;
        *mean += sum > 0 ? sum / (double)count : 0;
    }
    return (double)cut / (double)count;
}

/* Guards the order of weights (taps and channels), and the promises about means and cuts. */
static void test_filters(void)
{
    enum { COUNT = 3000, CHANNELS = 4, SIDE = 9 * CHANNELS, FILTERS = 10 };
    float *patches = stretched_points(COUNT, SIDE),
          *kept = g_memdup2(patches, COUNT * SIDE * sizeof *patches);
    float weight[FILTERS * SIDE], bias[FILTERS];
    Rng rng = rng_stream(0, 0);
    must(filters_learn(crew, &recipe_default, &rng, patches, COUNT, CHANNELS, FILTERS, weight, bias, &error));
    double least = 1, most = 0;
    for (int f = 0; f < FILTERS; f++) {
        double mean, cut = share_cut(kept, COUNT, CHANNELS, weight + f * SIDE, bias[f], &mean);
        g_assert_cmpfloat(fabs(mean - 1), <, 1e-3);
        least = MIN(least, cut);
        most = MAX(most, cut);
    }
    g_assert_cmpfloat(fabs(least - recipe_default.cut_min), <, 2e-3);
    g_assert_cmpfloat(fabs(most - recipe_default.cut_max), <, 2e-3);
    g_free(patches);
    g_free(kept);
}

static Recipe small_recipe(void)
{
    Recipe recipe = recipe_default;
    recipe.seed = 5;
    recipe.layers = 4;
    recipe.pictures = 6;
    recipe.side = 32;
    recipe.patches = 2048;
    recipe.rounds = 3;
    return recipe;
}

/* Learns by the small recipe with that many threads, writes the file, and returns its bytes. */
static GBytes *learned_file(const char *path, int threads, Network *network)
{
    Recipe recipe = small_recipe();
    Workers *workers = made_workers(threads);
    must(learn(network, &recipe, workers, NULL, NULL, &error));
    must(learned_write(path, network, &recipe, &error));
    workers_free(workers);
    char *bytes;
    gsize size;
    g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    return g_bytes_new_take(bytes, size);
}

/* Asserts that core reads what was learned, to the last bit. */
static void check_layers(const Weights *weights, const Network *network)
{
    g_assert_cmpint(weights_layers(weights), >=, network->layers);
    for (int i = 0; i < network->layers; i++) {
        const Vgg16Layer *l = &vgg16_layers[i];
        size_t filters = (size_t)l->out_channels, values = 9 * (size_t)l->in_channels * filters;
        float *weight = memory_floats(values), *bias = memory_floats(filters);
        must(weights_read(weights, i, weight, bias, &error));
        for (size_t k = 0; k < values; k++)
            g_assert_cmpfloat(weight[k], ==, network->layer[i].weight[k]);
        for (size_t k = 0; k < filters; k++)
            g_assert_cmpfloat(bias[k], ==, network->layer[i].bias[k]);
        free(weight);
        free(bias);
    }
}

/* Guards the promise that the file depends on the recipe alone, and that core reads what was written. */
static void test_file(void)
{
    char *folder = temp_folder(), *path = g_build_filename(folder, "learned.safetensors", NULL);
    Network network, again;
    GBytes *one = learned_file(path, 1, &network), *three = learned_file(path, 3, &again);
    g_assert_true(g_bytes_equal(one, three));
    guint64 header;
    memcpy(&header, g_bytes_get_data(one, NULL), sizeof header);
    g_assert_cmpuint(GUINT64_FROM_LE(header) % 8, ==, 0);

    /* A value too small for float16 becomes 0. */
    network.layer[1].weight[7] = half_round(1e-9f);
    Recipe recipe = small_recipe();
    must(learned_write(path, &network, &recipe, &error));
    Weights *weights = made_weights(path);
    g_assert_cmpint(weights_layers(weights), ==, network.layers);
    check_layers(weights, &network);
    const Preprocessing *p = weights_preprocessing(weights);
    g_assert_false(p->bgr);
    g_assert_cmpfloat(p->scale, ==, 1);
    g_assert_cmpmem(p->mean, sizeof p->mean, network_mean, sizeof network_mean);
    g_assert_cmpmem(p->std, sizeof p->std, network_std, sizeof network_std);
    g_assert_nonnull(strstr(weights_provenance(weights), "neural-style-learn"));
    weights_close(weights);
    network_free(&network);
    network_free(&again);
    g_bytes_unref(one);
    g_bytes_unref(three);
    g_free(path);
    temp_remove(folder);
}

/* The hash of the weights that the small recipe gives, on any machine. If it differs, the committed file
 * can't be learned again: the recipe or its arithmetic has changed, and the committed file has to change with
 * it. */
static const char *const small_sum = "0955c2e8d532b1698f7d0300e2929fd8da947de8474055fc5b9e21088120c758";

static char *sum_of(const Network *network)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (int i = 0; i < network->layers; i++) {
        const Vgg16Layer *l = &vgg16_layers[i];
        size_t filters = (size_t)l->out_channels, values = 9 * (size_t)l->in_channels * filters;
        for (size_t k = 0; k < values + filters; k++) {
            float value = k < values ? network->layer[i].weight[k] : network->layer[i].bias[k - values];
            guint16 half = GUINT16_TO_LE(half_from_float(value));
            g_checksum_update(sum, (const guchar *)&half, sizeof half);
        }
    }
    char *text = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    return text;
}

static int print_small_sum(void)
{
    Recipe recipe = small_recipe();
    Network network;
    must(learn(&network, &recipe, crew, NULL, NULL, &error));
    char *sum = sum_of(&network);
    puts(sum);
    g_free(sum);
    network_free(&network);
    return EXIT_SUCCESS;
}

/* Guards the promise that every machine learns the same file: OpenBLAS is made to use the kernels of other
 * processors, which sum in a different order. */
static void test_machines(void)
{
    static const char *const kinds[] = {NULL, "Prescott", "Nehalem", "Haswell"};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        char self[] = "/proc/self/exe", *argv[] = {self, print_small_sum_option, NULL};
        char **environment = g_get_environ(), *sum = NULL;
        if (kinds[i])
            environment = g_environ_setenv(environment, "OPENBLAS_CORETYPE", kinds[i], TRUE);
        GError *problem = NULL;
        g_spawn_sync(NULL, argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &sum, NULL, NULL, &problem);
        g_assert_no_error(problem);
        g_assert_cmpstr(g_strchomp(sum), ==, small_sum);
        g_free(sum);
        g_strfreev(environment);
    }
}

/* Guards against a committed file that can't be learned again: its first two layers, to the bit. (All
 * thirteen take minutes; weights/README.md says how.) */
static void test_committed(void)
{
    Recipe recipe = recipe_default;
    recipe.layers = 2;
    Network network;
    must(learn(&network, &recipe, crew, NULL, NULL, &error));
    char *path = source_path("weights/default.safetensors");
    Weights *weights = made_weights(path);
    check_layers(weights, &network);
    weights_close(weights);
    network_free(&network);
    g_free(path);
}

/* Adds a layer of the file as the network's next. */
static void add_layer(Network *network, const Weights *weights)
{
    const Vgg16Layer *l = &vgg16_layers[network->layers];
    float *weight = memory_floats(9 * (size_t)l->in_channels * (size_t)l->out_channels);
    float *bias = memory_floats((size_t)l->out_channels);
    g_assert_true(weight && bias);
    must(weights_read(weights, network->layers, weight, bias, &error));
    must(network_add(network, weight, bias, &error));
}

static double mean_of(const Gallery *gallery)
{
    double mean = 0;
    for (int i = 0; i < gallery->count; i++) {
        const Map *m = &gallery->map[i];
        int values = m->height * m->width * m->channels;
        for (int k = 0; k < values; k++)
            mean += (double)m->values[k] / values / gallery->count;
    }
    return mean;
}

/* Guards against committing a file that is cut short, or was made by another recipe or from other drawings:
 * on drawings that it has never seen, every layer's activations are about as large as on those it learned
 * from. */
static void test_default(void)
{
    char *path = source_path("weights/default.safetensors");
    Weights *weights = made_weights(path);
    g_assert_cmpint(weights_layers(weights), ==, VGG16_LAYERS);
    Network network = {0};
    Gallery gallery;
    must(gallery_new(&gallery, &network, crew, recipe_default.seed, 100000, 4, 128, &error));
    for (int layer = 0; layer < VGG16_LAYERS; layer++) {
        add_layer(&network, weights);
        must(gallery_pool(&gallery, crew, layer, &error));
        must(gallery_forward(&gallery, &network, crew, &error));
        g_test_message("%s: mean activation %.3f", vgg16_layers[layer].name, mean_of(&gallery));
        g_assert_cmpfloat(mean_of(&gallery), >, 0.5);
        g_assert_cmpfloat(mean_of(&gallery), <, 2);
    }
    gallery_free(&gallery);
    network_free(&network);
    weights_close(weights);
    g_free(path);
}

int main(int argc, char **argv)
{
    crew = made_workers(3);
    if (argc == 2 && strcmp(argv[1], print_small_sum_option) == 0) /* called by test_machines */
        return print_small_sum();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/learn/half", test_half);
    g_test_add_func("/learn/rng", test_rng);
    g_test_add_func("/learn/noise", test_noise);
    g_test_add_func("/learn/drawings", test_drawings);
    g_test_add_func("/learn/elementary", test_elementary);
    g_test_add_func("/learn/grid", test_grid);
    g_test_add_func("/learn/matrix", test_matrix);
    g_test_add_func("/learn/cholesky", test_cholesky);
    g_test_add_func("/learn/whitening", test_whitening);
    g_test_add_func("/learn/kmeans", test_kmeans);
    g_test_add_func("/learn/filters", test_filters);
    g_test_add_func("/learn/file", test_file);
    g_test_add_func("/learn/every machine the same", test_machines);
    if (!SANITIZED) /* minutes */
        g_test_add_func("/learn/committed file", test_committed);
    g_test_add_func("/learn/default", test_default);
    int result = g_test_run();
    workers_free(crew);
    return result;
}
