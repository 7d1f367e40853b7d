/* style.h: the style at one layer: the statistics of its features, the style picture's as the target, how far
 * the painted picture's are from it, and the gradient of that. loss.h defines the losses.
 *
 * A Gram matrix combines mean and covariance, G = S + m m', and where a layer's means are large, as after a
 * ReLU, most of its norm is theirs. Separately, each counts for a half. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_STYLE_H
#define NST_STYLE_H

#include "core/network/product.h"
#include "core/settings/settings.h"
#include "gram.h"

typedef struct Style {
    NstStatistics kind;
    Gram sums;                                  /* of the picture that is being added, tile by tile */
    float *target, *target_mean;                /* [C, C] and [C]: the style picture's */
    double target_squares, target_mean_squares; /* 1 where they would be 0 */
    float *dgram, *dmean; /* as in LayerLoss; with Gram matrices dmean and target_mean are NULL */
} Style;

/* Working space for any of an objective's layers. */
typedef struct StyleSpace {
    float *gram, *dgram; /* [C, C] */
    float *mean, *dmean; /* [C] */
} StyleSpace;

/* channels: of the widest layer. style_space_free frees what there is, after a failure too. */
NstStatus style_space_new(StyleSpace *space, int channels, NstError *error);
void style_space_free(StyleSpace *space);

/* Reserves the workers' scratch. style_free frees what there is, after a failure too. */
NstStatus style_new(Style *style, NstStatistics kind, int channels, Workers *workers, NstError *error);
void style_free(Style *style);

/* Bytes that each of these will allocate, without the workers' scratch. */
double style_bytes(int channels);
double style_space_bytes(int channels);

/* The sums are complete and the style picture's: sets the target. */
void style_aim(Style *style, Workers *workers);

/* The sums are complete and the painted picture's: returns its loss, and sets dgram and dmean to weight times
 * the loss's gradient. */
double style_compare(Style *style, Workers *workers, const Product *product, double weight,
                     StyleSpace *space);

#endif
