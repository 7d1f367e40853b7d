/* loss.c: the three losses as sums over elements, each worker on a run of them.
 *
 * The backward step makes one pass over a layer's features: for each run of positions the Gram matrix's
 * gradient, then the content's, then the ReLU's mask. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loss.h"

static double squares_range(void *data, size_t begin, size_t end)
{
    const float *values = data;
    double sum = 0;
    for (size_t i = begin; i < end; i++)
        sum += (double)values[i] * values[i];
    return sum;
}

double sum_of_squares(Workers *workers, size_t count, const float *values)
{
    return workers_sum(workers, count, squares_range, (void *)values);
}

double style_loss(size_t count, const float *gram, const float *target, double norm, double weight,
                  float *dgram)
{
    double sum = 0, factor = 2 * weight / norm;
    for (size_t i = 0; i < count; i++) {
        double difference = (double)gram[i] - target[i];
        sum += difference * difference;
        dgram[i] = (float)(factor * difference);
    }
    return sum / norm;
}

typedef struct Variation {
    int height, width;
    const float *image;
    float *dimage;
    double factor;
} Variation;

/* Rows begin .. end-1: each value gathers its gradient from its four neighbours, and adds its two
 * differences, to the right and downwards, to the sum. */
static double variation_rows(void *data, size_t begin, size_t end)
{
    const Variation *v = data;
    size_t line = 3 * (size_t)v->width, rows = (size_t)v->height;
    double sum = 0;
    for (size_t y = begin; y < end; y++)
        for (size_t i = 0; i < line; i++) {
            const float *at = v->image + y * line + i;
            double left = i >= 3 ? (double)at[0] - at[-3] : 0, up = y > 0 ? (double)at[0] - *(at - line) : 0;
            double right = i + 3 < line ? (double)at[0] - at[3] : 0,
                   down = y + 1 < rows ? (double)at[0] - at[line] : 0;
            sum += right * right + down * down;
            v->dimage[y * line + i] += (float)(v->factor * (left + right + up + down));
        }
    return sum;
}

double tv_loss(Workers *workers, int height, int width, const float *image, double weight, float *dimage)
{
    double pixels = (double)height * width;
    Variation v = {height, width, image, dimage, 2 * weight / pixels};
    return workers_sum(workers, (size_t)height, variation_rows, &v) / pixels;
}

/* Positions processed together: rows enough for the product, few enough for the first-level cache. */
enum { CHUNK = 48 };

/* One layer_loss_backward. */
typedef struct LayerPass {
    const LayerLoss *loss;
    float *features;
    float shut;
    double *row_sums;
} LayerPass;

size_t layer_loss_scratch(int channels)
{
    return CHUNK * product_columns((size_t)channels);
}

/* features become the gradient where they are > 0, else shut. The gradient is read in either case, so that
 * the loop is vectorised: half of the branches can't be predicted, and they took a fifth of an evaluation. */
static void mask(size_t count, const float *restrict gradient, float shut, float *restrict features)
{
    for (size_t i = 0; i < count; i++) {
        float open = gradient[i];
        features[i] = features[i] > 0 ? open : shut;
    }
}

static void shut_off(float *features, size_t count, float shut)
{
    for (size_t i = 0; i < count; i++)
        features[i] = features[i] > 0 ? 0 : shut;
}

/* gradient += factor * (F - P); returns the sum of (F - P)^2. Eight sums side by side, as in vector.c. */
static double add_content(size_t count, const float *features, const float *target, float factor,
                          float *gradient)
{
    enum { LANES = 8 };
    double sum[LANES] = {0}, total = 0;
    for (size_t i = 0; i < count; i += LANES) /* count is a multiple, as channels are */
        for (size_t k = 0; k < LANES; k++) {
            float difference = features[i + k] - target[i + k];
            gradient[i + k] += factor * difference;
            sum[k] += (double)difference * difference;
        }
    for (int k = 0; k < LANES; k++)
        total += sum[k];
    return total;
}

static void add_mean(size_t count, size_t channels, const float *dmean, float *gradient)
{
    for (size_t i = 0; i < count; i++, gradient += channels)
        for (size_t c = 0; c < channels; c++)
            gradient[c] += dmean[c];
}

/* `count` positions of a row; gradient: scratch. Returns their sum of (F - P)^2. */
static double own_chunk(const LayerPass *pass, size_t count, float *features, const float *target,
                        float *gradient)
{
    const LayerLoss *loss = pass->loss;
    size_t channels = (size_t)loss->channels, values = count * channels;
    double sum = 0;
    if (loss->dgram)
        loss->product->multiply(count, channels, 0, channels, features, channels, loss->dgram, gradient,
                                channels);
    else
        for (size_t i = 0; i < values; i++)
            gradient[i] = 0;
    if (loss->dmean)
        add_mean(count, channels, loss->dmean, gradient);
    if (target)
        sum = add_content(values, features, target, (float)loss->content_factor, gradient);
    mask(values, gradient, pass->shut, features);
    return sum;
}

static void layer_row(void *data, size_t index, float *scratch)
{
    const LayerPass *pass = data;
    const LayerLoss *loss = pass->loss;
    size_t channels = (size_t)loss->channels, columns = (size_t)loss->columns;
    size_t left = (size_t)loss->own.left, right = (size_t)loss->own.right;
    size_t begin = (size_t)loss->part.left, end = (size_t)loss->part.right;
    size_t y = (size_t)loss->part.top + index;
    float *row = pass->features + y * columns * channels;

    pass->row_sums[index] = 0;
    if ((int)y < loss->own.top || (int)y >= loss->own.bottom) {
        shut_off(row + begin * channels, (end - begin) * channels, pass->shut);
        return;
    }
    const float *target = loss->target;
    if (target)
        target += (y - (size_t)loss->own.top) * (right - left) * channels;
    for (size_t x = left; x < right; x += CHUNK) {
        size_t count = right - x < CHUNK ? right - x : CHUNK;
        pass->row_sums[index] += own_chunk(pass, count, row + x * channels,
                                           target ? target + (x - left) * channels : NULL, scratch);
    }
    shut_off(row + begin * channels, (left - begin) * channels, pass->shut);
    shut_off(row + right * channels, (end - right) * channels, pass->shut);
}

double layer_loss_backward(const LayerLoss *loss, Workers *workers, float *features, float shut,
                           double *row_sums)
{
    LayerPass pass = {loss, features, shut, row_sums};
    int rows = region_rows(&loss->part);
    workers_run(workers, (size_t)rows, layer_row, &pass);
    double sum = 0;
    for (int y = 0; y < rows; y++)
        sum += row_sums[y];
    return sum;
}
