/* cholesky.h: a symmetric matrix's triangular factor, and the inverse of that factor. All matrices are stored
 * row by row.
 *
 * Each entry's sum has a fixed order, whatever the blocks and the workers, and so it has the same bits on
 * every machine (grid.h says why it must). LAPACK promises no such thing. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_CHOLESKY_H
#define NST_CHOLESKY_H

#include "core/base/workers.h"

/* Finds l with l l' = a [side, side]. Reads only a's lower half, and overwrites it with l; what lies above
 * the diagonal stays. NST_BAD_ARGUMENT: a is not positive definite. */
NstStatus cholesky_factor(Workers *workers, int side, double *a, NstError *error);

/* inverse [side, side]: of l, of which only the lower half is read. Zero above the diagonal. */
void cholesky_invert(Workers *workers, int side, const double *l, double *inverse);

#endif
