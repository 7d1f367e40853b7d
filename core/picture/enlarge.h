/* enlarge.h: how a picture goes from one scale to the next. */
#ifndef NST_ENLARGE_H
#define NST_ENLARGE_H

#include "image.h"

/* Brings `picture` to width x height in place. What it was painted over, `start` (of any size, the same view;
 * NULL: nothing, as with noise), has details that the picture's own size can't hold, and they come with it:
 *
 *     picture' = enlarged(picture) + start - enlarged(start at the picture's size)
 *
 * each part at the new size, and the sum clamped to 0..1. So what is carried over is what the painting has
 * changed. On failure the picture is as it was. */
NstStatus enlarge(NstImage *picture, const NstImage *start, int width, int height, NstError *error);

#endif
