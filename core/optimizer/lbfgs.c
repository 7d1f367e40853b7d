/* lbfgs.c: limited-memory BFGS in a box (Nocedal and Wright, "Numerical Optimization", 2nd ed.,
 * algorithms 7.4 and 7.5; the box by projection as in Bertsekas, "Projected Newton Methods", SIAM J. Control
 * Optim. 1982).
 *
 * Why our own: liblbfgs (which Debian builds for double only) has no bounds and would take twice the memory,
 * which at 4 megapixels is 12 million variables times some twenty vectors. NLopt's L-BFGS has bounds but is
 * double too, and reports nothing between its iterations that a progress bar or a preview could show.
 *
 * A variable that lies on a bound and would leave the box stays there for this iteration; the two-loop
 * recursion gives the direction of the others. The line search tries the end of that direction, clamped into
 * the box, and then points ever nearer to x on the straight line to it, which the box contains too. Every
 * accepted value is lower than the one before, so x is always the best so far. When the search fails, the
 * pairs are dropped and steepest descent takes over; the search is over only when that fails too.
 *
 * Memory: the gradient, the direction, and two vectors a pair. The trial overwrites the direction. Once the
 * direction is known the oldest pair is no longer needed, whether the search succeeds (a new one replaces it)
 * or fails (all are dropped), so its memory holds the trial's gradient. An accepted step then becomes the new
 * pair in place. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lbfgs.h"

#include "core/base/memory.h"
#include "core/base/vector.h"
#include "core/settings/settings.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    OWN_VECTORS = 2,  /* those that belong to no pair */
    SEARCH_TRIES = 12 /* most evaluations of one line search: steps down to about 1/1000 or less */
};

/* The first step, and each after a restart, moves the picture by this much of the box (root mean square):
 * large enough to see, small enough to come back from. */
static const double FIRST_STEP = 0.01;
/* Sufficient decrease (Armijo), the usual constant. */
static const double DECREASE = 1e-4;
/* A pair whose curvature is less than this share of |s||y| is noise. */
static const double CURVATURE = 1e-6;

typedef struct Pair {
    float *s, *y;   /* change of x, change of the gradient */
    double ys, ymy; /* dot products y.s and y.My, > 0 */
} Pair;

typedef struct Lbfgs {
    const OptimizerProblem *problem;
    size_t n;
    float *x; /* the caller's */
    double f;
    float *gradient;
    float *trial; /* the direction, then the point that the line search tries */
    double trial_f;
    double scale; /* of the direction, for the first trial; then the share of the step that is kept */
    int history;
    Pair pair[NST_HISTORY]; /* [history]: oldest first, then the free ones */
    int pairs;
    float *memory[OWN_VECTORS + 2 * NST_HISTORY]; /* all of these vectors, whatever their current roles */
} Lbfgs;

static int vectors(int history)
{
    return OWN_VECTORS + 2 * history;
}

double lbfgs_bytes(int history, double n)
{
    return vectors(history) * n * sizeof(float);
}

static bool allocate(Lbfgs *l)
{
    bool ok = true;
    for (int i = 0; i < vectors(l->history); i++)
        ok = (l->memory[i] = memory_floats(l->n)) && ok;
    l->gradient = l->memory[0];
    l->trial = l->memory[1];
    for (int i = 0; i < l->history; i++) {
        l->pair[i].s = l->memory[OWN_VECTORS + 2 * i];
        l->pair[i].y = l->memory[OWN_VECTORS + 2 * i + 1];
    }
    return ok;
}

static void release(Lbfgs *l)
{
    for (int i = 0; i < vectors(l->history); i++)
        free(l->memory[i]);
}

/* Is a variable held at a bound? No && or ||, which would keep the loops from being vectorised. */
static inline bool held(float x, float gradient)
{
    return ((x <= 0) & (gradient > 0)) | ((x >= 1) & (gradient < 0));
}

/* direction = -gradient, 0 for held variables; returns its square. */
static double descent_range(void *data, size_t begin, size_t end)
{
    const Lbfgs *l = data;
    float *restrict direction = l->trial;
    const float *restrict x = l->x, *restrict gradient = l->gradient;
    for (size_t i = begin; i < end; i++)
        direction[i] = held(x[i], gradient[i]) ? 0 : -gradient[i];
    return vector_block_dot(end - begin, direction + begin, direction + begin);
}

