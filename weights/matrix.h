/* matrix.h: products of large matrices, shared out by rows. All matrices are row by row.
 *
 * OpenBLAS stays in the calling thread (workers.h); rows are cut into blocks of one size whatever the number
 * of workers, so that the same bytes come out for any. */
#ifndef NST_MATRIX_H
#define NST_MATRIX_H

#include "core/workers.h"

#include <stddef.h>

enum { MATRIX_BLOCK = 256 }; /* rows to one worker's turn */

/* c [rows, columns] = a [rows, depth] * transpose of b [columns, depth]. c overlaps neither. */
void matrix_multiply_transposed(Workers *workers, size_t rows, int columns, int depth, const float *a,
                                const float *b, float *c);

/* a [rows, side] = a * b [side, side], in place. */
NstStatus matrix_multiply_in_place(Workers *workers, size_t rows, int side, float *a, const float *b,
                                   NstError *error);

/* out [side, side], in double, whole = transpose of a [rows, side] * a / rows. */
NstStatus matrix_mean_square(Workers *workers, size_t rows, int side, const float *a, double *out,
                             NstError *error);

#endif
