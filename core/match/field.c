/* field.c: rounds of asking the neighbours, as PatchMatch propagates (Barnes et al. 2009), but with a worth
 * that counts whether the neighbours' spots fit, so that patches of the painting stay whole.
 *
 * A cell of a plain area asks its neighbours more than one at an edge: a sky is one stroke after the other,
 * a window has to be where it is. Without the last term of the worth, such an area becomes a pattern, the
 * same spot of the painting again and again beside itself. Rejected: turning and mirroring the painting,
 * which takes four times as long, and measured worse. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "field.h"

#include <stdlib.h>
#include <string.h>

/* All worths are in cosines. */
static const struct {
    double fit_edge, fit_plain; /* worth of fitting all neighbours, at edges and in plain areas */
    double near_fit;            /* share of it for a spot one beside the one that would fit */
    double inherit;             /* the inherited spot may be this much worse at the start */
    float inherit_plain;        /* in areas that are plainer than that */
    double repeat;              /* what it costs to repeat the same spot close by, often */
    int repeat_radius;          /* what close by is, in cells */
    int repeat_often;           /* how many repetitions often are */
    int rounds;
} WORTH = {.fit_edge = 0.3,
           .fit_plain = 0.75,
           .near_fit = 0.3,
           .inherit = 0.3,
           .inherit_plain = 0.5F,
           .repeat = 0.3,
           .repeat_radius = 3,
           .repeat_often = 4,
           .rounds = 16};

enum { NEIGHBOURS = 8, CANDIDATES = 1 + NEIGHBOURS + NEAREST + 1 };

static const int DOWN[NEIGHBOURS] = {-1, 1, 0, 0, -1, -1, 1, 1},
                 ACROSS[NEIGHBOURS] = {0, 0, -1, 1, -1, 1, -1, 1};

/* ---- What a spot is worth ------------------------------------------------------------------------------ */

static double likeness(const Field *f, size_t cell, int spot)
{
    const float *a = f->codes + cell * CODE, *b = f->spots + (size_t)spot * CODE;
    float sum[8] = {0};
    for (size_t k = 0; k < CODE; k += 8)
        for (size_t lane = 0; lane < 8; lane++)
            sum[lane] += a[k + lane] * b[k + lane];
    return ((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7]));
}

/* A cell and what its neighbours' spots ask of it. */
typedef struct Asked {
    const Field *field;
    const int *old;
    int y, x;
    int neighbours;         /* fewer at the picture's edges */
    int count;              /* of those whose spots can be continued: the painting may end there */
    int wanted[NEIGHBOURS]; /* the spots that would continue theirs */
} Asked;

/* Notes what a neighbour `down` and `across` away, which has that spot, asks. */
static void note(Asked *asked, int down, int across, int spot)
{
    CellGrid painting = asked->field->painting;
    Region all = {0, 0, painting.height, painting.width};
    int y = grid_y(painting, spot) - down, x = grid_x(painting, spot) - across;
    asked->neighbours++;
    if (region_holds(&all, y, x))
        asked->wanted[asked->count++] = y * painting.width + x;
}

static Asked ask(const Field *f, const int *old, size_t cell)
{
    Asked asked = {
        .field = f, .old = old, .y = grid_y(f->content, (int)cell), .x = grid_x(f->content, (int)cell)};
    Region all = {0, 0, f->content.height, f->content.width};
    for (int i = 0; i < NEIGHBOURS; i++) {
        int y = asked.y + DOWN[i], x = asked.x + ACROSS[i];
        if (region_holds(&all, y, x))
            note(&asked, DOWN[i], ACROSS[i], old[y * f->content.width + x]);
    }
    return asked;
}

/* 0..1 */
static double fit(const Asked *asked, int y, int x)
{
    CellGrid painting = asked->field->painting;
    double sum = 0;
    for (int i = 0; i < asked->count; i++) {
        int down = y - grid_y(painting, asked->wanted[i]), across = x - grid_x(painting, asked->wanted[i]);
        int distance = down * down + across * across;
        sum += distance == 0 ? 1 : distance == 1 ? WORTH.near_fit : 0;
    }
    return sum / asked->neighbours;
}

/* Does a cell `down` and `across` away show the same place, and not, or nearly, what continues this one? */
static bool repeats(int down, int across, int spots_down, int spots_across)
{
    bool itself = spots_down == 0 && spots_across == 0,
         beside = abs(spots_down) <= 1 && abs(spots_across) <= 1;
    return itself || (beside && (abs(spots_down - down) > 1 || abs(spots_across - across) > 1));
}

/* 0..1; the spot at y, x of the painting */
static double repetition(const Asked *asked, int y, int x)
{
    CellGrid content = asked->field->content, painting = asked->field->painting;
    int radius = WORTH.repeat_radius, count = 0;
    Region around = {asked->y - radius, asked->x - radius, asked->y + radius + 1, asked->x + radius + 1},
           all = {0, 0, content.height, content.width}, seen = region_common(around, all);
    for (int row = seen.top; row < seen.bottom; row++)
        for (int column = seen.left; column < seen.right; column++) {
            int spot = asked->old[row * content.width + column];
            bool itself = row == asked->y && column == asked->x;
            count += !itself && repeats(row - asked->y, column - asked->x, grid_y(painting, spot) - y,
                                        grid_x(painting, spot) - x);
        }
    return (double)int_min(count, WORTH.repeat_often) / WORTH.repeat_often;
}

