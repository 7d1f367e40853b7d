/* pixels.h: between GIMP's pixels (a GeglBuffer, any format, any colour space) and core's pictures.
 * Knows GEGL and core, no GIMP. Main thread only where the buffers are GIMP's. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PIXELS_H
#define PIXELS_H

#include "core/picture/image.h"

#include <gegl.h>
#include <stdbool.h>

/* Makes GEGL's buffers usable; once, before anything else of this file. GEGL's operations are not loaded. */
void pixels_begin(void);

/* The formats that pixels are read in, each of four floats. Of a picture that is painted, R'G'B' of its own
 * primaries: by its own curve where its numbers are by that, else by sRGB's, since the network has never seen
 * numbers of light. Of a picture of grays, or of a palette, sRGB, as with pixels_srgb. For pixels that are an
 * amount, light without a curve. */
const Babl *pixels_colors(GeglBuffer *buffer);
const Babl *pixels_srgb(void);
const Babl *pixels_light(void);

/* GEGL keeps few of the tiles that it has read: GIMP's settings would have it keep as many as all of GIMP.
 * Once GIMP has handed those on, so not before a procedure is run. */
void pixels_keep_few_tiles(void);

/* A picture with its alpha apart. Empty: all zero. */
typedef struct Pixels {
    NstImage image; /* values in 0..1, in steps of 1/65535 */
    float *alpha;   /* [H, W], 0..1; NULL: opaque throughout */
    float *beyond;  /* [H, W, 3]: what a value has above 1, > 0, or below 0, < 0; NULL: nothing anywhere */
    const Babl *colors; /* the format that they are in; never freed */
} Pixels;

/* Reads a part of a buffer, in the format `colors`. Where it is transparent the picture shows its mean
 * colour, weighted by alpha. Fails with NST_BAD_ARGUMENT where all of it is transparent; the error then calls
 * it `what`. *pixels is empty after a failure; the caller frees it with pixels_free. */
NstStatus pixels_read(GeglBuffer *buffer, const GeglRectangle *area, const Babl *colors, const char *what,
                      Pixels *pixels, NstError *error);
void pixels_free(Pixels *pixels);

/* The format that one of these is converted from or to in a buffer, for babl_warmup.h. */
const Babl *pixels_converted(GeglBuffer *buffer, const Babl *format);

/* Reads a few rows in one of these formats into band [rows, width, 4], rounded as pixels_read rounds.
 * beyond: NULL, or as large as the band: gets what was cut off, 0 where nothing was. Returns whether anything
 * was. */
bool pixels_rows(GeglBuffer *buffer, const GeglRectangle *rows, const Babl *format, float *band,
                 float *beyond);

/* Writes a picture into a buffer of its size that begins at 0, 0, in the format of `like`, with its alpha and
 * with what it has beyond 0..1 added. Fails only without memory. */
NstStatus pixels_write(GeglBuffer *buffer, const NstImage *image, const Pixels *like, NstError *error);

/* A copy of a part of a buffer, in its own format and moved to 0, 0, that no longer depends on GIMP. */
GeglBuffer *pixels_copy(GeglBuffer *buffer, const GeglRectangle *area);

#endif
