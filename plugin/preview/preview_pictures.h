/* preview_pictures.h: the pictures that a preview is painted from, read out of GIMP a little at a time while the main
 * loop is idle, and kept. Main thread only. */
#ifndef PREVIEW_PICTURES_H
#define PREVIEW_PICTURES_H

#include "core/base/status.h"
#include "thumbnail.h"

typedef struct PreviewPictures PreviewPictures;

typedef struct PreviewPicturesWanted {
    int image, content;
    GeglRectangle area;      /* of the content, in its coordinates */
    int style;               /* -1: the file's picture */
    GeglBuffer *style_file;  /* NULL: the layer; it is referenced */
    const char *style_title; /* for messages; copied */
    int start;               /* -1: none */
    GeglRectangle part;      /* of the content at full size, in the layer's coordinates; no width: none */
} PreviewPicturesWanted;

/* Owned by the PreviewPictures; valid until the next call. */
typedef struct PreviewPictureSet {
    Thumbnail *content, *style;
    Thumbnail *start, *selection; /* NULL: none */
    Thumbnail *part, *part_style; /* with the part: it, and the whole style, both unreduced; else NULL */
} PreviewPictureSet;

typedef struct PreviewPicturesListener {
    /* All are there. changed: one at least is not what it was the last time. */
    void (*ready)(const PreviewPictureSet *pictures, bool changed, void *data);
    void (*failed)(const char *message, void *data); /* in place of ready */
    void *data;
} PreviewPicturesListener;

/* The listener is copied. Free it with preview_pictures_free, which tells nothing more. */
PreviewPictures *preview_pictures_new(const PreviewPicturesListener *listener);
void preview_pictures_free(PreviewPictures *sources);

/* Reads what is not there yet, and tells when it is: by the main loop, never before this returns. What has
 * been wanted before counts no more. All that is named has been checked. */
void preview_pictures_read(PreviewPictures *sources, const PreviewPicturesWanted *wanted);

/* The same once more with what was wanted last, reading all anew: the user may have painted on it, or changed
 * the selection. */
void preview_pictures_refresh(PreviewPictures *sources);

/* Tells nothing any more of what was wanted before. */
void preview_pictures_forget(PreviewPictures *sources);

#endif
