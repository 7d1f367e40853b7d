/* loss.h: the three losses, each with its gradient, each dimensionless:
 *
 *     content  |F - P|^2 / |P|^2    F, P: the painted picture's and the content's features at that layer
 *     style    |G - A|^2 / |A|^2    G, A: the Gram matrices of the painted picture's and the style's features
 *                                   at that layer (Frobenius norms); or
 *              (|S - T|^2 / |T|^2 + |m - n|^2 / |n|^2) / 2
 *                                   S, T: their covariances; m, n: their means
 *     tv       sum over rows and columns of squared differences of neighbours / number of pixels
 *
 * Over several layers the mean is taken, weighted by the layers' weights.
 *
 * Why these denominators: 0 is the target itself and 1 is as far from it as features of all zeros are, at any
 * picture size (both are ratios of sums over the same positions) and with any weights file (scaling a layer's
 * filters scales numerator and denominator alike). So a weight means the same on every picture. Where a
 * target is all zero its norm is taken as 1.
 *
 * Values are summed in double, in a fixed order. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_LOSS_H
#define NST_LOSS_H

#include "core/base/region.h"
#include "core/base/workers.h"
#include "core/network/product.h"

#include <stddef.h>

/* Sum of squares: the same bits for any number of workers. */
double sum_of_squares(Workers *workers, size_t count, const float *values);

/* Returns |G - A|^2 / norm; dgram = weight * its gradient. count: C * C, or C for means. */
double style_loss(size_t count, const float *gram, const float *target, double norm, double weight,
                  float *dgram);

/* Returns the total variation of image [H, W, 3]; dimage += weight * its gradient. */
double tv_loss(Workers *workers, int height, int width, const float *image, double weight, float *dimage);

/* The losses at one layer. */
typedef struct LayerLoss {
    int columns, channels; /* of the map; channels are a multiple of PRODUCT_COLUMNS */
    Region part;           /* the positions that are computed */
    Region own;            /* those of them that count in the losses */

    const float *target;   /* P of own, row after row; NULL: no content loss here */
    double content_factor; /* 2 * weight / |P|^2 */

    const Product *product; /* which has packed dgram */
    const float *dgram; /* [C, C], packed: 2 / N times the style loss's gradient by G; NULL: no style loss */
    const float *dmean; /* [C]: added to the gradient at each position; NULL: nothing */
} LayerLoss;

/* Turns the part of features [rows, columns, C], in place, into the gradient of both losses with respect to
 * them:
 *
 *     content_factor * (F - P) + F dgram + dmean
 *
 * where they are > 0 (and zero outside `own`), and into `shut` where they are not. Returns the sum of (F -
 * P)^2. row_sums: [rows of the part], working space. Each worker needs layer_loss_scratch floats of
 * scratch. */
double layer_loss_backward(const LayerLoss *loss, Workers *workers, float *features, float shut,
                           double *row_sums);
size_t layer_loss_scratch(int channels);

#endif
