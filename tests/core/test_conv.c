/* test_conv.c: the convolution, fast and plain, forward and backward.
 *
 * The chain of trust: first the reference against PyTorch and against finite differences, then the fast one
 * against the reference, at every channel pair of VGG16 and at the sizes where borders and blocks go
 * wrong. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/network/conv3x3.h"
#include "core/network/pool.h"
#include "core/settings/layers.h"
#include "tests/support/check.h"
#include "tests/support/conv_reference.h"
#include "tests/support/hash.h"
#include "tests/support/made.h"
#include "tests/support/oracle.h"
#include "tests/support/plain.h"
#include "tests/support/units.h"

#include <math.h>
#include <stdbool.h>
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
    conv_reference_forward(c.ic, c.oc, d->weight, d->bias, c.h, c.w, d->in, d->out);
    conv_reference_backward(c.ic, c.oc, d->weight, c.h, c.w, d->dout, d->din);
}

static Conv3x3 *prepare(const Data *d, Workers *workers)
{
    NstError error = {0};
    Conv3x3 *conv;
    g_assert_cmpint(conv3x3_new(&conv, d->c.ic, d->c.oc, d->weight, d->bias, &error), ==, NST_OK);
    g_assert_cmpint(workers_reserve(workers, conv3x3_scratch(d->c.ic, d->c.oc), &error), ==, NST_OK);
    return conv;
}

static void run_fast(Data *d, Workers *workers)
{
    Case c = d->c;
    memset(d->out, 0xff, out_count(c) * sizeof(float)); /* NaN: anything left unwritten shows */
    memset(d->din, 0xff, in_count(c) * sizeof(float));
    Conv3x3 *conv = prepare(d, workers);
    ConvFrame frame = conv_frame_whole(c.h, c.w);
    conv3x3_forward(conv, workers, &frame, d->in, d->out);
    conv3x3_backward(conv, workers, &frame, d->dout, d->din);
    conv3x3_free(conv);
}

/* Guards the reference itself against turned kernels, swapped axes or shifted borders. */
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

/* Guards the backward pass, through bias, ReLU and borders, against the forward pass that it belongs to. */
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

/* Every vector unit against the reference, and against the first. */
static void compare(Case c)
{
    Data plain = data_new(c), first = data_new(c), fast = data_new(c);
    run_reference(&plain);
    for (int unit = 0; unit < UNITS; unit++) {
        Data *now = unit == 0 ? &first : &fast;
        const char *name = unit_choose(unit)->name;
        run_fast(now, crew);
        char *what = g_strdup_printf("%s, %d to %d channels, %d x %d", name, c.ic, c.oc, c.w, c.h);
        check_close(what, out_count(c), now->out, plain.out, 1e-5);
        check_close(what, in_count(c), now->din, plain.din, 1e-5);
        check_close(what, out_count(c), now->out, first.out, 1e-5);
        check_close(what, in_count(c), now->din, first.din, 1e-5);
        g_free(what);
    }
    unit_forget();
    data_free(&plain);
    data_free(&first);
    data_free(&fast);
}

/* Sizes where borders and blocks go wrong: a single row or column, odd sides, sides around the 4x4 tiles that
 * Winograd computes, and pictures that their blocks don't divide. Multiples of 32 channels on both sides are
 * computed by Winograd, others by conv_narrow, in blocks of 16 rows by 64 columns. */
static const Case sizes[] = {{3, 5, 1, 1},     {3, 5, 1, 40},    {3, 5, 40, 1},    {7, 9, 13, 17},
                             {3, 64, 61, 97},  {3, 64, 17, 65},  {3, 64, 16, 64},  {64, 3, 33, 130},
                             {32, 33, 5, 6},   {48, 64, 7, 9},   {64, 64, 1, 1},   {64, 64, 1, 41},
                             {64, 64, 41, 1},  {64, 128, 2, 2},  {64, 64, 3, 5},   {64, 64, 4, 4},
                             {64, 128, 5, 4},  {64, 64, 8, 7},   {128, 64, 13, 9}, {64, 64, 33, 31},
                             {64, 64, 61, 97}, {32, 32, 30, 29}, {32, 96, 9, 50},  {160, 288, 6, 9}};

