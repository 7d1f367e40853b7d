/* scales.h: at which sizes pictures are matched. Pure functions. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_SCALES_H
#define NST_MATCH_SCALES_H

#include "grid.h"

enum { MATCH_SCALES = 4 }; /* from coarse to fine, each twice the one before */

typedef struct MatchSpec {
    double brush;       /* > 0, size of the brush: 1 is the default; 2 matches at half the resolution */
    double variety;     /* 0..1: how dear it is to use the same spot often */
    double style_scale; /* > 0, size of the painting beside the content's, as in schedule.h */
} MatchSpec;

/* The cells of the content and the painting at one scale. */
typedef struct MatchScale {
    CellGrid content, painting;
} MatchScale;

/* For a content of width x height and a painting of style_width x style_height pixels. */
MatchScale match_scale(const MatchSpec *spec, int scale, int width, int height, int style_width,
                       int style_height);

/* The side of so many cells in pixels, at the scale where they are matched. */
static inline int cells_pixels(int cells)
{
    return CELL_SIDE * cells;
}

#endif
