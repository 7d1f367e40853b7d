/* tile.c: the halo follows from the network: each convolution sees one position further, each pooling doubles
 * what that is in pixels.
 *
 * The cost of the halo depends on where the border lies within the squares of Winograd's transform. Of the
 * deepest block's convolutions the last needs the own part, the one before it a position more on either side,
 * and so on; a border between two squares would cost all except the last a whole square more. So the border
 * runs through their middle, where the squares have room for one more position on both sides. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile.h"

#include "core/network/conv_map.h"
#include "core/network/receptive_field.h"
#include "core/picture/mirror.h"

#include <math.h>

static int round_up(int value, int multiple)
{
    return (value + multiple - 1) / multiple * multiple;
}

/* How many pixels the network sees beyond an own part that begins and ends between two positions of the
 * deepest layer: 58 at relu5_1. */
static int sight(int layers)
{
    int pixels = 0;
    for (int layer = layers - 1; layer >= 0; layer--) {
        pixels++;
        if (vgg16_layer_after_pool(layer))
            pixels *= 2;
    }
    return pixels;
}

/* Side in pixels of a position of the deepest layer. */
static int position_pixels(int layers)
{
    return 1 << vgg16_layers[layers - 1].block;
}

/* Rounded up, so that the halo also ends between two positions. */
static int halo_after(int layers)
{
    return round_up(sight(layers), position_pixels(layers));
}

/* Should borders run through the middle of the deepest layer's squares? With a single convolution in the
 * deepest block that gains nothing. */
static bool through_middle(int layers)
{
    return layers > 1 && vgg16_layers[layers - 2].block == vgg16_layers[layers - 1].block;
}

/* Extended to the next place where squares begin. */
static int halo_before(int layers)
{
    int position = position_pixels(layers), align = CONV_SQUARE * position;
    int offset = through_middle(layers) ? align / 2 : 0;
    return round_up(sight(layers) - offset, align) + offset;
}

int tiling_halos(int layers)
{
    return halo_before(layers) + halo_after(layers);
}

/* Cuts a side into `count` tiles, or fewer where rounding up would leave the last ones empty. Squares are
 * counted from where the mirror image begins. */
static Cut cut_of(int side, int layers, int count)
{
    int align = CONV_SQUARE * position_pixels(layers);
    Cut cut = {.side = side,
               .before = halo_before(layers),
               .after = halo_after(layers),
               .first = (halo_before(layers) + align - MIRROR_EDGE % align) % align};
    int rest = int_max(side - cut.first, 1);
    cut.own = round_up((rest + count - 1) / count, align);
    cut.count = (rest + cut.own - 1) / cut.own;
    return cut;
}

static Tiling tiling_of(int width, int height, int layers, int across, int down)
{
    return (Tiling){cut_of(width, layers, across), cut_of(height, layers, down)};
}

int tiling_count(const Tiling *t)
{
    return t->across.count * t->down.count;
}

/* Where the own part of a tile begins and the one before it ends. */
static int border(const Cut *cut, int index)
{
    return index == 0 ? 0 : int_min(cut->first + index * cut->own, cut->side);
}

/* How far a tile reaches with its halo. */
static int reach_begin(const Cut *cut, int index)
{
    return index == 0 ? -MIRROR_EDGE : int_max(border(cut, index) - cut->before, -MIRROR_EDGE);
}

static int reach_end(const Cut *cut, int index)
{
    return int_min(border(cut, index + 1) + cut->after, cut->side + MIRROR_EDGE);
}

Tile tiling_tile(const Tiling *t, int index)
{
    const Cut *down = &t->down, *across = &t->across;
    int row = index / across->count, column = index % across->count;
    Region own = {border(down, row), border(across, column), border(down, row + 1),
                  border(across, column + 1)};
    Region whole = {reach_begin(down, row), reach_begin(across, column), reach_end(down, row),
                    reach_end(across, column)};
    return (Tile){own, whole};
}

static int reach(const Cut *cut, int index)
{
    return reach_end(cut, index) - reach_begin(cut, index);
}

/* The longest is the first, or one in the middle, which neither end clips. */
int cut_most(const Cut *cut)
{
    int most = reach(cut, 0), middle = cut->count / 2;
    for (int index = int_max(middle - 2, 0); index < int_min(middle + 2, cut->count); index++)
        most = int_max(most, reach(cut, index));
    return most;
}

int cut_most_own(const Cut *cut)
{
    return border(cut, 1);
}

