/* test_match_steps.c: each step of matching by itself, against plain loops in double. Hashed weights and
 * hashed codes, so that nothing is equal by chance. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/match/cells.h"
#include "core/match/content.h"
#include "core/match/detail.h"
#include "core/match/field.h"
#include "core/match/lay.h"
#include "core/match/price.h"
#include "core/match/subspace.h"
#include "core/match/tone.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/network.h"
#include "tests/support/plain.h"

#include <math.h>
#include <string.h>

enum {
    PICTURE_STREAM = 900,
    ROW_STREAM,
    MIX_STREAM,
    CODE_STREAM,
    SPOT_STREAM,
    PRICE_STREAM,
    PLAIN_STREAM,
    OLD_STREAM
};

static Workers *crew;
static char *folder, *path;

static NstImage hashed_picture(unsigned seed, int width, int height)
{
    NstImage picture = {width, height, NULL};
    g_assert_cmpint(nst_image_new(&picture, width, height, NULL), ==, NST_OK);
    float *values = new_unit(seed, nst_image_floats(&picture));
    memcpy(picture.rgb, values, nst_image_floats(&picture) * sizeof *values);
    g_free(values);
    return picture;
}

/* ---- Cells --------------------------------------------------------------------------------------------- */

/* Mean of a layer's features over one cell, by the definition. */
static double plain_mean_of(const double *map, int layer, int width, int channel, int y, int x)
{
    int block = vgg16_layers[layer].block, side = CELL_SIDE >> block, columns = width >> block;
    double sum = 0;
    for (int i = 0; i < side; i++)
        for (int j = 0; j < side; j++)
            sum +=
                map[((y * side + i) * columns + x * side + j) * vgg16_layers[layer].out_channels + channel];
    return sum / (side * side);
}

/* Guards the hypercolumns: which layers, in which order, averaged over which positions, beside which
 * mirror. */
static void test_cells(void)
{
    enum { WIDTH = 20, HEIGHT = 16, CELLS = WIDTH / CELL_SIDE * HEIGHT / CELL_SIDE };
    Weights *weights = made_weights(path);
    Vgg16 *net = made_vgg16(weights, MATCH_LAYERS, crew);
    NstImage picture = hashed_picture(PICTURE_STREAM, WIDTH, HEIGHT);
    Cells cells;
    g_assert_cmpint(cells_new(&cells, net, &picture, NULL), ==, NST_OK);
    PlainNetwork plain = plain_network_new(MATCH_LAYERS, NST_POOLING_MAX);
    double *rgb = new_doubles(nst_image_floats(&picture), picture.rgb), *maps[VGG16_LAYERS] = {NULL};
    plain_features_within(&plain, HEIGHT, WIDTH, rgb, maps);

    float *want = g_new(float, CELLS *CELL_FEATURES);
    for (int layer = 0; layer < MATCH_LAYERS; layer++) {
        int channels = vgg16_layers[layer].out_channels;
        for (int cell = 0; cell < CELLS; cell++)
            for (int c = 0; c < channels; c++)
                want[cell * CELL_FEATURES + cell_layer_begin(layer) + c] = (float)plain_mean_of(
                    maps[layer], layer, WIDTH, c, cell / (WIDTH / CELL_SIDE), cell % (WIDTH / CELL_SIDE));
        size_t positions = plain_positions(layer, HEIGHT, WIDTH);
        float got_power = (float)cells.power[layer],
              power = (float)(plain_squares(positions * (size_t)channels, maps[layer]) / (double)positions);
        check_close("power", 1, &got_power, &power, TOLERANCE);
    }
    check_close("hypercolumns", CELLS * CELL_FEATURES, cells.features, want, TOLERANCE);
    g_free(want);
    g_free(rgb);
    plain_features_free(maps);
    plain_network_free(&plain);
    cells_free(&cells);
    nst_image_free(&picture);
    vgg16_free(net);
    weights_close(weights);
}

/* ---- The subspace -------------------------------------------------------------------------------------- */

/* Rows that are mixtures of `rank` hashed directions, [count, CELL_FEATURES], less their mean. */
static float *mixtures(size_t count, size_t rank)
{
    float *direction = new_signed(ROW_STREAM, 1, rank * CELL_FEATURES),
          *share = new_signed(MIX_STREAM, 1, count * rank), *rows = g_new0(float, count *CELL_FEATURES);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < rank; k++)
            for (size_t c = 0; c < CELL_FEATURES; c++)
                rows[i * CELL_FEATURES + c] += share[i * rank + k] * direction[k * CELL_FEATURES + c];
    for (size_t c = 0; c < CELL_FEATURES; c++) {
        double mean = 0;
        for (size_t i = 0; i < count; i++)
            mean += rows[i * CELL_FEATURES + c] / (double)count;
        for (size_t i = 0; i < count; i++)
            rows[i * CELL_FEATURES + c] -= (float)mean;
    }
    g_free(direction);
    g_free(share);
    return rows;
}

/* Length of column d of the basis, or its product with another column. */
static double columns_product(const float *basis, size_t d, size_t e)
{
    double sum = 0;
    for (size_t i = 0; i < CELL_FEATURES; i++)
        sum += (double)basis[i * DIRECTIONS + d] * basis[i * DIRECTIONS + e];
    return sum;
}

