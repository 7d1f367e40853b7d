/* style_size.h: reads a style at a size that fits into the memory: whole where there is room for that, else
 * reduced. Knows GEGL and core, no GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STYLE_SIZE_H
#define STYLE_SIZE_H

#include "core/nst.h"
#include "pixels.h"

/* A style to be read. */
typedef struct StyleSource {
    GeglBuffer *buffer;
    const Babl *colors; /* the format to read it in: the content's */
    char *title;        /* names it in errors */
    int factor;         /* each pixel is the mean of `factor` by `factor`; 1: it is read whole, as pixels_read
                         * reads it */
    int most; /* the largest factor that leaves as many pixels as a run with these settings looks at */
} StyleSource;

/* Fills factor, with the least that there is room for, and most. content: its size. */
void style_size_begin(StyleSource *source, const NstSettings *settings, NstSize content);

/* Reads it at its factor; fails as pixels_read does. The alpha isn't kept where it is reduced. */
NstStatus style_size_read(const StyleSource *source, Pixels *pixels, NstError *error);

/* Is it so large that a run might not fit because of it? */
bool style_size_is_large(const StyleSource *source, const NstSettings *settings);

#endif
