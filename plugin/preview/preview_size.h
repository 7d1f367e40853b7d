/* preview_size.h: which small picture, which finer one after it, or which part of the content, previews a
 * run. Knows core's scales, no picture; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREVIEW_SIZE_H
#define PREVIEW_SIZE_H

#include "core/nst.h"

#include <gegl.h>

/* The least that the longer side of a picture is reduced to when it is read for a preview, so that each pixel
 * of the preview has at least three by three of the picture's. */
enum { PREVIEW_SIDE = 1024 };

/* The preview of a whole content. */
typedef struct PreviewSize {
    int width, height;
    int side; /* the longer side of the run's own scale, as in NstPreview; 0: it has none so small, and this
                 is a sketch */
} PreviewSize;

/* width, height: of the content. */
PreviewSize preview_size_of(int width, int height, const NstSettings *settings);

/* The run's next scale after `than`, if there is room for its pixels; otherwise its width is 0. A sketch has
 * none. */
PreviewSize preview_size_finer(int width, int height, const NstSettings *settings, const PreviewSize *than,
                               NstSize room);

/* A part of the content at full size. */
typedef struct PreviewPart {
    GeglRectangle area;  /* in the content */
    GeglRectangle place; /* in its preview */
} PreviewPart;

/* The part around a spot, whose x and y are 0..1 of the content's sides: as much as there is room for, or as
 * can be painted in a while. */
PreviewPart preview_part_of(int width, int height, const NstSettings *settings, double x, double y,
                            NstSize room);

#endif