static void project_plainly(const float *row, const float *basis, double *code)
{
    for (size_t d = 0; d < DIRECTIONS; d++) {
        code[d] = 0;
        for (size_t i = 0; i < CELL_FEATURES; i++)
            code[d] += (double)row[i] * basis[i * DIRECTIONS + d];
    }
}

/* All columns are orthogonal, and have a length of 1 or, beyond the rank, 0. */
static void check_orthonormal(const float *basis, size_t rank)
{
    size_t there = 0;
    for (size_t d = 0; d < DIRECTIONS; d++) {
        double length = columns_product(basis, d, d);
        g_assert_true(length == 0 || fabs(length - 1) < 1e-5);
        there += length > 0;
        for (size_t e = 0; e < d; e++)
            g_assert_cmpfloat(fabs(columns_product(basis, d, e)), <, 1e-5);
    }
    g_assert_cmpuint(there, ==, MIN(rank, DIRECTIONS));
}

/* Guards the likeness of cells: where so many directions hold everything, inner products are those of all
 * CELL_FEATURES numbers. More rows than a block of the covariance. */
static void test_subspace(void)
{
    enum { COUNT = 600, RANK = 20 };
    float *rows = mixtures(COUNT, RANK), *basis = g_new(float, CELL_FEATURES *DIRECTIONS);
    g_assert_cmpint(subspace_find(crew, COUNT, rows, basis, NULL), ==, NST_OK);
    check_orthonormal(basis, RANK);
    float got[30], want[30];
    for (size_t i = 0; i < 30; i++) {
        double code[DIRECTIONS], other[DIRECTIONS], sum = 0;
        const float *row = rows + i * 17 * CELL_FEATURES, *next = rows + (i * 19 + 1) * CELL_FEATURES;
        project_plainly(row, basis, code);
        project_plainly(next, basis, other);
        for (size_t d = 0; d < DIRECTIONS; d++)
            sum += code[d] * other[d];
        got[i] = (float)sum;
        want[i] = (float)dot(CELL_FEATURES, row, next);
    }
    check_close("inner products", 30, got, want, TOLERANCE);
    g_free(rows);
    g_free(basis);
}

/* Guards the choice of directions: of more than there is room for, those that hold the most. The first 100
 * have ten times the size of the other 100. */
static void test_subspace_of_many(void)
{
    enum { COUNT = 500, LARGE = 100 };
    float *rows = mixtures(COUNT, LARGE), *small = new_signed(PRICE_STREAM, 0.05F, COUNT * CELL_FEATURES),
          *basis = g_new(float, CELL_FEATURES *DIRECTIONS);
    double all = 0, kept = 0;
    for (size_t i = 0; i < COUNT * CELL_FEATURES; i++)
        rows[i] += small[i];
    g_assert_cmpint(subspace_find(crew, COUNT, rows, basis, NULL), ==, NST_OK);
    for (size_t i = 0; i < COUNT; i += 10) {
        double code[DIRECTIONS];
        project_plainly(rows + i * CELL_FEATURES, basis, code);
        kept += plain_squares(DIRECTIONS, code);
        all += dot(CELL_FEATURES, rows + i * CELL_FEATURES, rows + i * CELL_FEATURES);
    }
    double noise = COUNT / 10 * CELL_FEATURES * 0.05 * 0.05 / 3; /* all that may be lost, but for rounding */
    g_test_message("lost %g of %g, noise %g", all - kept, all, noise);
    g_assert_cmpfloat(all - kept, <, noise);
    check_orthonormal(basis, DIRECTIONS);
    g_free(rows);
    g_free(small);
    g_free(basis);
}

/* ---- The nearest spots --------------------------------------------------------------------------------- */

/* Unit vectors [count, CODE]. */
static float *hashed_codes(unsigned seed, size_t count)
{
    float *codes = new_signed(seed, 1, count * CODE);
    for (size_t i = 0; i < count; i++) {
        float length = (float)sqrt(dot(CODE, codes + i * CODE, codes + i * CODE));
        for (size_t k = 0; k < CODE; k++)
            codes[i * CODE + k] /= length;
    }
    return codes;
}

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* The spot at each rank is worth what a full sort in double has there. */
static void check_ranks(const NearestSearch *s, const float *spots, const int *found)
{
    double *value = g_new(double, s->spots), *sorted = g_new(double, s->spots);
    for (size_t cell = 0; cell < s->cells; cell++) {
        for (size_t i = 0; i < s->spots; i++)
            sorted[i] = value[i] =
                dot(CODE, s->codes + cell * CODE, spots + i * CODE) - (s->price ? s->price[i] : 0);
        qsort(sorted, s->spots, sizeof *sorted, descending);
        for (int k = 0; k < s->best; k++)
            g_assert_cmpfloat(fabs(value[found[cell * (size_t)s->best + (size_t)k]] - sorted[k]), <, 1e-6);
    }
    g_free(value);
    g_free(sorted);
}

