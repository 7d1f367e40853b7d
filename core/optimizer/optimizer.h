/* optimizer.h: minimises f(x) over the box 0 <= x <= 1. It knows no image: a vector, a function with its
 * gradient, and a callback. The shape follows liblbfgs's interface (evaluate and progress).
 *
 * Every test on sizes inside is relative (to f, to |g|, to |s||y|), never against a fixed threshold: losses
 * here may be tiny, and an optimiser that takes a tiny loss for convergence stops dead. */
#ifndef NST_OPTIMIZER_H
#define NST_OPTIMIZER_H

#include "core/base/status.h"
#include "core/base/workers.h"
#include "core/settings/settings.h"

#include <stdbool.h>
#include <stddef.h>

/* Returns f(x) and fills gradient [n]. Called in the caller's thread, never while the crew is at work. */
typedef double (*OptimizerEvaluate)(void *data, const float *x, float *gradient);

/* Called after each iteration with the best f so far; the caller's x is where the search stands then, which
 * with L-BFGS is the best. A return value other than zero stops. */
typedef int (*OptimizerProgress)(void *data, int iteration, double best_f);

typedef struct OptimizerProblem {
    size_t n;
    OptimizerEvaluate evaluate;
    OptimizerProgress progress; /* NULL: none */
    void *data;                 /* handed to all of these */
    Workers *workers; /* not NULL; x comes out the same, to the bit, for any number of them. Once they
                       * are stopped, what evaluate gives is void */
    /* Asked when all iterations are done: how many more, as if there had been so many from the first; 0:
     * enough. It may take its time. NULL: enough. */
    int (*more)(void *data);
    /* vector [n] becomes M vector, M symmetric and positive definite: what the inverse of f's curvature may
     * look like, from which L-BFGS starts; only its shape counts, and it may change from one iteration to
     * the next. NULL: nobody knows. Adam has no use for it. */
    void (*preconditioner)(void *data, float *vector);
    /* Told of each step s [n] and by how much it changed the gradient, y [n], from which a preconditioner may learn
     * before it is next asked. NULL: there is no need. */
    void (*learn)(void *data, const float *s, const float *y);
} OptimizerProblem;

enum { OPTIMIZER_HISTORY_MAX = NST_HISTORY };

typedef struct OptimizerPlan {
    NstOptimizer kind;
    int history; /* L-BFGS: pairs kept, 1 .. OPTIMIZER_HISTORY_MAX, each worth two vectors; Adam: ignored */
} OptimizerPlan;

/* x: the start, clamped into the box; on return the best x seen, whatever the status. Adam hands back the
 * best on a grid of 65536 values, so within 1/131070 of it, if a worse x came after it, and as it was
 * otherwise. NST_OK: all iterations done, or nothing more to gain. NST_CANCELLED: progress said so, or the
 * crew is stopped. */
NstStatus optimizer_minimize(OptimizerPlan plan, const OptimizerProblem *problem, int iterations, float *x,
                             NstError *error);

/* Bytes that it allocates for n variables, told beforehand: all of them, before the first evaluation. */
double optimizer_bytes(OptimizerPlan plan, double n);

/* Is there another iteration after `done` of *iterations? Asks for more, which raises *iterations. */
bool optimizer_goes_on(const OptimizerProblem *problem, int done, int *iterations);

/* The two kinds: lbfgs.c and adam.c. */
NstStatus lbfgs_minimize(int history, const OptimizerProblem *problem, int iterations, float *x,
                         NstError *error);
NstStatus adam_minimize(const OptimizerProblem *problem, int iterations, float *x, NstError *error);
double lbfgs_bytes(int history, double n);
double adam_bytes(double n);

#endif
