/* conv_narrow.c: the first layer's convolution, as products of a block of pixels.
 *
 * Forward, the 3x3 neighbourhoods of some pixels are written out as the rows of a matrix [pixels, 9 IC] and
 * multiplied by the kernels [9 IC, OC]. Backward it is the other way round: each pixel's gradient [OC] times
 * the kernels [OC, 9 IC] gives what it contributes to each of its nine neighbours, and every neighbour
 * gathers its nine. Either way the long side of the product is the one with many channels; writing out
 * neighbourhoods of 64 channels for three sums would move twenty times as much data. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv_narrow.h"

#include "core/base/memory.h"
#include "simd.h"

#include <stdlib.h>
#include <string.h>

/* A block of pixels: its scratch fits the second-level cache, and the rim that backward computes twice is a
 * sixth of it. */
enum { TAPS = 9, ROWS = 16, COLUMNS = 64 };

struct ConvNarrow {
    int in_channels, out_channels;
    const Product *product;
    float *forward;  /* packed [9 IC, OC], taps row by row */
    float *backward; /* packed [OC, 9 IC] */
};

typedef struct Run {
    const ConvNarrow *conv;
    const ConvFrame *frame;
    const float *in; /* in, or dout */
    const float *bias;
    float *out; /* out, or din */
} Run;

static size_t blocks_across(const Region *to)
{
    return ((size_t)region_columns(to) + COLUMNS - 1) / COLUMNS;
}

static Region block_of(const Run *run, size_t item)
{
    const Region *to = &run->frame->to;
    int top = to->top + (int)(item / blocks_across(to)) * ROWS,
        left = to->left + (int)(item % blocks_across(to)) * COLUMNS;
    return (Region){top, left, int_min(top + ROWS, to->bottom), int_min(left + COLUMNS, to->right)};
}

static void run_blocks(Workers *workers, WorkersTask task, Run *run)
{
    size_t down = ((size_t)region_rows(&run->frame->to) + ROWS - 1) / ROWS;
    workers_run(workers, down * blocks_across(&run->frame->to), task, run);
}

/* ---- Kernels ------------------------------------------------------------------------------------------- */

double conv_narrow_bytes(int in_channels, int out_channels)
{
    size_t ic = (size_t)in_channels, oc = (size_t)out_channels;
    return (double)(product_floats(TAPS * ic, oc) + product_floats(oc, TAPS * ic)) * sizeof(float);
}

/* [OC, IC, 9] -> [9 IC, OC] and [OC, 9 IC]. */
static void order(const ConvNarrow *conv, const float *weight, float *forward, float *backward)
{
    size_t ic = (size_t)conv->in_channels, oc = (size_t)conv->out_channels;
    for (size_t o = 0; o < oc; o++)
        for (size_t i = 0; i < ic; i++)
            for (size_t tap = 0; tap < TAPS; tap++) {
                float value = weight[(o * ic + i) * TAPS + tap];
                forward[(tap * ic + i) * oc + o] = value;
                backward[o * TAPS * ic + tap * ic + i] = value;
            }
}

NstStatus conv_narrow_new(ConvNarrow **out, int in_channels, int out_channels, const float *weight,
                          NstError *error)
{
    NstStatus status = NST_OK;
    size_t ic = (size_t)in_channels, oc = (size_t)out_channels;
    ConvNarrow *conv = calloc(1, sizeof *conv);
    float *forward = memory_floats(TAPS * ic * oc), *backward = memory_floats(TAPS * ic * oc);
    if (conv) {
        *conv = (ConvNarrow){in_channels, out_channels, simd_best()->product,
                             memory_floats(product_floats(TAPS * ic, oc)),
                             memory_floats(product_floats(oc, TAPS * ic))};
    }
    if (conv && forward && backward && conv->forward && conv->backward) {
        order(conv, weight, forward, backward);
        conv->product->pack(TAPS * ic, oc, forward, conv->forward);
        conv->product->pack(oc, TAPS * ic, backward, conv->backward);
    } else {
        status =
            nst_fail_memory(error, "the network's kernels", conv_narrow_bytes(in_channels, out_channels));
        conv_narrow_free(conv);
        conv = NULL;
    }
    free(forward);
    free(backward);
    *out = conv;
    return status;
}

void conv_narrow_free(ConvNarrow *conv)
{
    if (!conv)
        return;
    free(conv->forward);
    free(conv->backward);
    free(conv);
}

size_t conv_narrow_scratch(int in_channels, int out_channels)
{
    size_t neighbours = product_columns(TAPS * (size_t)in_channels),
           channels = product_columns((size_t)out_channels);
    size_t forward = COLUMNS * (neighbours + channels), backward = (ROWS + 2) * (COLUMNS + 2) * neighbours;
    return forward > backward ? forward : backward;
}

