/* preview_size.h: which small pictures stand for a run. Knows core's schedule, no picture; any thread. */
#ifndef PREVIEW_SIZE_H
#define PREVIEW_SIZE_H

#include "core/settings/settings.h"

#include <gegl.h>

/* The preview of a whole content. */
typedef struct PreviewSize {
    int width, height;
    int side; /* the run's own scale, for NstJob.preview; 0: the run has no small scale, this is a sketch */
} PreviewSize;

/* width, height: of the content. */
PreviewSize preview_size_of(int width, int height, const NstSettings *settings);

/* A part of the content at full size. */
typedef struct PreviewPart {
    GeglRectangle area;  /* in the content */
    GeglRectangle place; /* in its preview */
} PreviewPart;

/* Around a spot, x and y being 0..1 of the content's sides. */
PreviewPart preview_part_of(int width, int height, const NstSettings *settings, double x, double y);

#endif
