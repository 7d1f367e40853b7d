/* plain.c: see plain.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain.h"

#include "core/base/ranges.h"
#include "network.h"

#include <glib.h>
#include <math.h>
#include <string.h>

PlainConv plain_conv_new(int in_channels, int out_channels, const float *weight, const float *bias)
{
    size_t ic = (size_t)in_channels, oc = (size_t)out_channels;
    PlainConv conv = {in_channels, out_channels, g_new(double, 9 * ic * oc), g_new(double, oc)};
    for (size_t o = 0; o < oc; o++) {
        conv.bias[o] = bias ? bias[o] : 0;
        for (size_t i = 0; i < ic; i++)
            for (size_t tap = 0; tap < 9; tap++)
                conv.kernels[(tap * ic + i) * oc + o] = weight[(o * ic + i) * 9 + tap];
    }
    return conv;
}

void plain_conv_free(PlainConv *conv)
{
    g_free(conv->kernels);
    g_free(conv->bias);
}

/* Adds one input pixel's contribution, through one tap, to one output pixel. */
UNCHECKED static void add_tap(const PlainConv *conv, int tap, const double *pixel, double *out)
{
    size_t ic = (size_t)conv->in_channels, oc = (size_t)conv->out_channels;
    range_used(pixel, ic * sizeof *pixel);
    range_used(conv->kernels + (size_t)tap * ic * oc, ic * oc * sizeof *conv->kernels);
    range_used(out, oc * sizeof *out);
    for (size_t i = 0; i < ic; i++) {
        const double *kernel = conv->kernels + ((size_t)tap * ic + i) * oc;
        for (size_t o = 0; o < oc; o++)
            out[o] += pixel[i] * kernel[o];
    }
}

void plain_conv(const PlainConv *conv, int height, int width, bool relu, const double *in, double *out)
{
    int oc = conv->out_channels;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++, out += oc) {
            for (int o = 0; o < oc; o++)
                out[o] = conv->bias[o];
            for (int tap = 0; tap < 9; tap++) {
                int row = y + tap / 3 - 1, column = x + tap % 3 - 1;
                if (row >= 0 && row < height && column >= 0 && column < width)
                    add_tap(conv, tap,
                            in + ((size_t)row * (size_t)width + (size_t)column) * (size_t)conv->in_channels,
                            out);
            }
            for (int o = 0; o < oc && relu; o++)
                out[o] = fmax(out[o], 0);
        }
}

void plain_pool(NstPooling pooling, int height, int width, int channels, const double *in, double *out)
{
    for (int y = 0; y < height / 2; y++)
        for (int x = 0; x < width / 2; x++)
            for (int c = 0; c < channels; c++) {
                double largest = -INFINITY, sum = 0;
                for (int k = 0; k < 4; k++) {
                    double v = in[((size_t)(2 * y + k / 2) * (size_t)width + (size_t)(2 * x + k % 2)) *
                                      (size_t)channels +
                                  (size_t)c];
                    largest = fmax(largest, v);
                    sum += v;
                }
                *out++ = pooling == NST_POOLING_MAX ? largest : sum / 4;
            }
}

void plain_gram(size_t positions, size_t channels, const double *features, double *gram)
{
    for (size_t i = 0; i < channels * channels; i++)
        gram[i] = 0;
    for (size_t n = 0; n < positions; n++, features += channels)
        for (size_t i = 0; i < channels; i++)
            for (size_t j = 0; j < channels; j++)
                gram[i * channels + j] += features[i] * features[j] / (double)positions;
}

void plain_mean(size_t positions, size_t channels, const double *features, double *mean)
{
    for (size_t i = 0; i < channels; i++)
        mean[i] = 0;
    for (size_t n = 0; n < positions; n++, features += channels)
        for (size_t i = 0; i < channels; i++)
            mean[i] += features[i] / (double)positions;
}

void plain_covariance(size_t positions, size_t channels, const double *features, double *covariance)
{
    double *mean = g_new(double, channels), *apart = g_new(double, positions *channels);
    plain_mean(positions, channels, features, mean);
    for (size_t i = 0; i < positions * channels; i++)
        apart[i] = features[i] - mean[i % channels];
    plain_gram(positions, channels, apart, covariance);
    g_free(mean);
    g_free(apart);
}

double plain_squares(size_t count, const double *values)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i] * values[i];
    return sum;
}

