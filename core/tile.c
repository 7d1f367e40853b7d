/* tile.c: the halo follows from the network: each convolution sees one position further, each pooling doubles
 * what that means in pixels. */
#include "tile.h"

#include "layers.h"

#include <math.h>

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

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
        if (layer > 0 && vgg16_layers[layer].block > vgg16_layers[layer - 1].block)
            pixels *= 2;
    }
    return pixels;
}

enum { SQUARE = 4 }; /* outputs of Winograd's transform, a side */

/* Pixels of a position of the deepest layer. */
static int position_pixels(int layers)
{
    return 1 << vgg16_layers[layers - 1].block;
}

static int halo_before(int layers)
{
    return round_up(sight(layers), SQUARE * position_pixels(layers));
}

static int halo_after(int layers)
{
    return round_up(sight(layers), position_pixels(layers));
}

int tiling_halos(int layers)
{
    return halo_before(layers) + halo_after(layers);
}

static Tiling tiling_of(int width, int height, int layers, int across, int down)
{
    int align = SQUARE * position_pixels(layers);
    Tiling t = {.width = width, .height = height, .before = halo_before(layers), .after = halo_after(layers)};
    t.own_width = round_up((width + across - 1) / across, align);
    t.own_height = round_up((height + down - 1) / down, align);
    t.across = (width + t.own_width - 1) / t.own_width; /* rounding up may have left the last ones empty */
    t.down = (height + t.own_height - 1) / t.own_height;
    return t;
}

int tiling_count(const Tiling *t)
{
    return t->across * t->down;
}

Tile tiling_tile(const Tiling *t, int index)
{
    int top = index / t->across * t->own_height, left = index % t->across * t->own_width;
    Region own = {top, left, smaller(top + t->own_height, t->height), smaller(left + t->own_width, t->width)};
    Region whole = {larger(own.top - t->before, 0), larger(own.left - t->before, 0),
                    smaller(own.bottom + t->after, t->height), smaller(own.right + t->after, t->width)};
    return (Tile){own, whole};
}

/* Along one side: how far tile number `index` reaches, halo included. */
static int reach(const Tiling *t, int side, int own, int index)
{
    return smaller((index + 1) * own + t->after, side) - larger(index * own - t->before, 0);
}

/* The longest is in the middle, where neither end cuts it off. */
static int most_of(const Tiling *t, int side, int own, int count)
{
    int most = 0, middle = count / 2;
    for (int index = larger(middle - 2, 0); index < smaller(middle + 2, count); index++)
        most = larger(most, reach(t, side, own, index));
    return most;
}

int tiling_most_rows(const Tiling *t)
{
    return most_of(t, t->height, t->own_height, t->down);
}

int tiling_most_columns(const Tiling *t)
{
    return most_of(t, t->width, t->own_width, t->across);
}

double tiling_pixels(const Tiling *t)
{
    double rows = 0, columns = 0; /* the sum over tiles is a product of sums */
    for (int row = 0; row < t->down; row++)
        rows += reach(t, t->height, t->own_height, row);
    for (int column = 0; column < t->across; column++)
        columns += reach(t, t->width, t->own_width, column);
    return rows * columns;
}

/* The next number of tiles along a side that makes them smaller than `own`: those in between are rounded up
 * to the same. 0: there is none. So a search looks at the root of all numbers alone. */
static int next_count(int side, int own, int layers)
{
    int less = own - SQUARE * position_pixels(layers);
    return less > 0 ? (side + less - 1) / less : 0;
}

/* The fewest rows of tiles, at so many tiles in a row, that are small enough; the finest where none are. */
static Tiling tiling_across(int width, int height, int layers, int across, double most)
{
    Tiling t = tiling_of(width, height, layers, across, height);
    double columns = tiling_most_columns(&t);
    double fewest = fmin(ceil(columns * height / most), t.down); /* with no halos at all */
    for (int down = (int)fewest; down > 0; down = next_count(height, t.own_height, layers)) {
        t = tiling_of(width, height, layers, across, down);
        if (columns * tiling_most_rows(&t) <= most)
            break;
    }
    return t;
}

static double size_of(const Tiling *t)
{
    return (double)tiling_most_rows(t) * tiling_most_columns(t);
}

/* Is `a` the better tiling? Small enough first, then few pixels; then the smaller, where neither will do. */
static int better(const Tiling *a, const Tiling *b, double most)
{
    int a_fits = size_of(a) <= most, b_fits = size_of(b) <= most;
    if (a_fits != b_fits)
        return a_fits;
    return a_fits ? tiling_pixels(a) < tiling_pixels(b) : size_of(a) < size_of(b);
}

Tiling tiling_within(int width, int height, int layers, double most)
{
    Tiling best = tiling_of(width, height, layers, 1, 1);
    if (size_of(&best) <= most)
        return best;
    Tiling t = best;
    for (int across = 1; across > 0; across = next_count(width, t.own_width, layers)) {
        t = tiling_across(width, height, layers, across, most);
        if (better(&t, &best, most))
            best = t;
    }
    return best;
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
