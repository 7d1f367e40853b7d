/* conv_reference.c: see conv_reference.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv_reference.h"

#include <stddef.h>

/* One output value: the 3x3 neighbourhood of (y, x) against kernel `o`; what lies outside is zero. */
static double correlate(int in_channels, const float *kernel, int height, int width, const float *in, int y,
                        int x)
{
    double sum = 0;
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++) {
            int row = y + a - 1, column = x + b - 1;
            if (row < 0 || row >= height || column < 0 || column >= width)
                continue;
            const float *pixel = in + ((size_t)row * width + column) * in_channels;
            for (int i = 0; i < in_channels; i++)
                sum += (double)kernel[i * 9 + a * 3 + b] * pixel[i];
        }
    return sum;
}

void conv_reference_forward(int in_channels, int out_channels, const float *weight, const float *bias,
                            int height, int width, const float *in, float *out)
{
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int o = 0; o < out_channels; o++) {
                const float *kernel = weight + (size_t)o * in_channels * 9;
                double value = bias[o] + correlate(in_channels, kernel, height, width, in, y, x);
                out[((size_t)y * width + x) * out_channels + o] = value > 0 ? (float)value : 0;
            }
}

/* Each input value contributed to nine outputs of every channel; each passes back its share of the
 * gradient. */
static double gather(int in_channels, int out_channels, const float *weight, int height, int width,
                     const float *dout, int y, int x, int i)
{
    double sum = 0;
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++) {
            int row = y - a + 1, column = x - b + 1;
            if (row < 0 || row >= height || column < 0 || column >= width)
                continue;
            const float *pixel = dout + ((size_t)row * width + column) * out_channels;
            for (int o = 0; o < out_channels; o++)
                sum += (double)weight[((size_t)o * in_channels + i) * 9 + a * 3 + b] * pixel[o];
        }
    return sum;
}

void conv_reference_backward(int in_channels, int out_channels, const float *weight, int height, int width,
                             const float *dout, float *din)
{
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int i = 0; i < in_channels; i++)
                din[((size_t)y * width + x) * in_channels + i] =
                    (float)gather(in_channels, out_channels, weight, height, width, dout, y, x, i);
}