/* ---- Forward ------------------------------------------------------------------------------------------- */

/* One row of the neighbourhood of pixel x, three pixels wide; pixels that don't exist are zero. */
static void neighbours(const Run *run, int y, int x, float *to)
{
    size_t channels = (size_t)run->conv->in_channels;
    for (int column = x - 1; column <= x + 1; column++, to += channels)
        if (region_holds(&run->frame->from, y, column))
            memcpy(to, run->in + ((size_t)y * (size_t)run->frame->width + (size_t)column) * channels,
                   channels * sizeof(float));
        else
            memset(to, 0, channels * sizeof(float));
}

static void bias_relu(const float *sum, const float *bias, size_t channels, float *out)
{
    for (size_t c = 0; c < channels; c++) {
        float value = sum[c] + bias[c];
        out[c] = value > 0 ? value : 0;
    }
}

static void forward_row(const Run *run, int y, int left, int right, float *scratch)
{
    const ConvNarrow *conv = run->conv;
    size_t ic = (size_t)conv->in_channels, oc = (size_t)conv->out_channels, depth = TAPS * ic;
    size_t columns = product_columns(oc), count = (size_t)(right - left);
    float *sums = scratch + COLUMNS * depth;
    float *out = run->out + ((size_t)y * (size_t)run->frame->width + (size_t)left) * oc;

    for (int x = left; x < right; x++)
        for (int row = 0; row < 3; row++)
            neighbours(run, y - 1 + row, x, scratch + (size_t)(x - left) * depth + (size_t)row * 3 * ic);
    conv->product->multiply(count, depth, 0, columns, scratch, depth, conv->forward, sums, columns);
    for (size_t i = 0; i < count; i++)
        bias_relu(sums + i * columns, run->bias, oc, out + i * oc);
}

static void forward_block(void *data, size_t item, float *scratch)
{
    const Run *run = data;
    Region b = block_of(run, item);
    for (int y = b.top; y < b.bottom; y++)
        forward_row(run, y, b.left, b.right, scratch);
}

void conv_narrow_forward(const ConvNarrow *conv, Workers *workers, const ConvFrame *frame, const float *in,
                         const float *bias, float *out)
{
    Run run = {conv, frame, in, bias, out};
    run_blocks(workers, forward_block, &run);
}

/* ---- Backward ------------------------------------------------------------------------------------------ */

/* din[y, x] = sum of what its neighbours contribute; `handed`: [rows, columns, 9 IC] of the rim. */
static void gather(const Run *run, const Region *rim, const float *handed, int y, int x)
{
    size_t ic = (size_t)run->conv->in_channels, step = product_columns(TAPS * ic),
           across = (size_t)region_columns(rim);
    float *din = run->out + ((size_t)y * (size_t)run->frame->width + (size_t)x) * ic;
    memset(din, 0, ic * sizeof(float));
    /* The neighbour at (y + 1 - row, x + 1 - column) saw this pixel through the tap (row, column). */
    for (int tap = 0; tap < TAPS; tap++) {
        int from_y = y + 1 - tap / 3, from_x = x + 1 - tap % 3;
        if (!region_holds(rim, from_y, from_x))
            continue;
        const float *from = handed +
                            ((size_t)(from_y - rim->top) * across + (size_t)(from_x - rim->left)) * step +
                            (size_t)tap * ic;
        for (size_t c = 0; c < ic; c++)
            din[c] += from[c];
    }
}

static void backward_block(void *data, size_t item, float *scratch)
{
    const Run *run = data;
    const ConvNarrow *conv = run->conv;
    size_t oc = (size_t)conv->out_channels, columns = product_columns(TAPS * (size_t)conv->in_channels);
    Region b = block_of(run, item);
    /* The block and a pixel around it, where those exist. */
    const Region *from = &run->frame->from;
    Region rim = {int_max(b.top - 1, from->top), int_max(b.left - 1, from->left),
                  int_min(b.bottom + 1, from->bottom), int_min(b.right + 1, from->right)};
    size_t across = (size_t)region_columns(&rim);

    for (int y = rim.top; y < rim.bottom; y++)
        conv->product->multiply(across, oc, 0, columns,
                                run->in + ((size_t)y * (size_t)run->frame->width + (size_t)rim.left) * oc, oc,
                                conv->backward, scratch + (size_t)(y - rim.top) * across * columns, columns);
    for (int y = b.top; y < b.bottom; y++)
        for (int x = b.left; x < b.right; x++)
            gather(run, &rim, scratch, y, x);
}

void conv_narrow_backward(const ConvNarrow *conv, Workers *workers, const ConvFrame *frame, const float *dout,
                          float *din)
{
    Run run = {conv, frame, dout, NULL, din};
    run_blocks(workers, backward_block, &run);
}
