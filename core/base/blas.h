/* blas.h: what core takes from OpenBLAS, and what takes its place in a build without (-Dopenblas=disabled):
 * one of two files is built, blas_openblas.c or blas_none.c.
 *
 * Little is: with vectors of AVX or wider product.c is the faster one for Gram matrices, too. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_BLAS_H
#define NST_BLAS_H

#include <stdbool.h>
#include <stddef.h>

extern const bool blas_is_openblas;
extern const double blas_thread_bytes; /* of address space, for each thread that calls it */

/* Adds F'F: c[i, j] += sum over k of f[k, i] f[k, j] for k < depth, i < rows and i <= j < columns, where
 * rows <= columns; values left of c's diagonal become meaningless. Rows of f are f_step floats apart, those
 * of c c_step. Any thread that counts as one of a crew. */
void blas_add_square(size_t rows, size_t depth, size_t columns, const float *f, size_t f_step, float *c,
                     size_t c_step);

/* Prepares for so many threads more that call it, each to be computed in the thread itself. False: there is
 * no memory for them, and nothing to leave. Any thread. */
bool blas_join(int threads);
void blas_leave(int threads);

#endif