/* Guards borders, tiles and blocks, and the variants for processors other than the developer's. */
static void test_fast_sizes(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
        compare(sizes[i]);
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
        d.bias[o] = 1e4f; /* lifts everything over the ReLU's kink; subtracted again below */
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

/* Maps of many blocks and of one; numbers of tiles that blocks don't divide; and enough channels for the
 * output to be divided by channels too, where 288 leave nothing for the last of four parts. */
static const Case shared[] = {{64, 64, 37, 41}, {64, 128, 4, 4},    {64, 64, 150, 130}, {512, 512, 7, 5},
                              {256, 512, 3, 3}, {512, 512, 30, 41}, {288, 288, 5, 6},   {3, 64, 50, 141}};

/* Guards determinism: the sums must not depend on the number of workers, though the division of the work
 * does. */
static void test_worker_counts(void)
{
    Workers *workers[6] = {NULL};
    for (int count = 1; count <= 5; count++)
        workers[count] = made_workers(count);
    for (size_t i = 0; i < G_N_ELEMENTS(shared); i++) {
        Case c = shared[i];
        Data one = data_new(c), many = data_new(c);
        run_fast(&one, workers[1]);
        for (int count = 2; count <= 5; count++) {
            run_fast(&many, workers[count]);
            g_assert_cmpmem(one.out, out_count(c) * 4, many.out, out_count(c) * 4);
            g_assert_cmpmem(one.din, in_count(c) * 4, many.din, in_count(c) * 4);
        }
        data_free(&one);
        data_free(&many);
    }
    for (int count = 1; count <= 5; count++)
        workers_free(workers[count]);
}

static size_t pooled_count(Case c)
{
    return (size_t)(c.h / 2) * (size_t)(c.w / 2) * (size_t)c.oc;
}

static const Case pooled_sizes[] = {{32, 64, 2, 2}, {64, 64, 3, 5},  {64, 32, 8, 7},    {64, 64, 13, 9},
                                    {64, 64, 5, 4}, {64, 64, 6, 50}, {128, 96, 33, 31}, {256, 512, 7, 6}};

/* Forward with pooling, against forward and then pooling. Returns `where`, which the caller frees. */
static uint8_t *check_pooled(const Data *d, NstPooling pooling)
{
    Case c = d->c;
    size_t count = pooled_count(c);
    float *got = g_new(float, count), *want = g_new(float, count);
    uint8_t *where = g_malloc(count), *want_where = g_malloc(count);
    memset(got, 0xff, count * sizeof(float));
    memset(where, 0xff, count);
    Conv3x3 *conv = prepare(d, crew);
    ConvFrame frame = conv_frame_whole(c.h, c.w);
    conv3x3_forward(conv, crew, &frame, d->in, d->out);
    pool_forward(pooling, crew, &frame, c.oc, d->out, want, want_where);
    conv3x3_forward_pooled(conv, crew, pooling, &frame, d->in, got, where);
    conv3x3_free(conv);
    check_close("pooled on the way", count, got, want, 1e-6);
    g_assert_cmpmem(where, count, want_where, count);
    g_free(got);
    g_free(want);
    g_free(want_where);
    return where;
}

/* Guards the pooling inside Winograd's output: windows at odd borders and in truncated tiles, the position of
 * the largest value, and the ReLU's part in both kinds of pooling. */
static void test_forward_pooled(void)
{
    for (int unit = 0; unit < UNITS; unit++) {
        unit_choose(unit);
        for (size_t i = 0; i < 2 * G_N_ELEMENTS(pooled_sizes); i++) {
            Data d = data_new(pooled_sizes[i / 2]);
            g_free(check_pooled(&d, i % 2 ? NST_POOLING_AVERAGE : NST_POOLING_MAX));
            data_free(&d);
        }
    }
    unit_forget();
}

/* Guards the rule for equal values: a black picture gives every position its bias, and the first of the four
 * gets the gradient; with a bias below zero none does. */
static void test_pooled_equals(void)
{
    Data d = data_new((Case){64, 64, 6, 9});
    memset(d.in, 0, in_count(d.c) * sizeof(float));
    for (int unit = 0; unit < UNITS; unit++) {
        unit_choose(unit);
        for (int pooling = 0; pooling < 2; pooling++) {
            uint8_t *where = check_pooled(&d, (NstPooling)pooling), all = pooling == NST_POOLING_MAX ? 1 : 15;
            for (size_t i = 0; i < pooled_count(d.c); i++)
                g_assert_cmpint(where[i], ==, d.bias[i % (size_t)d.c.oc] > 0 ? all : 0);
            g_free(where);
        }
    }
    unit_forget();
    data_free(&d);
}

/* A pooled map's gradient with the bytes that say where it flows, and the same unpooled by hand. */
typedef struct Unpooled {
    float *pooled, *map;
    uint8_t *where;
} Unpooled;

static Unpooled unpooled_new(Case c, NstPooling pooling)
{
    size_t count = pooled_count(c), columns = (size_t)(c.w / 2), oc = (size_t)c.oc;
    Unpooled u = {new_signed(5, 1, count), g_new0(float, out_count(c)), g_malloc(count)};
    for (size_t i = 0; i < count; i++) {
        unsigned drawn = hash32(6, (uint32_t)i) >> 8;
        u.where[i] = (uint8_t)(pooling == NST_POOLING_AVERAGE ? drawn % 16 : 16u >> drawn % 5 & 15);
        size_t y = i / (columns * oc), x = i / oc % columns;
        for (size_t k = 0; k < 4; k++)
            if (u.where[i] >> k & 1)
                u.map[((2 * y + k / 2) * (size_t)c.w + 2 * x + k % 2) * oc + i % oc] =
                    pooling == NST_POOLING_AVERAGE ? u.pooled[i] / 4 : u.pooled[i];
    }
    return u;
}

static void unpooled_free(Unpooled *u)
{
    g_free(u->pooled);
    g_free(u->map);
    g_free(u->where);
}

/* The contents before: activations or a gradient, with zeros and NaNs among them. */
static float *before_new(size_t count, ConvEnd end)
{
    float *before = new_signed(7, 1, count);
    for (size_t i = 0; i < count; i++)
        if (end == CONV_PLAIN || hash32(8, (uint32_t)i) % 3 == 0)
            before[i] = end == CONV_MASK ? 0 : NAN;
    return before;
}

/* plain: the convolution's own result, which becomes what `end` should make of it. */
static void end_by_hand(ConvEnd end, size_t count, const float *before, const float *plain, float *want)
{
    for (size_t i = 0; i < count; i++) {
        want[i] = plain[i];
        if (end == CONV_MASK)
            want[i] = before[i] > 0 ? plain[i] : 0;
        if (end == CONV_ADD)
            want[i] = isnan(before[i]) ? 0 : before[i] + plain[i];
    }
}

static void check_end(const Data *d, const Conv3x3 *conv, const ConvSource *source, ConvEnd end)
{
    size_t count = in_count(d->c);
    float *before = before_new(count, end), *want = g_new(float, count);
    ConvFrame frame = conv_frame_whole(d->c.h, d->c.w);
    end_by_hand(end, count, before, d->din, want);
    conv3x3_backward_fused(conv, crew, &frame, source, end, before);
    check_close("fused", count, before, want, 1e-6);
    for (size_t i = 0; i < count; i++) /* exactly what the ReLU shut is zero */
        g_assert_true((before[i] == 0) == (want[i] == 0));
    g_free(before);
    g_free(want);
}

static void check_fused(Case c, NstPooling pooling)
{
    static const ConvEnd ends[] = {CONV_PLAIN, CONV_MASK, CONV_ADD};
    Data d = data_new(c);
    Unpooled u = unpooled_new(c, pooling);
    Conv3x3 *conv = prepare(&d, crew);
    ConvFrame frame = conv_frame_whole(c.h, c.w);
    conv3x3_backward(conv, crew, &frame, u.map, d.din);
    ConvSource sources[] = {{.map = u.map}, {u.pooled, u.where, pool_share(pooling)}};
    for (size_t k = 0; k < G_N_ELEMENTS(sources); k++)
        for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
            check_end(&d, conv, &sources[k], ends[i]);
    conv3x3_free(conv);
    unpooled_free(&u);
    data_free(&d);
}

/* Guards the unpooling inside Winograd's input (a window off by one, an odd border that gets a gradient) and
 * the ReLU's mask inside its output. */
static void test_backward_fused(void)
{
    for (int unit = 0; unit < UNITS; unit++) {
        unit_choose(unit);
        for (size_t i = 0; i < 2 * G_N_ELEMENTS(pooled_sizes); i++)
            check_fused(pooled_sizes[i / 2], i % 2 ? NST_POOLING_AVERAGE : NST_POOLING_MAX);
    }
    unit_forget();
}

/* ---- Parts of maps ------------------------------------------------------------------------------------- */

/* A map with the values outside a region replaced. */
static float *new_masked(const float *map, Case c, int channels, const Region *kept, float around)
{
    size_t count = (size_t)c.h * (size_t)c.w * (size_t)channels;
    float *masked = g_new(float, count);
    for (size_t i = 0; i < count; i++) {
        int position = (int)(i / (size_t)channels);
        masked[i] = region_holds(kept, position / c.w, position % c.w) ? map[i] : around;
    }
    return masked;
}

/* Does the 4x4 square at that position hold a wanted one? */
static bool in_squares(const Region *to, int y, int x)
{
    for (int i = y / 4 * 4; i < y / 4 * 4 + 4; i++)
        for (int k = x / 4 * 4; k < x / 4 * 4 + 4; k++)
            if (region_holds(to, i, k))
                return true;
    return false;
}

static const float untouched = 1234;

static float *new_untouched(size_t count)
{
    float *map = g_new(float, count);
    for (size_t i = 0; i < count; i++)
        map[i] = untouched;
    return map;
}

/* `got` equals `want` where it should have been written, and is untouched elsewhere. */
static void check_part(const float *got, const float *want, Case c, int channels, const Region *to,
                       bool squares)
{
    for (int position = 0; position < c.h * c.w; position++) {
        int y = position / c.w, x = position % c.w;
        bool written = squares ? in_squares(to, y, x) : region_holds(to, y, x);
        for (int k = 0; k < channels; k++) {
            int i = position * channels + k;
            g_assert_cmpfloat(got[i], ==, written ? want[i] : untouched);
        }
    }
}

/* Forward and backward, by whichever implementation serves these channels. */
static void check_both_ways(const Data *d, const Conv3x3 *conv, const ConvFrame *frame)
{
    Case c = d->c;
    ConvFrame whole = conv_frame_whole(c.h, c.w);
    bool squares = c.ic % 32 == 0 && c.oc % 32 == 0;
    float *in = new_masked(d->in, c, c.ic, &frame->from, NAN),
          *in_zeros = new_masked(d->in, c, c.ic, &frame->from, 0),
          *dout = new_masked(d->dout, c, c.oc, &frame->from, NAN),
          *dout_zeros = new_masked(d->dout, c, c.oc, &frame->from, 0), *out = new_untouched(out_count(c)),
          *din = new_untouched(in_count(c));
    conv3x3_forward(conv, crew, &whole, in_zeros, d->out);
    conv3x3_forward(conv, crew, frame, in, out);
    check_part(out, d->out, c, c.oc, &frame->to, squares);
    conv3x3_backward(conv, crew, &whole, dout_zeros, d->din);
    conv3x3_backward(conv, crew, frame, dout, din);
    check_part(din, d->din, c, c.ic, &frame->to, squares);
    float *arrays[] = {in, in_zeros, dout, dout_zeros, out, din};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
}

/* With pooling and unpooling included. The pooled maps have half of each side. */
static void check_pooled_part(const Data *d, const Conv3x3 *conv, const ConvFrame *frame, NstPooling pooling)
{
    Case c = d->c, half = {c.ic, c.oc, c.h / 2, c.w / 2};
    ConvFrame whole = conv_frame_whole(c.h, c.w);
    Region from = region_halved(frame->from), written = conv_written(frame->to, c.h, c.w),
           pooled_to = region_halved(written);
    size_t count = pooled_count(c);
    Unpooled u = unpooled_new(c, pooling);
    float *in = new_masked(d->in, c, c.ic, &frame->from, NAN),
          *in_zeros = new_masked(d->in, c, c.ic, &frame->from, 0),
          *gradient = new_masked(u.pooled, half, c.oc, &from, NAN),
          *gradient_zeros = new_masked(u.pooled, half, c.oc, &from, 0), *want = g_new(float, count),
          *got = new_untouched(count), *din = new_untouched(in_count(c));
    uint8_t *want_where = g_malloc(count), *where = g_malloc(count);
    conv3x3_forward_pooled(conv, crew, pooling, &whole, in_zeros, want, want_where);
    conv3x3_forward_pooled(conv, crew, pooling, frame, in, got, where);
    check_part(got, want, half, c.oc, &pooled_to, false);
    for (size_t i = 0; i < count; i++)
        g_assert_true(got[i] == untouched || where[i] == want_where[i]);
    ConvSource part = {gradient, u.where, pool_share(pooling)},
               all = {gradient_zeros, u.where, pool_share(pooling)};
    conv3x3_backward_fused(conv, crew, &whole, &all, CONV_PLAIN, d->din);
    conv3x3_backward_fused(conv, crew, frame, &part, CONV_PLAIN, din);
    check_part(din, d->din, c, c.ic, &frame->to, true);
    float *arrays[] = {in, in_zeros, gradient, gradient_zeros, want, got, din};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
    g_free(want_where);
    g_free(where);
    unpooled_free(&u);
}

/* Guards parts: positions that don't exist (NaN here) are never read and count as zeros, unwanted ones are
 * never written, and the rest has the same bits as in the whole map. */
static void test_parts(void)
{
    static const Case cases[] = {{64, 64, 21, 27}, {32, 96, 21, 27}, {3, 64, 21, 27}, {64, 3, 21, 27}};
    static const ConvFrame frames[] = {
        {21, 27, {0, 0, 21, 27}, {0, 0, 21, 27}},  {21, 27, {4, 8, 16, 20}, {5, 9, 15, 19}},
        {21, 27, {4, 6, 17, 21}, {3, 5, 18, 22}},  {21, 27, {8, 12, 21, 27}, {9, 13, 21, 27}},
        {21, 27, {0, 0, 8, 27}, {0, 11, 7, 12}},   {21, 27, {2, 2, 4, 4}, {0, 0, 21, 27}},
        {21, 27, {6, 6, 6, 6}, {4, 4, 9, 9}},      {21, 27, {4, 4, 12, 12}, {8, 8, 8, 8}},
        {21, 27, {4, 0, 12, 27}, {20, 26, 21, 27}}};
    for (int unit = 0; unit < UNITS; unit++) {
        unit_choose(unit);
        for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
            Data d = data_new(cases[i]);
            Conv3x3 *conv = prepare(&d, crew);
            for (size_t k = 0; k < G_N_ELEMENTS(frames); k++) {
                check_both_ways(&d, conv, &frames[k]);
                for (int pooling = 0; i < 2 && pooling < 2; pooling++)
                    check_pooled_part(&d, conv, &frames[k], (NstPooling)pooling);
            }
            conv3x3_free(conv);
            data_free(&d);
        }
    }
    unit_forget();
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = made_workers(WORKERS);
    g_test_add_func("/conv/reference against PyTorch", test_reference_oracle);
    g_test_add_func("/conv/finite differences", test_finite_differences);
    g_test_add_func("/conv/fast against reference, sizes", test_fast_sizes);
    g_test_add_func("/conv/fast against reference, channels", test_fast_channels);
    g_test_add_func("/conv/backward is the transpose of forward", test_adjoint);
    g_test_add_func("/conv/any number of workers", test_worker_counts);
    g_test_add_func("/conv/forward with pooling", test_forward_pooled);
    g_test_add_func("/conv/forward with pooling, equals", test_pooled_equals);
    g_test_add_func("/conv/backward with mask and pooling", test_backward_fused);
    g_test_add_func("/conv/parts of maps", test_parts);
    int status = g_test_run();
    workers_free(crew);
    return status;
}
