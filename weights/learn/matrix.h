/* matrix.h: the one product of large matrices that is not distributed by rows. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATRIX_H
#define NST_MATRIX_H

#include "core/base/workers.h"

#include <stddef.h>

/* out [side, side] = a' a / rows, both halves filled; a: [rows, side], on the activations' grid, which makes
 * the sums exact (grid.h). NST_BAD_ARGUMENT: a's values are too large for that. */
NstStatus matrix_mean_square(Workers *workers, size_t rows, int side, const float *a, double *out,
                             NstError *error);

#endif
