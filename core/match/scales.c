/* scales.c: a brush has a size in the picture, not in pixels. So the finest scale has the same number of
 * cells whatever the size that is painted, and matching takes the same time and memory for a thumbnail and
 * a poster. Rejected: matching at the size that is painted. Its cost would grow with the square of the
 * number of pixels, and a large picture would get strokes that nobody can see. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scales.h"

#include <math.h>

static const double FINEST_PIXELS = 448; /* the longer side at the finest scale, with a brush of 1 */

/* What the network and its mirrored edges need: 16 px. */
enum { LEAST_CELLS = 4 };

static int cells_along(double side, double longer, double pixels)
{
    return int_max(LEAST_CELLS, (int)lround(side / longer * pixels / CELL_SIDE));
}

static CellGrid cells_of(int width, int height, double pixels)
{
    int longer = int_max(width, height);
    return (CellGrid){cells_along(width, longer, pixels), cells_along(height, longer, pixels)};
}

MatchScale match_scale(const MatchSpec *spec, int scale, int width, int height, int style_width,
                       int style_height)
{
    double finest = fmin(FINEST_PIXELS / spec->brush, int_max(width, height)),
           pixels = finest / (1 << (MATCH_SCALES - 1 - scale));
    return (MatchScale){cells_of(width, height, pixels),
                        cells_of(style_width, style_height, pixels * spec->style_scale)};
}