/* Guards the search, with numbers that fill no block. */
static void test_nearest(void)
{
    enum { CELLS = 70, SPOTS = 1003 };
    float *codes = hashed_codes(CODE_STREAM, CELLS), *spots = hashed_codes(SPOT_STREAM, SPOTS),
          *price = new_unit(PRICE_STREAM, SPOTS), *packed;
    int *found = g_new(int, CELLS *NEAREST);
    g_assert_cmpint(nearest_pack(SPOTS, spots, &packed, NULL), ==, NST_OK);
    NearestSearch search = {.spots = SPOTS, .packed = packed, .cells = CELLS, .codes = codes};
    for (int turn = 0; turn < 4; turn++) {
        search.price = turn % 2 ? price : NULL;
        search.best = turn / 2 ? NEAREST : 1;
        g_assert_cmpint(nearest_find(&search, crew, found), ==, NST_OK);
        check_ranks(&search, spots, found);
    }
    g_free(codes);
    g_free(spots);
    g_free(price);
    g_free(found);
    free(packed);
}

/* Mean over 5 x 5 cells, mirrored at the edges, [down, across]. */
static void plain_average(int down, int across, double *values)
{
    double *in = g_memdup2(values, sizeof(double) * (size_t)(down * across));
    for (int i = 0; i < down * across; i++) {
        values[i] = 0;
        for (int k = 0; k < 25; k++) {
            int y = i / across + k / 5 - 2, x = i % across + k % 5 - 2;
            y = y < 0 ? -1 - y : y >= down ? 2 * down - 1 - y : y;
            x = x < 0 ? -1 - x : x >= across ? 2 * across - 1 - x : x;
            values[i] += in[y * across + x] / 25;
        }
    }
    g_free(in);
}

static int plain_nearest(const float *code, const float *spots, int count, const double *price)
{
    int nearest = 0;
    double most = -INFINITY;
    for (int i = 0; i < count; i++) {
        double value = dot(CODE, code, spots + i * CODE) - price[i];
        if (value > most) {
            most = value;
            nearest = i;
        }
    }
    return nearest;
}

/* Guards prices against the auction written out again; and that without variety all is free. */
static void test_price(void)
{
    enum { CELLS = 300, DOWN = 7, ACROSS = 9, SPOTS = DOWN * ACROSS };
    float *codes = hashed_codes(CODE_STREAM, CELLS), *spots = hashed_codes(SPOT_STREAM, SPOTS), *packed;
    float price[SPOTS], used[SPOTS], scratch[SPOTS], wanted[SPOTS];
    double want[SPOTS] = {0};
    int spot[CELLS];
    g_assert_cmpint(nearest_pack(SPOTS, spots, &packed, NULL), ==, NST_OK);
    NearestSearch search = {.spots = SPOTS, .packed = packed, .cells = CELLS, .codes = codes};
    for (int round = 0; round < 6; round++) {
        double uses[SPOTS] = {0};
        for (int cell = 0; cell < CELLS; cell++)
            uses[plain_nearest(codes + cell * CODE, spots, SPOTS, want)]++;
        plain_average(DOWN, ACROSS, uses);
        plain_average(DOWN, ACROSS, uses);
        for (int i = 0; i < SPOTS; i++) {
            double asked = 0.2 * 0.7 * log1p(uses[i] * SPOTS / CELLS);
            want[i] += (asked - want[i]) / (round + 1);
            wanted[i] = (float)want[i];
        }
    }
    CellGrid grid = {ACROSS, DOWN};
    g_assert_cmpint(price_find(search, crew, 0.7, grid, price, used, scratch, spot), ==, NST_OK);
    check_close("prices", SPOTS, price, wanted, TOLERANCE);
    g_assert_cmpint(price_find(search, crew, 0, grid, price, used, scratch, spot), ==, NST_OK);
    for (int i = 0; i < SPOTS; i++)
        g_assert_cmpfloat(price[i], ==, 0);
    g_free(codes);
    g_free(spots);
    free(packed);
}

/* ---- The field ----------------------------------------------------------------------------------------- */

enum {
    ACROSS = 9,
    DOWN = 7,
    CELLS = ACROSS * DOWN,
    SPOTS_ACROSS = 8,
    SPOTS_DOWN = 6,
    SPOTS = SPOTS_ACROSS * SPOTS_DOWN
};

/* A field of hashed numbers, and spots to begin with: neighbours mostly continue each other. */
typedef struct HashedField {
    Field field;
    float *codes, *spots, *price, *plain;
    int nearest[CELLS * NEAREST], inherited[CELLS], old[CELLS];
} HashedField;

static int hashed_spot(const float *unit, size_t i)
{
    return (int)(unit[i] * SPOTS);
}

