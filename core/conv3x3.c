/* conv3x3.c: prepares a convolution's kernels for both directions, and chooses how each is computed: by
 * Winograd where there are channels enough, else (the first layer, whose input has three) by im2col. */
#include "conv3x3.h"

#include "im2col.h"
#include "memory.h"
#include "winograd.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A 3x3 correlation; one of the two does it. */
typedef struct Direction {
    Winograd *winograd; /* NULL: im2col */
    Im2col im2col;
    float *kernels; /* [9, IC, OC], im2col's; else NULL */
} Direction;

struct Conv3x3 {
    Direction forward, backward;
    float *bias; /* [OC] */
};

/* `kernels` passes to the direction. */
static NstStatus direction_new(Direction *d, int in_channels, int out_channels, float *kernels,
                               NstError *error)
{
    if (!winograd_serves(in_channels, out_channels)) {
        *d = (Direction){NULL, {in_channels, out_channels, kernels}, kernels};
        return NST_OK;
    }
    d->winograd = winograd_new(in_channels, out_channels, kernels, error);
    free(kernels);
    return d->winograd ? NST_OK : NST_NO_MEMORY;
}

static void direction_free(Direction *d)
{
    winograd_free(d->winograd);
    free(d->kernels);
}

static size_t direction_scratch(const Direction *d)
{
    return d->winograd ? winograd_scratch(d->winograd) : im2col_scratch(d->im2col.in_channels);
}

static void direction_run(const Direction *d, Workers *workers, int height, int width, const float *in,
                          const float *bias, float *out)
{
    if (d->winograd)
        winograd_run(d->winograd, workers, height, width, in, bias, out);
    else
        im2col_run(&d->im2col, workers, height, width, in, bias, out);
}

/* [OC, IC, 9] -> [9, IC, OC] */
static float *forward_kernels(int ic, int oc, const float *weight)
{
    float *kernels = floats_new(9 * (size_t)ic * (size_t)oc), *to = kernels;
    for (int tap = 0; kernels && tap < 9; tap++)
        for (int i = 0; i < ic; i++)
            for (int o = 0; o < oc; o++)
                *to++ = weight[((size_t)o * (size_t)ic + (size_t)i) * 9 + (size_t)tap];
    return kernels;
}

/* [OC, IC, 9] -> [9, OC, IC], turned by 180 degrees: the taps in reverse. */
static float *backward_kernels(int ic, int oc, const float *weight)
{
    float *kernels = floats_new(9 * (size_t)ic * (size_t)oc), *to = kernels;
    for (int tap = 8; kernels && tap >= 0; tap--)
        for (int o = 0; o < oc; o++)
            for (int i = 0; i < ic; i++)
                *to++ = weight[((size_t)o * (size_t)ic + (size_t)i) * 9 + (size_t)tap];
    return kernels;
}

static NstStatus prepare(Conv3x3 *conv, int ic, int oc, const float *weight, NstError *error)
{
    float *forward = forward_kernels(ic, oc, weight), *backward = backward_kernels(ic, oc, weight);
    if (!forward || !backward) {
        free(forward);
        free(backward);
        return nst_fail_memory(error, "the network's kernels", 9.0 * ic * oc * sizeof(float));
    }
    NstStatus status = direction_new(&conv->forward, ic, oc, forward, error);
    NstStatus other = direction_new(&conv->backward, oc, ic, backward, error);
    return status == NST_OK ? other : status;
}

Conv3x3 *conv3x3_new(int in_channels, int out_channels, const float *weight, const float *bias,
                     NstError *error)
{
    Conv3x3 *conv = calloc(1, sizeof *conv);
    if (!conv || !(conv->bias = floats_new((size_t)out_channels))) {
        free(conv);
        nst_fail_memory(error, "a convolution", out_channels * sizeof(float));
        return NULL;
    }
    memcpy(conv->bias, bias, (size_t)out_channels * sizeof(float));
    if (prepare(conv, in_channels, out_channels, weight, error) == NST_OK)
        return conv;
    conv3x3_free(conv);
    return NULL;
}

void conv3x3_free(Conv3x3 *conv)
{
    if (!conv)
        return;
    direction_free(&conv->forward);
    direction_free(&conv->backward);
    free(conv->bias);
    free(conv);
}

double conv3x3_bytes(int in_channels, int out_channels)
{
    bool winograd = winograd_serves(in_channels, out_channels); /* in both directions alike */
    double pairs = (double)in_channels * out_channels;
    return 2 * pairs * (winograd ? WINOGRAD_KERNEL_FLOATS : 9) * sizeof(float);
}

size_t conv3x3_scratch(const Conv3x3 *conv)
{
    size_t forward = direction_scratch(&conv->forward), backward = direction_scratch(&conv->backward);
    return forward > backward ? forward : backward;
}

void conv3x3_forward(const Conv3x3 *conv, Workers *workers, int height, int width, const float *in,
                     float *out)
{
    direction_run(&conv->forward, workers, height, width, in, conv->bias, out);
}

void conv3x3_backward(const Conv3x3 *conv, Workers *workers, int height, int width, const float *dout,
                      float *din)
{
    direction_run(&conv->backward, workers, height, width, dout, NULL, din);
}
