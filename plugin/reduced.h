/* reduced.h: a picture for a preview: read a few rows at a time, so that a main loop goes on being served,
 * and where it is large, reduced on the way. Knows GEGL and core, no GIMP. */
#ifndef REDUCED_H
#define REDUCED_H

#include "core/image.h"

#include <gegl.h>
#include <stdbool.h>

/* Never changed once it is made, and shared: reduced_ref and reduced_unref are for any thread. */
typedef struct Reduced {
    NstImage image;    /* as pixels_read reads it, each pixel the mean of `factor` by `factor` */
    float *alpha;      /* [H, W], 0..1 */
    int width, height; /* of the whole */
    int factor;        /* 1: to the bit what pixels_read reads */
} Reduced;

Reduced *reduced_ref(Reduced *picture);
void reduced_unref(Reduced *picture); /* NULL: nothing happens */
bool reduced_equal(const Reduced *a, const Reduced *b);

typedef struct ReducedReader ReducedReader;

/* Begins to read a part of a buffer, which is kept until the reader is freed, so that the picture's longer
 * side has at least `side` pixels, and less than twice that; a smaller one is not reduced. `what` names it in
 * errors. NULL: without memory. */
ReducedReader *reduced_begin(GeglBuffer *buffer, const GeglRectangle *area, int side, const char *what,
                             NstError *error);

/* Reads on, a hundredth of a second or so. False: that is not all yet. True: *picture is there, the caller's
 * to unref, or NULL and `error` says that nothing at all is visible. Main thread only. */
bool reduced_read(ReducedReader *reader, Reduced **picture, NstError *error);
void reduced_end(ReducedReader *reader); /* NULL: nothing happens */

#endif
