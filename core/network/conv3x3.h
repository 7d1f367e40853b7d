/* conv3x3.h: the 3x3 convolution, stride 1, zero padding 1: the operation that VGG16 is made of.
 *
 * Tensors are channels-last: [H, W, C]. weight is [OC, IC, 3, 3] and is a correlation, as in every
 * published VGG16: out[y, x, o] = bias[o] + sum over i, a, b of weight[o, i, a, b] * in[y+a-1, x+b-1, i].
 *
 * Only the gradient with respect to the input is ever needed, and that is a convolution too, with the
 * kernels turned by 180 degrees and in/out channels swapped. So one routine serves both directions.
 *
 * Three implementations stand side by side: conv3x3_reference.c, plain loops in double, is the measure;
 * conv_narrow.c serves the first layer and winograd.c all others. conv3x3.c chooses. */
#ifndef NST_CONV3X3_H
#define NST_CONV3X3_H

#include "conv_map.h"
#include "core/base/status.h"
#include "core/base/workers.h"

#include <stddef.h>

typedef struct Conv3x3 Conv3x3; /* the kernels of one convolution, prepared for both directions; read-only */

/* Copies what it needs of weight and bias. NULL: error is filled. */
Conv3x3 *conv3x3_new(int in_channels, int out_channels, const float *weight, const float *bias,
                     NstError *error);
void conv3x3_free(Conv3x3 *conv); /* NULL is fine */

/* Bytes that conv3x3_new allocates, told beforehand. */
double conv3x3_bytes(int in_channels, int out_channels);

/* Floats of scratch that each worker must have reserved before forward or backward run. */
size_t conv3x3_scratch(int in_channels, int out_channels);

/* in: [H, W, IC] -> out: [H, W, OC], bias added, then ReLU. in and out don't overlap. */
void conv3x3_forward(const Conv3x3 *conv, Workers *workers, const ConvFrame *frame, const float *in,
                     float *out);

/* dout: [H, W, OC], already masked by the ReLU -> din: [H, W, IC], overwritten. They don't overlap. */
void conv3x3_backward(const Conv3x3 *conv, Workers *workers, const ConvFrame *frame, const float *dout,
                      float *din);

/* The two below are for convolutions of 32 and more channels, a multiple of it, on both sides. */

/* The same as forward and then pooling, without the map between: pooled and where are [H / 2, W / 2, OC], see
 * conv_map.h. */
void conv3x3_forward_pooled(const Conv3x3 *conv, Workers *workers, NstPooling pooling, const ConvFrame *frame,
                            const float *in, float *pooled, uint8_t *where);

/* The same as backward, from any source, with what `end` says done to din [H, W, IC]. */
void conv3x3_backward_fused(const Conv3x3 *conv, Workers *workers, const ConvFrame *frame,
                            const ConvSource *source, ConvEnd end, float *din);

/* The same without preparation, in plain loops that sum in double. For tests: slow. */
void conv3x3_reference_forward(int in_channels, int out_channels, const float *weight, const float *bias,
                               int height, int width, const float *in, float *out);
void conv3x3_reference_backward(int in_channels, int out_channels, const float *weight, int height, int width,
                                const float *dout, float *din);

#endif