static void hashed_field_new(HashedField *h)
{
    float *unit = new_unit(OLD_STREAM, CELLS * (NEAREST + 2));
    *h = (HashedField){.codes = hashed_codes(CODE_STREAM, CELLS),
                       .spots = hashed_codes(SPOT_STREAM, SPOTS),
                       .price = new_unit(PRICE_STREAM, SPOTS),
                       .plain = new_unit(PLAIN_STREAM, CELLS)};
    for (size_t i = 0; i < CELLS * NEAREST; i++)
        h->nearest[i] = hashed_spot(unit, i);
    for (size_t i = 0; i < CELLS; i++) {
        h->inherited[i] = hashed_spot(unit, CELLS * NEAREST + i);
        int along = (int)(i % ACROSS) % SPOTS_ACROSS, down = (int)(i / ACROSS) % SPOTS_DOWN;
        h->old[i] = i % 4 ? down * SPOTS_ACROSS + along : hashed_spot(unit, CELLS * (NEAREST + 1) + i);
    }
    h->field = (Field){.content = {ACROSS, DOWN},
                       .painting = {SPOTS_ACROSS, SPOTS_DOWN},
                       .codes = h->codes,
                       .spots = h->spots,
                       .price = h->price,
                       .plain = h->plain,
                       .nearest = h->nearest,
                       .inherited = h->inherited};
    g_free(unit);
}

static void hashed_field_free(HashedField *h)
{
    g_free(h->codes);
    g_free(h->spots);
    g_free(h->price);
    g_free(h->plain);
}

/* What a neighbour at (dy, dx) would have this cell show; -1: the painting ends there. */
static int continued(int spot, int dy, int dx)
{
    int y = spot / SPOTS_ACROSS - dy, x = spot % SPOTS_ACROSS - dx;
    return y < 0 || y >= SPOTS_DOWN || x < 0 || x >= SPOTS_ACROSS ? -1 : y * SPOTS_ACROSS + x;
}

/* How far two spots lie apart, diagonal steps counting two. */
static int steps_between(int a, int b)
{
    return abs(a / SPOTS_ACROSS - b / SPOTS_ACROSS) + abs(a % SPOTS_ACROSS - b % SPOTS_ACROSS);
}

/* The worth by its definition, with core's constants written out again. */
static double plain_worth(const HashedField *h, int cell, int spot)
{
    double fits = 0, neighbours = 0, repeated = 0;
    for (int y = 0; y < DOWN; y++)
        for (int x = 0; x < ACROSS; x++) {
            int dy = y - cell / ACROSS, dx = x - cell % ACROSS, other = h->old[y * ACROSS + x];
            if ((dy == 0 && dx == 0) || MAX(abs(dy), abs(dx)) > 3)
                continue;
            if (MAX(abs(dy), abs(dx)) == 1) {
                int wanted = continued(other, dy, dx), steps = wanted < 0 ? 9 : steps_between(wanted, spot);
                fits += steps == 0 ? 1 : steps == 1 ? 0.3 : 0;
                neighbours++;
            }
            int sy = other / SPOTS_ACROSS - spot / SPOTS_ACROSS,
                sx = other % SPOTS_ACROSS - spot % SPOTS_ACROSS;
            repeated += other == spot || (MAX(abs(sy), abs(sx)) <= 1 && MAX(abs(sy - dy), abs(sx - dx)) > 1);
        }
    double weight = 0.3 + 0.45 * h->plain[cell];
    return dot(CODE, h->codes + cell * CODE, h->spots + spot * CODE) - h->price[spot] +
           weight * fits / neighbours - 0.3 * MIN(repeated, 4) / 4;
}

/* The most that any of a cell's candidates is worth. */
static double plain_most(const HashedField *h, int cell)
{
    double most = MAX(plain_worth(h, cell, h->old[cell]), plain_worth(h, cell, h->inherited[cell]));
    for (int k = 0; k < NEAREST; k++)
        most = MAX(most, plain_worth(h, cell, h->nearest[cell * NEAREST + k]));
    for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++) {
            int y = cell / ACROSS + dy, x = cell % ACROSS + dx;
            bool there = (dy != 0 || dx != 0) && y >= 0 && y < DOWN && x >= 0 && x < ACROSS;
            int wanted = there ? continued(h->old[y * ACROSS + x], dy, dx) : -1;
            if (wanted >= 0)
                most = MAX(most, plain_worth(h, cell, wanted));
        }
    return most;
}

/* Guards a round: half of the cells take the best of their candidates, the others stay. */
static void test_round(void)
{
    HashedField h;
    int spot[CELLS], changed = 0;
    hashed_field_new(&h);
    for (int round = 0; round < 2; round++) {
        field_round(&h.field, crew, round, h.old, spot);
        for (int cell = 0; cell < CELLS; cell++)
            if ((cell % ACROSS + cell / ACROSS + round) % 2) {
                g_assert_cmpint(spot[cell], ==, h.old[cell]);
            } else {
                double worth = plain_worth(&h, cell, spot[cell]);
                g_assert_cmpfloat(fabs(worth - plain_most(&h, cell)), <, 1e-5);
                g_assert_cmpfloat(fabs(worth - field_worth(&h.field, h.old, (size_t)cell, spot[cell])), <,
                                  1e-5);
                changed += spot[cell] != h.old[cell];
            }
    }
    g_assert_cmpint(changed, >, CELLS / 4);
    hashed_field_free(&h);
}

