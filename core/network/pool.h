/* pool.h: 2x2 pooling, stride 2, between VGG16's blocks. in: [H, W, C] -> out: [H/2, W/2, C].
 * An odd last row or column is dropped, as in every published VGG16; its gradient is zero. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_POOL_H
#define NST_POOL_H

#include "conv_map.h"
#include "core/base/workers.h"

/* Pools the positions in the frame's `from`, which begins at even positions. where: what the way back needs,
 * see conv_map.h, for inputs >= 0; NULL if there is no way back. */
void pool_forward(NstPooling pooling, Workers *workers, const ConvFrame *frame, int channels, const float *in,
                  float *out, uint8_t *where);

/* din: [H, W, C] holds a gradient, NAN where the ReLU before the pooling was shut; din += the gradient that
 * flows back from dout: [H/2, W/2, C], and NAN becomes 0. Done at the positions in the frame's `to`; `from`
 * is the part of dout that exists, in positions of din. */
void pool_backward_add(NstPooling pooling, Workers *workers, const ConvFrame *frame, int channels,
                       const float *dout, const uint8_t *where, float *din);

#endif
