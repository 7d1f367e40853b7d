/* thumbnail.h: a picture for a preview: read a few rows at a time, so that the main loop stays responsive,
 * and reduced on the way where it is large. Knows GEGL and core, no GIMP. */
#ifndef THUMBNAIL_H
#define THUMBNAIL_H

#include "core/picture/image.h"

#include <gegl.h>
#include <stdbool.h>

/* Never changes once it is made, and is shared: any thread may call thumbnail_ref and thumbnail_unref. */
typedef struct Thumbnail {
    NstImage image;    /* as pixels_read reads it, each pixel the mean of `factor` by `factor` */
    float *alpha;      /* [H, W] of the image, 0..1 */
    int width, height; /* before reducing */
    int factor;        /* 1: to the bit what pixels_read reads */
} Thumbnail;

Thumbnail *thumbnail_ref(Thumbnail *picture);
void thumbnail_unref(Thumbnail *picture); /* NULL: nothing happens */

/* How much of each pixel a run would replace, as a gray picture: as far as it is selected and visible.
 * selection: of the content's size and factor; NULL: everything is selected. area: a part of the content, in
 * its own pixels; the picture has the size of what the area touches in the thumbnail. The caller frees it
 * with nst_image_free. Fails only without memory. */
NstStatus thumbnail_coverage(const Thumbnail *content, const Thumbnail *selection, const GeglRectangle *area,
                             NstImage *coverage, NstError *error);

/* ---- Reading ------------------------------------------------------------------------------------------- */

typedef struct ThumbnailWanted {
    GeglBuffer *buffer; /* referenced until the reader is freed */
    GeglRectangle area; /* the part of it to read */
    const Babl *format; /* pixels_colors or pixels_light */
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

#endif