/* Guards the way to the next scale: where all sides double, each cell's four parts get the spot's four. */
static void test_inherit(void)
{
    int coarse[4 * 3], fine[8 * 6];
    for (int i = 0; i < 12; i++)
        coarse[i] = (i * 7 + 2) % 20; /* in a painting of 5 x 4 */
    field_inherit((CellGrid){4, 3}, (CellGrid){5, 4}, coarse, (CellGrid){8, 6}, (CellGrid){10, 8}, fine);
    for (int y = 0; y < 6; y++)
        for (int x = 0; x < 8; x++) {
            int spot = coarse[y / 2 * 4 + x / 2];
            g_assert_cmpint(fine[y * 8 + x], ==, (spot / 5 * 2 + y % 2) * 10 + spot % 5 * 2 + x % 2);
        }
}

/* ---- Laying -------------------------------------------------------------------------------------------- */

/* Lays a part of width x height pixels of a picture, whose windows the task lacks. */
static NstImage laid_part(LayTask task, int reach, int width, int height)
{
    NstImage laid;
    Windows across, down;
    CellGrid cells = task.grid.content;
    const LayPart *part = &task.part;
    g_assert_cmpint(nst_image_new(&laid, width, height, NULL), ==, NST_OK);
    g_assert_cmpint(windows_new(&across, reach, cells.width, part->width, part->left, width, NULL), ==,
                    NST_OK);
    g_assert_cmpint(windows_new(&down, reach, cells.height, part->height, part->top, height, NULL), ==,
                    NST_OK);
    task.across = &across;
    task.down = &down;
    g_assert_cmpint(lay(&task, crew, &laid, NULL), ==, NST_OK);
    windows_free(&across);
    windows_free(&down);
    return laid;
}

static const float *pixel(const NstImage *picture, int y, int x)
{
    return picture->rgb + 3 * ((size_t)y * (size_t)picture->width + (size_t)x);
}

/* Guards the brush's finest hairs: where spots continue each other, the painting's pixels come over to the
 * bit, also where a cell is no whole number of pixels. */
static void test_lay_copies(void)
{
    enum { WIDTH = 53, HEIGHT = 38 };
    MatchScale grid = {{8, 6}, {12, 9}};
    LayPart whole = {WIDTH, HEIGHT, 0, 0};
    int width, height, spot[48];
    for (int i = 0; i < 48; i++)
        spot[i] = (i / 8 + 2) * 12 + i % 8 + 3;
    lay_painting_size(grid, &whole, &width, &height);
    g_assert_cmpint(width, ==, 80); /* 53 * 12 / 8 = 79.5 */
    g_assert_cmpint(height, ==, 57);
    NstImage painting = hashed_picture(PICTURE_STREAM, width, height);
    NstImage content = hashed_picture(ROW_STREAM, WIDTH, HEIGHT);
    Relighting relighting = content_relighting(&content, &(Palette){{0.5, 0.2}, {{0, 0.1}, {0, 0.1}}});
    LayTask task = {.grid = grid, .spot = spot, .part = whole, .painting = &painting, .content = &content};
    task.relighting = &relighting;
    NstImage laid = laid_part(task, WINDOWS_REACH, WIDTH, HEIGHT);
    int down = 13, across = 20; /* 2 * 38 / 6 = 12.7, 3 * 53 / 8 = 19.9 */
    for (int y = 0; y < HEIGHT; y++)
        g_assert_cmpmem(pixel(&laid, y, 0), 3 * WIDTH * sizeof(float), pixel(&painting, y + down, across),
                        3 * WIDTH * sizeof(float));
    nst_image_free(&painting);
    nst_image_free(&content);
    nst_image_free(&laid);
}

/* Any spots, which also reach beyond the painting's edges. */
static void hashed_spots(CellGrid content, CellGrid painting, int *spot)
{
    float *unit = new_unit(OLD_STREAM, grid_cells(content));
    for (size_t i = 0; i < grid_cells(content); i++)
        spot[i] = (int)(unit[i] * (float)grid_cells(painting));
    g_free(unit);
}

/* Guards windows: at the centre of a cell (there is one where cells have an odd number of pixels) its own
 * spot alone is seen, and everywhere a value lies between those of the painting. */
static void test_lay_blends(void)
{
    enum { SIDE = 5 };
    MatchScale grid = {{8, 6}, {7, 5}};
    LayPart whole = {8 * SIDE, 6 * SIDE, 0, 0};
    int spot[48];
    hashed_spots(grid.content, grid.painting, spot);
    NstImage painting = hashed_picture(PICTURE_STREAM, 7 * SIDE, 5 * SIDE);
    LayTask task = {.grid = grid, .spot = spot, .part = whole, .painting = &painting};
    NstImage laid = laid_part(task, 1, 8 * SIDE, 6 * SIDE);
    for (int i = 0; i < 48; i++) {
        const float *got = pixel(&laid, i / 8 * SIDE + SIDE / 2, i % 8 * SIDE + SIDE / 2),
                    *want = pixel(&painting, spot[i] / 7 * SIDE + SIDE / 2, spot[i] % 7 * SIDE + SIDE / 2);
        check_close("centre", 3, got, want, 1e-5);
    }
    for (size_t i = 0; i < nst_image_floats(&laid); i++)
        g_assert_true(laid.rgb[i] >= 0 && laid.rgb[i] <= 1);
    nst_image_free(&painting);
    nst_image_free(&laid);
}

