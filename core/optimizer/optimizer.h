/* optimizer.h: minimises f(x) over the box 0 <= x <= 1. It knows nothing of images: its world is a vector, a
 * function with its gradient, and callbacks (problem.h).
 *
 * Every test on sizes is relative (to f, to |g|, to |s||y|), never against a fixed threshold: losses here may
 * be tiny, and an optimiser that takes a tiny loss for convergence stops dead. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_OPTIMIZER_H
#define NST_OPTIMIZER_H

#include "core/base/status.h"
#include "core/settings/settings.h"
#include "problem.h"

typedef struct OptimizerPlan {
    NstOptimizer kind;
    int history; /* L-BFGS: pairs kept, 1 .. NST_HISTORY, two vectors each; Adam: ignored */
} OptimizerPlan;

/* x: the start, clamped into the box; on return the best x seen, whatever the status. Adam returns the best
 * rounded to a grid of 65536 values, so to within 1/131070, if a worse x came after it, and unrounded
 * otherwise. NST_OK: all iterations are done, or f no longer decreases. NST_CANCELLED: progress asked to
 * stop, or the crew is stopped. */
NstStatus optimizer_minimize(OptimizerPlan plan, const OptimizerProblem *problem, int iterations, float *x,
                             NstError *error);

/* Bytes that it will allocate for n variables, all of them before the first evaluation. */
double optimizer_bytes(OptimizerPlan plan, double n);

#endif
