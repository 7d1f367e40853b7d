/* lay.c: each cell moves its window of the painting by a whole number of pixels, so nothing is interpolated
 * and the brush's finest hairs stay. Where neighbouring cells move alike, as they do wherever spots
 * continue each other, their windows show the same pixels, and laying is copying; elsewhere they blend over
 * one cell.
 *
 * Rejected: cells side by side, whose borders show as a grid; and seams of least difference (Efros and
 * Freeman, "Image Quilting", SIGGRAPH 2001), a search for each pair of neighbours, where a run paints over
 * the joints anyway. */
#include "lay.h"

#include "core/base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Move {
    int down, across; /* pixels from a place in the picture to its place in the painting */
} Move;

typedef struct Laying {
    CellGrid content;
    const Move *move; /* [cells of the content] */
    const LayPart *part;
    const Windows *across, *down;
    const NstImage *painting;
    NstImage *laid;
} Laying;

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

/* The four windows over a pixel; i, j: its place in the part. */
typedef struct Over {
    Move move[4];
    float share[4];
} Over;

static Over windows_over(const Laying *l, int i, int j)
{
    Over over;
    for (int k = 0; k < 4; k++) {
        int cell = l->down->cell[k / 2][i] * l->content.width + l->across->cell[k % 2][j];
        over.move[k] = l->move[cell];
        over.share[k] = l->down->share[k / 2][i] * l->across->share[k % 2][j];
    }
    return over;
}

static bool all_alike(const Over *over)
{
    return same_move(over->move[0], over->move[1]) && same_move(over->move[0], over->move[2]) &&
           same_move(over->move[0], over->move[3]);
}

static const float *seen_through(const Laying *l, Move move, int i, int j)
{
    return seen_at(l->painting, l->part->top + i + move.down, l->part->left + j + move.across);
}

static void blend(const Laying *l, const Over *over, int i, int j, float *rgb)
{
    float sum[3] = {0};
    for (int k = 0; k < 4; k++) {
        const float *seen = seen_through(l, over->move[k], i, j);
        for (int c = 0; c < 3; c++)
            sum[c] += over->share[k] * seen[c];
    }
    memcpy(rgb, sum, sizeof sum);
}

/* A copy where all move alike, so that no share's rounding shows. */
static void lay_pixel(const Laying *l, int i, int j, float *rgb)
{
    Over over = windows_over(l, i, j);
    if (all_alike(&over))
        memcpy(rgb, seen_through(l, over.move[0], i, j), 3 * sizeof *rgb);
    else
        blend(l, &over, i, j, rgb);
}

static void lay_row(void *data, size_t row, float *scratch)
{
    (void)scratch;
    const Laying *l = data;
    float *rgb = l->laid->rgb + 3 * row * (size_t)l->laid->width;
    for (int j = 0; j < l->laid->width; j++)
        lay_pixel(l, (int)row, j, rgb + 3 * (size_t)j);
}

NstStatus lay(MatchScale grid, const int *spot, const LayPart *part, const Windows *across,
              const Windows *down, const NstImage *painting, Workers *workers, NstImage *laid,
              NstError *error)
{
    Move *move = memory_new(grid_cells(grid.content) * sizeof *move);
    if (!move)
        return nst_fail_memory(error, "working space", lay_bytes(grid.content));
    fill_moves(grid, spot, part, move);
    Laying laying = {grid.content, move, part, across, down, painting, laid};
    workers_run(workers, (size_t)laid->height, lay_row, &laying);
    free(move);
    return NST_OK;
}
