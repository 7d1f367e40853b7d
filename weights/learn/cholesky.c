/* cholesky.c: block columns from left to right (Golub and Van Loan, "Matrix Computations", 4th ed., 4.2). A
 * block holds 64 rows: at the width of the deep patches, 4608, they just fit into the second-level cache. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cholesky.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 };

static size_t blocks(size_t side)
{
    return (side + BLOCK - 1) / BLOCK;
}

static size_t block_length(size_t block, size_t side)
{
    size_t rest = side - block * BLOCK;
    return rest < BLOCK ? rest : BLOCK;
}

/* ---- Products in a fixed order ------------------------------------------------------------------------- */

enum { LINE = 8 }; /* columns that are summed together */

/* c [rows, columns] -= a [rows, depth] * b [depth, columns]. Each entry of c loses its products one by one,
 * in the order of depth. a_row, b_row and c_row are the distances between rows. */
static void subtract_product(size_t rows, size_t columns, size_t depth, const double *restrict a,
                             size_t a_row, const double *restrict b, size_t b_row, double *restrict c,
                             size_t c_row)
{
    size_t whole = columns / LINE * LINE;
    for (size_t y = 0; y < rows; y++) {
        const double *from = a + y * a_row;
        for (size_t x = 0; x < whole; x += LINE) {
            double sum[LINE];
            memcpy(sum, c + y * c_row + x, sizeof sum);
            for (size_t k = 0; k < depth; k++)
                for (size_t i = 0; i < LINE; i++)
                    sum[i] -= from[k] * b[k * b_row + x + i];
            memcpy(c + y * c_row + x, sum, sizeof sum);
        }
        for (size_t x = whole; x < columns; x++)
            for (size_t k = 0; k < depth; k++)
                c[y * c_row + x] -= from[k] * b[k * b_row + x];
    }
}

/* ---- Cholesky's factor --------------------------------------------------------------------------------- */

typedef struct Factor {
    size_t side, block; /* block: the block column being computed */
    double *a;
    double *panel; /* [side, BLOCK]: what is known of the rows of `block`, as columns */
} Factor;

/* Subtracts the contribution of the earlier columns from a block of rows. */
static void reduce_block(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Factor *f = data;
    size_t row = (f->block + item) * BLOCK, column = f->block * BLOCK;
    subtract_product(block_length(f->block + item, f->side), block_length(f->block, f->side), column,
                     f->a + row * f->side, f->side, f->panel, BLOCK, f->a + row * f->side + column, f->side);
}

/* Solves x d' = row in place for one row of the block column; d: its block on the diagonal. */
static void solve_row(const double *d, size_t side, size_t columns, double *row)
{
    for (size_t x = 0; x < columns; x++) {
        for (size_t k = 0; k < x; k++)
            row[x] -= row[k] * d[x * side + k];
        row[x] /= d[x * side + x];
    }
}

/* A block of rows below the diagonal, once the block on the diagonal is known. */
static void solve_block(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Factor *f = data;
    size_t block = f->block + 1 + item, column = f->block * BLOCK;
    for (size_t y = 0; y < block_length(block, f->side); y++)
        solve_row(f->a + column * f->side + column, f->side, BLOCK,
                  f->a + (block * BLOCK + y) * f->side + column);
}

/* The block on the diagonal, row by row. False: a is not positive definite. */
static bool factor_diagonal(const Factor *f)
{
    size_t column = f->block * BLOCK, length = block_length(f->block, f->side);
    double *d = f->a + column * f->side + column;
    for (size_t y = 0; y < length; y++) {
        double *row = d + y * f->side;
        solve_row(d, f->side, y, row);
        for (size_t k = 0; k < y; k++)
            row[y] -= row[k] * row[k];
        if (!(row[y] > 0))
            return false;
        row[y] = sqrt(row[y]);
    }
    return true;
}

static void fill_panel(const Factor *f)
{
    size_t column = f->block * BLOCK, length = block_length(f->block, f->side);
    for (size_t y = 0; y < length; y++)
        for (size_t k = 0; k < column; k++)
            f->panel[k * BLOCK + y] = f->a[(column + y) * f->side + k];
}

NstStatus cholesky_factor(Workers *workers, int side, double *a, NstError *error)
{
    Factor f = {(size_t)side, 0, a, malloc((size_t)side * BLOCK * sizeof *f.panel)};
    NstStatus status = NST_OK;
    if (!f.panel)
        status = nst_fail_memory(error, "the whitening", 8.0 * side * BLOCK);
    size_t count = blocks(f.side);
    for (; status == NST_OK && f.block < count; f.block++) {
        fill_panel(&f);
        workers_run(workers, count - f.block, reduce_block, &f);
        if (factor_diagonal(&f))
            workers_run(workers, count - f.block - 1, solve_block, &f);
        else
            status = nst_fail(error, NST_BAD_ARGUMENT, "The patches' covariance is not positive definite");
    }
    free(f.panel);
    return status;
}

/* ---- Its inverse --------------------------------------------------------------------------------------- */

typedef struct Inverse {
    size_t side;
    const double *l;
    double *out;
} Inverse;

/* Solves d x = b in place; b: [rows, columns], d: a block on the diagonal. */
static void solve_columns(const double *d, size_t side, size_t rows, size_t columns, double *b)
{
    for (size_t y = 0; y < rows; y++) {
        for (size_t k = 0; k < y; k++)
            for (size_t x = 0; x < columns; x++)
                b[y * side + x] -= d[y * side + k] * b[k * side + x];
        for (size_t x = 0; x < columns; x++)
            b[y * side + x] /= d[y * side + y];
    }
}

/* Solves l out = 1 for one block column, from the diagonal down. */
static void invert_block(void *data, size_t block, float *scratch)
{
    (void)scratch;
    const Inverse *v = data;
    size_t first = block * BLOCK, columns = block_length(block, v->side);
    for (size_t y = 0; y < v->side; y++)
        for (size_t x = 0; x < columns; x++)
            v->out[y * v->side + first + x] = y == first + x;
    for (size_t i = block; i < blocks(v->side); i++) {
        size_t row = i * BLOCK, rows = block_length(i, v->side);
        subtract_product(rows, columns, row - first, v->l + row * v->side + first, v->side,
                         v->out + first * v->side + first, v->side, v->out + row * v->side + first, v->side);
        solve_columns(v->l + row * v->side + row, v->side, rows, columns, v->out + row * v->side + first);
    }
}

void cholesky_invert(Workers *workers, int side, const double *l, double *inverse)
{
    Inverse v = {(size_t)side, l, inverse};
    workers_run(workers, blocks(v.side), invert_block, &v);
}
