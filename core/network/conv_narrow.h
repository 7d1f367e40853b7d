/* conv_narrow.h: a 3x3 correlation for any number of channels, made for the network's first layer, which has
 * three on one side: too few for Winograd's transforms. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_CONV_NARROW_H
#define NST_CONV_NARROW_H

#include "conv_map.h"
#include "core/base/status.h"
#include "core/base/workers.h"

#include <stddef.h>

typedef struct ConvNarrow ConvNarrow; /* packed kernels of both directions; read-only once made */

/* weight: [OC, IC, 3, 3], not kept. On failure *out is NULL. */
NstStatus conv_narrow_new(ConvNarrow **out, int in_channels, int out_channels, const float *weight,
                          NstError *error);
void conv_narrow_free(ConvNarrow *conv); /* NULL is fine */

/* Bytes that conv_narrow_new will allocate and keep. */
double conv_narrow_bytes(int in_channels, int out_channels);

/* Floats of scratch that each worker must have reserved. */
size_t conv_narrow_scratch(int in_channels, int out_channels);

/* in: [H, W, IC] -> out: [H, W, OC] = max(correlation + bias, 0). Writes only what is wanted of out. */
void conv_narrow_forward(const ConvNarrow *conv, Workers *workers, const ConvFrame *frame, const float *in,
                         const float *bias, float *out);

/* dout: [H, W, OC], masked by the ReLU -> din: [H, W, IC], overwritten. */
void conv_narrow_backward(const ConvNarrow *conv, Workers *workers, const ConvFrame *frame, const float *dout,
                          float *din);

#endif
