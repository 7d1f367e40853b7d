/* whiten.h: takes the correlations out of patches, softly, so that clusters form by shape and not by the few
 * directions (lightness, slow gradients) in which all patches vary most.
 *
 * With C the patches' covariance and C + epsilon * (mean variance) = L L', whitened = L^-1 (patch - mean):
 * epsilon says below which share of the mean variance a direction counts as noise and is no longer enlarged.
 * ZCA, U (D + ...)^(-1/2) U', differs from L^-1 by a rotation alone, of which neither angles between patches
 * nor the filters made of their clusters' centres know anything; and L, unlike eigenvectors, is found by a
 * few loops whose sums have a known order. */
#ifndef NST_WHITEN_H
#define NST_WHITEN_H

#include "core/base/workers.h"

#include <stddef.h>

typedef struct Whitening {
    int side;
    float *mean;    /* [side], on the activations' grid */
    double *matrix; /* L^-1: [side, side], row by row, on the whitening's grid */
} Whitening;

/* Finds the whitening of patches [count, side], on the activations' grid; on failure it is empty. */
NstStatus whitening_learn(Whitening *whitening, Workers *workers, float *patches, size_t count, int side,
                          double epsilon, NstError *error);
void whitening_free(Whitening *whitening); /* an empty one is fine */

/* Whitens the patches that it was learned from, in place, and brings them to length 1, on the units' grid;
 * length [count] gets what they were divided by. */
NstStatus whitening_units(const Whitening *whitening, Workers *workers, float *patches, size_t count,
                          float *length, NstError *error);

#endif
