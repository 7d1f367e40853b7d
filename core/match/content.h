/* content.h: what is read from the colours of the pictures at the scale where they are matched: light and
 * dark, chroma, and where the content is plain. These pictures are small, so everything runs in the calling
 * thread. Pictures have values in 0..1. Nothing here allocates or keeps state; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_CONTENT_H
#define NST_MATCH_CONTENT_H

#include "core/picture/image.h"
#include "grid.h"

/* Light of a pixel: ITU-R BT.601's luma, whose chroma is the differences of red and blue from it. */
static inline float content_light(const float *rgb)
{
    return 0.299F * rgb[0] + 0.587F * rgb[1] + 0.114F * rgb[2];
}

typedef struct LightSpread {
    double mean, deviation;
} LightSpread;

LightSpread content_spread(const NstImage *picture);

/* The spread of a picture's light and of its chroma: red and blue, less the light. */
typedef struct Palette {
    LightSpread light, chroma[2];
} Palette;

Palette content_palette(const NstImage *picture);

/* How a picture's light and colours are brought to a painting's; a function of each pixel alone, so that a
 * part of the picture, at any size, comes out as it does in the whole. */
typedef struct Relighting {
    double from, to; /* mean light, before and after */
    double contrast; /* what light and dark are multiplied by, as they differ from the mean */
    struct {
        double factor, offset;
    } chroma[2]; /* z becomes factor z + offset */
} Relighting;

/* The content's mean light goes part of the way to the painting's. Light and dark are spread by the ratio of
 * the deviations, but never drawn together, or faces would lie in fog. The chroma goes most of the way to the
 * painting's mean and spread. */
Relighting content_relighting(const NstImage *content, const Palette *painting);

/* The light alone; the result is unbounded. */
static inline double content_relit(const Relighting *r, double light)
{
    return (light - r->from) * r->contrast + r->to;
}

/* Values stay in 0..1. rgb may be beyond. */
void content_relight_pixel(const Relighting *relighting, const float *rgb, float *relit);
void content_relight(const Relighting *relighting, NstImage *picture); /* in place */

/* chroma: [cells, 2], means over the cells of a picture that is CELL_SIDE times as large as the grid. */
void content_chroma(const NstImage *picture, CellGrid grid, float *chroma);

/* plain: [cells], 1 where the content is plain, towards 0 at edges of light and dark and one cell around
 * them. Scratch: room for as many floats. */
void content_plain(const NstImage *picture, CellGrid grid, float *plain, float *scratch);

#endif
