/* subspace.h: the directions in which hypercolumns vary most. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_SUBSPACE_H
#define NST_MATCH_SUBSPACE_H

#include "cells.h"
#include "core/base/status.h"
#include "core/base/workers.h"

/* Directions that are found; the last two are only there to make the others converge. */
enum { DIRECTIONS = 128 };

/* Finds the subspace that holds the most of the rows of centred [count, CELL_FEATURES], whose mean is zero.
 * basis: [CELL_FEATURES, DIRECTIONS], orthonormal columns; where the rows vary in fewer directions, columns
 * of zeros. The workers' scratch must have subspace_scratch() floats. NST_CANCELLED where they are
 * stopped. */
NstStatus subspace_find(Workers *workers, size_t count, const float *centred, float *basis, NstError *error);

size_t subspace_scratch(void);
double subspace_bytes(void);        /* at the peak of subspace_find */
double subspace_work(double count); /* multiplications */

#endif
