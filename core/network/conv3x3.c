/* conv3x3.c: prepares a convolution's kernels for both directions, and chooses how each is computed: by
 * Winograd where there are enough channels, else (the first layer, whose input has three) by conv_narrow. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv3x3.h"

#include "conv_narrow.h"
#include "core/base/memory.h"
#include "winograd.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { TAPS = 9 };

/* Either the first two, or the third. */
struct Conv3x3 {
    Winograd *forward, *backward;
    ConvNarrow *narrow;
    float *bias; /* [OC] */
};

/* The same in both directions. */
static bool by_winograd(int in_channels, int out_channels)
{
    return winograd_serves(in_channels, out_channels) && winograd_serves(out_channels, in_channels);
}

/* [OC, IC, 9] -> [9, IC, OC] */
static void forward_kernels(size_t ic, size_t oc, const float *weight, float *to)
{
    for (size_t tap = 0; tap < TAPS; tap++)
        for (size_t i = 0; i < ic; i++)
            for (size_t o = 0; o < oc; o++)
                *to++ = weight[(o * ic + i) * TAPS + tap];
}

/* [OC, IC, 9] -> [9, OC, IC], turned by 180 degrees: the taps in reverse. */
static void backward_kernels(size_t ic, size_t oc, const float *weight, float *to)
{
    for (size_t tap = TAPS; tap-- > 0;)
        for (size_t o = 0; o < oc; o++)
            for (size_t i = 0; i < ic; i++)
                *to++ = weight[(o * ic + i) * TAPS + tap];
}

static NstStatus prepare_winograd(Conv3x3 *conv, int ic, int oc, const float *weight, NstError *error)
{
    size_t pairs = (size_t)ic * (size_t)oc;
    float *kernels = memory_floats(TAPS * pairs);
    if (!kernels)
        return nst_fail_memory(error, "the network's kernels", TAPS * (double)pairs * sizeof(float));
    forward_kernels((size_t)ic, (size_t)oc, weight, kernels);
    NstStatus status = winograd_new(&conv->forward, ic, oc, kernels, error);
    if (status == NST_OK) {
        backward_kernels((size_t)ic, (size_t)oc, weight, kernels);
        status = winograd_new(&conv->backward, oc, ic, kernels, error);
    }
    free(kernels);
    return status;
}

NstStatus conv3x3_new(Conv3x3 **out, int in_channels, int out_channels, const float *weight,
                      const float *bias, NstError *error)
{
    *out = NULL;
    Conv3x3 *conv = calloc(1, sizeof *conv);
    if (!conv || !(conv->bias = memory_floats((size_t)out_channels))) {
        free(conv);
        return nst_fail_memory(error, "a convolution", out_channels * sizeof(float));
    }
    memcpy(conv->bias, bias, (size_t)out_channels * sizeof(float));
    NstStatus status = by_winograd(in_channels, out_channels)
                           ? prepare_winograd(conv, in_channels, out_channels, weight, error)
                           : conv_narrow_new(&conv->narrow, in_channels, out_channels, weight, error);
    if (status == NST_OK)
        *out = conv;
    else
        conv3x3_free(conv);
    return status;
}

void conv3x3_free(Conv3x3 *conv)
{
    if (!conv)
        return;
    winograd_free(conv->forward);
    winograd_free(conv->backward);
    conv_narrow_free(conv->narrow);
    free(conv->bias);
    free(conv);
}

double conv3x3_bytes(int in_channels, int out_channels)
{
    if (!by_winograd(in_channels, out_channels))
        return conv_narrow_bytes(in_channels, out_channels);
    return 2.0 * in_channels * out_channels * WINOGRAD_KERNEL_FLOATS * sizeof(float);
}

size_t conv3x3_scratch(int in_channels, int out_channels)
{
    return by_winograd(in_channels, out_channels) ? winograd_scratch(in_channels, out_channels)
                                                  : conv_narrow_scratch(in_channels, out_channels);
}

void conv3x3_forward(const Conv3x3 *conv, Workers *workers, const ConvFrame *frame, const float *in,
                     float *out)
{
    if (conv->narrow) {
        conv_narrow_forward(conv->narrow, workers, frame, in, conv->bias, out);
        return;
    }
    ConvSource source = {.map = in};
    ConvSink sink = {.end = CONV_RELU, .out = out, .bias = conv->bias};
    winograd_run(conv->forward, workers, frame, &source, &sink);
}

void conv3x3_forward_pooled(const Conv3x3 *conv, Workers *workers, NstPooling pooling, const ConvFrame *frame,
                            const float *in, float *pooled, uint8_t *where)
{
    ConvSource source = {.map = in};
    ConvSink sink = {CONV_POOL, pooling, pooled, conv->bias, where};
    winograd_run(conv->forward, workers, frame, &source, &sink);
}

void conv3x3_backward(const Conv3x3 *conv, Workers *workers, const ConvFrame *frame, const float *dout,
                      float *din)
{
    if (conv->narrow) {
        conv_narrow_backward(conv->narrow, workers, frame, dout, din);
        return;
    }
    ConvSource source = {.map = dout};
    ConvSink sink = {.end = CONV_PLAIN, .out = din};
    winograd_run(conv->backward, workers, frame, &source, &sink);
}

void conv3x3_backward_fused(const Conv3x3 *conv, Workers *workers, const ConvFrame *frame,
                            const ConvSource *source, ConvEnd end, float *din)
{
    ConvSink sink = {.end = end, .out = din};
    winograd_run(conv->backward, workers, frame, source, &sink);
}
