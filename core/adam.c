/* adam.c: Adam (Kingma and Ba, ICLR 2015) in a box: each step is clamped. It takes four vectors where L-BFGS
 * takes twenty-four, and needs more iterations.
 *
 * The gradient is measured in units of the first one's root mean square, so that the small constant under the
 * division means the same whatever the size of f. Values go up and down, so the best x is kept beside. */
#include "optimizer.h"

#include "memory.h"
#include "vector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A step of 0.02 of the box and a second moment that forgets within a hundred iterations are what the
 * programs of this field settled on for pictures in 0..1 (see style-transfer-pytorch's defaults). */
static const double RATE = 0.02, BETA1 = 0.9, BETA2 = 0.99, EPSILON = 1e-8;

typedef struct Adam {
    const OptimizerProblem *problem;
    size_t n;
    double unit; /* 1 / root mean square of the first gradient */
    float *gradient, *mean, *square, *best;
    double best_f;
} Adam;

static void step(Adam *a, int iteration, float *x)
{
    double correct1 = 1 / (1 - pow(BETA1, iteration)), correct2 = 1 / (1 - pow(BETA2, iteration));
    for (size_t i = 0; i < a->n; i++) {
        double g = a->gradient[i] * a->unit;
        double mean = BETA1 * a->mean[i] + (1 - BETA1) * g,
               square = BETA2 * a->square[i] + (1 - BETA2) * g * g;
        a->mean[i] = (float)mean;
        a->square[i] = (float)square;
        x[i] = (float)(x[i] - RATE * correct1 * mean / (sqrt(correct2 * square) + EPSILON));
    }
    vector_clamp(a->n, x);
}

static void evaluate(Adam *a, const float *x)
{
    double f = a->problem->evaluate(a->problem->data, x, a->gradient);
    if (f < a->best_f) {
        a->best_f = f;
        memcpy(a->best, x, a->n * sizeof(float));
    }
}

static NstStatus run(Adam *a, int iterations, float *x)
{
    NstStatus status = NST_OK;
    memset(a->mean, 0, a->n * sizeof(float));
    memset(a->square, 0, a->n * sizeof(float));
    memcpy(a->best, x, a->n * sizeof(float));
    evaluate(a, x);
    double norm = sqrt(vector_dot(a->n, a->gradient, a->gradient) / (double)a->n);
    if (!(norm > 0) || !isfinite(norm))
        return NST_OK; /* a minimum already */
    a->unit = 1 / norm;
    for (int i = 1; i <= iterations && status == NST_OK; i++) {
        step(a, i, x);
        evaluate(a, x);
        if (a->problem->progress && a->problem->progress(a->problem->data, i, a->best_f) != 0)
            status = NST_CANCELLED;
    }
    memcpy(x, a->best, a->n * sizeof(float));
    return status;
}

double adam_bytes(double n)
{
    return 4 * n * sizeof(float);
}

NstStatus adam_minimize(const OptimizerProblem *problem, int iterations, float *x, NstError *error)
{
    size_t n = problem->n;
    Adam a = {.problem = problem,
              .n = n,
              .gradient = floats_new(n),
              .mean = floats_new(n),
              .square = floats_new(n),
              .best = floats_new(n),
              .best_f = INFINITY};
    NstStatus status = a.gradient && a.mean && a.square && a.best
                           ? run(&a, iterations, x)
                           : nst_fail_memory(error, "the optimiser", adam_bytes((double)n));
    free(a.gradient);
    free(a.mean);
    free(a.square);
    free(a.best);
    return status;
}
