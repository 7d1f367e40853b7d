/* whiten.h: takes the correlations out of patches, softly, so that clusters form by shape and not by the few
 * directions (lightness, slow gradients) in which all patches vary most. */
#ifndef NST_WHITEN_H
#define NST_WHITEN_H

#include "core/workers.h"

#include <stddef.h>

typedef struct Whitening {
    int side;
    float *mean;   /* [side] */
    float *matrix; /* [side, side], symmetric: whitened = (patch - mean) * matrix */
} Whitening;

/* Finds the whitening of patches [count, side] and applies it to them in place.
 *
 * matrix = U (D + epsilon * mean of D)^(-1/2) U', where U D U' is the patches' covariance (ZCA): epsilon says
 * below which share of the mean variance a direction counts as noise and is no longer enlarged. On failure
 * the whitening is empty. */
NstStatus whitening_learn(Whitening *whitening, Workers *workers, float *patches, size_t count, int side,
                          double epsilon, NstError *error);
void whitening_free(Whitening *whitening); /* an empty one is fine */

#endif
