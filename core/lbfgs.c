/* lbfgs.c: limited-memory BFGS in a box (Nocedal and Wright, "Numerical Optimization", 2nd ed.,
 * algorithms 7.4 and 7.5; the box by projection as in Bertsekas, "Projected Newton Methods", SIAM J. Control
 * Optim. 1982).
 *
 * Why our own: liblbfgs (Debian builds it for double only) knows no bounds, and would take twice the memory,
 * which at 4 megapixels is 12 million variables times some twenty vectors; NLopt's L-BFGS has bounds but is
 * double too, and tells nothing between its iterations that a progress bar or a preview could show.
 *
 * A variable that lies on a bound and wants out of it stays for this iteration; the two-loop recursion gives
 * the direction of the others, and a backtracking line search runs along the direction bent into the box.
 * Every value accepted is lower than the one before, so x is always the best so far. When the search fails,
 * what was learned of the curvature is forgotten and steepest descent starts anew; only when that fails too
 * is there nothing to gain. */
#include "optimizer.h"

#include "memory.h"
#include "vector.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    HISTORY = 10,     /* pairs kept; more gained nothing worth their memory within some hundred iterations */
    SEARCH_TRIES = 12 /* evaluations of one line search at the most: steps down to about 1/1000 or less */
};

/* The first step, and each after a restart, moves the picture by this much of the box (root mean square):
 * large enough to see, small enough to come back from. */
static const double FIRST_STEP = 0.01;
/* Sufficient decrease (Armijo), as usual. */
static const double DECREASE = 1e-4;
/* A pair whose curvature is less than this share of |s||y| is noise. */
static const double CURVATURE = 1e-6;

typedef struct Pair {
    float *s, *y; /* change of x, change of the gradient */
    double ys;    /* their dot product, > 0 */
} Pair;

typedef struct Lbfgs {
    const OptimizerProblem *problem;
    size_t n;
    float *x; /* the caller's */
    double f;
    float *gradient;
    float *next_x, *next_gradient; /* the line search's trial */
    double next_f;
    float *direction;
    Pair pair[HISTORY]; /* oldest first */
    int pairs;
} Lbfgs;

static bool allocate(Lbfgs *l)
{
    float **vector[] = {&l->gradient, &l->next_x, &l->next_gradient, &l->direction};
    bool ok = true;
    for (size_t i = 0; i < sizeof vector / sizeof *vector; i++)
        ok = (*vector[i] = floats_new(l->n)) && ok;
    for (int i = 0; i < HISTORY; i++) {
        ok = (l->pair[i].s = floats_new(l->n)) && ok;
        ok = (l->pair[i].y = floats_new(l->n)) && ok;
    }
    return ok;
}

static void release(Lbfgs *l)
{
    free(l->gradient);
    free(l->next_x);
    free(l->next_gradient);
    free(l->direction);
    for (int i = 0; i < HISTORY; i++) {
        free(l->pair[i].s);
        free(l->pair[i].y);
    }
}

static bool held(const Lbfgs *l, size_t i)
{
    return (l->x[i] <= 0 && l->gradient[i] > 0) || (l->x[i] >= 1 && l->gradient[i] < 0);
}

/* Takes the variables that are held at a bound out of a vector. */
static void mask_held(const Lbfgs *l, float *vector)
{
    for (size_t i = 0; i < l->n; i++)
        if (held(l, i))
            vector[i] = 0;
}

/* direction = -H * gradient over the free variables, H from the pairs (the two-loop recursion). Held
 * variables are masked before and after, so that direction . gradient = -g'Hg < 0 stays true. */
static void two_loop(Lbfgs *l)
{
    double alpha[HISTORY];
    float *d = l->direction;
    for (int k = l->pairs - 1; k >= 0; k--) {
        const Pair *p = &l->pair[k];
        alpha[k] = vector_dot(l->n, p->s, d) / p->ys;
        vector_add(l->n, -alpha[k], p->y, d);
    }
    const Pair *last = &l->pair[l->pairs - 1];
    vector_scale(l->n, last->ys / vector_dot(l->n, last->y, last->y), d);
    for (int k = 0; k < l->pairs; k++) {
        const Pair *p = &l->pair[k];
        double beta = vector_dot(l->n, p->y, d) / p->ys;
        vector_add(l->n, alpha[k] - beta, p->s, d);
    }
}