/* What a pixel of the picture is by the formula in lay.h, with windows and constants written out again. Cells
 * beyond the picture's edges count for the last one there is. */
static void plain_lay(const LayTask *t, int reach, int y, int x, double *rgb)
{
    int cells_across = t->grid.content.width, cells_down = t->grid.content.height;
    double side_y = (double)t->part.height / cells_down, side_x = (double)t->part.width / cells_across,
           place_y = (t->part.top + y + 0.5) / side_y - 0.5,
           place_x = (t->part.left + x + 0.5) / side_x - 0.5, all = 0;
    float wanted[3];
    content_relight_pixel(t->relighting, pixel(t->content, y, x), wanted);
    rgb[0] = rgb[1] = rgb[2] = 0;
    for (int i = -reach; i < cells_down + reach; i++)
        for (int j = -reach; j < cells_across + reach; j++) {
            double dy = (i - place_y) / reach, dx = (j - place_x) / reach;
            if (fabs(dy) >= 1 || fabs(dx) >= 1)
                continue;
            int row = CLAMP(i, 0, cells_down - 1), column = CLAMP(j, 0, cells_across - 1),
                spot = t->spot[row * cells_across + column];
            int from_y = t->part.top + y + (int)lround((spot / t->grid.painting.width - row) * side_y),
                from_x = t->part.left + x + (int)lround((spot % t->grid.painting.width - column) * side_x),
                height = t->painting->height, width = t->painting->width;
            from_y = from_y < 0 ? -1 - from_y : from_y >= height ? 2 * height - 1 - from_y : from_y;
            from_x = from_x < 0 ? -1 - from_x : from_x >= width ? 2 * width - 1 - from_x : from_x;
            const float *seen = pixel(t->painting, from_y, from_x);
            double d[3] = {seen[0] - wanted[0], seen[1] - wanted[1], seen[2] - wanted[2]},
                   light = 0.299 * d[0] + 0.587 * d[1] + 0.114 * d[2],
                   square = light * light +
                            0.3 * ((d[0] - light) * (d[0] - light) + (d[2] - light) * (d[2] - light));
            double weight =
                pow(cos(dy * G_PI_2) * cos(dx * G_PI_2), 2) * pow(1 + square / (8 * 0.12 * 0.12), -4);
            all += weight;
            for (int c = 0; c < 3; c++)
                rgb[c] += weight * seen[c];
        }
    for (int c = 0; c < 3; c++)
        rgb[c] /= all;
}

/* Guards edges: pixels favour the windows that show what the content has there; in a part, too. */
static void test_lay_favours(void)
{
    enum { WIDTH = 31, HEIGHT = 23 };
    MatchScale grid = {{9, 6}, {10, 8}};
    LayPart part = {50, 34, 13, 7};
    int spot[54], width, height;
    lay_painting_size(grid, &part, &width, &height);
    NstImage painting = hashed_picture(PICTURE_STREAM, width, height),
             content = hashed_picture(ROW_STREAM, WIDTH, HEIGHT);
    for (int i = 0; i < 54; i++) /* not at the painting's edge, beyond which there is one mirror only */
        spot[i] = (2 + i * 5 % 4) * 10 + 2 + i * 7 % 6;
    Palette palette = content_palette(&painting);
    Relighting relighting = content_relighting(&content, &palette);
    LayTask task = {.grid = grid, .spot = spot, .part = part, .painting = &painting, .content = &content};
    task.relighting = &relighting;
    NstImage laid = laid_part(task, 2, WIDTH, HEIGHT);
    float *want = g_new(float, 3 * WIDTH * HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        double rgb[3];
        plain_lay(&task, 2, i / WIDTH, i % WIDTH, rgb);
        for (int c = 0; c < 3; c++)
            want[3 * i + c] = (float)rgb[c];
    }
    check_close("pixels", nst_image_floats(&laid), laid.rgb, want, 1e-5);
    g_free(want);
    nst_image_free(&painting);
    nst_image_free(&content);
    nst_image_free(&laid);
}

/* ---- Detail -------------------------------------------------------------------------------------------- */

enum { WIDE = 41, HIGH = 30, RADIUS_X = 3, RADIUS_Y = 4 };

static double mirrored_at(const double *plane, int y, int x)
{
    y = y < 0 ? -1 - y : y >= HIGH ? 2 * HIGH - 1 - y : y;
    x = x < 0 ? -1 - x : x >= WIDE ? 2 * WIDE - 1 - x : x;
    return plane[y * WIDE + x];
}

static void plain_box(double *plane)
{
    double *in = g_memdup2(plane, sizeof(double) * WIDE * HIGH);
    for (int i = 0; i < WIDE * HIGH; i++) {
        plane[i] = 0;
        for (int y = -RADIUS_Y; y <= RADIUS_Y; y++)
            for (int x = -RADIUS_X; x <= RADIUS_X; x++)
                plane[i] +=
                    mirrored_at(in, i / WIDE + y, i % WIDE + x) / ((2 * RADIUS_X + 1) * (2 * RADIUS_Y + 1));
    }
    g_free(in);
}

