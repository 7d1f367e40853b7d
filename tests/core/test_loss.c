/* test_loss.c: the content, style and total variation losses, each with its gradient. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/loss/gram.h"
#include "core/loss/loss.h"
#include "core/network/simd.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/oracle.h"
#include "tests/support/plain.h"

#include <math.h>
#include <string.h>

/* PyTorch's answers are for six channels. Layers have multiples of 32: the others are zero. */
enum { HEIGHT = 9, WIDTH = 11, POSITIONS = HEIGHT * WIDTH, ASKED = 6, ASKED_COUNT = POSITIONS * ASKED };
enum { CHANNELS = 32, COUNT = POSITIONS * CHANNELS };

static Workers *crew;

static void check_value(const Oracle *oracle, const char *name, double value)
{
    float got = (float)value;
    oracle_check(oracle, name, 1, &got, 1e-6);
}

/* Rows of `from` floats copied into rows of `to` floats; the rest is zero. */
static float *new_widened(size_t rows, size_t from, size_t to, const float *values)
{
    float *wide = g_new0(float, rows *to);
    for (size_t i = 0; i < rows; i++)
        memcpy(wide + i * to, values + i * from, from * sizeof(float));
    return wide;
}

static LayerLoss layer_of(int rows, int columns, int channels)
{
    return (LayerLoss){.columns = columns,
                       .channels = channels,
                       .part = {0, 0, rows, columns},
                       .own = {0, 0, rows, columns},
                       .product = simd_best()->product};
}

/* layer_loss_backward, in place. */
static double run(const LayerLoss *loss, Workers *workers, float *features, float shut)
{
    int rows = region_rows(&loss->part);
    double *row_sums = g_new(double, rows);
    for (int y = 0; y < rows; y++)
        row_sums[y] = NAN; /* what isn't written shows */
    g_assert_cmpint(workers_reserve(workers, layer_loss_scratch(loss->channels), NULL), ==, NST_OK);
    double sum = layer_loss_backward(loss, workers, features, shut, row_sums);
    g_free(row_sums);
    return sum;
}

static float *new_negative(size_t count, const float *values)
{
    float *negative = g_new(float, count);
    for (size_t i = 0; i < count; i++)
        negative[i] = -values[i];
    return negative;
}

/* The gradient everywhere, for features of both signs. layer_loss_backward gives it only where they are > 0;
 * but both losses are the same for -F and -P, with the negative gradient. Returns the sum. */
static double run_both_signs(LayerLoss loss, size_t count, const float *features, float *gradient)
{
    float *negative = new_negative(count, features), *target = NULL;
    memcpy(gradient, features, count * sizeof(float));
    double sum = run(&loss, crew, gradient, NAN);
    if (loss.target)
        loss.target = target = new_negative(count, loss.target);
    g_assert_cmpfloat(run(&loss, crew, negative, NAN), ==, sum);
    for (size_t i = 0; i < count; i++)
        if (features[i] != 0) {
            g_assert_true(isnan(gradient[i]) != isnan(negative[i]));
            gradient[i] = isnan(gradient[i]) ? -negative[i] : gradient[i];
        }
    g_free(negative);
    g_free(target);
    return sum;
}

static float *new_narrowed(const float *wide)
{
    float *narrow = g_new(float, ASKED_COUNT);
    for (size_t i = 0; i < ASKED_COUNT; i++)
        narrow[i] = wide[i / ASKED * CHANNELS + i % ASKED];
    return narrow;
}

/* Guards the content loss's norm and the factor of its gradient. */
static void test_content_oracle(void)
{
    Oracle *oracle = oracle_open_committed();
    float *features = new_signed(1, 1, ASKED_COUNT), *target = new_signed(2, 1, ASKED_COUNT);
    float *wide = new_widened(POSITIONS, ASKED, CHANNELS, features),
          *wide_target = new_widened(POSITIONS, ASKED, CHANNELS, target), *gradient = g_new(float, COUNT);
    double norm = sum_of_squares(crew, ASKED_COUNT, target), weight = 3;
    LayerLoss loss = layer_of(HEIGHT, WIDTH, CHANNELS);
    loss.target = wide_target;
    loss.content_factor = 2 * weight / norm;
    check_value(oracle, "content/value", run_both_signs(loss, COUNT, wide, gradient) / norm);
    float *narrow = new_narrowed(gradient),
          *arrays[] = {features, target, wide, wide_target, gradient, narrow};
    oracle_check(oracle, "content/gradient", ASKED_COUNT, narrow, 1e-6);
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
    oracle_close(oracle);
}

