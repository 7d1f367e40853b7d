/* thumbnail.h: a picture for a preview: read a few rows at a time, so that a main loop goes on being served,
 * and where it is large, reduced on the way. Knows GEGL and core, no GIMP. */
#ifndef THUMBNAIL_H
#define THUMBNAIL_H

#include "core/picture/image.h"

#include <gegl.h>
#include <stdbool.h>

/* Never changed once it is made, and shared: thumbnail_ref and thumbnail_unref are for any thread. */
typedef struct Thumbnail {
    NstImage image;    /* as pixels_read reads it, each pixel the mean of `factor` by `factor` */
    float *alpha;      /* [H, W], 0..1 */
    int width, height; /* of the whole */
    int factor;        /* 1: to the bit what pixels_read reads */
} Thumbnail;

Thumbnail *thumbnail_ref(Thumbnail *picture);
void thumbnail_unref(Thumbnail *picture); /* NULL: nothing happens */

typedef struct ThumbnailWanted {
    GeglBuffer *buffer; /* referenced until the reader is freed */
    GeglRectangle area; /* the part of it */
    const Babl *format; /* pixels_colors or pixels_light */
    int side;           /* of the picture's longer side, at least, and less than twice that; a smaller one is
                           not reduced */
    Thumbnail *before;  /* NULL, or the picture that it may still be; referenced */
    const char *what;   /* names it in errors; copied */
} ThumbnailWanted;

typedef struct ThumbnailReader ThumbnailReader;

/* Begins to read. NULL: without memory. */
ThumbnailReader *thumbnail_begin(const ThumbnailWanted *wanted, NstError *error);

/* Reads on until that monotonic time, in µs, has come, but a millisecond or two at least. False: that is not
 * all yet. True: *picture is there, the caller's to unref, and is `before` where that has the same pixels; or
 * it is NULL and `error` says that nothing at all is visible. Main thread only. */
bool thumbnail_read(ThumbnailReader *reader, gint64 until, Thumbnail **picture, NstError *error);
void thumbnail_end(ThumbnailReader *reader); /* NULL: nothing happens */

#endif
