/* shown_pixels.h: pictures as GIMP would show them: what the image will look like with the result above the
 * content, and what it looks like now. Knows core and thumbnails, no GIMP and no window; any thread.
 *
 * The result is covered by the content's alpha, by the selection, which becomes its mask, and by the
 * content's own layer mask, if it gets that too; what it leaves free shows the content below, as far as that
 * and its mask do. Like GIMP, it mixes in linear light. In a gray image the result becomes gray.
 *
 * All fail only without memory, and `error` then says for what. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SHOWN_PIXELS_H
#define SHOWN_PIXELS_H

#include "core/nst.h"

#include <stdint.h>

typedef struct Thumbnail Thumbnail;

/* argb: [height, width], in cairo's format: alpha in the highest byte, then sRGB red, green and blue, each
 * multiplied by alpha. */
typedef struct ShownPixels {
    int width, height;
    uint32_t *argb;
} ShownPixels;

void shown_pixels_free(ShownPixels *pixels); /* NULL: nothing happens */

/* What a picture is shown with. */
typedef struct ShownWith {
    const Thumbnail *content;          /* what is repainted: the whole content, or a part of it */
    const Thumbnail *selection, *mask; /* over the whole content, as gray pictures: the selection, and the
                                        * content's own layer mask; NULL: all of it, there is none */
    double left, top, right, bottom;   /* where `content` lies in the whole, as shares 0..1 of its sides; all
                                        * zeros: it is the whole */
    bool cut;                          /* the result gets the content's mask, too */
    bool gray;                         /* the image is gray */
} ShownWith;

/* What lies below the result and how far the result covers it, at one size; never changes. The caller frees
 * it with shown_scene_free. Keeps nothing of `with`. */
typedef struct ShownScene ShownScene;
NstStatus shown_scene_new(ShownScene **out, const ShownWith *with, int width, int height, NstError *error);
void shown_scene_free(ShownScene *scene); /* NULL: nothing happens */

/* The content as it is now; or with a result, of any size, above it. They have the scene's size; the caller
 * frees them with shown_pixels_free. */
NstStatus shown_scene_now(const ShownScene *scene, ShownPixels **out, NstError *error);
NstStatus shown_scene_with(const ShownScene *scene, const NstImage *result, ShownPixels **out,
                           NstError *error);

/* Scales a size until it fits into a room, and touches two of its sides. */
NstSize shown_fit(NstSize picture, NstSize room);

/* A copy of a part of a picture, its upper left corner at x, y, which lies within the picture. The caller
 * frees it with nst_image_free. */
NstStatus shown_crop(const NstImage *picture, int x, int y, int width, int height, NstImage *crop,
                     NstError *error);

#endif
