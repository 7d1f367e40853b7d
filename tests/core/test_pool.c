/* test_pool.c: pooling, by the maximum and by the average. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/network/pool.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/oracle.h"
#include "tests/support/plain.h"

#include <math.h>
#include <string.h>

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

/* Into a din of zeros. The inputs are >= 0. */
static void run(NstPooling pooling, Size s, const float *in, const float *dout, float *out, float *din)
{
    uint8_t *where = g_malloc(out_count(s));
    for (size_t i = 0; i < out_count(s); i++)
        out[i] = NAN; /* anything not overwritten shows */
    memset(where, 0xff, out_count(s));
    memset(din, 0, in_count(s) * sizeof(float));
    ConvFrame frame = conv_frame_whole(s.h, s.w);
    pool_forward(pooling, crew, &frame, s.c, in, out, where);
    pool_backward_add(pooling, crew, &frame, s.c, dout, where, din);
    g_free(where);
}

/* Guards the rule for equal maxima, and odd sides, which are dropped. The inputs have only five values, so
 * most windows have equal ones. PyTorch's answers are for 0 to 4; adding one to each, so that no ReLU would
 * have shut it, moves the outputs by one and changes no gradient. */
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
            in[k] = floorf(in[k] * 5) + 1;
        run(pooling, s, in, dout, out, din);
        for (size_t k = 0; k < out_count(s); k++)
            out[k] -= 1;
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
        float *in = new_unit(6, in_count(s));
        float *out = g_new(float, out_count(s)), *din = g_new(float, in_count(s));
        run(v.pooling, s, in, v.dout, out, din);
        check_gradient(kind_name[v.pooling], weighed_output, &v, in_count(s), in, din);
        g_free((void *)v.dout);
        g_free(in);
        g_free(out);
        g_free(din);
    }
}

static size_t index_in(Size s, size_t y, size_t x, size_t channel)
{
    return (y * (size_t)s.w + x) * (size_t)s.c + channel;
}

/* What `where` should say of a window, from the rule in conv_map.h. */
static uint8_t where_by_hand(NstPooling pooling, const float value[4])
{
    int largest = 0, above = 0;
    for (int k = 0; k < 4; k++) {
        largest = value[k] > value[largest] ? k : largest;
        above |= (value[k] > 0) << k;
    }
    if (pooling == NST_POOLING_AVERAGE)
        return (uint8_t)above;
    return value[largest] > 0 ? (uint8_t)(1 << largest) : 0;
}

/* Checks `where`, and adds by hand what flows back to `din`, which is NaN where the ReLU was shut. */
static void check_windows(NstPooling pooling, Size s, const float *in, const float *dout,
                          const uint8_t *where, float *din)
{
    for (size_t i = 0; i < out_count(s); i++) {
        size_t c = (size_t)s.c, across = (size_t)(s.w / 2), y = i / (across * c), x = i / c % across, at[4];
        float value[4];
        for (size_t k = 0; k < 4; k++) {
            at[k] = index_in(s, 2 * y + k / 2, 2 * x + k % 2, i % c);
            value[k] = in[at[k]];
        }
        uint8_t right = where_by_hand(pooling, value);
        g_assert_cmpint(where[i], ==, right);
        for (int k = 0; k < 4; k++)
            if (right >> k & 1)
                din[at[k]] += pooling == NST_POOLING_AVERAGE ? dout[i] / 4 : dout[i];
    }
}

static void check_shut(NstPooling pooling, Size s)
{
    float *in = new_unit(7, in_count(s)), *dout = new_signed(8, 1, out_count(s));
    float *din = new_signed(9, 1, in_count(s)), *want = g_new(float, in_count(s));
    float *out = g_new(float, out_count(s)), *again = g_new(float, out_count(s));
    uint8_t *where = g_malloc(out_count(s));
    for (size_t i = 0; i < in_count(s); i++) {
        in[i] =
            fmaxf(floorf(in[i] * 5) - 2, 0); /* 0 three times in five, so one window in eight is all zero */
        want[i] = din[i] = in[i] > 0 ? din[i] : NAN;
    }
    ConvFrame frame = conv_frame_whole(s.h, s.w);
    pool_forward(pooling, crew, &frame, s.c, in, out, where);
    pool_forward(pooling, crew, &frame, s.c, in, again, NULL);
    g_assert_cmpmem(out, out_count(s) * sizeof(float), again, out_count(s) * sizeof(float));
    pool_backward_add(pooling, crew, &frame, s.c, dout, where, din);
    check_windows(pooling, s, in, dout, where, want);
    for (size_t i = 0; i < in_count(s); i++)
        g_assert_cmpfloat(din[i], ==, isnan(want[i]) ? 0 : want[i]);
    float *arrays[] = {in, dout, din, want, out, again};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
    g_free(where);
}

