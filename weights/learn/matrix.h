/* matrix.h: the one product of large matrices that is not shared out by rows. */
#ifndef NST_MATRIX_H
#define NST_MATRIX_H

#include "core/base/workers.h"

#include <stddef.h>

/* out [side, side], whole = transpose of a [rows, side] * a / rows, both row by row; a on the activations'
 * grid, which makes the sums exact (grid.h). */
NstStatus matrix_mean_square(Workers *workers, size_t rows, int side, const float *a, double *out,
                             NstError *error);

#endif
