/* cost.c: adds up what the steps of a scale say they take. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cost.h"

#include "code.h"
#include "core/picture/mirror.h"
#include "field.h"
#include "nearest.h"
#include "price.h"
#include "subspace.h"

#include <math.h>

static double pass_work(CellGrid grid)
{
    double pixels =
        (double)(cells_pixels(grid.width) + 2 * MIRROR_EDGE) * (cells_pixels(grid.height) + 2 * MIRROR_EDGE);
    double work = 0;
    for (int layer = 0; layer < MATCH_LAYERS; layer++) {
        const Vgg16Layer *l = &vgg16_layers[layer];
        work += pixels / (1 << 2 * l->block) * 9.0 * l->in_channels * l->out_channels;
    }
    return work;
}

double cost_network_work(MatchScale grid)
{
    return pass_work(grid.content) + pass_work(grid.painting);
}

double cost_search_work(MatchScale grid)
{
    double cells = (double)grid_cells(grid.content), spots = (double)grid_cells(grid.painting);
    return subspace_work(spots) + coding_work(cells) + coding_work(spots) + price_work(cells, spots) +
           nearest_work(cells, spots);
}

static double picture_bytes(CellGrid grid)
{
    return 3.0 * cells_pixels(grid.width) * cells_pixels(grid.height) * sizeof(float);
}

double cost_arrays_bytes(MatchScale grid)
{
    double cells = (double)grid_cells(grid.content), spots = (double)grid_cells(grid.painting);
    double floats = cells * (CODE + 2) + spots * (CODE + 3), ints = cells * (NEAREST + 3);
    return floats * sizeof(float) + ints * sizeof(int) + coding_bytes() + nearest_pack_bytes(spots) / 2;
}

double cost_scale_bytes(MatchScale grid)
{
    double spots = (double)grid_cells(grid.painting);
    /* the content, relit, mixed, laid, and enlarged by way of three more */
    double pictures = 7 * picture_bytes(grid.content) + picture_bytes(grid.painting);
    double looking = fmax(cells_new_bytes(grid.content), cells_new_bytes(grid.painting));
    double learning = cells_bytes(grid.painting) + coding_new_bytes();
    return cost_arrays_bytes(grid) + pictures + fmax(fmax(looking, learning), nearest_pack_bytes(spots));
}
