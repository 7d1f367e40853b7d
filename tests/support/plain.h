/* plain.h: the same mathematics as core's, in double and straight from the definitions, forward only. Finite
 * differences of these are what core's gradients are measured against. Nothing here is shared with core. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_PLAIN_H
#define TESTS_PLAIN_H

#include "core/settings/layers.h"
#include "core/settings/settings.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct PlainConv {
    int in_channels, out_channels;
    double *kernels; /* [9, IC, OC] */
    double *bias;    /* [OC] */
} PlainConv;

PlainConv plain_conv_new(int in_channels, int out_channels, const float *weight, const float *bias);
void plain_conv_free(PlainConv *conv);

/* in: [H, W, IC] -> out: [H, W, OC]; with the ReLU if `relu`. */
void plain_conv(const PlainConv *conv, int height, int width, bool relu, const double *in, double *out);

void plain_pool(NstPooling pooling, int height, int width, int channels, const double *in, double *out);
void plain_gram(size_t positions, size_t channels, const double *features, double *gram);
void plain_mean(size_t positions, size_t channels, const double *features, double *mean);
void plain_covariance(size_t positions, size_t channels, const double *features, double *covariance);
double plain_squares(size_t count, const double *values);
double plain_distance(size_t count, const double *a, const double *b); /* squared */
double plain_tv(int height, int width, const double *image);

/* VGG16 with the hashed weights of network.h, RGB, white = 1, ImageNet's mean and deviation. */
typedef struct PlainNetwork {
    int layers;
    NstPooling pooling;
    PlainConv conv[VGG16_LAYERS];
} PlainNetwork;

PlainNetwork plain_network_new(int layers, NstPooling pooling);
void plain_network_free(PlainNetwork *net);

/* Each features[layer] is new, [N, C]; plain_features_free frees them. */
void plain_features(const PlainNetwork *net, int height, int width, const double *rgb,
                    double *features[VGG16_LAYERS]);
/* The same for a picture that is continued by sixteen mirrored pixels beyond its edges, with the features
 * there left out. */
void plain_features_within(const PlainNetwork *net, int height, int width, const double *rgb,
                           double *features[VGG16_LAYERS]);
void plain_features_free(double *features[VGG16_LAYERS]);
size_t plain_positions(int layer, int height, int width);

#endif
