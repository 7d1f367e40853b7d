/* nearest.c: an exact search, as one product of matrices in blocks that stay in the cache. Its cost is
 * known in advance, and at these sizes it is less than the network's. Rejected: PatchMatch's random search,
 * which needs fewer products, but may miss the best, and needs several for each cell. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nearest.h"

#include "core/base/memory.h"
#include "core/network/simd.h"

#include <math.h>
#include <stdlib.h>

enum {
    ROWS = 64,     /* cells of a block */
    COLUMNS = 512, /* spots of a block; a multiple of PRODUCT_COLUMNS */
    GROUP = 32,    /* spots that are passed over together if none is good enough */
    ITEMS = 64,    /* blocks of cells between two questions whether to stop */
};

size_t nearest_scratch(void)
{
    return (size_t)ROWS * COLUMNS;
}

double nearest_pack_bytes(double spots)
{
    return 2 * (spots + PRODUCT_COLUMNS) * CODE * sizeof(float);
}

double nearest_work(double cells, double spots)
{
    return cells * spots * CODE;
}

NstStatus nearest_pack(size_t spots, const float *codes, float **packed, NstError *error)
{
    float *turned = memory_floats(spots * CODE);
    *packed = memory_floats(product_floats(CODE, spots));
    if (!turned || !*packed) {
        free(turned);
        free(*packed);
        *packed = NULL;
        return nst_fail_memory(error, "working space", nearest_pack_bytes((double)spots));
    }
    for (size_t i = 0; i < spots; i++)
        for (size_t k = 0; k < CODE; k++)
            turned[k * spots + i] = codes[i * CODE + k];
    simd_best()->product->pack(CODE, spots, turned, *packed);
    free(turned);
    return NST_OK;
}

/* ---- The best so far of one cell ----------------------------------------------------------------------- */

typedef struct Best {
    int count;
    float value[NEAREST];
    int spot[NEAREST];
} Best;

static Best best_of_none(int count)
{
    Best best = {.count = count};
    for (int i = 0; i < NEAREST; i++)
        best.value[i] = -INFINITY;
    return best;
}

static void insert(Best *best, float value, int spot)
{
    int place = best->count - 1;
    for (; place > 0 && best->value[place - 1] < value; place--) {
        best->value[place] = best->value[place - 1];
        best->spot[place] = best->spot[place - 1];
    }
    best->value[place] = value;
    best->spot[place] = spot;
}

static bool any_above(const float *value, size_t count, float least)
{
    int above = 0;
    for (size_t i = 0; i < count; i++)
        above |= value[i] > least;
    return above != 0;
}

static void offer_group(Best *best, const float *value, size_t count, size_t first)
{
    for (size_t i = 0; i < count; i++)
        if (value[i] > best->value[best->count - 1])
            insert(best, value[i], (int)(first + i));
}

static void offer(Best *best, const float *value, size_t count, size_t first)
{
    for (size_t at = 0; at < count; at += GROUP) {
        size_t group = count - at < GROUP ? count - at : GROUP;
        if (any_above(value + at, group, best->value[best->count - 1]))
            offer_group(best, value + at, group, first + at);
    }
}

/* ---- Blocks -------------------------------------------------------------------------------------------- */

typedef struct Block {
    const NearestSearch *search;
    int *spot;
    size_t item; /* the first of this run */
} Block;

static void subtract_prices(float *value, const float *price, size_t count)
{
    for (size_t i = 0; i < count; i++)
        value[i] -= price[i];
}

/* Offers the spots from..end to the cells of one block; end may lie beyond the last spot. */
static void compare(const NearestSearch *s, size_t row, size_t rows, size_t from, size_t end, float *likeness,
                    Best *best)
{
    size_t count = (end < s->spots ? end : s->spots) - from;
    simd_best()->product->multiply(rows, CODE, from, end, s->codes + row * CODE, CODE, s->packed, likeness,
                                   COLUMNS);
    for (size_t i = 0; i < rows; i++) {
        if (s->price)
            subtract_prices(likeness + i * COLUMNS, s->price + from, count);
        offer(&best[i], likeness + i * COLUMNS, count, from);
    }
}

static void find_item(void *data, size_t item, float *likeness)
{
    const Block *block = data;
    const NearestSearch *s = block->search;
    size_t row = (block->item + item) * ROWS, rows = s->cells - row < ROWS ? s->cells - row : ROWS;
    size_t columns = product_columns(s->spots);
    Best best[ROWS];
    for (size_t i = 0; i < rows; i++)
        best[i] = best_of_none(s->best);
    for (size_t from = 0; from < columns; from += COLUMNS)
        compare(s, row, rows, from, columns - from < COLUMNS ? columns : from + COLUMNS, likeness, best);
    for (size_t i = 0; i < rows; i++)
        for (int k = 0; k < s->best; k++)
            block->spot[(row + i) * (size_t)s->best + (size_t)k] = best[i].spot[k];
}

NstStatus nearest_find(const NearestSearch *search, Workers *workers, int *spot)
{
    size_t items = (search->cells + ROWS - 1) / ROWS;
    Block block = {search, spot, 0};
    for (; block.item < items; block.item += ITEMS) {
        if (workers_ask_stop(workers))
            return NST_CANCELLED;
        workers_run(workers, items - block.item < ITEMS ? items - block.item : ITEMS, find_item, &block);
    }
    return NST_OK;
}
