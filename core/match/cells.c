/* cells.c: one pass of the network, read layer by layer into rows of cells.
 *
 * All seven layers count. The deep ones alone would match shapes in any colour, the shallow ones alone
 * colours and edges whatever they are part of. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"

#include "content.h"
#include "core/base/memory.h"
#include "core/picture/mirror.h"

#include <stdlib.h>

static Vgg16Taps all_taps(void)
{
    Vgg16Taps taps = {{false}};
    for (int layer = 0; layer < MATCH_LAYERS; layer++)
        taps.at[layer] = true;
    return taps;
}

static int with_edges(int cells)
{
    return CELL_SIDE * cells + 2 * MIRROR_EDGE;
}

double cells_bytes(CellGrid grid)
{
    return (double)grid_cells(grid) * (CELL_FEATURES + 2) * sizeof(float);
}

double cells_new_bytes(CellGrid grid)
{
    Vgg16Taps taps = all_taps();
    int height = with_edges(grid.height), width = with_edges(grid.width);
    return cells_bytes(grid) + vgg16_pass_bytes(&taps, height, width) + 3.0 * height * width * sizeof(float) +
           grid.height * sizeof(double);
}

static NstStatus no_memory(CellGrid grid, NstError *error)
{
    return nst_fail_memory(error, "working space", cells_bytes(grid));
}

/* ---- The network's pass -------------------------------------------------------------------------------- */

static NstStatus load(Vgg16Pass *pass, const NstImage *picture, NstError *error)
{
    Region whole = {-MIRROR_EDGE, -MIRROR_EDGE, picture->height + MIRROR_EDGE, picture->width + MIRROR_EDGE};
    float *mirrored = memory_floats(3 * region_positions(&whole));
    if (!mirrored)
        return nst_fail_memory(error, "working space", 3.0 * region_positions(&whole) * sizeof(float));
    mirror_copy(picture->rgb, picture->height, picture->width, &whole, mirrored);
    vgg16_load(pass, region_rows(&whole), region_columns(&whole), mirrored,
               3 * (size_t)region_columns(&whole));
    free(mirrored);
    return NST_OK;
}

/* Layer by layer, so that it can be stopped between any two. */
static NstStatus go_forward(Vgg16Pass *pass, Workers *workers)
{
    while (vgg16_done(pass) < MATCH_LAYERS)
        if (workers_ask_stop(workers))
            return NST_CANCELLED;
        else
            vgg16_forward(pass, vgg16_done(pass) + 1);
    return NST_OK;
}

/* ---- Reading it ---------------------------------------------------------------------------------------- */

/* One layer of a pass, read into cells. */
typedef struct Reading {
    Cells *cells;
    const float *map;
    size_t columns, channels, begin; /* of the map; first feature of the layer */
    int side, edge;                  /* positions along a cell, and along the mirrored strip */
    double *row_power;               /* [rows of cells]: sums of squares */
} Reading;

static double sum_of_squares(size_t count, const float *values)
{
    float sum[4] = {0}; /* channels are a multiple of 4 */
    for (size_t i = 0; i < count; i += 4)
        for (size_t lane = 0; lane < 4; lane++)
            sum[lane] += values[i + lane] * values[i + lane];
    return (double)sum[0] + sum[1] + sum[2] + sum[3];
}

/* Adds the positions of a cell up; returns their squares' sum. */
static double add_cell(const Reading *r, size_t y, size_t x, float *feature)
{
    size_t side = (size_t)r->side, top = (size_t)r->edge + y * side, left = (size_t)r->edge + x * side;
    double power = 0;
    for (size_t i = 0; i < side * side; i++) {
        const float *at = r->map + ((top + i / side) * r->columns + left + i % side) * r->channels;
        for (size_t c = 0; c < r->channels; c++)
            feature[c] += at[c];
        power += sum_of_squares(r->channels, at);
    }
    return power;
}

static void read_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Reading *r = data;
    size_t width = (size_t)r->cells->grid.width;
    float share = 1.0F / (float)(r->side * r->side);
    r->row_power[y] = 0;
    for (size_t x = 0; x < width; x++) {
        float *feature = r->cells->features + (y * width + x) * CELL_FEATURES + r->begin;
        for (size_t c = 0; c < r->channels; c++)
            feature[c] = 0;
        r->row_power[y] += add_cell(r, y, x, feature);
        for (size_t c = 0; c < r->channels; c++)
            feature[c] *= share;
    }
}

static void read_layer(Cells *cells, const Vgg16Pass *pass, int layer, Workers *workers, double *row_power)
{
    int block = vgg16_layers[layer].block;
    Reading r = {.cells = cells,
                 .map = vgg16_features(pass, layer),
                 .columns = (size_t)vgg16_columns(pass, layer),
                 .channels = (size_t)vgg16_layers[layer].out_channels,
                 .begin = (size_t)cell_layer_begin(layer),
                 .side = CELL_SIDE >> block,
                 .edge = MIRROR_EDGE >> block,
                 .row_power = row_power};
    workers_run(workers, (size_t)cells->grid.height, read_row, &r);
    for (int y = 0; y < cells->grid.height; y++)
        cells->power[layer] += row_power[y];
    cells->power[layer] /= (double)grid_cells(cells->grid) * r.side * r.side;
}

static NstStatus read_pass(Cells *cells, const Vgg16Pass *pass, Workers *workers, NstError *error)
{
    double *row_power = malloc((size_t)cells->grid.height * sizeof *row_power);
    if (!row_power)
        return no_memory(cells->grid, error);
    for (int layer = 0; layer < MATCH_LAYERS; layer++)
        read_layer(cells, pass, layer, workers, row_power);
    free(row_power);
    return NST_OK;
}

/* ---- Both ---------------------------------------------------------------------------------------------- */

static NstStatus look(Cells *cells, const Vgg16 *net, const NstImage *picture, NstError *error)
{
    Vgg16Taps taps = all_taps();
    Vgg16Pass *pass;
    NstStatus status = vgg16_pass_new(&pass, net, &taps, NST_POOLING_MAX, with_edges(cells->grid.height),
                                      with_edges(cells->grid.width), error);
    if (status == NST_OK)
        status = load(pass, picture, error);
    if (status == NST_OK)
        status = go_forward(pass, vgg16_workers(net));
    if (status == NST_OK)
        status = read_pass(cells, pass, vgg16_workers(net), error);
    vgg16_pass_free(pass);
    return status;
}

NstStatus cells_new(Cells *cells, const Vgg16 *net, const NstImage *picture, NstError *error)
{
    *cells = (Cells){.grid = {picture->width / CELL_SIDE, picture->height / CELL_SIDE}};
    size_t count = grid_cells(cells->grid);
    cells->features = memory_floats(count * CELL_FEATURES);
    cells->chroma = memory_floats(count * 2);
    NstStatus status =
        cells->features && cells->chroma ? look(cells, net, picture, error) : no_memory(cells->grid, error);
    if (status == NST_OK)
        content_chroma(picture, cells->grid, cells->chroma);
    else
        cells_free(cells);
    return status;
}

void cells_free(Cells *cells)
{
    free(cells->features);
    free(cells->chroma);
    *cells = (Cells){0};
}
