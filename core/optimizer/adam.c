/* adam.c: Adam (Kingma and Ba, ICLR 2015) in a box: each step is clamped. It takes three and a half vectors,
 * where L-BFGS takes two and two more for each pair, and it needs more iterations.
 *
 * The gradient is measured in units of the root mean square of the first one, so that the small constant in
 * the denominator means the same whatever the size of f. f goes up and down, so the best x is saved, in 16
 * bits a variable: 257 steps between two adjacent 8-bit shades. Mostly each x is better than the one before,
 * so it is saved by the step that leaves it, which reads it anyway. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adam.h"

#include "core/base/memory.h"
#include "core/base/vector.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* A step of 0.02 of the box and a second moment that forgets within a hundred iterations: what style transfer
 * programs have settled on for pictures in 0..1 (see style-transfer-pytorch's defaults). */
static const double RATE = 0.02;
static const float BETA1 = 0.9f, BETA2 = 0.99f, EPSILON = 1e-8f;

static const float GRID = UINT16_MAX;

typedef struct Adam {
    const OptimizerProblem *problem;
    size_t n;
    float *x; /* the caller's */
    float *gradient, *mean, *square;
    uint16_t *best; /* in units of 1 / GRID; out of date while x itself is the best */
    bool at_best;
    double best_f;
    double unit;           /* 1 / root mean square of the first gradient */
    float rate, unbiasing; /* of this step: RATE / (1 - BETA1^iteration), 1 / (1 - BETA2^iteration) */
} Adam;

static void keep_block(const Adam *a, size_t begin, size_t end)
{
    const float *restrict x = a->x;
    uint16_t *restrict best = a->best;
    for (size_t i = begin; i < end; i++)
        best[i] = (uint16_t)(int)(x[i] * GRID + 0.5f);
}

static double restore_range(void *data, size_t begin, size_t end)
{
    const Adam *a = data;
    for (size_t i = begin; i < end; i++)
        a->x[i] = a->best[i] / GRID;
    return 0;
}

static double step_range(void *data, size_t begin, size_t end)
{
    const Adam *a = data;
    float *restrict x = a->x, *restrict mean = a->mean, *restrict square = a->square;
    const float *restrict gradient = a->gradient;
    const double unit = a->unit;
    const float rate = a->rate, unbiasing = a->unbiasing;
    if (a->at_best)
        keep_block(a, begin, end);
    for (size_t i = begin; i < end; i++) {
        float g = (float)(gradient[i] * unit);
        mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
        square[i] = BETA2 * square[i] + (1 - BETA2) * g * g;
        x[i] -= rate * mean[i] / (sqrtf(unbiasing * square[i]) + EPSILON);
    }
    vector_clamp(end - begin, x + begin);
    return 0;
}

static void step(Adam *a, int iteration)
{
    a->rate = (float)(RATE / (1 - pow(BETA1, iteration)));
    a->unbiasing = (float)(1 / (1 - pow(BETA2, iteration)));
    vector_pass(a->problem->workers, a->n, step_range, a);
}

static double evaluate(Adam *a)
{
    return a->problem->evaluate(a->problem->data, a->x, a->gradient);
}

/* Zeroes the moments; returns the square of the gradient. */
static double begin_range(void *data, size_t begin, size_t end)
{
    const Adam *a = data;
    for (size_t i = begin; i < end; i++)
        a->mean[i] = a->square[i] = 0;
    return vector_block_dot(end - begin, a->gradient + begin, a->gradient + begin);
}

static NstStatus run(Adam *a, int iterations)
{
    NstStatus status = NST_OK;
    double f = evaluate(a);
    if (workers_stopped(a->problem->workers))
        return NST_CANCELLED;
    a->at_best = true;
    a->best_f = isnan(f) ? INFINITY : f;
    double norm = sqrt(vector_pass(a->problem->workers, a->n, begin_range, a) / (double)a->n);
    if (!(norm > 0) || !isfinite(norm))
        return NST_OK; /* already a minimum */
    a->unit = 1 / norm;
    for (int i = 1; status == NST_OK && problem_has_next(a->problem, i - 1, &iterations); i++) {
        step(a, i);
        f = evaluate(a);
        if (workers_stopped(a->problem->workers)) {
            a->at_best = false;
            status = NST_CANCELLED;
            break;
        }
        a->at_best = f < a->best_f;
        if (a->at_best)
            a->best_f = f;
        if (a->problem->progress && a->problem->progress(a->problem->data, i, a->best_f) != 0)
            status = NST_CANCELLED;
    }
    if (!a->at_best)
        vector_pass(a->problem->workers, a->n, restore_range, a);
    return status;
}

/* Floats that hold n 16-bit values. */
static double halves(double n)
{
    return ceil(n / 2);
}

double adam_bytes(double n)
{
    return (3 * n + halves(n)) * sizeof(float);
}

NstStatus adam_minimize(const OptimizerProblem *problem, int iterations, float *x, NstError *error)
{
    size_t n = problem->n;
    Adam a = {.problem = problem,
              .n = n,
              .x = x,
              .gradient = memory_floats(n),
              .mean = memory_floats(n),
              .square = memory_floats(n),
              .best = (uint16_t *)memory_floats((size_t)halves((double)n))};
    NstStatus status = a.gradient && a.mean && a.square && a.best
                           ? run(&a, iterations)
                           : nst_fail_memory(error, "the optimiser", adam_bytes((double)n));
    free(a.gradient);
    free(a.mean);
    free(a.square);
    free(a.best);
    return status;
}