/* vector = M vector; returns its dot product with `next`. */
static double precondition(const Lbfgs *l, float *vector, const float *next)
{
    l->problem->precondition(l->problem->data, vector);
    return vector_dot(l->problem->workers, l->n, vector, next);
}

/* direction = unit * H * direction, H from the pairs (the two-loop recursion), each update in one pass with
 * the next dot product. Its innermost H is M, scaled to fit the newest pair. */
static void two_loop(Lbfgs *l, double unit)
{
    bool shaped = l->problem->precondition;
    Workers *workers = l->problem->workers;
    double alpha[NST_HISTORY], scale = unit;
    const Pair *p = l->pair, *newest = &p[l->pairs - 1];
    const float *after_last = shaped ? NULL : p[0].y;
    double product = unit * vector_dot(workers, l->n, newest->s, l->trial);
    for (int k = l->pairs - 1; k >= 0; k--) {
        double size = k == 0 ? newest->ys / newest->ymy : 1;
        alpha[k] = product / p[k].ys;
        product = vector_update(workers, l->n, size * scale, l->trial, -size * alpha[k], p[k].y,
                                k > 0 ? p[k - 1].s : after_last);
        scale = 1;
    }
    if (shaped)
        product = precondition(l, l->trial, p[0].y);
    for (int k = 0; k < l->pairs; k++) {
        double beta = product / p[k].ys;
        product = vector_update(workers, l->n, 1, l->trial, alpha[k] - beta, p[k].s,
                                k + 1 < l->pairs ? p[k + 1].y : NULL);
    }
}

/* Leaves the direction in trial and its factor in scale; false where the gradient of the free variables is
 * zero: a minimum. */
static bool choose_direction(Lbfgs *l)
{
    double norm = sqrt(vector_pass(l->problem->workers, l->n, descent_range, l));
    if (!(norm > 0) || !isfinite(norm))
        return false;
    if (l->pairs == 0) {
        if (l->problem->precondition)
            norm = sqrt(precondition(l, l->trial, l->trial));
        l->scale = FIRST_STEP * sqrt((double)l->n) / norm;
        return true;
    }
    /* The gradient may be as small as 1e-30. Scaled to length 1, no product here underflows. */
    two_loop(l, 1 / norm);
    l->scale = norm;
    return true;
}

/* gradient . (trial - x): how much f should fall */
static double slope_block(const Lbfgs *l, size_t begin, size_t end)
{
    float moved[VECTOR_BLOCK];
    for (size_t i = begin; i < end; i++)
        moved[i - begin] = l->trial[i] - l->x[i];
    return vector_block_dot(end - begin, l->gradient + begin, moved);
}

/* trial = the end of the direction, clamped into the box; returns the slope. Held variables are masked here
 * as they were in the gradient, so that direction . gradient = -g'Hg < 0 still holds. */
static double first_trial_range(void *data, size_t begin, size_t end)
{
    const Lbfgs *l = data;
    float *restrict trial = l->trial;
    const float *restrict x = l->x, *restrict gradient = l->gradient;
    const double scale = l->scale;
    for (size_t i = begin; i < end; i++)
        trial[i] = (float)(x[i] + scale * (held(x[i], gradient[i]) ? 0 : trial[i]));
    vector_clamp(end - begin, trial + begin);
    return slope_block(l, begin, end);
}

/* Moves the trial nearer to x; returns the slope. */
static double nearer_trial_range(void *data, size_t begin, size_t end)
{
    const Lbfgs *l = data;
    float *restrict trial = l->trial;
    const float *restrict x = l->x;
    const double scale = l->scale;
    for (size_t i = begin; i < end; i++)
        trial[i] = (float)(x[i] + scale * ((double)trial[i] - x[i]));
    return slope_block(l, begin, end);
}

/* Where on the step a parabola through f, its slope and the trial has its minimum, clamped to 0.1 .. 0.5. */
static double shorten(double f, double slope, double trial_f)
{
    double bend = trial_f - f - slope;
    double ratio = bend > 0 ? -slope / (2 * bend) : 0.5;
    return ratio > 0.5 ? 0.5 : ratio > 0.1 ? ratio : 0.1;
}

