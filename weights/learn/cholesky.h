/* cholesky.h: a symmetric matrix's triangular factor and that factor's inverse. All matrices are row by row.
 *
 * Each entry's sum has one order, whatever the blocks and the workers, and so the same bits on every machine
 * (grid.h says why they must be). LAPACK promises no such thing. */
#ifndef NST_CHOLESKY_H
#define NST_CHOLESKY_H

#include "core/base/workers.h"

/* a [side, side] = l * transpose of l; only a's lower half is read, and l takes its place. What lies above
 * the diagonal stays. NST_BAD_ARGUMENT: a is not positive definite. */
NstStatus cholesky_factor(Workers *workers, int side, double *a, NstError *error);

/* inverse [side, side] = that of l, of which the lower half is read; nought above the diagonal. */
void cholesky_invert(Workers *workers, int side, const double *l, double *inverse);

#endif
