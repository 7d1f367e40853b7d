/* grid.h: pictures as grids of cells. A cell is the unit of matching: at the scale where a picture is
 * matched it is CELL_SIDE pixels wide and high; wherever it is painted, it is the same share of the
 * picture. A spot is a cell of the painting. Cells and spots are numbered row by row. Any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_GRID_H
#define NST_MATCH_GRID_H

#include "core/base/region.h"

#include <stddef.h>

/* As far apart as the positions of the network's third block, the deepest one that is looked at. */
enum { CELL_SIDE = 4 };

typedef struct CellGrid {
    int width, height; /* in cells */
} CellGrid;

static inline size_t grid_cells(CellGrid grid)
{
    return (size_t)grid.width * (size_t)grid.height;
}

static inline int grid_x(CellGrid grid, int cell)
{
    return cell % grid.width;
}

static inline int grid_y(CellGrid grid, int cell)
{
    return cell / grid.width;
}

static inline int clamp_int(int value, int least, int most)
{
    return int_max(least, int_min(value, most));
}

/* The cell at a place, or the nearest one where the place lies outside. */
static inline int grid_cell(CellGrid grid, int y, int x)
{
    return clamp_int(y, 0, grid.height - 1) * grid.width + clamp_int(x, 0, grid.width - 1);
}

#endif
