/* preview_pictures.h: the pictures that a preview is painted from, read out of GIMP a little at a time while
 * the main loop is idle, and kept. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREVIEW_PICTURES_H
#define PREVIEW_PICTURES_H

#include "core/base/status.h"
#include "plugin/thumbnail.h"

typedef struct PreviewPictures PreviewPictures;

typedef struct PreviewPicturesWanted {
    int image; /* whose selection is shown; -1: none is */
    int content;
    GeglRectangle area;      /* of the content, in its coordinates */
    int style;               /* -1: the style is the picture of a file */
    GeglBuffer *style_file;  /* that picture, referenced; NULL: the style is the layer */
    const char *style_title; /* for messages; copied */
    int start;               /* -1: none */
    GeglRectangle part;      /* of the content at full size, in the layer's coordinates; width 0: none */
    double room;             /* bytes there are for the whole style beside such a part */
} PreviewPicturesWanted;

/* Owned by the PreviewPictures; valid until the next call. */
typedef struct PreviewPictureSet {
    Thumbnail *content, *style;
    Thumbnail *start, *selection; /* NULL: none */
    Thumbnail *mask;              /* the content's layer mask; NULL: none that counts */
    Thumbnail *part, *part_style; /* the part, and the whole style, both unreduced, unless
                                   * there is no room for that; NULL: no part is wanted */
} PreviewPictureSet;

typedef struct PreviewPicturesListener {
    /* All pictures have been read. changed: at least one differs from the last time. */
    void (*ready)(const PreviewPictureSet *pictures, bool changed, void *data);
    void (*failed)(const char *message, void *data); /* instead of ready */
    void *data;
} PreviewPicturesListener;

/* The listener is copied. The caller frees it with preview_pictures_free, after which nothing is called. */
PreviewPictures *preview_pictures_new(const PreviewPicturesListener *listener);
void preview_pictures_free(PreviewPictures *pictures);

/* Reads the pictures that are not there yet, and calls the listener when they are: from the main loop, never
 * before this returns. It replaces what was wanted before. All layers have been checked. */
void preview_pictures_read(PreviewPictures *pictures, const PreviewPicturesWanted *wanted);

/* Reads everything that was wanted last again: the user may have painted on it, or changed the selection. */
void preview_pictures_refresh(PreviewPictures *pictures);

/* Stops reading; nothing is called until the next request. */
void preview_pictures_forget(PreviewPictures *pictures);

#endif
