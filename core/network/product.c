/* product.c: the matrix products inside convolutions and Gram matrices, compiled once for each kind of vector
 * unit.
 *
 * A block of C, some rows by two vectors, is kept in registers while k runs: each step loads two vectors of
 * B, and one number of A for each row. B is packed in panels two vectors wide, so it streams in order; A's
 * rows stay in the first-level cache while a panel is multiplied by all of them.
 *
 * Why not OpenBLAS's sgemm: it packs B in every call, and with the 4 to 64 rows of a small map packing takes
 * longer than multiplying. Measured on one core with the same vector unit (tests/bench/RESULTS.md): three
 * times OpenBLAS's rate at 4 rows, twice at 16, 1.2 times at 128; and twice its rate at 128 where OpenBLAS
 * doesn't know the processor and falls back on an older kernel. Results also don't depend on which OpenBLAS
 * is installed. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "product.h"

#include "core/base/ranges.h"
#include "lanes.h"

/* ROWS times two vectors of sums, two vectors of B and one of A must fit the registers: 32 with AVX-512, else
 * 16. */
#if defined(__AVX512F__)
enum { ROWS = 12 };
#else
enum { ROWS = 6 };
#endif
enum { ROWS_LEFT = 4, PANEL = 2 * LANES, CACHE_LINE = 16 };

/* For a small map each kernel is used once per evaluation, and so comes from memory. The processor's own
 * prefetching stops at each 4 KiB page; two pages ahead is early enough (measured: a quarter less time at
 * 128 x 128, 5 % less at 512 x 512). */
enum { AHEAD = 2048 };

static void pack(size_t depth, size_t columns, const float *b, float *packed)
{
    for (size_t panel = 0; panel < product_columns(columns); panel += PANEL)
        for (size_t k = 0; k < depth; k++)
            for (size_t j = panel; j < panel + PANEL; j++)
                *packed++ = j < columns ? b[k * columns + j] : 0;
}

/* One block; `rows` is a constant wherever this is inlined. */
UNCHECKED INLINE void block(const size_t rows, size_t depth, const float *a, size_t a_step, const float *b,
                            float *c, size_t c_step)
{
    Vector sum[ROWS][2];
#pragma GCC unroll 16
    for (size_t i = 0; i < rows; i++)
        sum[i][0] = sum[i][1] = (Vector){0};
    for (size_t k = 0; k < depth; k++, b += PANEL) {
        for (int line = 0; line < PANEL; line += CACHE_LINE)
            __builtin_prefetch(b + AHEAD + line);
        Vector left = *(const Vector *)b, right = *(const Vector *)(b + LANES);
#pragma GCC unroll 16
        for (size_t i = 0; i < rows; i++) {
            sum[i][0] += a[i * a_step + k] * left;
            sum[i][1] += a[i * a_step + k] * right;
        }
    }
#pragma GCC unroll 16
    for (size_t i = 0; i < rows; i++) {
        *(Vector *)(c + i * c_step) = sum[i][0];
        *(Vector *)(c + i * c_step + LANES) = sum[i][1];
    }
}

UNCHECKED static void multiply(size_t rows, size_t depth, size_t from, size_t end, const float *a,
                               size_t a_step, const float *packed, float *c, size_t c_step)
{
    rows_used(a, rows, depth, a_step);
    range_used(packed + from * depth, (end - from) * depth * sizeof *packed);
    rows_used(c, rows, end - from, c_step);
    for (size_t j = from; j < end; j += PANEL, c += PANEL) {
        const float *b = packed + j * depth;
        size_t i = 0;
        for (; i + ROWS <= rows; i += ROWS)
            block(ROWS, depth, a + i * a_step, a_step, b, c + i * c_step, c_step);
        for (; i + ROWS_LEFT <= rows; i += ROWS_LEFT)
            block(ROWS_LEFT, depth, a + i * a_step, a_step, b, c + i * c_step, c_step);
        for (; i < rows; i++)
            block(1, depth, a + i * a_step, a_step, b, c + i * c_step, c_step);
    }
}

/* Like block, but both factors are columns of f, unpacked. */
UNCHECKED INLINE void square_block(const size_t rows, size_t depth, const float *left, const float *right,
                                   size_t f_step, float *c, size_t c_step)
{
    Vector sum[ROWS][2];
#pragma GCC unroll 16
    for (size_t i = 0; i < rows; i++)
        for (int half = 0; half < 2; half++)
            sum[i][half] = *(const Vector *)(c + i * c_step + (size_t)half * LANES);
    for (size_t k = 0; k < depth; k++, left += f_step, right += f_step) {
        Vector first = *(const Vector *)right, second = *(const Vector *)(right + LANES);
#pragma GCC unroll 16
        for (size_t i = 0; i < rows; i++) {
            sum[i][0] += left[i] * first;
            sum[i][1] += left[i] * second;
        }
    }
#pragma GCC unroll 16
    for (size_t i = 0; i < rows; i++)
        for (int half = 0; half < 2; half++)
            *(Vector *)(c + i * c_step + (size_t)half * LANES) = sum[i][half];
}

UNCHECKED static void add_square(size_t rows, size_t depth, size_t columns, const float *f, size_t f_step,
                                 float *c, size_t c_step)
{
    rows_used(f, depth, columns, f_step);
    rows_used(c, rows, columns, c_step);
    for (size_t j = 0; j < columns; j += PANEL) {
        size_t i = 0, end = j + PANEL < rows ? j + PANEL : rows;
        for (; i + ROWS <= end; i += ROWS)
            square_block(ROWS, depth, f + i, f + j, f_step, c + i * c_step + j, c_step);
        for (; i + ROWS_LEFT <= end; i += ROWS_LEFT)
            square_block(ROWS_LEFT, depth, f + i, f + j, f_step, c + i * c_step + j, c_step);
        for (; i < end; i++)
            square_block(1, depth, f + i, f + j, f_step, c + i * c_step + j, c_step);
    }
}

#if defined(__AVX__)
#define WIDE true
#else
#define WIDE false
#endif

const Product NAMED(product) = {WIDE, PANEL, pack, multiply, add_square};