static double worth(const Asked *asked, size_t cell, int spot)
{
    const Field *f = asked->field;
    int y = grid_y(f->painting, spot), x = grid_x(f->painting, spot);
    double weight = WORTH.fit_edge + (WORTH.fit_plain - WORTH.fit_edge) * f->plain[cell];
    return likeness(f, cell, spot) - f->price[spot] + weight * fit(asked, y, x) -
           WORTH.repeat * repetition(asked, y, x);
}

double field_worth(const Field *field, const int *old, size_t cell, int spot)
{
    Asked asked = ask(field, old, cell);
    return worth(&asked, cell, spot);
}

/* ---- Rounds -------------------------------------------------------------------------------------------- */

/* Adds a candidate, unless it is there already, as it mostly is where neighbours agree. */
static int add_candidate(int candidate[CANDIDATES], int count, int spot)
{
    for (int i = 0; i < count; i++)
        if (candidate[i] == spot)
            return count;
    candidate[count] = spot;
    return count + 1;
}

static int candidates(const Asked *asked, size_t cell, int candidate[CANDIDATES])
{
    const Field *f = asked->field;
    int count = add_candidate(candidate, 0, asked->old[cell]);
    for (int i = 0; i < asked->count; i++)
        count = add_candidate(candidate, count, asked->wanted[i]);
    for (size_t i = 0; i < NEAREST; i++)
        count = add_candidate(candidate, count, f->nearest[cell * NEAREST + i]);
    return f->inherited ? add_candidate(candidate, count, f->inherited[cell]) : count;
}

static int choose(const Field *f, const int *old, size_t cell)
{
    Asked asked = ask(f, old, cell);
    int candidate[CANDIDATES], count = candidates(&asked, cell, candidate), chosen = candidate[0];
    double most = worth(&asked, cell, chosen);
    for (int i = 1; i < count; i++) {
        double value = worth(&asked, cell, candidate[i]);
        if (value > most) {
            most = value;
            chosen = candidate[i];
        }
    }
    return chosen;
}

typedef struct Round {
    const Field *field;
    int round;
    const int *old;
    int *spot;
} Round;

static void round_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Round *r = data;
    size_t width = (size_t)r->field->content.width;
    for (size_t x = 0; x < width; x++) {
        size_t cell = y * width + x;
        bool turn = ((x + y + (size_t)r->round) & 1) == 0;
        r->spot[cell] = turn ? choose(r->field, r->old, cell) : r->old[cell];
    }
}

void field_round(const Field *field, Workers *workers, int round, const int *old, int *spot)
{
    Round r = {field, round, old, spot};
    workers_run(workers, (size_t)field->content.height, round_row, &r);
}

NstStatus field_settle(const Field *field, Workers *workers, int *spot, int *other)
{
    for (int round = 0; round < WORTH.rounds; round += 2) {
        if (workers_ask_stop(workers))
            return NST_CANCELLED;
        field_round(field, workers, 0, spot, other);
        field_round(field, workers, 1, other, spot);
    }
    return NST_OK;
}

/* ---- The start ----------------------------------------------------------------------------------------- */

/* Where a cell lies in the coarser grid, and from there in the painting. Exact halves give exact doubles. */
static int inherited_along(int at, int cells, int coarse_cells, int coarse_at, int coarse_spot, int spots,
                           int coarse_spots)
{
    double within = (at + 0.5) * coarse_cells / cells - coarse_at;
    return (int)((coarse_spot + within) * spots / coarse_spots);
}

void field_inherit(CellGrid coarse_content, CellGrid coarse_painting, const int *coarse, CellGrid content,
                   CellGrid painting, int *inherited)
{
    for (int cell = 0; cell < (int)grid_cells(content); cell++) {
        int y = grid_y(content, cell), x = grid_x(content, cell);
        int from_y = y * coarse_content.height / content.height,
            from_x = x * coarse_content.width / content.width;
        int spot = coarse[from_y * coarse_content.width + from_x];
        int spot_y = inherited_along(y, content.height, coarse_content.height, from_y,
                                     grid_y(coarse_painting, spot), painting.height, coarse_painting.height);
        int spot_x = inherited_along(x, content.width, coarse_content.width, from_x,
                                     grid_x(coarse_painting, spot), painting.width, coarse_painting.width);
        inherited[cell] = grid_cell(painting, spot_y, spot_x);
    }
}

void field_start(const Field *f, int *spot)
{
    for (size_t cell = 0; cell < grid_cells(f->content); cell++) {
        int nearest = f->nearest[cell * NEAREST];
        bool may = f->inherited && f->plain[cell] > WORTH.inherit_plain;
        bool inherits =
            may && likeness(f, cell, f->inherited[cell]) > likeness(f, cell, nearest) - WORTH.inherit;
        spot[cell] = inherits ? f->inherited[cell] : nearest;
    }
}
