/* preconditioner.h: the shape of a good step for a picture, from which L-BFGS starts (problem.h).
 *
 * Losses on a network's features are steep along lightness, which all filters see, and along what changes
 * from pixel to pixel; they are flat along hue, and along what changes slowly. They are also steep in one
 * part of the picture and flat in another: where there is texture, and where there is none. A step in the
 * gradient's own direction is too long for the one and too short for the other. The preconditioner halves the
 * gradient's grey part and smooths it, which saves up to a third of the iterations, depending on weights and
 * pictures; and it stretches it locally, by what the steps so far have found there, which saves 3 to 28 % of
 * the rest (tests/bench/RESULTS.md).
 *
 *     M = L C L, or L S S' C L to smooth as well
 *
 *     C:         1 - (1/2) g g', g = (1, 1, 1) / sqrt 3, at each pixel
 *     S and S':  convolution with (1/4, 1, 1/4) along rows and along columns, the ends repeated
 *     L:         a factor for each pixel, > 0
 *
 * L is learned for square cells of PRECONDITIONER_CELL pixels, and interpolated linearly between their
 * middles. Of a step s that changes the gradient by y, a cell records the mean squares of both, each divided
 * by that of the whole picture. Their averages over the steps (S and Y, in which older steps fade) estimate
 * the inverse of the curvature there (before the first step L is 1):
 *
 *     L^2 = sqrt((S + f) / (Y + f)),  f a small number, which limits how far a place is stretched
 *
 * M is symmetric and positive definite: C has eigenvalues from 1/2 to 1, S from 1/2 to 3/2, and S, S' and C
 * commute. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_PRECONDITIONER_H
#define NST_PRECONDITIONER_H

#include "core/base/status.h"
#include "core/base/workers.h"

#include <stdbool.h>
#include <stddef.h>

/* Side of a cell in pixels: about what one filter of the first three blocks sees. */
enum { PRECONDITIONER_CELL = 8 };

typedef struct PreconditionerCell {
    double step, change;   /* mean squares of the last s and y */
    double steps, changes; /* S and Y, times `weight` */
    float factor;          /* L */
} PreconditionerCell;

typedef struct Preconditioner {
    Workers *workers;
    int height, width;        /* of the picture */
    int rows, columns;        /* of cells */
    PreconditionerCell *cell; /* [rows, columns] */
    double weight;            /* sum of all steps' weights; approaches 1 */
} Preconditioner;

/* For pictures [height, width, 3]; L = 1. Reserves the workers' scratch; they must outlive it. The cells are
 * NULL after a failure. preconditioner_free frees it, after a failure too. */
NstStatus preconditioner_new(Preconditioner *preconditioner, int height, int width, Workers *workers,
                             NstError *error);
void preconditioner_free(Preconditioner *preconditioner);

/* Bytes that preconditioner_new will allocate, without the workers' scratch; and the floats of that for
 * each. */
double preconditioner_bytes(int height, int width);
size_t preconditioner_scratch(int width);

/* Learns from a step s and the change y that it made to the gradient, both [height, width, 3]. Where s or y
 * is zero throughout or isn't finite, nothing changes. */
void preconditioner_learn(Preconditioner *preconditioner, const float *s, const float *y);

/* Changes v [height, width, 3] to M v. */
void preconditioner_apply(const Preconditioner *preconditioner, bool smooth, float *v);

#endif
