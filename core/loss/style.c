/* style.c: from sums over positions to a matrix and a mean, and from their gradients back to that of the
 * features: with S = F'F / N - m m' and the mean m,
 *
 *     dL/dF = 2/N F D - 2/N m D + d/N        D = dL/dS, symmetric; d = dL/dm at a fixed S
 *
 * The first term is a product; the others are the same at every position. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "style.h"

#include "core/base/memory.h"
#include "loss.h"

#include <stdbool.h>
#include <stdlib.h>

static size_t square(int channels)
{
    return (size_t)channels * (size_t)channels;
}

NstStatus style_space_new(StyleSpace *space, int channels, NstError *error)
{
    size_t c = (size_t)channels;
    *space = (StyleSpace){memory_floats(c * c), memory_floats(c * c), memory_floats(c), memory_floats(c)};
    return space->gram && space->dgram && space->mean && space->dmean
               ? NST_OK
               : nst_fail_memory(error, "the style's statistics", style_space_bytes(channels));
}

void style_space_free(StyleSpace *space)
{
    free(space->gram);
    free(space->dgram);
    free(space->mean);
    free(space->dmean);
}

double style_space_bytes(int channels)
{
    return 2 * (double)(square(channels) + (size_t)channels) * sizeof(float);
}

NstStatus style_new(Style *style, NstStatistics kind, int channels, Workers *workers, NstError *error)
{
    size_t c = (size_t)channels;
    *style =
        (Style){.kind = kind, .target = memory_floats(c * c), .dgram = memory_floats(product_floats(c, c))};
    NstStatus status = gram_new(&style->sums, channels, workers, error);
    if (status == NST_OK && kind == NST_STATISTICS_COVARIANCE) {
        status = gram_add_means(&style->sums, error);
        style->target_mean = memory_floats(c);
        style->dmean = memory_floats(c);
    }
    bool there = style->target && style->dgram &&
                 (kind == NST_STATISTICS_GRAM || (style->target_mean && style->dmean));
    return status == NST_OK && !there
               ? nst_fail_memory(error, "the style's statistics", style_bytes(channels))
               : status;
}

void style_free(Style *style)
{
    gram_free(&style->sums);
    free(style->target);
    free(style->target_mean);
    free(style->dgram);
    free(style->dmean);
}

double style_bytes(int channels)
{
    size_t c = (size_t)channels;
    return gram_bytes(channels) + (double)(c * c + product_floats(c, c) + 2 * c) * sizeof(float);
}

/* The statistics of the sums; with Gram matrices mean is not written. */
static void statistics(Style *style, Workers *workers, float *matrix, float *mean)
{
    if (style->kind == NST_STATISTICS_GRAM)
        gram_matrix(&style->sums, workers, matrix);
    else
        gram_covariance(&style->sums, workers, matrix, mean);
}

static double squares_or_one(Workers *workers, size_t count, const float *values)
{
    double squares = sum_of_squares(workers, count, values);
    return squares > 0 ? squares : 1;
}

void style_aim(Style *style, Workers *workers)
{
    statistics(style, workers, style->target, style->target_mean);
    style->target_squares = squares_or_one(workers, square(style->sums.channels), style->target);
    if (style->target_mean)
        style->target_mean_squares =
            squares_or_one(workers, (size_t)style->sums.channels, style->target_mean);
}

/* out = d / N - m times 2/N D, from dmean = d / N and dgram = 2/N D. */
static void gradient_by_position(size_t channels, const float *mean, const float *dgram, const float *dmean,
                                 float *out)
{
    for (size_t j = 0; j < channels; j++) {
        double sum = dmean[j];
        for (size_t i = 0; i < channels; i++)
            sum -= (double)mean[i] * dgram[i * channels + j];
        out[j] = (float)sum;
    }
}

double style_compare(Style *style, Workers *workers, const Product *product, double weight, StyleSpace *space)
{
    size_t c = (size_t)style->sums.channels;
    double share = style->kind == NST_STATISTICS_GRAM ? 1 : 0.5,
           each = share * weight / style->sums.positions;
    statistics(style, workers, space->gram, space->mean);
    double loss =
        share * style_loss(c * c, space->gram, style->target, style->target_squares, 2 * each, space->dgram);
    if (style->dmean) {
        loss += share * style_loss(c, space->mean, style->target_mean, style->target_mean_squares, each,
                                   space->dmean);
        gradient_by_position(c, space->mean, space->dgram, space->dmean, style->dmean);
    }
    product->pack(c, c, space->dgram, style->dgram);
    return loss;
}
