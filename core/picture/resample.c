/* resample.c: resizes pictures, one axis after the other. For each output position the kernel's weights over
 * a run of inputs are computed once, and then used for every row (or column).
 *
 * Why two kernels: shrinking must keep frequencies up to the new limit and none above it, because the style's
 * statistics are made of its finest strokes; Lanczos's kernel with three lobes comes closer to that than a
 * cubic. Enlarging must not ring at edges, where it would show. Measured in tests/bench/RESULTS.md. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "image.h"

#include "core/base/memory.h"
#include "core/base/vector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Weights of one axis: output i is the sum of weight[i*taps + k] * input[first[i] + k] for k < count[i]. */
typedef struct Axis {
    int size, taps;
    int *first, *count;
    float *weight;
} Axis;

/* The Catmull-Rom kernel: Keys' cubic with a = -1/2, which reproduces parabolas. */
static double catmull_rom(double x)
{
    x = fabs(x);
    if (x < 1)
        return (1.5 * x - 2.5) * x * x + 1;
    if (x < 2)
        return ((-0.5 * x + 2.5) * x - 4) * x + 2;
    return 0;
}

/* Lanczos's kernel (Duchon, "Lanczos Filtering in One and Two Dimensions", 1979) with three lobes. */
static double lanczos(double x)
{
    static const double pi = 3.14159265358979323846;
    x = pi * fabs(x);
    if (x < 1e-8)
        return 1;
    return x < 3 * pi ? sin(x) / x * sin(x / 3) / (x / 3) : 0;
}

typedef struct Kernel {
    double (*at)(double x);
    double reach; /* the kernel is 0 from this distance on */
} Kernel;

static Kernel kernel_for(double ratio)
{
    return ratio > 1 ? (Kernel){lanczos, 3} : (Kernel){catmull_rom, 2};
}

static void axis_free(Axis *axis)
{
    free(axis->first);
    free(axis->count);
    free(axis->weight);
}

/* Positions are pixel centres: output i is centred at (i + 1/2) * in / out. */
static void axis_position(Axis *axis, int in, int i)
{
    double ratio = (double)in / axis->size, width = ratio > 1 ? ratio : 1, centre = (i + 0.5) * ratio,
           sum = 0;
    Kernel kernel = kernel_for(ratio);
    double reach = kernel.reach * width;
    int first = (int)floor(centre - reach + 0.5), end = (int)floor(centre + reach + 0.5);
    first = first > 0 ? first : 0;
    end = end < in ? end : in;
    float *weight = axis->weight + (size_t)i * (size_t)axis->taps;
    for (int k = first; k < end; k++)
        sum += kernel.at((k + 0.5 - centre) / width);
    for (int k = first; k < end; k++)
        weight[k - first] = (float)(kernel.at((k + 0.5 - centre) / width) / sum);
    axis->first[i] = first;
    axis->count[i] = end - first;
}

static NstStatus axis_new(Axis *axis, int in, int out, NstError *error)
{
    double ratio = in > out ? (double)in / out : 1, reach = kernel_for((double)in / out).reach;
    *axis = (Axis){.size = out, .taps = (int)ceil(2 * reach * ratio) + 2};
    axis->first = malloc((size_t)out * sizeof(int));
    axis->count = malloc((size_t)out * sizeof(int));
    axis->weight = memory_floats((size_t)out * (size_t)axis->taps);
    if (!axis->first || !axis->count || !axis->weight)
        return nst_fail_memory(error, "resizing", (double)out * axis->taps * sizeof(float));
    for (int i = 0; i < out; i++)
        axis_position(axis, in, i);
    return NST_OK;
}

/* in: [rows, axis's inputs, 3] -> out: [rows, axis->size, 3] */
static void resample_rows(const Axis *axis, int rows, int in_width, const float *in, float *out)
{
    for (int y = 0; y < rows; y++, in += 3 * (size_t)in_width)
        for (int x = 0; x < axis->size; x++, out += 3) {
            const float *weight = axis->weight + (size_t)x * (size_t)axis->taps;
            const float *pixel = in + 3 * (size_t)axis->first[x];
            double sum[3] = {0};
            for (int k = 0; k < axis->count[x]; k++, pixel += 3)
                for (int c = 0; c < 3; c++)
                    sum[c] += (double)weight[k] * pixel[c];
            for (int c = 0; c < 3; c++)
                out[c] = (float)sum[c];
        }
}

/* in: [axis's inputs, line] -> out: [axis->size, line] */
static void resample_columns(const Axis *axis, size_t line, const float *in, float *out)
{
    memset(out, 0, (size_t)axis->size * line * sizeof(float));
    for (int y = 0; y < axis->size; y++, out += line)
        for (int k = 0; k < axis->count[y]; k++)
            vector_add(line, axis->weight[(size_t)y * (size_t)axis->taps + (size_t)k],
                       in + (size_t)(axis->first[y] + k) * line, out);
}

static NstStatus resize(const NstImage *in, NstImage *out, const Axis *across, const Axis *down,
                        NstError *error)
{
    size_t line = 3 * (size_t)out->width;
    float *narrow = memory_floats((size_t)in->height * line);
    if (!narrow)
        return nst_fail_memory(error, "resizing", (double)in->height * (double)line * sizeof(float));
    resample_rows(across, in->height, in->width, in->rgb, narrow);
    resample_columns(down, line, narrow, out->rgb);
    free(narrow);
    return NST_OK;
}

NstStatus nst_image_resample(const NstImage *in, int width, int height, NstImage *out, NstError *error)
{
    NstStatus status = nst_image_new(out, width, height, error);
    if (status != NST_OK)
        return status;
    if (in->width == width && in->height == height) {
        memcpy(out->rgb, in->rgb, nst_image_floats(in) * sizeof(float));
    } else {
        Axis across = {0}, down = {0};
        status = axis_new(&across, in->width, width, error);
        if (status == NST_OK)
            status = axis_new(&down, in->height, height, error);
        if (status == NST_OK)
            status = resize(in, out, &across, &down, error);
        axis_free(&across);
        axis_free(&down);
    }
    vector_clamp(nst_image_floats(out), out->rgb);
    if (status != NST_OK)
        nst_image_free(out);
    return status;
}
