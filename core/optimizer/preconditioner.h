/* preconditioner.h: the shape of a good step for a picture, from which L-BFGS starts (optimizer.h).
 *
 * Losses of a network's features are steep along lightness, which all filters see, and along what changes
 * from pixel to pixel; they are flat along hue, and along what changes slowly. And they are steep in one part
 * of the picture and flat in another: where there is texture, and where there is none. A step in the
 * gradient's own direction is too long in the one and too short in the other. The preconditioner halves its grey
 * part and smooths it, which saves up to a third of the iterations, by weights and pictures; and it stretches
 * it place by place, as the steps so far have found it there, which saves 3 to 28 % of the rest
 * (tests/bench/RESULTS.md).
 *
 *     M = L C L, or L S S' C L where it is to be smooth
 *
 *     C:         1 - (1/2) g g', g = (1, 1, 1) / sqrt 3, at each pixel
 *     S and S':  convolution with (1/4, 1, 1/4) along rows and along columns, each going on at its ends
 *     L:         a factor for each pixel, > 0
 *
 * L is told for square cells of METRIC_CELL pixels, and goes evenly from the middle of one to the next. Of a
 * step s that changes the gradient by y, a cell sees the mean squares of both, each divided by that of the
 * whole picture; their averages over the steps (S and Y, of which older steps fade) tell the inverse of the
 * curvature there, and
 *
 *     L^2 = sqrt((S + f) / (Y + f)),  f small, so that no place is stretched for ever;  1 before the first
 *
 * M is symmetric and positive definite: C has eigenvalues from 1/2 to 1, S from 1/2 to 3/2. S, S' and C do
 * not mind their order. */
#ifndef NST_PRECONDITIONER_H
#define NST_PRECONDITIONER_H

#include "core/base/status.h"
#include "core/base/workers.h"

#include <stdbool.h>
#include <stddef.h>

/* Pixels of a cell's side: about what one filter of the first three blocks sees. */
enum { METRIC_CELL = 8 };

typedef struct PreconditionerCell {
    double step, change;   /* mean squares of the last s and y */
    double steps, changes; /* S and Y, as long as they are not divided by `weight` */
    float factor;          /* L */
} PreconditionerCell;

typedef struct Preconditioner {
    Workers *workers;
    int height, width;        /* of the picture */
    int rows, columns;        /* of cells */
    PreconditionerCell *cell; /* [rows, columns] */
    double weight;            /* of all steps so far; of many: 1 */
} Preconditioner;

/* For pictures [height, width, 3]; L = 1. NULL cells on failure: error is filled. Reserves what the workers
 * need. preconditioner_free frees it. */
NstStatus preconditioner_new(Preconditioner *preconditioner, int height, int width, Workers *workers,
                             NstError *error);
void preconditioner_free(Preconditioner *preconditioner);

/* Bytes that preconditioner_new allocates, the workers' aside; and floats of scratch for each of them. */
double preconditioner_bytes(int height, int width);
size_t preconditioner_scratch(int width);

/* Tells it of a step s and the gradient's change y, both [height, width, 3]. A step that is nowhere tells
 * nothing. */
void preconditioner_learn(Preconditioner *preconditioner, const float *s, const float *y);

/* Changes v [height, width, 3] to M v. */
void preconditioner_apply(const Preconditioner *preconditioner, bool smooth, float *v);

#endif
