/* test_loss.c: the content, style and total variation losses, each with its gradient. */
#include "check.h"
#include "core/gram.h"
#include "core/loss.h"
#include "hash.h"
#include "oracle.h"
#include "plain.h"

#include <math.h>

enum { HEIGHT = 9, WIDTH = 11, CHANNELS = 6, POSITIONS = HEIGHT * WIDTH, COUNT = POSITIONS * CHANNELS };

static Workers *crew;

static void check_value(const Oracle *oracle, const char *name, double value)
{
    float got = (float)value;
    oracle_check(oracle, name, 1, &got, 1e-6);
}

/* Guards the content loss's norm and the factor of its gradient, which is added to what is there. */
static void test_content_oracle(void)
{
    Oracle *oracle = oracle_open_committed();
    float *features = new_signed(1, 1, COUNT), *target = new_signed(2, 1, COUNT),
          *gradient = g_new0(float, COUNT);
    double norm = sum_of_squares(crew, COUNT, target);
    check_value(oracle, "content/value", content_loss(crew, COUNT, features, target, norm, 1, gradient));
    content_loss(crew, COUNT, features, target, norm, 2, gradient); /* 1 + 2 = the oracle's weight 3 */
    oracle_check(oracle, "content/gradient", COUNT, gradient, 1e-6);
    check_value(oracle, "content/value", content_loss(crew, COUNT, features, target, norm, 1, NULL));
    g_free(features);
    g_free(target);
    g_free(gradient);
    oracle_close(oracle);
}

static void gram_of(const float *features, float *gram)
{
    double *sums = g_new(double, gram_sums(POSITIONS, CHANNELS));
    g_assert_cmpint(workers_reserve(crew, gram_scratch(CHANNELS), NULL), ==, NST_OK);
    gram_forward(crew, POSITIONS, CHANNELS, features, sums, gram);
    g_free(sums);
}

/* Guards the style loss's norm, and the chain from loss through Gram matrix to the features. */
static void test_style_oracle(void)
{
    enum { GRAM = CHANNELS * CHANNELS };
    Oracle *oracle = oracle_open_committed();
    float *features = new_signed(1, 1, COUNT), *painting = new_signed(2, 1, COUNT);
    float gram[GRAM], target[GRAM], dgram[GRAM], *gradient = g_new0(float, COUNT);
    gram_of(features, gram);
    gram_of(painting, target);
    double norm = sum_of_squares(crew, GRAM, target);
    check_value(oracle, "style/value", style_loss(GRAM, gram, target, norm, 3, dgram));
    gram_backward(crew, POSITIONS, CHANNELS, features, dgram, gradient);
    oracle_check(oracle, "style/gradient", COUNT, gradient, 1e-6);
    g_free(features);
    g_free(painting);
    g_free(gradient);
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

/* Guards value and gradient together, at a size where several workers share them. */
static void test_content_differences(void)
{
    float *features = new_signed(11, 1, COUNT), *target = new_signed(12, 1, COUNT),
          *gradient = g_new0(float, COUNT);
    double *wide = new_doubles(COUNT, target);
    Plain p = {.target = wide, .norm = plain_squares(COUNT, wide), .weight = 0.7};
    content_loss(crew, COUNT, features, target, p.norm, p.weight, gradient);
    check_gradient("content", plain_content, &p, COUNT, features, gradient);
    g_free(wide);
    g_free(features);
    g_free(target);
    g_free(gradient);
}

static void test_style_differences(void)
{
    enum { GRAM = CHANNELS * CHANNELS };
    float *features = new_signed(11, 1, COUNT), *painting = new_signed(12, 1, COUNT);
    float gram[GRAM], target[GRAM], dgram[GRAM], *gradient = g_new0(float, COUNT);
    gram_of(features, gram);
    gram_of(painting, target);
    double *wide = new_doubles(GRAM, target);
    Plain p = {.target = wide, .norm = plain_squares(GRAM, wide), .weight = 0.7};
    style_loss(GRAM, gram, target, p.norm, p.weight, dgram);
    gram_backward(crew, POSITIONS, CHANNELS, features, dgram, gradient);
    check_gradient("style", plain_style, &p, COUNT, features, gradient);
    g_free(wide);
    g_free(features);
    g_free(painting);
    g_free(gradient);
}

/* Strips of one pixel have no neighbour one way: guards reading beyond the row. */
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

/* Guards sums over large pictures: in float, 20 million terms of one size stop adding up at 2^24. */
static void test_large_sum(void)
{
    size_t count = 20000000;
    float *values = g_new(float, count);
    for (size_t i = 0; i < count; i++)
        values[i] = 1;
    g_assert_cmpfloat(sum_of_squares(crew, count, values), ==, (double)count);
    g_free(values);
}

/* Guards determinism: a loss that hangs on the number of workers makes line searches part ways. */
static void test_worker_counts(void)
{
    enum { MANY = 100003 };
    float *a = new_signed(14, 1, MANY), *b = new_signed(15, 1, MANY);
    double first[3] = {0};
    for (int count = 1; count <= 5; count++) {
        Workers *workers = workers_new(count, NULL);
        g_assert_nonnull(workers);
        float *gradient = g_new0(float, MANY);
        double value[3] = {sum_of_squares(workers, MANY, a),
                           content_loss(workers, MANY, a, b, 1, 1, gradient),
                           tv_loss(workers, MANY / 300, 100, a, 1, gradient)};
        workers_free(workers);
        g_free(gradient);
        for (int i = 0; i < 3; i++) {
            if (count == 1)
                first[i] = value[i];
            g_assert_cmpfloat(value[i], ==, first[i]);
        }
    }
    g_free(a);
    g_free(b);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = workers_new(2, NULL);
    g_assert_nonnull(crew);
    g_test_add_func("/loss/content against PyTorch", test_content_oracle);
    g_test_add_func("/loss/style against PyTorch", test_style_oracle);
    g_test_add_func("/loss/tv against PyTorch", test_tv_oracle);
    g_test_add_func("/loss/content, finite differences", test_content_differences);
    g_test_add_func("/loss/style, finite differences", test_style_differences);
    g_test_add_func("/loss/tv, finite differences", test_tv_differences);
    g_test_add_func("/loss/large sums", test_large_sum);
    g_test_add_func("/loss/any number of workers", test_worker_counts);
    int status = g_test_run();
    workers_free(crew);
    return status;
}