/* a l + b, where each window explains v by l as well as it can, and each pixel takes the mean of its
 * windows. */
static void plain_guided(const double *light, const double *value, double least_variance, double *explained)
{
    enum { PIXELS = WIDE * HIGH };
    double l[PIXELS], v[PIXELS], ll[PIXELS], lv[PIXELS], a[PIXELS], b[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
        l[i] = light[i];
        v[i] = value[i];
        ll[i] = light[i] * light[i];
        lv[i] = light[i] * value[i];
    }
    plain_box(l);
    plain_box(v);
    plain_box(ll);
    plain_box(lv);
    for (int i = 0; i < PIXELS; i++) {
        a[i] = (lv[i] - l[i] * v[i]) / (ll[i] - l[i] * l[i] + least_variance);
        b[i] = v[i] - a[i] * l[i];
    }
    plain_box(a);
    plain_box(b);
    for (int i = 0; i < PIXELS; i++)
        explained[i] = a[i] * light[i] + b[i];
}

/* The formula in detail.h, for one channel; everything is an edge. */
static void plain_detail(const NstImage *content, NstImage *picture, int channel, double share,
                         double contrast)
{
    enum { PIXELS = WIDE * HIGH };
    double light[PIXELS], value[PIXELS], guided[PIXELS], smooth[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
        light[i] = content_light(content->rgb + 3 * i);
        value[i] = picture->rgb[3 * i + channel];
    }
    plain_guided(light, value, 0.04 * 0.04, guided);
    plain_guided(light, light, 0.1 * 0.1, smooth);
    for (int i = 0; i < PIXELS; i++)
        picture->rgb[3 * i + channel] = (float)CLAMP(value[i] + 1.0 * share * (guided[i] - value[i]) +
                                                         0.6 * share * contrast * (light[i] - smooth[i]),
                                                     0, 1);
}

/* Guards the detail, whose boxes are running sums of fixed-point numbers, against plain ones; and that
 * plain areas get none. */
static void test_detail(void)
{
    enum { CELLS_ACROSS = 6, CELLS_DOWN = 5 };
    float *plain = g_new0(float, CELLS_ACROSS *CELLS_DOWN);
    NstImage content = hashed_picture(PICTURE_STREAM, WIDE, HIGH),
             picture = hashed_picture(ROW_STREAM, WIDE, HIGH),
             before = hashed_picture(ROW_STREAM, WIDE, HIGH);
    Windows across, down;
    g_assert_cmpint(windows_new(&across, 1, CELLS_ACROSS, WIDE, 0, WIDE, NULL), ==, NST_OK);
    g_assert_cmpint(windows_new(&down, 1, CELLS_DOWN, HIGH, 0, HIGH, NULL), ==, NST_OK);
    Detail detail = {0.4, 1.3, plain, {CELLS_ACROSS, CELLS_DOWN}, &across, &down, RADIUS_X, RADIUS_Y};
    g_assert_cmpint(detail_restore(&detail, &content, crew, &picture, NULL), ==, NST_OK);
    NstImage want = hashed_picture(ROW_STREAM, WIDE, HIGH);
    for (int channel = 0; channel < 3; channel++)
        plain_detail(&content, &want, channel, 0.4, 1.3);
    check_close("detail", nst_image_floats(&want), picture.rgb, want.rgb, 2e-5);

    for (int i = 0; i < CELLS_ACROSS * CELLS_DOWN; i++)
        plain[i] = 1;
    nst_image_free(&picture);
    picture = hashed_picture(ROW_STREAM, WIDE, HIGH);
    g_assert_cmpint(detail_restore(&detail, &content, crew, &picture, NULL), ==, NST_OK);
    check_close("plain", nst_image_floats(&want), picture.rgb, before.rgb, 1e-7);
    windows_free(&across);
    windows_free(&down);
    nst_image_free(&content);
    nst_image_free(&picture);
    nst_image_free(&before);
    nst_image_free(&want);
    g_free(plain);
}

static NstImage new_copy(const NstImage *picture)
{
    NstImage copy;
    g_assert_cmpint(nst_image_resample(picture, picture->width, picture->height, &copy, NULL), ==, NST_OK);
    return copy;
}

/* ---- The content --------------------------------------------------------------------------------------- */

/* Guards the light and the colours, far from 0 and 1: the content's mean light goes 0.6 of the way to the
 * painting's, its spread all of it, and its chroma's mean and spread 0.9. */
