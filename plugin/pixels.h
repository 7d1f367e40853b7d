/* pixels.h: between GIMP's pixels (a GeglBuffer, any format, any colour space) and core's pictures.
 * Knows GEGL and core, no GIMP. Main thread only where the buffers are GIMP's. */
#ifndef PIXELS_H
#define PIXELS_H

#include "core/picture/image.h"

#include <gegl.h>

/* Makes GEGL's buffers usable; once, before anything else of this file. GEGL's operations are not loaded. */
void pixels_begin(void);

/* A picture with its alpha apart. Empty: all zero. */
typedef struct Pixels {
    NstImage image; /* values in 0..1, in steps of 1/65535 */
    float *alpha;   /* [H, W], 0..1; NULL: opaque throughout */
} Pixels;

/* Reads a part of a buffer. Where it is transparent the picture shows its mean colour, weighted by alpha.
 * Fails with NST_BAD_ARGUMENT where all of it is transparent; the error then calls it `what`. *pixels is
 * empty after a failure; the caller frees it with pixels_free. */
NstStatus pixels_read(GeglBuffer *buffer, const GeglRectangle *area, const char *what, Pixels *pixels,
                      NstError *error);
void pixels_free(Pixels *pixels);

/* The formats that pixels are read in: colours in sRGB, as core's pictures are, and for pixels that are an
 * amount, light without sRGB's curve. */
const Babl *pixels_colors(void);
const Babl *pixels_light(void);

/* Reads a few rows in one of the two formats into band [rows, width, 4], rounded as pixels_read rounds. */
void pixels_rows(GeglBuffer *buffer, const GeglRectangle *rows, const Babl *format, float *band);

/* Writes a picture and an alpha as in Pixels into a buffer of the picture's size that begins at 0, 0.
 * Fails only without memory. */
NstStatus pixels_write(GeglBuffer *buffer, const NstImage *image, const float *alpha, NstError *error);

/* A copy of a part of a buffer, in its own format and moved to 0, 0, that no longer depends on GIMP. */
GeglBuffer *pixels_copy(GeglBuffer *buffer, const GeglRectangle *area);

#endif
