/* grid.h: numbers that are whole multiples of a power of two, so that the learner computes the same on every
 * machine.
 *
 * A sum of products of such numbers is exact in double for as long as it stays below 2^53 steps of the
 * product's grid, and what is exact doesn't hang on the order of the sum: any BLAS, with any number of
 * threads and any vector unit, gives the same bits. Without that k-means turns a last place in one layer into
 * other filters in the next. All that is no such sum is computed in a fixed order, by basic operations alone.
 *
 * Rejected: plain loops for everything, which are exact in the same sense but ten times as slow; whole
 * numbers in integer types, for which there is no BLAS. */
#ifndef NST_GRID_H
#define NST_GRID_H

#include "core/base/status.h"

#include <stddef.h>

/* Places after the binary point. Activations have a mean of about 1 and reach some hundreds; weights of deep
 * layers are about 0.01, where float16's own step is 2^-17. */
enum { ACTIVATION_BITS = 10, WEIGHT_BITS = 20, WHITENING_BITS = 22, UNIT_BITS = 15 };

/* The nearest multiple of 2^-bits, ties to even. |x| < 2^(51 - bits). */
double grid_round(double x, int bits);

/* The same for arrays. */
void grid_round_floats(int bits, size_t count, float *values);
void grid_round_doubles(int bits, size_t count, double *values);

/* Bounds for sums of products, after Cauchy and Schwarz: the root of the sum of squares, and the same for the
 * row of a matrix [rows, columns] that has most of it. Whatever part of a sum a BLAS has added up so far is
 * at most the product of two such norms. */
double grid_norm(size_t count, const double *values);
double grid_row_norm(size_t rows, size_t columns, const float *values);

/* Whether sums are exact in double that reach `largest` on a grid of 2^-bits. NST_BAD_ARGUMENT: they aren't;
 * `what` names them. */
NstStatus grid_check(double largest, int bits, const char *what, NstError *error);

void grid_widen(size_t count, const float *values, double *wide);

#endif
