/* test_pool.c: pooling, by the maximum and by the average. */
#include "check.h"
#include "core/pool.h"
#include "oracle.h"
#include "plain.h"

#include <math.h>

static Workers *crew;

static const char *const kind_name[] = {"max", "average"};

typedef struct Size {
    int h, w, c;
} Size;

static size_t in_count(Size s)
{
    return (size_t)s.h * (size_t)s.w * (size_t)s.c;
}

static size_t out_count(Size s)
{
    return (size_t)(s.h / 2) * (size_t)(s.w / 2) * (size_t)s.c;
}

static void run(NstPooling pooling, Size s, const float *in, const float *dout, float *out, float *din)
{
    pool_forward(pooling, crew, s.h, s.w, s.c, in, out);
    for (size_t i = 0; i < in_count(s); i++)
        din[i] = NAN; /* whatever isn't overwritten shows */
    pool_backward(pooling, crew, s.h, s.w, s.c, in, out, dout, din);
}

/* Guards the rule for equal maxima, odd sides that fall away, and gradients left over from before: the inputs
 * take five values only, so most windows have equals. */
static void test_oracle(void)
{
    static const Size sizes[] = {{5, 7, 3}, {8, 6, 2}, {2, 3, 5}};
    Oracle *oracle = oracle_open_committed();
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(sizes); i++) {
        Size s = sizes[i / 2];
        NstPooling pooling = i % 2 ? NST_POOLING_AVERAGE : NST_POOLING_MAX;
        float *in = new_unit(1, in_count(s)), *dout = new_signed(2, 1, out_count(s));
        float *out = g_new(float, out_count(s)), *din = g_new(float, in_count(s));
        for (size_t k = 0; k < in_count(s); k++)
            in[k] = floorf(in[k] * 5);
        run(pooling, s, in, dout, out, din);
        char *name = g_strdup_printf("pool/%dx%d/%s/forward", s.h, s.w, kind_name[pooling]);
        oracle_check(oracle, name, out_count(s), out, 1e-6);
        g_free(name);
        name = g_strdup_printf("pool/%dx%d/%s/backward", s.h, s.w, kind_name[pooling]);
        oracle_check(oracle, name, in_count(s), din, 1e-6);
        g_free(name);
        g_free(in);
        g_free(dout);
        g_free(out);
        g_free(din);
    }
    oracle_close(oracle);
}

typedef struct Weighed {
    NstPooling pooling;
    Size s;
    const float *dout;
} Weighed;

/* <dout, pool(x)> */
static double weighed_output(void *data, const double *x)
{
    const Weighed *v = data;
    double *out = g_new(double, out_count(v->s)), sum = 0;
    plain_pool(v->pooling, v->s.h, v->s.w, v->s.c, x, out);
    for (size_t i = 0; i < out_count(v->s); i++)
        sum += v->dout[i] * out[i];
    g_free(out);
    return sum;
}

/* Guards each kind's backward pass against its forward pass. */
static void test_finite_differences(void)
{
    static const Size sizes[] = {{2, 2, 1}, {9, 13, 4}, {16, 3, 7}, {3, 50, 2}};
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(sizes); i++) {
        Size s = sizes[i / 2];
        Weighed v = {i % 2 ? NST_POOLING_AVERAGE : NST_POOLING_MAX, s, new_signed(5, 1, out_count(s))};
        float *in = new_signed(6, 1, in_count(s));
        float *out = g_new(float, out_count(s)), *din = g_new(float, in_count(s));
        run(v.pooling, s, in, v.dout, out, din);
        check_gradient(kind_name[v.pooling], weighed_output, &v, in_count(s), in, din);
        g_free((void *)v.dout);
        g_free(in);
        g_free(out);
        g_free(din);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = workers_new(2, NULL);
    g_assert_nonnull(crew);
    g_test_add_func("/pool/against PyTorch", test_oracle);
    g_test_add_func("/pool/finite differences", test_finite_differences);
    int status = g_test_run();
    workers_free(crew);
    return status;
}
