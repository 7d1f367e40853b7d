/* conv_reference.h: the 3x3 convolution of core/network/conv3x3.h straight from its definition, in plain
 * loops that sum in double. Slow: the tests measure core's fast ones against it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_CONV_REFERENCE_H
#define TESTS_CONV_REFERENCE_H

/* weight: [OC, IC, 3, 3], bias: [OC], in: [H, W, IC] -> out: [H, W, OC], after the ReLU. */
void conv_reference_forward(int in_channels, int out_channels, const float *weight, const float *bias,
                            int height, int width, const float *in, float *out);

/* dout: [H, W, OC], already masked by the ReLU -> din: [H, W, IC]. */
void conv_reference_backward(int in_channels, int out_channels, const float *weight, int height, int width,
                             const float *dout, float *din);

#endif
