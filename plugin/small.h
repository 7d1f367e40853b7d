/* small.h: which small pictures stand for a run. Knows core's schedule, no picture; any thread. */
#ifndef SMALL_H
#define SMALL_H

#include "core/settings.h"

#include <gegl.h>

/* The preview of a whole content. */
typedef struct Small {
    int width, height;
    int side; /* the run's own scale, for NstJob.preview; 0: the run has no small scale, this is a sketch */
} Small;

/* width, height: of the content. */
Small small_of(int width, int height, const NstSettings *settings);

/* A part of the content at full size. */
typedef struct SmallPart {
    GeglRectangle area;  /* in the content */
    GeglRectangle place; /* in its preview */
} SmallPart;

/* Around a spot, x and y being 0..1 of the content's sides. */
SmallPart small_part(int width, int height, const NstSettings *settings, double x, double y);

#endif