static void gram_of(int channels, const float *features, float *matrix)
{
    static const Region all = {0, 0, HEIGHT, WIDTH};
    Gram gram;
    g_assert_cmpint(gram_new(&gram, channels, crew, NULL), ==, NST_OK);
    gram_add(&gram, crew, features, WIDTH, &all);
    gram_matrix(&gram, crew, matrix);
    gram_free(&gram);
}

/* dgram [from, from] as LayerLoss needs it: times 2 / N, padded with zeros to `channels`, packed. */
static float *new_packed(size_t from, size_t channels, size_t positions, const float *dgram)
{
    float *wide = g_new0(float, channels *channels),
          *packed = g_new(float, product_floats(channels, channels));
    for (size_t i = 0; i < from * from; i++)
        wide[i / from * channels + i % from] = (float)(2.0 / (double)positions * dgram[i]);
    simd_best()->product->pack(channels, channels, wide, packed);
    g_free(wide);
    return packed;
}

/* Guards the style loss's norm, and the chain from the loss through the Gram matrix to the features. */
static void test_style_oracle(void)
{
    enum { GRAM = ASKED * ASKED };
    Oracle *oracle = oracle_open_committed();
    float *features = new_signed(1, 1, ASKED_COUNT), *painting = new_signed(2, 1, ASKED_COUNT);
    float gram[GRAM], target[GRAM], dgram[GRAM], *gradient = g_new(float, COUNT);
    gram_of(ASKED, features, gram);
    gram_of(ASKED, painting, target);
    double norm = sum_of_squares(crew, GRAM, target);
    check_value(oracle, "style/value", style_loss(GRAM, gram, target, norm, 3, dgram));
    float *packed = new_packed(ASKED, CHANNELS, POSITIONS, dgram),
          *wide = new_widened(POSITIONS, ASKED, CHANNELS, features);
    LayerLoss loss = layer_of(HEIGHT, WIDTH, CHANNELS);
    loss.dgram = packed;
    g_assert_cmpfloat(run_both_signs(loss, COUNT, wide, gradient), ==, 0);
    float *narrow = new_narrowed(gradient), *arrays[] = {features, painting, gradient, packed, wide, narrow};
    oracle_check(oracle, "style/gradient", ASKED_COUNT, narrow, 1e-6);
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
    oracle_close(oracle);
}

/* Guards total variation at the picture's borders and its division by the pixels. */
static void test_tv_oracle(void)
{
    Oracle *oracle = oracle_open_committed();
    float *image = new_unit(3, POSITIONS * 3), *gradient = g_new0(float, POSITIONS * 3);
    check_value(oracle, "tv/value", tv_loss(crew, HEIGHT, WIDTH, image, 3, gradient));
    oracle_check(oracle, "tv/gradient", POSITIONS * 3, gradient, 1e-6);
    g_free(image);
    g_free(gradient);
    oracle_close(oracle);
}

typedef struct Plain {
    const double *target; /* features, or a Gram matrix */
    double norm, weight;
    int height, width;
} Plain;

static double plain_content(void *data, const double *x)
{
    const Plain *p = data;
    return p->weight * plain_distance(COUNT, x, p->target) / p->norm;
}

static double plain_style(void *data, const double *x)
{
    const Plain *p = data;
    double gram[CHANNELS * CHANNELS];
    plain_gram(POSITIONS, CHANNELS, x, gram);
    return p->weight * plain_distance(CHANNELS * CHANNELS, gram, p->target) / p->norm;
}

static double plain_variation(void *data, const double *x)
{
    const Plain *p = data;
    return p->weight * plain_tv(p->height, p->width, x);
}

/* Guards value and gradient together, at a size that several workers share. */
static void test_content_differences(void)
{
    float *features = new_signed(11, 1, COUNT), *target = new_signed(12, 1, COUNT),
          *gradient = g_new(float, COUNT);
    double *wide = new_doubles(COUNT, target), *at = new_doubles(COUNT, features);
    Plain p = {.target = wide, .norm = plain_squares(COUNT, wide), .weight = 0.7};
    LayerLoss loss = layer_of(HEIGHT, WIDTH, CHANNELS);
    loss.target = target;
    loss.content_factor = 2 * p.weight / p.norm;
    double value = p.weight * run_both_signs(loss, COUNT, features, gradient) / p.norm;
    g_assert_cmpfloat_with_epsilon(value, plain_content(&p, at), 1e-7 * value);
    check_gradient("content", plain_content, &p, COUNT, features, gradient);
    g_free(wide);
    g_free(at);
    g_free(features);
    g_free(target);
    g_free(gradient);
}

