/* metric.h: the shape of a good step for a picture, from which L-BFGS starts (optimizer.h).
 *
 * Losses of a network's features are steep along lightness, which all filters see, and along what changes
 * from pixel to pixel; they are flat along hue, and along what changes slowly. A step in the gradient's own
 * direction is too long in the one and too short in the other. The metric halves its grey part and smooths
 * it. That saves up to a third of the iterations, by weights and pictures (tests/bench/RESULTS.md). */
#ifndef NST_METRIC_H
#define NST_METRIC_H

#include "workers.h"

#include <stdbool.h>

/* Changes v [H, W, 3] to M v:
 *
 *     M = C, or S S' C where it is to be smooth
 *
 *     C:         1 - (1/2) g g', g = (1, 1, 1) / sqrt 3, at each pixel
 *     S and S':  convolution with (1/4, 1, 1/4) along rows and along columns, each going on at its ends
 *
 * M is symmetric and positive definite: C has eigenvalues from 1/2 to 1, S from 1/2 to 3/2. */
void metric_apply(Workers *workers, int height, int width, bool smooth, float *v);

#endif
