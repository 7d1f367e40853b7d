/* matrix.c: one tile at a time over all rows, by dgemm. The sums are exact, so its order of summation doesn't
 * matter. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matrix.h"

#include "grid.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 512, TILE = 256 };

static size_t blocks(size_t count, size_t size)
{
    return (count + size - 1) / size;
}

static size_t block_length(size_t block, size_t size, size_t count)
{
    size_t rest = count - block * size;
    return rest < size ? rest : size;
}

typedef struct Square {
    size_t rows, side;
    const float *a;
    double *out;
} Square;

static void widen_columns(const Square *s, size_t first, size_t rows, size_t column, size_t columns,
                          double *wide)
{
    for (size_t y = 0; y < rows; y++)
        grid_widen(columns, s->a + (first + y) * s->side + column, wide + y * TILE);
}

/* One tile on or below the diagonal, over all rows, and its mirror image. */
static void square_tile(void *data, size_t item, float *scratch)
{
    const Square *s = data;
    size_t across = blocks(s->side, TILE), ty = item / across, tx = item % across;
    if (tx > ty)
        return;
    size_t i = ty * TILE, j = tx * TILE;
    size_t height = block_length(ty, TILE, s->side), width = block_length(tx, TILE, s->side);
    double *left = (double *)(void *)scratch, *right = left + CHUNK * TILE, *sum = right + CHUNK * TILE;
    memset(sum, 0, TILE * TILE * sizeof *sum);
    for (size_t first = 0; first < s->rows; first += CHUNK) {
        size_t rows = block_length(first / CHUNK, CHUNK, s->rows);
        widen_columns(s, first, rows, i, height, left);
        widen_columns(s, first, rows, j, width, right);
        cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)height, (int)width, (int)rows, 1, left,
                    TILE, right, TILE, 1, sum, TILE);
    }
    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < width; x++)
            s->out[(j + x) * s->side + i + y] = s->out[(i + y) * s->side + j + x] =
                sum[y * TILE + x] / (double)s->rows;
}

/* The largest sum of a column's squares: no sum in the product is larger (Cauchy and Schwarz). */
static NstStatus largest_square(const Square *s, double *largest, NstError *error)
{
    double *square = calloc(s->side, sizeof *square);
    if (!square)
        return nst_fail_memory(error, "the patches' covariance", 8.0 * (double)s->side);
    for (size_t y = 0; y < s->rows; y++)
        for (size_t x = 0; x < s->side; x++)
            square[x] += (double)s->a[y * s->side + x] * (double)s->a[y * s->side + x];
    *largest = 0;
    for (size_t x = 0; x < s->side; x++)
        *largest = fmax(*largest, square[x]);
    free(square);
    return NST_OK;
}

NstStatus matrix_mean_square(Workers *workers, size_t rows, int side, const float *a, double *out,
                             NstError *error)
{
    Square s = {rows, (size_t)side, a, out};
    size_t across = blocks(s.side, TILE);
    double largest = 0;
    NstStatus status = largest_square(&s, &largest, error);
    if (status == NST_OK)
        status = grid_check(largest, 2 * ACTIVATION_BITS, "The covariance", error);
    if (status == NST_OK)
        status = workers_reserve(workers, 2 * (2 * CHUNK * TILE + TILE * TILE), error);
    if (status == NST_OK)
        workers_run(workers, across * across, square_tile, &s);
    return status;
}
