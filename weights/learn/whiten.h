/* whiten.h: removes the correlations from patches, softly, so that clusters form by shape and not by the few
 * directions (lightness, slow gradients) in which all patches vary most.
 *
 * With C the patches' covariance and C + epsilon * (mean variance) = L L':
 *
 *     whitened = L^-1 (patch - mean)
 *
 * epsilon is the share of the mean variance below which a direction counts as noise and is no longer
 * amplified. ZCA, U (D + ...)^(-1/2) U', differs from L^-1 only by a rotation, which changes neither the
 * angles between patches nor the filters made from their clusters' centres; and L, unlike eigenvectors, is
 * computed by a few loops whose sums have a known order. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_WHITEN_H
#define NST_WHITEN_H

#include "core/base/workers.h"

#include <stddef.h>

typedef struct Whitening {
    int side;
    float *mean;    /* [side], on the activations' grid */
    double *matrix; /* L^-1: [side, side], row by row, on the whitening's grid */
} Whitening;

/* Finds the whitening of patches [count, side], which are on the activations' grid, and subtracts their mean
 * from them. On failure the whitening is empty. */
NstStatus whitening_learn(Whitening *whitening, Workers *workers, float *patches, size_t count, int side,
                          double epsilon, NstError *error);
void whitening_free(Whitening *whitening); /* an empty one is fine */

/* Whitens in place the patches that it was learned from, and scales them to length 1, on the units' grid.
 * length [count]: what each was divided by. */
NstStatus whitening_units(const Whitening *whitening, Workers *workers, float *patches, size_t count,
                          float *length, NstError *error);

#endif