/* Guards the ReLU's part: a window that it shut entirely passes nothing back, with the average each position
 * counts by itself, NaN becomes zero (in an odd last row and column too), and other values stay. */
static void test_shut(void)
{
    static const Size sizes[] = {{2, 2, 64}, {5, 7, 32}, {16, 13, 5}, {3, 2, 1}};
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(sizes); i++)
        check_shut(i % 2 ? NST_POOLING_AVERAGE : NST_POOLING_MAX, sizes[i / 2]);
}

/* One value or the other, depending on whether the region holds the position. */
static float inside(const Region *region, int y, int x, float there, float elsewhere)
{
    return region_holds(region, y, x) ? there : elsewhere;
}

static void check_parts(NstPooling pooling, Size s, const ConvFrame *frame)
{
    float *in = new_unit(7, in_count(s)), *dout = new_signed(8, 1, out_count(s));
    float *out = g_new0(float, out_count(s)), *whole_out = g_new0(float, out_count(s));
    float *din = g_new0(float, in_count(s)), *whole_din = g_new0(float, in_count(s));
    uint8_t *where = g_malloc0(out_count(s)), *whole_where = g_malloc0(out_count(s));
    ConvFrame whole = conv_frame_whole(s.h, s.w);
    Region pooled = region_halved(frame->from);
    pool_forward(pooling, crew, &whole, s.c, in, whole_out, whole_where);
    pool_forward(pooling, crew, frame, s.c, in, out, where);
    for (size_t i = 0; i < out_count(s); i++) {
        int y = (int)i / s.c / (s.w / 2), x = (int)i / s.c % (s.w / 2);
        g_assert_cmpfloat(out[i], ==, inside(&pooled, y, x, whole_out[i], 0));
        g_assert_cmpint(where[i], ==, region_holds(&pooled, y, x) ? whole_where[i] : 0);
        dout[i] = inside(&pooled, y, x, dout[i], 0);
    }
    pool_backward_add(pooling, crew, &whole, s.c, dout, whole_where, whole_din);
    for (size_t i = 0; i < out_count(s); i++)
        dout[i] = inside(&pooled, (int)i / s.c / (s.w / 2), (int)i / s.c % (s.w / 2), dout[i], NAN);
    pool_backward_add(pooling, crew, frame, s.c, dout, whole_where, din);
    for (size_t i = 0; i < in_count(s); i++)
        g_assert_cmpfloat(din[i], ==,
                          inside(&frame->to, (int)i / s.c / s.w, (int)i / s.c % s.w, whole_din[i], 0));
    float *arrays[] = {in, dout, out, whole_out, din, whole_din};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
    g_free(where);
    g_free(whole_where);
}

/* Guards parts of maps: positions that don't exist are not read, unwanted ones are not written, and the rest
 * is as in the whole map. */
static void test_parts(void)
{
    static const ConvFrame frames[] = {{13, 11, {0, 0, 13, 11}, {0, 0, 13, 11}},
                                       {13, 11, {2, 4, 9, 10}, {3, 5, 8, 9}},
                                       {13, 11, {4, 2, 13, 11}, {4, 2, 13, 11}},
                                       {13, 11, {4, 4, 6, 6}, {0, 0, 13, 11}},
                                       {13, 11, {4, 4, 4, 4}, {2, 2, 5, 5}}};
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(frames); i++)
        check_parts(i % 2 ? NST_POOLING_AVERAGE : NST_POOLING_MAX, (Size){13, 11, 7}, &frames[i / 2]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = made_workers(2);
    g_test_add_func("/pool/against PyTorch", test_oracle);
    g_test_add_func("/pool/finite differences", test_finite_differences);
    g_test_add_func("/pool/where the ReLU was shut", test_shut);
    g_test_add_func("/pool/parts of maps", test_parts);
    int status = g_test_run();
    workers_free(crew);
    return status;
}
