/* resample.h: resizes pictures, separably, with a Catmull-Rom kernel that widens when it shrinks (so that
 * shrinking averages, without aliasing, and enlarging interpolates). At the edges the kernel is cut off and
 * what is left of it brought back to a sum of 1. */
#ifndef NST_RESAMPLE_H
#define NST_RESAMPLE_H

#include "image.h"

/* Fills `out`, which the caller frees, with `in` at width x height; values are clamped to 0..1. */
NstStatus resample(const NstImage *in, int width, int height, NstImage *out, NstError *error);

#endif
