/* tile.h: cuts a picture into tiles that can pass through the network one after the other, to the very result
 * that the whole picture would have.
 *
 * A tile has its own part, over which losses are summed, and around it a halo: all pixels that the network
 * sees from there. The parts cover the picture without overlapping. Features inside the own part are exact;
 * the gradient of the own part's losses flows out into the halo, and what all tiles say of a pixel is added
 * up. Tiles begin, halo included, at multiples of four positions of the deepest layer, so that every layer is
 * cut between the same pixels as in the whole picture, and between the same 4x4 squares of Winograd's
 * transform: what a tile computes then rounds as the whole picture does, but for squares that look beyond
 * what is seen from the own part.
 *
 * So nothing is approximated and no seam can appear; tiles cost time alone, for halos are computed twice. The
 * deeper a layer, the less of the halo it needs (receptive_field.h), down to none of it. */
#ifndef NST_TILE_H
#define NST_TILE_H

#include "core/base/region.h"

/* One side of the picture, cut. Beyond its ends it goes on for MIRROR_EDGE pixels. */
typedef struct Cut {
    int side;          /* of the picture, in pixels */
    int before, after; /* a tile's halo on either side of its own part */
    int own;           /* a tile's own part; the last may have less */
    int first;         /* that the first has more: so much that the others begin, halo included, at squares */
    int count;         /* of tiles */
} Cut;

typedef struct Tiling {
    Cut across, down;
} Tiling;

typedef struct Tile {
    Region own;   /* in the picture */
    Region whole; /* the same with its halo, cut off where the picture's mirror image ends: it may begin below
                   * 0 and end beyond the picture */
} Tile;

/* The cheapest tiling for the first `layers` of the network whose tiles have at most `most` pixels, halo
 * included. Where not even the smallest tiles are so small, it is those that are returned. */
Tiling tiling_within(int width, int height, int layers, double most);

/* The pixels that a tile's halo adds to each of its sides' length. */
int tiling_halos(int layers);

int tiling_count(const Tiling *tiling);
Tile tiling_tile(const Tiling *tiling, int index);

/* The side that every tile fits into, and that every own part does. */
int cut_most(const Cut *cut);
int cut_most_own(const Cut *cut);

/* The work of taking all tiles forward through the first `layers` layers, or back: products of numbers by the
 * convolutions' definition, halos included. layers <= those that the tiling was made for. */
double tiling_work(const Tiling *tiling, int layers);

/* The same for one pixel of a picture that isn't cut. */
double tiling_pixel_work(int layers);

/* A tile's own part at a layer: in the layer's map of the whole picture, and in the tile's own map. */
Region tile_own_in_picture(const Tile *tile, int layer);
Region tile_own_in_tile(const Tile *tile, int layer);

#endif
