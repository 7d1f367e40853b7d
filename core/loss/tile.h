/* tile.h: cuts a picture into tiles that can pass through the network one after the other, with the same
 * result as the whole picture at once.
 *
 * A tile has its own part, over which losses are summed, and around it a halo: all pixels that the network
 * sees from the own part. The own parts cover the picture without overlapping. Features inside the own part
 * are exact; the gradient of the own part's losses flows out into the halo, and a pixel's gradients from all
 * tiles are added up. Tiles begin, halo included, at multiples of four positions of the deepest layer, so
 * that every layer is cut between the same pixels as in the whole picture, and between the same 4x4 squares
 * of Winograd's transform. What a tile computes is then rounded as in the whole picture, except in squares
 * that reach beyond what the own part sees.
 *
 * So nothing is approximated and no seam can appear; tiles only cost time, as halos are computed twice. The
 * deeper a layer, the less of the halo it needs (receptive_field.h); the deepest needs none. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_TILE_H
#define NST_TILE_H

#include "core/base/region.h"

/* One side of the picture, cut. The picture extends beyond both ends by MIRROR_EDGE pixels. */
typedef struct Cut {
    int side;          /* of the picture, in pixels */
    int before, after; /* a tile's halo on either side of its own part */
    int own;           /* a tile's own part; the last may be smaller */
    int first; /* how much larger the first is, so that the others begin, halo included, at a square */
    int count; /* of tiles */
} Cut;

typedef struct Tiling {
    Cut across, down;
} Tiling;

typedef struct Tile {
    Region own; /* in the picture */
    Region
        whole; /* with its halo, clipped where the picture's mirror image ends: it may begin below 0 and end
                   * beyond the picture */
} Tile;

/* The cheapest tiling for the first `layers` of the network whose tiles have at most `most` pixels, halo
 * included; the one with the smallest tiles if all tiles have more. */
Tiling tiling_within(int width, int height, int layers, double most);

/* The pixels that the halo adds to each side of a tile, both ends together. */
int tiling_halos(int layers);

int tiling_count(const Tiling *tiling);
Tile tiling_tile(const Tiling *tiling, int index);

/* The longest side of a tile, and of an own part. */
int cut_most(const Cut *cut);
int cut_most_own(const Cut *cut);

/* The work of taking all tiles forward, or back, through the first `layers` layers, halos included:
 * multiplications by the convolutions' definition. layers <= those that the tiling was made for. */
double tiling_work(const Tiling *tiling, int layers);

/* The same for one pixel of an uncut picture. */
double tiling_pixel_work(int layers);

/* A tile's own part at a layer: in the layer's map of the whole picture, and in the tile's own map. */
Region tile_own_in_picture(const Tile *tile, int layer);
Region tile_own_in_tile(const Tile *tile, int layer);

#endif
