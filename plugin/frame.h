/* frame.h: core's pictures as bytes to be shown. Knows no GIMP and no window; any thread. */
#ifndef FRAME_H
#define FRAME_H

#include "plugin/preview/thumbnail.h"

/* [H, W, 3]; the caller frees them with g_free. NULL: without memory. */
unsigned char *frame_bytes(const NstImage *image);

/* The same of a picture resized to width x height. NULL: without memory. */
unsigned char *frame_resized(const NstImage *image, int width, int height);

/* A copy of a part, which lies within the picture; the caller frees it with nst_image_free. */
NstStatus frame_crop(const NstImage *image, const GeglRectangle *part, NstImage *crop, NstError *error);

/* How much of each pixel a run would replace [height, width], 255: all of it; as far as it is selected, and
 * visible. area: of the whole content, which is brought to width x height. The caller frees it with g_free.
 * NULL: without memory. */
unsigned char *frame_coverage(const Thumbnail *content, const Thumbnail *selection, const GeglRectangle *area,
                              int width, int height);

#endif
