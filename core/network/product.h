/* product.h: C = A B where B stays the same for many A: B is packed once, and each product then reads it
 * sequentially. Any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_PRODUCT_H
#define NST_PRODUCT_H

#include <stdbool.h>
#include <stddef.h>

/* A packed B is padded with zeros to a multiple of PRODUCT_COLUMNS, which serves every kind of vector unit.
 * PRODUCT_RUN columns always lie together. */
enum { PRODUCT_COLUMNS = 32, PRODUCT_RUN = 8 };

typedef struct Product {
    bool wide;    /* vectors of AVX or wider: OpenBLAS's kernels are no faster */
    size_t panel; /* columns of B that are stored together, see product_index; a multiple of PRODUCT_RUN */

    /* Packs b [depth, columns], row by row, into `packed`: product_floats(depth, columns) floats. */
    void (*pack)(size_t depth, size_t columns, const float *b, float *packed);

    /* c[i, j] = sum over k of a[i, k] b[k, j] for 0 <= i < rows and from <= j < end, where `from` and `end`
     * are multiples of PRODUCT_COLUMNS; c's first column is column `from`. Rows of a are a_step floats
     * apart, those of c c_step. Each sum is taken in the order of k whatever the shape, so a product cut
     * into pieces gives the same bits. */
    void (*multiply)(size_t rows, size_t depth, size_t from, size_t end, const float *a, size_t a_step,
                     const float *packed, float *c, size_t c_step);

    /* Adds F'F: c[i, j] += sum over k of f[k, i] f[k, j] for k < depth, i < rows and i <= j < columns, where
     * rows and columns are multiples of PRODUCT_COLUMNS; values left of c's diagonal become meaningless. Rows
     * of f are f_step floats apart, those of c c_step. */
    void (*add_square)(size_t rows, size_t depth, size_t columns, const float *f, size_t f_step, float *c,
                       size_t c_step);
} Product;

/* `columns`, padded. */
static inline size_t product_columns(size_t columns)
{
    return (columns + PRODUCT_COLUMNS - 1) / PRODUCT_COLUMNS * PRODUCT_COLUMNS;
}

static inline size_t product_floats(size_t depth, size_t columns)
{
    return depth * product_columns(columns);
}

/* Where b[k, j] lies in the packed matrix. The next columns follow it, up to a multiple of PRODUCT_RUN. */
static inline size_t product_index(const Product *product, size_t depth, size_t k, size_t j)
{
    return (j / product->panel * depth + k) * product->panel + j % product->panel;
}

/* Compiled from product.c once for each kind; simd.h chooses. */
extern const Product product_plain;
extern const Product product_avx2;   /* on x86-64 only */
extern const Product product_avx512; /* on x86-64 only */

#endif