/* Adds the positions of each layer's map that one tile computes along a side, `times` over. */
static void add_computed(const Cut *cut, int index, double times, int layers, double count[VGG16_LAYERS])
{
    int begin = reach_begin(cut, index), side = reach(cut, index);
    Span own = {border(cut, index) - begin, border(cut, index + 1) - begin};
    FieldSpans spans = receptive_field_spans(side, own, layers);
    for (int layer = 0; layer < layers; layer++) {
        Region line = {0, spans.wanted[layer].begin, 1, spans.wanted[layer].end};
        Region written = conv_written(line, 1, side >> vgg16_layers[layer].block);
        count[layer] += times * region_columns(&written);
    }
}

/* Has the tile an own part of the regular size and all of its halo? All such tiles are alike. */
static bool is_regular(const Cut *cut, int index)
{
    int end = cut->first + (index + 1) * cut->own;
    return index > 0 && border(cut, index) - cut->before >= -MIRROR_EDGE && end <= cut->side &&
           end + cut->after <= cut->side + MIRROR_EDGE;
}

/* The positions of each layer's map that all tiles compute along a side. */
static void count_computed(const Cut *cut, int layers, double count[VGG16_LAYERS])
{
    int alike = 0, one = 0;
    for (int layer = 0; layer < layers; layer++)
        count[layer] = 0;
    for (int index = 0; index < cut->count; index++)
        if (is_regular(cut, index)) {
            alike++;
            one = index;
        } else {
            add_computed(cut, index, 1, layers, count);
        }
    if (alike > 0)
        add_computed(cut, one, alike, layers, count);
}

static double position_work(int layer)
{
    return 9.0 * vgg16_layers[layer].in_channels * vgg16_layers[layer].out_channels;
}

double tiling_work(const Tiling *t, int layers)
{
    double rows[VGG16_LAYERS], columns[VGG16_LAYERS], work = 0;
    count_computed(&t->down, layers, rows);
    count_computed(&t->across, layers, columns);
    for (int layer = 0; layer < layers; layer++) /* the sum over tiles is a product of sums */
        work += rows[layer] * columns[layer] * position_work(layer);
    return work;
}

double tiling_pixel_work(int layers)
{
    double work = 0;
    for (int layer = 0; layer < layers; layer++)
        work += position_work(layer) / (1 << 2 * vgg16_layers[layer].block);
    return work;
}

/* The next number of tiles along a side that makes them smaller; the numbers in between give the same size
 * after rounding up. 0: none does. So a search visits only about the square root of all numbers. */
static int next_count(const Cut *cut, int layers)
{
    int less = cut->own - CONV_SQUARE * position_pixels(layers);
    return less > 0 ? (int_max(cut->side - cut->first, 1) + less - 1) / less : 0;
}

/* With `across` tiles in a row: the fewest rows whose tiles are small enough; the most rows if none are. */
static Tiling tiling_across(int width, int height, int layers, int across, double most)
{
    Tiling t = tiling_of(width, height, layers, across, height);
    double columns = cut_most(&t.across);
    double fewest = fmin(ceil(columns * height / most), t.down.count); /* a lower bound: without halos */
    for (int down = (int)fewest; down > 0; down = next_count(&t.down, layers)) {
        t = tiling_of(width, height, layers, across, down);
        if (columns * cut_most(&t.down) <= most)
            break;
    }
    return t;
}

static double size_of(const Tiling *t)
{
    return (double)cut_most(&t->down) * cut_most(&t->across);
}

typedef struct Candidate {
    Tiling tiling;
    double size, work; /* work: infinite if its tiles are too large */
} Candidate;

static Candidate candidate(const Tiling *t, int layers, double most)
{
    double size = size_of(t);
    return (Candidate){*t, size, size <= most ? tiling_work(t, layers) : INFINITY};
}

/* The one with less work; of two that are too large, the smaller. */
static bool better(const Candidate *a, const Candidate *b)
{
    return isinf(a->work) && isinf(b->work) ? a->size < b->size : a->work < b->work;
}

Tiling tiling_within(int width, int height, int layers, double most)
{
    Tiling t = tiling_of(width, height, layers, 1, 1);
    Candidate best = candidate(&t, layers, most);
    if (best.size <= most)
        return t;
    for (int across = 1; across > 0; across = next_count(&t.across, layers)) {
        t = tiling_across(width, height, layers, across, most);
        Candidate next = candidate(&t, layers, most);
        if (better(&next, &best))
            best = next;
    }
    return best.tiling;
}

static Region at_layer(Region r, int layer)
{
    int block = vgg16_layers[layer].block;
    return (Region){r.top >> block, r.left >> block, r.bottom >> block, r.right >> block};
}

Region tile_own_in_picture(const Tile *tile, int layer)
{
    return at_layer(tile->own, layer);
}

Region tile_own_in_tile(const Tile *tile, int layer)
{
    int top = tile->whole.top, left = tile->whole.left;
    Region own = tile->own;
    return at_layer((Region){own.top - top, own.left - left, own.bottom - top, own.right - left}, layer);
}
