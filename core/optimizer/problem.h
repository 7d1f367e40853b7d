/* problem.h: what an optimiser is given: a function with its gradient, over vectors x in the box 0 <= x <= 1,
 * and the caller's part in the search. The shape follows liblbfgs's interface (evaluate and progress). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_OPTIMIZER_PROBLEM_H
#define NST_OPTIMIZER_PROBLEM_H

#include "core/base/workers.h"

#include <stdbool.h>
#include <stddef.h>

/* All of these are called in the thread that minimises, never while the crew is at work. */
typedef struct OptimizerProblem {
    size_t n;
    void *data; /* handed to all functions below */
    /* Not NULL. x comes out the same, to the bit, for any number of workers. Once they are stopped, what
     * evaluate returns is void. */
    Workers *workers;
    /* Returns f(x) and fills gradient [n]. */
    double (*evaluate)(void *data, const float *x, float *gradient);
    /* Called after each iteration with the best f so far; the caller's x is then where the search stands,
     * which with L-BFGS is the best. A return value other than 0 stops. NULL: not needed. */
    int (*progress)(void *data, int iteration, double best_f);
    /* Called when all iterations are done. Returns how many more to do, as if they had been asked for from
     * the start; 0: none. It may block. NULL: none. */
    int (*more)(void *data);
    /* Changes vector [n] to M vector, M symmetric and positive definite: an estimate of f's inverse
     * curvature, from which L-BFGS starts. Only its shape counts, and it may change from one iteration to the
     * next. Adam ignores it. NULL: the identity. */
    void (*precondition)(void *data, float *vector);
    /* Called with each step s [n] and the change y [n] that it made to the gradient, from which a
     * preconditioner may learn before it is next applied. Adam ignores it. NULL: not needed. */
    void (*observe_step)(void *data, const float *s, const float *y);
} OptimizerProblem;

/* Is there another iteration after `done` of *iterations? Calls problem->more, which may raise
 * *iterations. */
bool problem_has_next(const OptimizerProblem *problem, int done, int *iterations);

#endif
