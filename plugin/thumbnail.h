/* thumbnail.h: a picture to be shown, or painted small: read a few rows at a time, so that the main loop
 * stays responsive, and reduced on the way where it is large. Knows GEGL and core, no GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THUMBNAIL_H
#define THUMBNAIL_H

#include "core/picture/image.h"

#include <gegl.h>
#include <stdbool.h>

/* Never changes once it is made, and is shared: any thread may call thumbnail_ref and thumbnail_unref. */
typedef struct Thumbnail {
    NstImage image;     /* as pixels_read reads it, each pixel the mean of `factor` by `factor` */
    float *alpha;       /* [H, W] of the image, 0..1 */
    float mean[3];      /* the colour that the image shows where it is transparent */
    NstImage beyond;    /* what is above 1 and below 0, as in Pixels; empty: nothing, or it wasn't wanted */
    const Babl *format; /* that it was read in */
    int width, height;  /* before reducing */
    int factor;         /* 1: to the bit what pixels_read reads */
} Thumbnail;

Thumbnail *thumbnail_ref(Thumbnail *picture);
void thumbnail_unref(Thumbnail *picture); /* NULL: nothing happens */

/* ---- Reading ------------------------------------------------------------------------------------------- */

typedef struct ThumbnailWanted {
    GeglBuffer *buffer; /* referenced until the reader is freed */
    GeglRectangle area; /* the part of it to read */
    const Babl *format; /* one of those of pixels.h */
    bool beyond;        /* keep what is above 1 and below 0, to be shown */
    int side; /* the least that the longer side is reduced to, and it stays below twice that; a smaller
                           picture is not reduced */
    Thumbnail *before; /* NULL, or an earlier picture that may still be the same; referenced */
    const char *what;  /* names it in errors; copied */
} ThumbnailWanted;

typedef struct ThumbnailReader ThumbnailReader;

/* Begins to read. Fails only without memory. The caller frees the reader with thumbnail_end. */
NstStatus thumbnail_begin(ThumbnailReader **out, const ThumbnailWanted *wanted, NstError *error);
void thumbnail_end(ThumbnailReader *reader); /* NULL: nothing happens */

/* Reads on until the monotonic time `until`, in µs, but for a millisecond or two at least. *picture is the
 * finished picture, which the caller unrefs, and is `before` where that has the same pixels; NULL: there is
 * more to read, or nothing at all is visible, which is the failure NST_BAD_ARGUMENT. Main thread only. */
NstStatus thumbnail_read(ThumbnailReader *reader, gint64 until, Thumbnail **picture, NstError *error);

/* The same at once, however long it takes; *picture is NULL after a failure. Main thread only. */
NstStatus thumbnail_new(Thumbnail **picture, const ThumbnailWanted *wanted, NstError *error);

#endif
