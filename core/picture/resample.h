/* resample.h: resizes pictures, separably: shrinks by Lanczos's kernel with three lobes, made as wide as the
 * step between pixels, so that nothing aliases; enlarges by Catmull and Rom's, which interpolates. At the
 * edges the kernel is cut off and what is left of it brought back to a sum of 1. */
#ifndef NST_RESAMPLE_H
#define NST_RESAMPLE_H

#include "image.h"

/* Fills `out`, which the caller frees, with `in` at width x height; values are clamped to 0..1. */
NstStatus resample(const NstImage *in, int width, int height, NstImage *out, NstError *error);

#endif