/* Guards the gradient through the Gram matrix, symmetric and of all channels. */
static void test_style_differences(void)
{
    enum { GRAM = CHANNELS * CHANNELS };
    float *features = new_signed(11, 1, COUNT), *painting = new_signed(12, 1, COUNT),
          *gradient = g_new(float, COUNT);
    float gram[GRAM], target[GRAM], dgram[GRAM];
    gram_of(CHANNELS, features, gram);
    gram_of(CHANNELS, painting, target);
    double *wide = new_doubles(GRAM, target);
    Plain p = {.target = wide, .norm = plain_squares(GRAM, wide), .weight = 0.7};
    style_loss(GRAM, gram, target, p.norm, p.weight, dgram);
    LayerLoss loss = layer_of(HEIGHT, WIDTH, CHANNELS);
    float *packed = new_packed(CHANNELS, CHANNELS, POSITIONS, dgram);
    loss.dgram = packed;
    run_both_signs(loss, COUNT, features, gradient);
    check_gradient("style", plain_style, &p, COUNT, features, gradient);
    g_free(wide);
    g_free(features);
    g_free(painting);
    g_free(gradient);
    g_free(packed);
}

/* A layer's losses by definition, in double: the gradient of one value; adds its squared difference to the
 * sum. dgram: [C, C], already times 2 / N. */
static float value_by_hand(const LayerLoss *loss, const float *dgram, const float *features, float shut,
                           size_t i, double *sum)
{
    size_t c = (size_t)loss->channels, channel = i % c, position = i / c;
    int y = (int)position / loss->columns, x = (int)position % loss->columns;
    const Region *own = &loss->own;
    bool inside = y >= own->top && y < own->bottom && x >= own->left && x < own->right;
    double gradient = 0;
    if (inside && loss->target) {
        size_t at = (size_t)(y - own->top) * (size_t)region_columns(own) + (size_t)(x - own->left);
        double difference = (double)features[i] - loss->target[at * c + channel];
        *sum += difference * difference;
        gradient += loss->content_factor * difference;
    }
    if (inside && loss->dgram)
        for (size_t k = 0; k < c; k++)
            gradient += (double)features[position * c + k] * dgram[k * c + channel];
    return features[i] > 0 ? (float)gradient : shut;
}

static void check_layer(const LayerLoss *loss, const float *dgram, float shut)
{
    size_t count = region_positions(&loss->part) * (size_t)loss->channels;
    float *features = new_signed(21, 1, count), *got = g_memdup2(features, count * sizeof(float)),
          *want = g_new(float, count);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        want[i] = value_by_hand(loss, dgram, features, shut, i, &sum);
    g_assert_cmpfloat(fabs(run(loss, crew, got, shut) - sum), <=, 1e-6 * sum);
    for (size_t i = 0; i < count; i++) {
        g_assert_true(isnan(got[i]) == isnan(want[i]));
        g_assert_true((got[i] == 0) == (want[i] == 0)); /* outside `own` it is exactly 0 */
        got[i] = isnan(got[i]) ? 0 : got[i];
        want[i] = isnan(want[i]) ? 0 : want[i];
    }
    check_close("a layer's gradient", count, got, want, 1e-6);
    g_free(features);
    g_free(got);
    g_free(want);
}

/* Guards tiles: halos that don't count in the losses, a target smaller than the map, rows longer than what is
 * processed at once (48 positions), each loss with and without the other, and what the ReLU shut. */
