/* pixels.h: between GIMP's pixels (a GeglBuffer, any format, any colour space) and core's pictures.
 * Knows GEGL and core, no GIMP. Main thread only where the buffers are GIMP's. */
#ifndef PIXELS_H
#define PIXELS_H

#include "core/picture/image.h"

#include <gegl.h>

/* A picture with its alpha kept aside. Empty: all zero. */
typedef struct Pixels {
    NstImage image; /* values in 0..1, to 16 bits */
    float *alpha;   /* [H, W], 0..1; NULL: opaque throughout */
} Pixels;

/* Reads a part of a buffer. Where it is transparent the picture shows its mean colour, weighted by alpha.
 * Fails where nothing at all is visible; `what` then names it. */
NstStatus pixels_read(GeglBuffer *buffer, const GeglRectangle *area, const char *what, Pixels *pixels,
                      NstError *error);
void pixels_free(Pixels *pixels);

/* How pixels are read: as colours, sRGB as core's pictures are, or where they are an amount, as light,
 * without sRGB's curve. */
const Babl *pixels_colors(void);
const Babl *pixels_light(void);

/* Reads a few whole rows of an area in one of the two, [rows, width, 4], on pixels_read's grid of values. */
void pixels_rows(GeglBuffer *buffer, const GeglRectangle *rows, const Babl *format, float *band);

/* Writes a picture and an alpha as in Pixels into a buffer of the picture's size that begins at 0, 0.
 * Fails only without memory. */
NstStatus pixels_write(GeglBuffer *buffer, const NstImage *image, const float *alpha, NstError *error);

/* A copy of a part of a buffer, in its own format and moved to 0, 0, that no longer depends on GIMP. */
GeglBuffer *pixels_copy(GeglBuffer *buffer, const GeglRectangle *area);

#endif
