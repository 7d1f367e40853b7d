/* preview_size.h: which small picture, or which part of the content, previews a run. Knows core's
 * scales, no picture; any thread. */
#ifndef PREVIEW_SIZE_H
#define PREVIEW_SIZE_H

#include "core/settings/settings.h"

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

/* A part of the content at full size. */
typedef struct PreviewPart {
    GeglRectangle area;  /* in the content */
    GeglRectangle place; /* in its preview */
} PreviewPart;

/* The part around a spot, whose x and y are 0..1 of the content's sides. */
PreviewPart preview_part_of(int width, int height, const NstSettings *settings, double x, double y);

#endif
