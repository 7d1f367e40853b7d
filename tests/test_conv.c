/* test_conv.c: the convolution, fast and plain, forward and backward.
 *
 * The chain of trust: the reference against PyTorch and against finite differences, then the fast one against
 * the reference at every channel pair of VGG16 and at the sizes where borders and blocks go wrong. */
#include "check.h"
#include "core/conv3x3.h"
#include "core/layers.h"
#include "oracle.h"
#include "plain.h"

#include <math.h>
#include <string.h>

enum { WORKERS = 2 };

static Workers *crew;

typedef struct Case {
    int ic, oc, h, w;
} Case;

static size_t in_count(Case c)
{
    return (size_t)c.h * (size_t)c.w * (size_t)c.ic;
}

static size_t out_count(Case c)
{
    return (size_t)c.h * (size_t)c.w * (size_t)c.oc;
}

/* One convolution with hashed numbers, as make_oracle.py makes them. */
typedef struct Data {
    Case c;
    float *in, *weight, *bias, *dout; /* given */
    float *out, *din;                 /* to be filled */
} Data;

static Data data_new(Case c)
{
    size_t kernels = 9 * (size_t)c.ic * (size_t)c.oc;
    return (Data){c,
                  new_signed(1, 1, in_count(c)),
                  new_signed(2, (float)sqrt(2 / (3.0 * c.ic)), kernels),
                  new_signed(3, 0.1f, (size_t)c.oc),
                  new_signed(4, 1, out_count(c)),
                  g_new0(float, out_count(c)),
                  g_new0(float, in_count(c))};
}

static void data_free(Data *d)
{
    float *arrays[] = {d->in, d->weight, d->bias, d->dout, d->out, d->din};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
}

static void run_reference(Data *d)
{
    Case c = d->c;
    conv3x3_reference_forward(c.ic, c.oc, d->weight, d->bias, c.h, c.w, d->in, d->out);
    conv3x3_reference_backward(c.ic, c.oc, d->weight, c.h, c.w, d->dout, d->din);
}

static void run_fast(Data *d, Workers *workers)
{
    Case c = d->c;
    memset(d->out, 0xff, out_count(c) * sizeof(float)); /* NaN: what is left unfilled shows */
    memset(d->din, 0xff, in_count(c) * sizeof(float));
    NstError error;
    Conv3x3 *conv = conv3x3_new(c.ic, c.oc, d->weight, d->bias, &error);
    g_assert_nonnull(conv);
    g_assert_cmpint(workers_reserve(workers, conv3x3_scratch(conv), &error), ==, NST_OK);
    conv3x3_forward(conv, workers, c.h, c.w, d->in, d->out);
    conv3x3_backward(conv, workers, c.h, c.w, d->dout, d->din);
    conv3x3_free(conv);
}

/* Guards the measure itself: a reference with turned kernels, swapped axes or shifted borders. */
static void test_reference_oracle(void)
{
    static const Case cases[] = {
        {3, 64, 5, 7}, {64, 128, 3, 4}, {512, 512, 1, 3}, {5, 3, 9, 1}, {2, 7, 1, 1}};
    Oracle *oracle = oracle_open_committed();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Data d = data_new(cases[i]);
        run_reference(&d);
        char *name = g_strdup_printf("conv/%d-%d/forward", d.c.ic, d.c.oc);
        oracle_check(oracle, name, out_count(d.c), d.out, 1e-6);
        g_free(name);
        name = g_strdup_printf("conv/%d-%d/backward", d.c.ic, d.c.oc);
        oracle_check(oracle, name, in_count(d.c), d.din, 1e-6);
        g_free(name);
        data_free(&d);
    }
    oracle_close(oracle);
}

typedef struct Weighed {
    PlainConv conv;
    Case c;
    const float *dout;
} Weighed;

/* <dout, relu(conv(x))> */
static double weighed_output(void *data, const double *x)
{
    const Weighed *v = data;
    double *out = g_new(double, out_count(v->c)), sum = 0;
    plain_conv(&v->conv, v->c.h, v->c.w, true, x, out);
    for (size_t i = 0; i < out_count(v->c); i++)
        sum += v->dout[i] * out[i];
    g_free(out);
    return sum;
}

/* Guards the backward pass through bias, ReLU and borders against the forward pass it should belong to. */
static void test_finite_differences(void)
{
    static const Case cases[] = {{3, 8, 5, 7}, {6, 5, 8, 3}, {4, 4, 1, 6}, {64, 64, 5, 6}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Data d = data_new(cases[i]);
        Weighed v = {plain_conv_new(d.c.ic, d.c.oc, d.weight, d.bias), d.c, d.dout};
        float *given = g_memdup2(d.dout, out_count(d.c) * sizeof(float));
        v.dout = given;
        run_reference(&d);
        for (size_t k = 0; k < out_count(d.c); k++)
            d.dout[k] = d.out[k] > 0 ? d.dout[k] : 0; /* the ReLU's mask, which the caller applies */
        run_reference(&d);
        check_gradient("reference", weighed_output, &v, in_count(d.c), d.in, d.din);
        run_fast(&d, crew);
        check_gradient("fast", weighed_output, &v, in_count(d.c), d.in, d.din);
        plain_conv_free(&v.conv);
        g_free(given);
        data_free(&d);
    }
}

