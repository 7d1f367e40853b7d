/* cells.h: what the network sees in each cell of a picture: its hypercolumn (Hariharan et al.,
 * "Hypercolumns for Object Segmentation and Fine-grained Localization", CVPR 2015), the activations of all
 * layers at one place, one after the other. Shallow layers know colour and edge, deep ones what they are
 * part of. Each layer is averaged over the cell. Beyond its edges the network is shown the picture's mirror
 * image. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_CELLS_H
#define NST_MATCH_CELLS_H

#include "core/network/vgg16.h"
#include "core/picture/image.h"
#include "grid.h"

enum { MATCH_LAYERS = 7, CELL_FEATURES = 2 * 64 + 2 * 128 + 3 * 256 }; /* relu1_1 to relu3_3 */

typedef struct Cells {
    CellGrid grid;
    float *features;            /* [cells, CELL_FEATURES] */
    float *chroma;              /* [cells, 2]: red and blue less the light, means over the cell */
    double power[MATCH_LAYERS]; /* mean square of the length of a layer's activations at a position */
} Cells;

/* Looks at a picture whose sides are grid's cells times CELL_SIDE, with a network of at least MATCH_LAYERS
 * layers. NST_CANCELLED where its workers are stopped; on failure `cells` is empty. */
NstStatus cells_new(Cells *cells, const Vgg16 *net, const NstImage *picture, NstError *error);
void cells_free(Cells *cells); /* leaves it empty */

/* Bytes at the peak of cells_new, and those kept. */
double cells_new_bytes(CellGrid grid);
double cells_bytes(CellGrid grid);

/* The first feature of a layer. */
static inline int cell_layer_begin(int layer)
{
    int begin = 0;
    for (int below = 0; below < layer; below++)
        begin += vgg16_layers[below].out_channels;
    return begin;
}

#endif