double plain_distance(size_t count, const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

double plain_tv(int height, int width, const double *image)
{
    size_t line = 3 * (size_t)width, count = line * (size_t)height;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double right = i % line < line - 3 ? image[i + 3] - image[i] : 0;
        double down = i + line < count ? image[i + line] - image[i] : 0;
        sum += right * right + down * down;
    }
    return sum / ((double)height * width);
}

PlainNetwork plain_network_new(int layers, NstPooling pooling)
{
    PlainNetwork net = {.layers = layers, .pooling = pooling};
    for (int layer = 0; layer < layers; layer++) {
        const Vgg16Layer *l = &vgg16_layers[layer];
        float *weight = network_weight(layer), *bias = network_bias(layer);
        net.conv[layer] = plain_conv_new(l->in_channels, l->out_channels, weight, bias);
        g_free(weight);
        g_free(bias);
    }
    return net;
}

void plain_network_free(PlainNetwork *net)
{
    for (int layer = 0; layer < net->layers; layer++)
        plain_conv_free(&net->conv[layer]);
}

size_t plain_positions(int layer, int height, int width)
{
    int block = vgg16_layers[layer].block;
    return (size_t)(height >> block) * (size_t)(width >> block);
}

/* The mean and deviation are float32 numbers, as core reads them from the file. */
static double *preprocess(int height, int width, const double *rgb)
{
    static const float mean[3] = {0.485f, 0.456f, 0.406f}, std[3] = {0.229f, 0.224f, 0.225f};
    size_t count = 3 * (size_t)height * (size_t)width;
    double *input = g_new(double, count);
    for (size_t i = 0; i < count; i++)
        input[i] = (rgb[i] - mean[i % 3]) / std[i % 3];
    return input;
}

void plain_features(const PlainNetwork *net, int height, int width, const double *rgb,
                    double *features[VGG16_LAYERS])
{
    double *in = preprocess(height, width, rgb); /* what the next convolution sees; ours to free if `own` */
    bool own = true;
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        features[layer] = NULL;
    for (int layer = 0; layer < net->layers; layer++) {
        const Vgg16Layer *l = &vgg16_layers[layer];
        size_t positions = plain_positions(layer, height, width);
        if (layer > 0 && l->block > vgg16_layers[layer - 1].block) {
            double *pooled = g_new(double, positions *(size_t)l->in_channels);
            plain_pool(net->pooling, height >> (l->block - 1), width >> (l->block - 1), l->in_channels, in,
                       pooled);
            in = pooled;
            own = true;
        }
        features[layer] = g_new(double, positions *(size_t)l->out_channels);
        plain_conv(&net->conv[layer], height >> l->block, width >> l->block, true, in, features[layer]);
        if (own)
            g_free(in);
        in = features[layer];
        own = false;
    }
}

enum { EDGE = 16 };

/* The pixel that the mirror shows at `place`. */
static int mirrored(int place, int side)
{
    if (place < 0)
        return mirrored(-1 - place, side);
    return place < side ? place : mirrored(2 * side - 1 - place, side);
}

static double *mirror(int height, int width, const double *rgb)
{
    double *out = g_new(double, (height + 2 * EDGE) * (width + 2 * EDGE) * 3), *to = out;
    for (int y = -EDGE; y < height + EDGE; y++)
        for (int x = -EDGE; x < width + EDGE; x++)
            for (int c = 0; c < 3; c++)
                *to++ = rgb[(mirrored(y, height) * width + mirrored(x, width)) * 3 + c];
    return out;
}

/* Moves the features inside the picture to the beginning. */
static void crop(int layer, int height, int width, double *features)
{
    int block = vgg16_layers[layer].block, edge = EDGE >> block, channels = vgg16_layers[layer].out_channels;
    int rows = height >> block, columns = width >> block, across = (width + 2 * EDGE) >> block;
    for (int y = 0; y < rows; y++)
        memmove(features + y * columns * channels, features + ((y + edge) * across + edge) * channels,
                (size_t)(columns * channels) * sizeof *features);
}

void plain_features_within(const PlainNetwork *net, int height, int width, const double *rgb,
                           double *features[VGG16_LAYERS])
{
    double *mirrored_rgb = mirror(height, width, rgb);
    plain_features(net, height + 2 * EDGE, width + 2 * EDGE, mirrored_rgb, features);
    g_free(mirrored_rgb);
    for (int layer = 0; layer < net->layers; layer++)
        crop(layer, height, width, features[layer]);
}

void plain_features_free(double *features[VGG16_LAYERS])
{
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        g_free(features[layer]);
}