/* Fills direction; false where the gradient of the free variables is zero: a minimum. */
static bool choose_direction(Lbfgs *l)
{
    memcpy(l->direction, l->gradient, l->n * sizeof(float));
    mask_held(l, l->direction);
    double norm = sqrt(vector_dot(l->n, l->direction, l->direction));
    if (!(norm > 0) || !isfinite(norm))
        return false;
    /* Units: the gradient may be as small as 1e-30 of anything; scaled to length 1, no product here
     * underflows. */
    vector_scale(l->n, -1 / norm, l->direction);
    if (l->pairs == 0) {
        vector_scale(l->n, FIRST_STEP * sqrt((double)l->n), l->direction);
        return true;
    }
    two_loop(l);
    vector_scale(l->n, norm, l->direction);
    mask_held(l, l->direction);
    return true;
}

/* next_x = the step along direction, bent into the box; returns gradient . (next_x - x), what f should fall
 * by. */
static double step_to(Lbfgs *l, double step)
{
    for (size_t i = 0; i < l->n; i++)
        l->next_x[i] = (float)(l->x[i] + step * l->direction[i]);
    vector_clamp(l->n, l->next_x);
    double slope = 0;
    for (size_t i = 0; i < l->n; i++)
        slope += (double)l->gradient[i] * ((double)l->next_x[i] - l->x[i]);
    return slope;
}

/* The step where a parabola through f, its slope and the trial has its minimum, kept within a tenth and a
 * half. */
static double shorten(double step, double f, double slope, double next_f)
{
    double bend = next_f - f - slope;
    double ratio = bend > 0 ? -slope / (2 * bend) : 0.5;
    return step * (ratio > 0.5 ? 0.5 : ratio > 0.1 ? ratio : 0.1);
}

/* Leaves an acceptable trial in next_x, next_f, next_gradient; false if there is none. */
static bool line_search(Lbfgs *l)
{
    double step = 1;
    for (int tries = 0; tries < SEARCH_TRIES; tries++) {
        double slope = step_to(l, step);
        if (!(slope < 0))
            return false;
        l->next_f = l->problem->evaluate(l->problem->data, l->next_x, l->next_gradient);
        if (l->next_f <= l->f + DECREASE * slope && l->next_f < l->f)
            return true;
        step = isfinite(l->next_f) ? shorten(step, l->f, slope, l->next_f) : 0.1 * step;
    }
    return false;
}

/* Keeps the step just taken as a pair if its curvature can be told from noise; the oldest makes room. */
static void remember(Lbfgs *l)
{
    Pair pair = l->pair[l->pairs < HISTORY ? l->pairs : 0];
    vector_subtract(l->n, l->next_x, l->x, pair.s);
    vector_subtract(l->n, l->next_gradient, l->gradient, pair.y);
    pair.ys = vector_dot(l->n, pair.s, pair.y);
    double ss = vector_dot(l->n, pair.s, pair.s), yy = vector_dot(l->n, pair.y, pair.y);
    bool keep = pair.ys > CURVATURE * sqrt(ss) * sqrt(yy) && isfinite(pair.ys);
    if (l->pairs < HISTORY) {
        l->pair[l->pairs] = pair;
        l->pairs += keep;
    } else if (keep) {
        memmove(l->pair, l->pair + 1, (HISTORY - 1) * sizeof *l->pair);
        l->pair[HISTORY - 1] = pair;
    } else {
        /* The oldest pair's memory holds the noise now, so that pair is gone. */
        memmove(l->pair, l->pair + 1, (HISTORY - 1) * sizeof *l->pair);
        l->pair[--l->pairs] = pair;
    }
}

static void accept(Lbfgs *l)
{
    float *gradient = l->gradient;
    memcpy(l->x, l->next_x, l->n * sizeof(float));
    l->gradient = l->next_gradient;
    l->next_gradient = gradient;
    l->f = l->next_f;
}

/* One iteration; false where nothing more can be gained. */
static bool iterate(Lbfgs *l)
{
    if (!choose_direction(l))
        return false;
    if (!line_search(l)) {
        if (l->pairs == 0)
            return false;
        l->pairs = 0;
        if (!choose_direction(l) || !line_search(l))
            return false;
    }
    remember(l);
    accept(l);
    return true;
}

/* Four vectors and two for each pair. */
double lbfgs_bytes(double n)
{
    return (4 + 2 * HISTORY) * n * sizeof(float);
}

NstStatus lbfgs_minimize(const OptimizerProblem *problem, int iterations, float *x, NstError *error)
{
    Lbfgs l = {.problem = problem, .n = problem->n, .x = x};
    NstStatus status = NST_OK;
    if (allocate(&l)) {
        l.f = problem->evaluate(problem->data, x, l.gradient);
        for (int i = 1; i <= iterations && status == NST_OK && iterate(&l); i++)
            if (problem->progress && problem->progress(problem->data, i, l.f) != 0)
                status = NST_CANCELLED;
    } else {
        status = nst_fail_memory(error, "the optimiser", lbfgs_bytes((double)l.n));
    }
    release(&l);
    return status;
}