static void test_regions(void)
{
    enum { ROWS = 7, COLUMNS = 131, DEEP = 64 };
    static const Region own[] = {
        {0, 0, ROWS, COLUMNS}, {1, 2, 6, 99}, {3, 130, 7, 131}, {0, 48, 5, 96}, {2, 7, 2, 7}};
    float *target = new_signed(22, 1, ROWS * COLUMNS * DEEP), *dgram = new_signed(23, 0.1f, DEEP * DEEP);
    float *packed = g_new(float, product_floats(DEEP, DEEP));
    LayerLoss loss = layer_of(ROWS, COLUMNS, DEEP);
    loss.product->pack(DEEP, DEEP, dgram, packed);
    loss.content_factor = 0.3;
    for (size_t k = 0; k < 4 * G_N_ELEMENTS(own); k++) {
        loss.own = own[k / 4];
        loss.target = k % 4 & 1 ? target : NULL;
        loss.dgram = k % 4 & 2 ? packed : NULL;
        check_layer(&loss, dgram, 0);
        check_layer(&loss, dgram, NAN);
    }
    g_free(target);
    g_free(dgram);
    g_free(packed);
}

/* Guards against reading beyond a row: strips of one pixel have no neighbours one way. */
static void test_tv_differences(void)
{
    static const int sizes[][2] = {{40, 60}, {1, 17}, {17, 1}, {2, 2}};
    for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
        Plain p = {.weight = 0.7, .height = sizes[k][0], .width = sizes[k][1]};
        size_t count = 3 * (size_t)p.height * (size_t)p.width;
        float *image = new_unit(13, count), *gradient = g_new0(float, count);
        double value = tv_loss(crew, p.height, p.width, image, p.weight, gradient);
        double *wide = new_doubles(count, image);
        g_assert_cmpfloat_with_epsilon(p.weight * value, plain_variation(&p, wide), 1e-9);
        check_gradient("tv", plain_variation, &p, count, image, gradient);
        g_free(wide);
        g_free(image);
        g_free(gradient);
    }
}

/* Guards sums over large pictures: in float, a sum of 20 million ones stops growing at 2^24. */
static void test_large_sum(void)
{
    size_t count = 20000000;
    float *values = g_new(float, count);
    for (size_t i = 0; i < count; i++)
        values[i] = 1;
    g_assert_cmpfloat(sum_of_squares(crew, count, values), ==, (double)count);
    g_free(values);
}

/* Both of a layer's losses: turns features into the gradient and returns the sum. */
static double run_layer(Workers *workers, const float *target, const float *packed, float *features)
{
    LayerLoss loss = layer_of(HEIGHT, WIDTH, CHANNELS);
    loss.target = target;
    loss.content_factor = 0.3;
    loss.dgram = packed;
    return run(&loss, workers, features, 0);
}

/* Guards determinism: if a loss depended on the number of workers, line searches would diverge. */
static void test_worker_counts(void)
{
    enum { MANY = 100003 };
    float *a = new_signed(14, 1, MANY), *b = new_signed(15, 1, MANY), first_gradient[COUNT], gradient[COUNT];
    float *packed = new_packed(CHANNELS, CHANNELS, POSITIONS, b);
    double first[3] = {0};
    for (int count = 1; count <= 5; count++) {
        Workers *workers = made_workers(count);
        float *dimage = g_new0(float, MANY);
        memcpy(gradient, a, sizeof gradient);
        double value[3] = {sum_of_squares(workers, MANY, a), run_layer(workers, b, packed, gradient),
                           tv_loss(workers, MANY / 300, 100, a, 1, dimage)};
        workers_free(workers);
        g_free(dimage);
        if (count == 1) {
            memcpy(first, value, sizeof first);
            memcpy(first_gradient, gradient, sizeof gradient);
        }
        g_assert_cmpmem(value, sizeof value, first, sizeof first);
        g_assert_cmpmem(gradient, sizeof gradient, first_gradient, sizeof gradient);
    }
    g_free(a);
    g_free(b);
    g_free(packed);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = made_workers(2);
    g_test_add_func("/loss/content against PyTorch", test_content_oracle);
    g_test_add_func("/loss/style against PyTorch", test_style_oracle);
    g_test_add_func("/loss/tv against PyTorch", test_tv_oracle);
    g_test_add_func("/loss/content, finite differences", test_content_differences);
    g_test_add_func("/loss/style, finite differences", test_style_differences);
    g_test_add_func("/loss/tv, finite differences", test_tv_differences);
    g_test_add_func("/loss/regions of a layer", test_regions);
    g_test_add_func("/loss/large sums", test_large_sum);
    g_test_add_func("/loss/any number of workers", test_worker_counts);
    int status = g_test_run();
    workers_free(crew);
    return status;
}