static void test_relight(void)
{
    NstImage content = hashed_picture(PICTURE_STREAM, 40, 30), painting = hashed_picture(ROW_STREAM, 30, 40);
    for (size_t i = 0; i < nst_image_floats(&content); i++) {
        content.rgb[i] = 0.4F + 0.15F * content.rgb[i] + (i % 3 == 2 ? 0.1F : 0);
        painting.rgb[i] = 0.35F + 0.25F * painting.rgb[i] + (i % 3 == 0 ? 0.1F : 0);
    }
    Palette wanted = content_palette(&painting), lit;
    LightSpread before = content_spread(&content);
    double mean = 0.4 * before.mean + 0.6 * wanted.light.mean;
    NstImage relit = new_copy(&content);
    for (size_t i = 0; i < nst_image_floats(&relit); i += 3) { /* the light alone */
        double light = content_light(relit.rgb + i),
               factor = ((light - before.mean) * wanted.light.deviation / before.deviation + mean) / light;
        for (size_t c = 0; c < 3; c++)
            relit.rgb[i + c] = (float)(factor * relit.rgb[i + c]);
    }
    lit = content_palette(&relit);
    Relighting relighting = content_relighting(&content, &wanted);
    content_relight(&relighting, &content);
    Palette got = content_palette(&content);
    g_assert_cmpfloat(fabs(got.light.mean - mean), <, 1e-3);
    g_assert_cmpfloat(fabs(got.light.deviation - wanted.light.deviation), <, 1e-3);
    for (int which = 0; which < 2; which++) {
        LightSpread a = lit.chroma[which], b = wanted.chroma[which], c = got.chroma[which];
        g_assert_cmpfloat(fabs(c.mean - (0.1 * a.mean + 0.9 * b.mean)), <, 1e-4);
        g_assert_cmpfloat(fabs(c.deviation - pow(a.deviation, 0.1) * pow(b.deviation, 0.9)), <, 1e-4);
    }
    wanted.light.deviation = before.deviation / 2; /* contrast is never taken */
    g_assert_cmpfloat(content_relighting(&relit, &wanted).contrast, ==, 1);
    nst_image_free(&content);
    nst_image_free(&painting);
    nst_image_free(&relit);
}

/* Guards the tone: where the picture's light differs from the content's, relit, by the same everywhere, a
 * share of that is made up for; and what is small stays. */
static void test_tone(void)
{
    NstImage content = hashed_picture(PICTURE_STREAM, WIDE, HIGH),
             picture = hashed_picture(ROW_STREAM, WIDE, HIGH);
    double plane[WIDE * HIGH];
    Relighting relighting = {.from = 0.5, .to = 0.45, .contrast = 1.5};
    for (size_t i = 0; i < nst_image_floats(&content); i++) {
        content.rgb[i] = 0.4F + 0.2F * content.rgb[i];
        picture.rgb[i] = 0.3F + 0.2F * picture.rgb[i];
    }
    for (int i = 0; i < WIDE * HIGH; i++)
        plane[i] =
            (content_light(content.rgb + 3 * i) - 0.5) * 1.5 + 0.45 - content_light(picture.rgb + 3 * i);
    plain_box(plane);
    plain_box(plane);
    NstImage want = new_copy(&picture);
    for (size_t i = 0; i < nst_image_floats(&want); i++)
        want.rgb[i] = (float)(want.rgb[i] + 0.7 * plane[i / 3]);
    Tone tone = {0.7, &relighting, RADIUS_X, RADIUS_Y};
    g_assert_cmpint(tone_restore(&tone, &content, crew, &picture, NULL), ==, NST_OK);
    check_close("tone", nst_image_floats(&want), picture.rgb, want.rgb, 1e-6);
    nst_image_free(&content);
    nst_image_free(&picture);
    nst_image_free(&want);
}

/* Guards where detail is kept: at an edge and one cell around it, and nowhere else. */
static void test_plain(void)
{
    CellGrid grid = {10, 6};
    NstImage picture = hashed_picture(PICTURE_STREAM, 40, 24);
    float plain[60], scratch[60];
    for (size_t i = 0; i < nst_image_floats(&picture); i++)
        picture.rgb[i] = i / 3 % 40 < 18 ? 0.2F : 0.8F; /* within cell 4 */
    content_plain(&picture, grid, plain, scratch);
    for (int i = 0; i < 60; i++)
        g_assert_true(abs(i % 10 - 4) <= 1 ? plain[i] < 0.01F : plain[i] == 1);
    nst_image_free(&picture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = made_workers(2);
    g_assert_cmpint(workers_reserve(crew, subspace_scratch() + nearest_scratch(), NULL), ==, NST_OK);
    folder = temp_folder();
    path = g_build_filename(folder, "weights.safetensors", NULL);
    network_write(path, MATCH_LAYERS, NETWORK_METADATA);
    g_test_add_func("/match/cells are means of all layers", test_cells);
    g_test_add_func("/match/subspace keeps inner products", test_subspace);
    g_test_add_func("/match/subspace keeps the most", test_subspace_of_many);
    g_test_add_func("/match/nearest spots", test_nearest);
    g_test_add_func("/match/prices", test_price);
    g_test_add_func("/match/a round of the field", test_round);
    g_test_add_func("/match/inheriting", test_inherit);
    g_test_add_func("/match/laying copies", test_lay_copies);
    g_test_add_func("/match/laying blends", test_lay_blends);
    g_test_add_func("/match/laying favours what the content shows", test_lay_favours);
    g_test_add_func("/match/detail", test_detail);
    g_test_add_func("/match/relighting", test_relight);
    g_test_add_func("/match/tone", test_tone);
    g_test_add_func("/match/plain areas", test_plain);
    int status = g_test_run();
    g_free(path);
    temp_remove(folder);
    workers_free(crew);
    return status;
}