/* Frees the oldest pair if no pair is free. */
static void make_room(Lbfgs *l)
{
    if (l->pairs < l->history)
        return;
    Pair oldest = l->pair[0];
    memmove(l->pair, l->pair + 1, (size_t)--l->pairs * sizeof *l->pair);
    l->pair[l->pairs] = oldest;
}

/* Leaves an acceptable trial in trial and trial_f, and its gradient in the free pair's y; false: none was
 * found. */
static bool line_search(Lbfgs *l)
{
    WorkersRange move = first_trial_range;
    make_room(l);
    for (int tries = 0; tries < SEARCH_TRIES; tries++) {
        double slope = vector_pass(l->problem->workers, l->n, move, l);
        if (!(slope < 0))
            return false;
        l->trial_f = l->problem->evaluate(l->problem->data, l->trial, l->pair[l->pairs].y);
        if (workers_stopped(l->problem->workers))
            return false;
        if (l->trial_f <= l->f + DECREASE * slope && l->trial_f < l->f)
            return true;
        l->scale = isfinite(l->trial_f) ? shorten(l->f, slope, l->trial_f) : 0.1;
        move = nearer_trial_range;
    }
    return false;
}

/* x = trial; the changes of x and of the gradient replace the trial and the old gradient. Returns their dot
 * product. */
static double accept_range(void *data, size_t begin, size_t end)
{
    const Lbfgs *l = data;
    float *restrict x = l->x, *restrict s = l->trial, *restrict y = l->gradient;
    const float *restrict gradient = l->pair[l->pairs].y;
    for (size_t i = begin; i < end; i++) {
        float trial = s[i];
        s[i] = trial - x[i];
        x[i] = trial;
        y[i] = gradient[i] - y[i];
    }
    return vector_block_dot(end - begin, s + begin, y + begin);
}

/* Makes the trial x, and the step a pair if its curvature is more than noise. */
static void accept(Lbfgs *l)
{
    Workers *workers = l->problem->workers;
    Pair *free_pair = &l->pair[l->pairs];
    double ys = vector_pass(workers, l->n, accept_range, l);
    Pair pair = {.s = l->trial, .y = l->gradient, .ys = ys};
    l->trial = free_pair->s;
    l->gradient = free_pair->y;
    l->f = l->trial_f;
    *free_pair = pair;
    double ss = vector_dot(workers, l->n, pair.s, pair.s);
    double yy = free_pair->ymy = vector_dot(workers, l->n, pair.y, pair.y);
    if (l->problem->observe_step)
        l->problem->observe_step(l->problem->data, pair.s, pair.y);
    if (l->problem->precondition) { /* trial is unused until the next direction */
        memcpy(l->trial, pair.y, l->n * sizeof *pair.y);
        free_pair->ymy = precondition(l, l->trial, pair.y);
    }
    if (ys > CURVATURE * sqrt(ss) * sqrt(yy) && isfinite(ys))
        l->pairs++;
}

/* One iteration; false where f no longer decreases. */
static bool iterate(Lbfgs *l)
{
    bool curved = l->pairs > 0;
    bool found = choose_direction(l) && line_search(l);
    if (!found && curved && !workers_stopped(l->problem->workers)) {
        l->pairs = 0;
        found = choose_direction(l) && line_search(l);
    }
    if (found)
        accept(l);
    return found;
}

NstStatus lbfgs_minimize(int history, const OptimizerProblem *problem, int iterations, float *x,
                         NstError *error)
{
    Lbfgs l = {.problem = problem, .n = problem->n, .x = x, .history = history};
    NstStatus status = NST_OK;
    if (allocate(&l)) {
        l.f = problem->evaluate(problem->data, x, l.gradient);
        bool on = !workers_stopped(problem->workers);
        for (int i = 1;
             on && status == NST_OK && problem_has_next(problem, i - 1, &iterations) && iterate(&l); i++)
            if (problem->progress && problem->progress(problem->data, i, l.f) != 0)
                status = NST_CANCELLED;
        if (workers_stopped(problem->workers))
            status = NST_CANCELLED;
    } else {
        status = nst_fail_memory(error, "the optimiser", lbfgs_bytes(history, (double)l.n));
    }
    release(&l);
    return status;
}
