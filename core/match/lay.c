/* lay.c: each cell moves its window of the painting by a whole number of pixels, so nothing is interpolated
 * and the brush's finest hairs stay. Where neighbouring cells move alike, as they do wherever spots
 * continue each other, their windows show the same pixels, and laying is copying.
 *
 * Elsewhere windows disagree, most of all at edges, since a cell is four pixels wide and an edge runs
 * anywhere through it. Blended by their place alone they blur each other: eyes and windows melted. So each
 * pixel favours those that show there what the content has there. The pixels are still the painting's own,
 * but an edge is where it should be, to the pixel. Wider windows give it more to choose from, where without
 * a choice they would blur more.
 *
 * Rejected: cells side by side, whose borders show as a grid; taking the one best window, which gives
 * confetti; and seams of least difference (Efros and Freeman, "Image Quilting", SIGGRAPH 2001), which don't
 * know where the content's edges are. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lay.h"

#include "core/base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Move {
    int down, across; /* pixels from a place in the picture to its place in the painting */
} Move;

typedef struct Laying {
    const LayTask *task;
    const Move *move; /* [cells of the content] */
    NstImage *laid;
} Laying;

/* By eye: below it pixels become restless, above it edges melt. */
static const float TOLERANCE = 0.12F, CHROMA = 0.3F;

double lay_bytes(CellGrid content)
{
    return (double)grid_cells(content) * sizeof(Move);
}

void lay_painting_size(MatchScale grid, const LayPart *part, int *width, int *height)
{
    *width = int_max(1, (int)lround((double)grid.painting.width * part->width / grid.content.width));
    *height = int_max(1, (int)lround((double)grid.painting.height * part->height / grid.content.height));
}

static void fill_moves(MatchScale grid, const int *spot, const LayPart *part, Move *move)
{
    double across = (double)part->width / grid.content.width,
           down = (double)part->height / grid.content.height;
    for (int cell = 0; cell < (int)grid_cells(grid.content); cell++) {
        int cells_down = grid_y(grid.painting, spot[cell]) - grid_y(grid.content, cell),
            cells_across = grid_x(grid.painting, spot[cell]) - grid_x(grid.content, cell);
        move[cell] = (Move){(int)lround(cells_down * down), (int)lround(cells_across * across)};
    }
}

/* A place in a mirror that is at most as far away as the side is long. */
static int mirrored(int place, int side)
{
    int seen = place < 0 ? -1 - place : place >= side ? 2 * side - 1 - place : place;
    return clamp_int(seen, 0, side - 1);
}

/* The painting's pixel; beyond its edges, where half a cell may reach, its mirror image. */
static const float *seen_at(const NstImage *painting, int y, int x)
{
    size_t row = (size_t)mirrored(y, painting->height), column = (size_t)mirrored(x, painting->width);
    return painting->rgb + 3 * (row * (size_t)painting->width + column);
}

static bool same_move(Move a, Move b)
{
    return a.down == b.down && a.across == b.across;
}

/* ---- One pixel ----------------------------------------------------------------------------------------- */

/* The windows over a pixel, and what each shows. i, j: its place in the part. */
typedef struct Over {
    int count;
    const float *seen[WINDOWS_OVER * WINDOWS_OVER];
    float share[WINDOWS_OVER * WINDOWS_OVER];
} Over;

static const float *seen_through(const Laying *l, Move move, int i, int j)
{
    const LayPart *part = &l->task->part;
    return seen_at(l->task->painting, part->top + i + move.down, part->left + j + move.across);
}

static Move move_at(const Laying *l, int k, int m, int i, int j)
{
    const LayTask *t = l->task;
    return l->move[t->down->cell[k][i] * t->grid.content.width + t->across->cell[m][j]];
}

static bool all_move_alike(const Laying *l, int i, int j)
{
    Move first = move_at(l, 0, 0, i, j);
    for (int k = 0; k < l->task->down->over; k++)
        for (int m = 0; m < l->task->across->over; m++)
            if (!same_move(first, move_at(l, k, m, i, j)))
                return false;
    return true;
}

static void look_through(const Laying *l, int i, int j, Over *over)
{
    const LayTask *t = l->task;
    over->count = 0;
    for (int k = 0; k < t->down->over; k++)
        for (int m = 0; m < t->across->over; m++) {
            over->seen[over->count] = seen_through(l, move_at(l, k, m, i, j), i, j);
            over->share[over->count++] = t->down->share[k][i] * t->across->share[m][j];
        }
}

static float likeness(const float *seen, const float *wanted)
{
    float difference[3] = {seen[0] - wanted[0], seen[1] - wanted[1], seen[2] - wanted[2]},
          light = content_light(difference), red = difference[0] - light, blue = difference[2] - light;
    float square = light * light + CHROMA * (red * red + blue * blue);
    float root = 1 / (1 + square / (8 * TOLERANCE * TOLERANCE));
    return root * root * root * root;
}

/* Shares by what the content has there; they still add up to 1. */
static void favour(const Laying *l, int i, int j, Over *over)
{
    const NstImage *content = l->task->content;
    float wanted[3], sum = 0;
    content_relight_pixel(l->task->relighting,
                          content->rgb + 3 * ((size_t)i * (size_t)content->width + (size_t)j), wanted);
    for (int k = 0; k < over->count; k++)
        sum += over->share[k] *= likeness(over->seen[k], wanted);
    for (int k = 0; k < over->count; k++)
        over->share[k] /= sum;
}

static void blend(const Over *over, float *rgb)
{
    float sum[3] = {0};
    for (int k = 0; k < over->count; k++)
        for (int c = 0; c < 3; c++)
            sum[c] += over->share[k] * over->seen[k][c];
    memcpy(rgb, sum, sizeof sum);
}

/* A copy where all move alike, so that no share's rounding shows. */
static void lay_pixel(const Laying *l, int i, int j, float *rgb)
{
    Over over;
    if (all_move_alike(l, i, j)) {
        memcpy(rgb, seen_through(l, move_at(l, 0, 0, i, j), i, j), 3 * sizeof *rgb);
        return;
    }
    look_through(l, i, j, &over);
    if (l->task->content)
        favour(l, i, j, &over);
    blend(&over, rgb);
}

/* ---- All of them --------------------------------------------------------------------------------------- */

static void lay_row(void *data, size_t row, float *scratch)
{
    (void)scratch;
    const Laying *l = data;
    float *rgb = l->laid->rgb + 3 * row * (size_t)l->laid->width;
    for (int j = 0; j < l->laid->width; j++)
        lay_pixel(l, (int)row, j, rgb + 3 * (size_t)j);
}

NstStatus lay(const LayTask *task, Workers *workers, NstImage *laid, NstError *error)
{
    CellGrid cells = task->grid.content;
    Move *move = memory_new(grid_cells(cells) * sizeof *move);
    if (!move)
        return nst_fail_memory(error, "working space", lay_bytes(cells));
    fill_moves(task->grid, task->spot, &task->part, move);
    Laying laying = {task, move, laid};
    workers_run(workers, (size_t)laid->height, lay_row, &laying);
    free(move);
    return NST_OK;
}
