/* cells.h: a sketch divided into pieces (tiles, panes) that lie in rows along what is shown. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_CELLS_H
#define DRAWING_CELLS_H

#include "sketch.h"

typedef struct Cell {
    float x, y;         /* its middle, pixels */
    float cosine, sine; /* of the row's direction */
    float size;         /* pixels across the row */
    float stretch;      /* how many times longer it is along the row */
    bool round;         /* its borders are smooth curves rather than the sides of squares */
    int part;           /* of the sketch; a cell never reaches into another */
} Cell;

typedef struct Cells {
    int width, height, count;
    Cell *cells;
    int32_t *owner; /* [H, W], the number of the cell */
} Cells;

/* What the cells of a part with that tint are like; see Cell. */
typedef struct CellPlan {
    float size, stretch;
    bool round;
} CellPlan;
typedef CellPlan (*CellPlanner)(const Tint *tint);

/* `rounds`: how often the cells are evened out; more is more regular. A cell near the outline of its part
 * runs along it; deep inside, along the flow of the part, if it has one. */
Cells cells_new(const Sketch *sketch, CellPlanner planner, int rounds, Dice *dice);
void cells_free(Cells *cells);

/* The mean colour of the sketch in each cell; the caller frees it. */
Vec3 *cells_colours(const Cells *cells, const Sketch *sketch);

/* Of each pixel, [H, W], how far it is from the nearest border between labels, in pixels; the caller frees
 * it. The picture's edge isn't a border. */
float *border_distance(const int32_t *labels, int width, int height);

#endif
