/* shown_pixels.h: core's pictures as a screen shows them: bytes, resized or cropped, of a finished picture or
 * of one that core is still painting. Knows core, no GIMP and no window; any thread.
 *
 * All fail only without memory, and `error` then says for what. What they hand out belongs to the caller:
 * bytes are freed with g_free, ShownPixels with shown_pixels_free, an NstImage with nst_image_free. */
#ifndef SHOWN_PIXELS_H
#define SHOWN_PIXELS_H

#include "core/nst.h"

/* rgb: [height, width, 3] bytes, sRGB. */
typedef struct ShownPixels {
    int width, height;
    unsigned char *rgb;
} ShownPixels;

/* A picture, or (only within core's progress callback) what is painted so far, reduced to `side` pixels on
 * the longer side where it has more. */
NstStatus shown_pixels_new(ShownPixels **out, const NstImage *picture, int side, NstError *error);
NstStatus shown_pixels_new_of_progress(ShownPixels **out, const NstProgress *progress, int side,
                                       NstError *error);
void shown_pixels_free(ShownPixels *pixels); /* NULL: nothing happens */

/* [H, W, 3] bytes of a picture, or of the picture resized to width x height. */
NstStatus shown_pixels_bytes(const NstImage *picture, unsigned char **rgb, NstError *error);
NstStatus shown_pixels_resized(const NstImage *picture, int width, int height, unsigned char **rgb,
                               NstError *error);

/* [height, width] bytes of a gray picture (whose three channels are equal) resized to width x height. */
NstStatus shown_pixels_gray(const NstImage *picture, int width, int height, unsigned char **gray,
                            NstError *error);

/* A copy of a part, its upper left corner at x, y, which lies within the picture. */
NstStatus shown_pixels_crop(const NstImage *picture, int x, int y, int width, int height, NstImage *crop,
                            NstError *error);

#endif
