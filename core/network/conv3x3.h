/* conv3x3.h: the 3x3 convolution, stride 1, zero padding 1: the operation that VGG16 is made of.
 *
 * Tensors are channels-last: [H, W, C]. weight is [OC, IC, 3, 3] and is a correlation, as in every
 * published VGG16: out[y, x, o] = bias[o] + sum over i, a, b of weight[o, i, a, b] * in[y+a-1, x+b-1, i].
 *
 * Only the gradient with respect to the input is ever needed, and that is a convolution too, with the
 * kernels turned by 180 degrees and in/out channels swapped. So one routine serves both directions.
 *
 * There are two implementations: conv_narrow.c for the first layer and winograd.c for all others. conv3x3.c
 * chooses. The tests compare both with plain loops in double (tests/support/conv_reference.c). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_CONV3X3_H
#define NST_CONV3X3_H

#include "conv_map.h"
#include "core/base/status.h"
#include "core/base/workers.h"

#include <stddef.h>

typedef struct Conv3x3 Conv3x3; /* the kernels of one convolution, prepared for both directions; read-only */

/* Copies what it needs of weight [OC, IC, 3, 3] and bias [OC]. On failure *out is NULL. Any thread. */
NstStatus conv3x3_new(Conv3x3 **out, int in_channels, int out_channels, const float *weight,
                      const float *bias, NstError *error);
void conv3x3_free(Conv3x3 *conv); /* NULL is fine */

/* Bytes that conv3x3_new will allocate and keep. */
double conv3x3_bytes(int in_channels, int out_channels);

/* Floats of scratch that each worker must have reserved before forward or backward runs. */
size_t conv3x3_scratch(int in_channels, int out_channels);

/* in: [H, W, IC] -> out: [H, W, OC], bias added, then ReLU. in and out don't overlap. */
void conv3x3_forward(const Conv3x3 *conv, Workers *workers, const ConvFrame *frame, const float *in,
                     float *out);

/* dout: [H, W, OC], already masked by the ReLU -> din: [H, W, IC], overwritten. They don't overlap. */
void conv3x3_backward(const Conv3x3 *conv, Workers *workers, const ConvFrame *frame, const float *dout,
                      float *din);

/* The two below are for convolutions that have a multiple of 32 channels on both sides. */

/* Forward and then pooling, without writing the map between them: pooled and where are [H / 2, W / 2, OC],
 * see conv_map.h. */
void conv3x3_forward_pooled(const Conv3x3 *conv, Workers *workers, NstPooling pooling, const ConvFrame *frame,
                            const float *in, float *pooled, uint8_t *where);

/* Backward from any source; `end` says how the result goes into din [H, W, IC]. */
void conv3x3_backward_fused(const Conv3x3 *conv, Workers *workers, const ConvFrame *frame,
                            const ConvSource *source, ConvEnd end, float *din);

#endif
