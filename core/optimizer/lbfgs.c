/* lbfgs.c: limited-memory BFGS in a box (Nocedal and Wright, "Numerical Optimization", 2nd ed.,
 * algorithms 7.4 and 7.5; the box by projection as in Bertsekas, "Projected Newton Methods", SIAM J. Control
 * Optim. 1982).
 *
 * Why our own: liblbfgs (Debian builds it for double only) knows no bounds, and would take twice the memory,
 * which at 4 megapixels is 12 million variables times some twenty vectors; NLopt's L-BFGS has bounds but is
 * double too, and tells nothing between its iterations that a progress bar or a preview could show.
 *
 * A variable that lies on a bound and wants out of it stays for this iteration; the two-loop recursion gives
 * the direction of the others. The line search tries the end of that direction, pushed back into the box, and
 * then points nearer and nearer to x on the straight line to it, all of which the box holds too. Every value
 * accepted is lower than the one before, so x is always the best so far. When the search fails, what was
 * learned of the curvature is forgotten and steepest descent starts anew; only when that fails too is there
 * nothing to gain.
 *
 * Memory: the gradient, the direction, and two vectors a pair. The trial takes the direction's place. Once
 * the direction is known the oldest pair is of no more use, whether the search succeeds (a new one follows)
 * or fails (all are forgotten), so its room takes the trial's gradient. What is then left of an accepted step
 * is turned into the new pair where it lies. */
#include "optimizer.h"

#include "core/base/memory.h"
#include "core/base/vector.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    OWN_VECTORS = 2,  /* beside the pairs */
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
    float *s, *y;   /* change of x, change of the gradient */
    double ys, ymy; /* dot products y.s and y.My, > 0 */
} Pair;

typedef struct Lbfgs {
    const OptimizerProblem *problem;
    size_t n;
    float *x; /* the caller's */
    double f;
    float *gradient;
    float *trial; /* the direction, and then what the line search tries */
    double trial_f;
    double scale; /* of the direction, for the first trial; later: how far it is moved towards x */
    int history;
    Pair pair[OPTIMIZER_HISTORY_MAX]; /* [history]: oldest first, then those that are free */
    int pairs;
    float *memory[OWN_VECTORS + 2 * OPTIMIZER_HISTORY_MAX]; /* whatever part each plays */
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

/* Whether a variable is held at a bound. No && or ||, which would keep loops from becoming vectors. */
static inline bool held(float x, float gradient)
{
    return ((x <= 0) & (gradient > 0)) | ((x >= 1) & (gradient < 0));
}

/* direction = -gradient of the variables that are free; returns its square. */
static double descent_range(void *data, size_t begin, size_t end)
{
    const Lbfgs *l = data;
    float *restrict direction = l->trial;
    const float *restrict x = l->x, *restrict gradient = l->gradient;
    for (size_t i = begin; i < end; i++)
        direction[i] = held(x[i], gradient[i]) ? 0 : -gradient[i];
    return vector_block_dot(end - begin, direction + begin, direction + begin);
}

/* vector = M vector, and the dot product with what comes next. */
static double apply_preconditioner(const Lbfgs *l, float *vector, const float *next)
{
    l->problem->preconditioner(l->problem->data, vector);
    return vector_dot(l->problem->workers, l->n, vector, next);
}

/* direction = unit * H * direction, H from the pairs (the two-loop recursion), each update in one pass with
 * the dot product that comes next. In the middle H is M, of such a size as the newest pair has it. */
static void two_loop(Lbfgs *l, double unit)
{
    bool shaped = l->problem->preconditioner;
    Workers *workers = l->problem->workers;
    double alpha[OPTIMIZER_HISTORY_MAX], scale = unit;
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
        product = apply_preconditioner(l, l->trial, p[0].y);
    for (int k = 0; k < l->pairs; k++) {
        double beta = product / p[k].ys;
        product = vector_update(workers, l->n, 1, l->trial, alpha[k] - beta, p[k].s,
                                k + 1 < l->pairs ? p[k + 1].y : NULL);
    }
}

/* Leaves the direction in trial, and in scale what it is to be multiplied by; false where the gradient of the
 * free variables is zero: a minimum. */
static bool choose_direction(Lbfgs *l)
{
    double norm = sqrt(vector_pass(l->problem->workers, l->n, descent_range, l));
    if (!(norm > 0) || !isfinite(norm))
        return false;
    if (l->pairs == 0) {
        if (l->problem->preconditioner)
            norm = sqrt(apply_preconditioner(l, l->trial, l->trial));
        l->scale = FIRST_STEP * sqrt((double)l->n) / norm;
        return true;
    }
    /* Units: the gradient may be as small as 1e-30 of anything; scaled to length 1, no product here
     * underflows. */
    two_loop(l, 1 / norm);
    l->scale = norm;
    return true;
}

/* gradient . (trial - x), what f should fall by */
static double slope_block(const Lbfgs *l, size_t begin, size_t end)
{
    float moved[VECTOR_BLOCK];
    for (size_t i = begin; i < end; i++)
        moved[i - begin] = l->trial[i] - l->x[i];
    return vector_block_dot(end - begin, l->gradient + begin, moved);
}

/* trial = the end of the direction, pushed back into the box; returns the slope. What is held is masked here
 * as it was in the gradient, so that direction . gradient = -g'Hg < 0 stays true. */
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

/* The share of the step where a parabola through f, its slope and the trial has its minimum, kept within a
 * tenth and a half. */
static double shorten(double f, double slope, double trial_f)
{
    double bend = trial_f - f - slope;
    double ratio = bend > 0 ? -slope / (2 * bend) : 0.5;
    return ratio > 0.5 ? 0.5 : ratio > 0.1 ? ratio : 0.1;
}

/* Takes the oldest pair out where there is no free one. */
static void make_room(Lbfgs *l)
{
    if (l->pairs < l->history)
        return;
    Pair oldest = l->pair[0];
    memmove(l->pair, l->pair + 1, (size_t)--l->pairs * sizeof *l->pair);
    l->pair[l->pairs] = oldest;
}

/* Leaves an acceptable trial in trial, trial_f, and its gradient in the free pair's y; false if there is
 * none. */
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

/* x = trial; the changes of x and of the gradient stay where the trial and the old gradient were. Returns
 * their dot product. */
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

/* Takes the trial for x, and the step for a pair if its curvature can be told from noise. */
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
    if (l->problem->learn)
        l->problem->learn(l->problem->data, pair.s, pair.y);
    if (l->problem->preconditioner) { /* the trial is free until there is a new direction */
        memcpy(l->trial, pair.y, l->n * sizeof *pair.y);
        free_pair->ymy = apply_preconditioner(l, l->trial, pair.y);
    }
    if (ys > CURVATURE * sqrt(ss) * sqrt(yy) && isfinite(ys))
        l->pairs++;
}

/* One iteration; false where nothing more can be gained. */
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
             on && status == NST_OK && optimizer_goes_on(problem, i - 1, &iterations) && iterate(&l); i++)
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