static void compare(Case c)
{
    Data plain = data_new(c), fast = data_new(c);
    run_reference(&plain);
    run_fast(&fast, crew);
    char *what = g_strdup_printf("%d to %d channels, %d x %d", c.ic, c.oc, c.w, c.h);
    check_close(what, out_count(c), fast.out, plain.out, 1e-5);
    check_close(what, in_count(c), fast.din, plain.din, 1e-5);
    g_free(what);
    data_free(&plain);
    data_free(&fast);
}

/* Sizes where borders and blocks go wrong: a single row or column, odd sides, sides around the 4x4 tiles that
 * Winograd computes, and pictures that their blocks don't divide. Three channels go by im2col, 64 and 128 by
 * Winograd. */
static const Case sizes[] = {{3, 5, 1, 1},    {3, 5, 1, 40},    {3, 5, 40, 1},    {7, 9, 13, 17},
                             {3, 64, 61, 97}, {64, 64, 1, 1},   {64, 64, 1, 41},  {64, 64, 41, 1},
                             {64, 128, 2, 2}, {64, 64, 3, 5},   {64, 64, 4, 4},   {64, 128, 5, 4},
                             {64, 64, 8, 7},  {128, 64, 13, 9}, {64, 64, 33, 31}, {64, 64, 61, 97}};

/* Guards borders, tiles and blocks. */
static void test_fast_sizes(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
        compare(sizes[i]);
}

/* Guards the variants for processors that the developer's is not: each must give the very same bits. */
static void test_vector_units(void)
{
    static const char *const units[] = {"baseline", "avx2",
                                        "avx512"}; /* one that is absent means the default */
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        Data standard = data_new(sizes[i]), other = data_new(sizes[i]);
        run_fast(&standard, crew);
        for (size_t k = 0; k < G_N_ELEMENTS(units); k++) {
            g_setenv("NST_SIMD", units[k], TRUE);
            run_fast(&other, crew);
            g_unsetenv("NST_SIMD");
            g_assert_cmpmem(standard.out, out_count(sizes[i]) * 4, other.out, out_count(sizes[i]) * 4);
            g_assert_cmpmem(standard.din, in_count(sizes[i]) * 4, other.din, in_count(sizes[i]) * 4);
        }
        data_free(&standard);
        data_free(&other);
    }
}

/* Guards every channel pair that VGG16 has, where block sizes differ. */
static void test_fast_channels(void)
{
    for (int layer = 0; layer < VGG16_LAYERS; layer++) {
        const Vgg16Layer *l = &vgg16_layers[layer];
        if (layer == 0 || l->in_channels != l[-1].in_channels || l->out_channels != l[-1].out_channels)
            compare((Case){l->in_channels, l->out_channels, 7, 5});
    }
}

/* Guards the promise that backward is the transpose of forward: <conv(x), y> = <x, conv'(y)> for any x, y. */
static void test_adjoint(void)
{
    static const Case c = {64, 32, 21, 34};
    Data d = data_new(c);
    for (int o = 0; o < c.oc; o++)
        d.bias[o] = 1e4f; /* lifts everything over the ReLU's kink; taken off again below */
    for (size_t i = 0; i < in_count(c); i++)
        d.in[i] = roundf(d.in[i] * 8); /* small whole numbers: the lift costs no digits */
    for (size_t i = 0; i < 9 * (size_t)c.ic * (size_t)c.oc; i++)
        d.weight[i] = roundf(d.weight[i] * 64);
    run_fast(&d, crew);
    for (size_t i = 0; i < out_count(c); i++)
        d.out[i] -= 1e4f;
    double left = dot(out_count(c), d.out, d.dout), right = dot(in_count(c), d.in, d.din);
    double norms = sqrt(dot(out_count(c), d.out, d.out) * dot(out_count(c), d.dout, d.dout));
    g_test_message("<conv(x), y> = %.9g, <x, conv'(y)> = %.9g, |conv(x)||y| = %.3g", left, right, norms);
    g_assert_cmpfloat(fabs(left - right), <=, 1e-7 * norms);
    data_free(&d);
}

/* Guards determinism: the sums must not hang on how many workers share them. */
static void test_worker_counts(void)
{
    static const Case c = {64, 64, 37, 41};
    Data one = data_new(c), many = data_new(c);
    for (int count = 1; count <= 5; count++) {
        NstError error;
        Workers *workers = workers_new(count, &error);
        g_assert_nonnull(workers);
        run_fast(count == 1 ? &one : &many, workers);
        workers_free(workers);
        if (count > 1) {
            g_assert_cmpmem(one.out, out_count(c) * 4, many.out, out_count(c) * 4);
            g_assert_cmpmem(one.din, in_count(c) * 4, many.din, in_count(c) * 4);
        }
    }
    data_free(&one);
    data_free(&many);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = workers_new(WORKERS, NULL);
    g_assert_nonnull(crew);
    g_test_add_func("/conv/reference against PyTorch", test_reference_oracle);
    g_test_add_func("/conv/finite differences", test_finite_differences);
    g_test_add_func("/conv/fast against reference, sizes", test_fast_sizes);
    g_test_add_func("/conv/fast against reference, channels", test_fast_channels);
    g_test_add_func("/conv/fast, any vector unit", test_vector_units);
    g_test_add_func("/conv/backward is the transpose of forward", test_adjoint);
    g_test_add_func("/conv/any number of workers", test_worker_counts);
    int status = g_test_run();
    workers_free(crew);
    return status;
}
