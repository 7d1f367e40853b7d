/* grid.h: numbers that are whole multiples of a power of two, so that the learner computes the same on every
 * machine.
 *
 * A sum of products of such numbers is exact in double as long as it stays below 2^53 steps of the product's
 * grid, and an exact sum doesn't depend on its order: any BLAS, with any number of threads and any vector
 * unit, gives the same bits. Otherwise k-means would turn a difference in one layer's last place into
 * different filters in the next. Everything that is not such a sum is computed in a fixed order, by basic
 * operations alone.
 *
 * Rejected: plain loops for everything, which are reproducible, too, but ten times as slow; integer types,
 * for which there is no BLAS. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_GRID_H
#define NST_GRID_H

#include "core/base/status.h"

#include <stddef.h>

/* Binary places after the point. Activations have a mean of about 1 and reach a few hundred; weights of deep
 * layers are about 0.01, where float16's own step is 2^-17. */
enum { ACTIVATION_BITS = 10, WEIGHT_BITS = 20, WHITENING_BITS = 22, UNIT_BITS = 15 };

/* The nearest multiple of 2^-bits, ties to even. |x| < 2^(51 - bits). */
double grid_round(double x, int bits);

/* The same for arrays. */
void grid_round_floats(int bits, size_t count, float *values);
void grid_round_doubles(int bits, size_t count, double *values);

/* Euclidean norms, which bound sums of products (Cauchy and Schwarz): of an array, and the largest of a
 * matrix's [rows, columns] rows. Whatever part of a sum of products a BLAS has added up so far, it is at most
 * the product of two such norms. */
double grid_norm(size_t count, const double *values);
double grid_row_norm(size_t rows, size_t columns, const float *values);

/* Checks that sums up to `largest` on a grid of 2^-bits are exact in double. NST_BAD_ARGUMENT: they aren't;
 * `what` names them in the message. */
NstStatus grid_check(double largest, int bits, const char *what, NstError *error);

void grid_widen(size_t count, const float *values, double *wide);

#endif
