/* vgg16_read.c: reads a layer, transposes Keras's kernels, and folds batch norms, for
 *
 *     gamma (W x + b - mean) / sqrt(variance + epsilon) + beta
 *
 * is a convolution, too. Where there is nothing to fold, no number changes. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vgg16_read.h"

#include "core/weights/safetensors.h"

#include <glib.h>
#include <math.h>

static const double norm_epsilon = 1e-5; /* PyTorch's */

size_t vgg16_weight_count(int layer)
{
    return 9 * (size_t)vgg16_layers[layer].in_channels * (size_t)vgg16_layers[layer].out_channels;
}

size_t vgg16_bias_count(int layer)
{
    return (size_t)vgg16_layers[layer].out_channels;
}

/* [3, 3, IC, OC] to [OC, IC, 3, 3]. */
static void transpose(const float *from, float *to, int layer)
{
    size_t in = (size_t)vgg16_layers[layer].in_channels, out = (size_t)vgg16_layers[layer].out_channels;
    for (size_t tap = 0; tap < 9; tap++)
        for (size_t i = 0; i < in; i++)
            for (size_t o = 0; o < out; o++)
                to[(o * in + i) * 9 + tap] = from[(tap * in + i) * out + o];
}

static NstStatus read_weight(TensorFile *file, const Vgg16Tensors *t, int layer, float *weight,
                             NstError *error)
{
    size_t index = (size_t)t->layer[layer].weight, count = vgg16_weight_count(layer);
    if (!t->hwio)
        return tensor_file_read(file, index, weight, error);
    float *hwio = g_try_new(float, count);
    if (!hwio)
        return nst_fail_memory(error, "a kernel", (double)count * sizeof *hwio);
    NstStatus status = tensor_file_read(file, index, hwio, error);
    if (status == NST_OK)
        transpose(hwio, weight, layer);
    g_free(hwio);
    return status;
}

/* A batch norm's four tensors, [OC] each. */
typedef struct Norm {
    float *gamma, *beta, *mean, *variance;
} Norm;

static void norm_free(Norm *norm)
{
    g_free(norm->gamma);
    g_free(norm->beta);
    g_free(norm->mean);
    g_free(norm->variance);
}

static NstStatus norm_read(TensorFile *file, const BatchNorm *at, size_t count, Norm *norm, NstError *error)
{
    const int index[] = {at->gamma, at->beta, at->mean, at->variance};
    float **const part[] = {&norm->gamma, &norm->beta, &norm->mean, &norm->variance};
    NstStatus status = NST_OK;
    *norm = (Norm){0};
    for (size_t i = 0; i < G_N_ELEMENTS(part) && status == NST_OK; i++) {
        *part[i] = g_new(float, count);
        status = tensor_file_read(file, (size_t)index[i], *part[i], error);
    }
    return status;
}

static NstStatus fold(TensorFile *file, const Vgg16Tensors *t, int layer, float *weight, float *bias,
                      NstError *error)
{
    size_t filters = vgg16_bias_count(layer), each = vgg16_weight_count(layer) / filters;
    Norm norm;
    NstStatus status = norm_read(file, &t->layer[layer].norm, filters, &norm, error);
    for (size_t o = 0; o < filters && status == NST_OK; o++) {
        double variance = (double)norm.variance[o];
        if (!(variance >= 0 && isfinite(variance)))
            status = weights_refuse(error, file->path, "“%s” holds a variance that is below 0 or not finite",
                                    file->entry[t->layer[layer].norm.variance].name);
        double scale = (double)norm.gamma[o] / sqrt(variance + norm_epsilon);
        for (size_t i = 0; i < each; i++)
            weight[o * each + i] = (float)((double)weight[o * each + i] * scale);
        bias[o] = (float)(((double)bias[o] - (double)norm.mean[o]) * scale + (double)norm.beta[o]);
    }
    norm_free(&norm);
    return status;
}

static bool finite(const float *values, size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count; i++)
        good = good && isfinite(values[i]);
    return good;
}

NstStatus vgg16_read_layer(TensorFile *file, const Vgg16Tensors *t, int layer, float *weight, float *bias,
                           NstError *error)
{
    NstStatus status = read_weight(file, t, layer, weight, error);
    if (status == NST_OK && t->layer[layer].bias != TENSOR_NONE)
        status = tensor_file_read(file, (size_t)t->layer[layer].bias, bias, error);
    else
        for (size_t o = 0; o < vgg16_bias_count(layer); o++)
            bias[o] = 0; /* there is a batch norm, whose beta serves instead */
    if (status == NST_OK && t->normed)
        status = fold(file, t, layer, weight, bias, error);
    if (status == NST_OK &&
        (!finite(weight, vgg16_weight_count(layer)) || !finite(bias, vgg16_bias_count(layer))))
        status =
            weights_refuse(error, file->path, "conv%s holds a value that is not finite", vgg16_number(layer));
    return status;
}
