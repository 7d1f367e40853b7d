/* test_gram.c: the Gram matrix and its gradient. */
#include "check.h"
#include "core/gram.h"
#include "hash.h"
#include "oracle.h"
#include "plain.h"

#include <math.h>

static Workers *crew;

static void forward(Workers *workers, size_t positions, int channels, const float *features, float *gram)
{
    NstError error;
    double *sums = g_new(double, gram_sums(positions, channels));
    for (size_t i = 0; i < gram_sums(positions, channels); i++)
        sums[i] = NAN; /* what is left unfilled shows */
    g_assert_cmpint(workers_reserve(workers, gram_scratch(channels), &error), ==, NST_OK);
    gram_forward(workers, positions, channels, features, sums, gram);
    g_free(sums);
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

/* Guards the mirrored triangle, the block borders (1024 positions), and channel counts that are no power
 * of two. */
static void test_sizes(void)
{
    static const struct {
        size_t positions;
        int channels;
    } cases[] = {{1, 3}, {7, 64}, {1023, 5}, {1024, 5}, {1025, 5}, {20000, 17}, {3000, 128}};
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

/* Guards large pictures: with plain float sums over 4 million positions digits fall off the end (features are
 * all positive, so the sum grows far beyond its terms). */
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

/* Guards the factor 2/N, the last block, and that the gradient is added to what is there. */
static void test_finite_differences(void)
{
    static const size_t sizes[] = {1, 50, 1030};
    enum { CHANNELS = 7 };
    for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
        size_t count = sizes[k] * CHANNELS;
        float dgram[CHANNELS * CHANNELS], *features = new_signed(4, 1, count),
                                          *gradient = g_new(float, count);
        for (unsigned i = 0; i < CHANNELS; i++)
            for (unsigned j = 0; j < CHANNELS; j++)
                dgram[i * CHANNELS + j] = hash_signed(5, MIN(i, j) * CHANNELS + MAX(i, j));
        for (size_t i = 0; i < count; i++)
            gradient[i] = 0x1p-10f;
        gram_backward(crew, sizes[k], CHANNELS, features, dgram, gradient);
        for (size_t i = 0; i < count; i++)
            gradient[i] -= 0x1p-10f;
        Weighed v = {sizes[k], CHANNELS, dgram};
        check_gradient("gram", weighed_gram, &v, count, features, gradient);
        g_free(gradient);
        g_free(features);
    }
}

/* Guards determinism: parts must be added in the same order by any crew. */
static void test_worker_counts(void)
{
    enum { POSITIONS = 50001, CHANNELS = 24, COUNT = CHANNELS * CHANNELS };
    float *features = new_unit(6, (size_t)POSITIONS * CHANNELS), one[COUNT], many[COUNT];
    for (int count = 1; count <= 5; count++) {
        Workers *workers = workers_new(count, NULL);
        g_assert_nonnull(workers);
        forward(workers, POSITIONS, CHANNELS, features, count == 1 ? one : many);
        workers_free(workers);
        if (count > 1)
            g_assert_cmpmem(one, sizeof one, many, sizeof many);
    }
    g_free(features);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = workers_new(2, NULL);
    g_assert_nonnull(crew);
    g_test_add_func("/gram/against PyTorch", test_oracle);
    g_test_add_func("/gram/against double, sizes", test_sizes);
    g_test_add_func("/gram/against double, millions of positions", test_many_positions);
    g_test_add_func("/gram/finite differences", test_finite_differences);
    g_test_add_func("/gram/any number of workers", test_worker_counts);
    int status = g_test_run();
    workers_free(crew);
    return status;
}
