/* loss.h: the three losses, each with its gradient, each free of units:
 *
 *     content  |F - P|^2 / |P|^2          P: the content's features at that layer
 *     style    |G - A|^2 / |A|^2          A: the style's Gram matrix at that layer (Frobenius norms)
 *     tv       sum of squared differences of neighbours / number of pixels, over rows and columns
 *
 * Over several layers the mean is taken, weighted by the layers' own weights.
 *
 * Why divided so: 0 is the target itself and 1 is as far from it as black features are, at any picture size
 * (both are ratios of sums over the same positions) and with any weights file (scaling a layer's filters
 * scales both parts alike). A weight therefore means the same on every picture. Where a target is all zero
 * the norm is taken as 1.
 *
 * Values are summed in double, in a fixed order. */
#ifndef NST_LOSS_H
#define NST_LOSS_H

#include "workers.h"

#include <stddef.h>

/* Sum of squares, in double, in a fixed order whatever the number of workers. */
double sum_of_squares(Workers *workers, size_t count, const float *values);

/* |F - P|^2 / norm, and dfeatures += weight * its gradient (dfeatures NULL: value alone). */
double content_loss(Workers *workers, size_t count, const float *features, const float *target, double norm,
                    double weight, float *dfeatures);

/* |G - A|^2 / norm, and dgram = weight * its gradient. count: C * C. */
double style_loss(size_t count, const float *gram, const float *target, double norm, double weight,
                  float *dgram);

/* The total variation of image [H, W, 3], and dimage += weight * its gradient. */
double tv_loss(Workers *workers, int height, int width, const float *image, double weight, float *dimage);

#endif
