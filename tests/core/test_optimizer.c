/* test_optimizer.c: both optimisers on problems whose answers are known. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/optimizer/optimizer.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/made.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = 200, TIE = 5 };

/* At the very end a line search may reject a point that is lower only by the rounding of x to float. */
#define ROUNDING 1e-6

static const OptimizerPlan plans[] = {{NST_OPTIMIZER_LBFGS, 10}, {NST_OPTIMIZER_ADAM, 0}};
static const char *const kind_name[] = {"L-BFGS", "Adam"};

static Workers *crew; /* of two, for every test that doesn't make its own */

/* A problem, and a record of its calls. */
typedef struct Probe {
    double (*f)(const struct Probe *, const float *x, double *gradient); /* [N] */
    double scale;                         /* f and gradient are multiplied by it */
    double best;                          /* lowest f seen, before the scale */
    int evaluations, iterations, stop_at; /* 0: never */
    double reported;                      /* f in the last call of progress */
    int observed;                         /* steps */
    double moved[N];                      /* their sum */
} Probe;

static double evaluate(void *data, const float *x, float *gradient)
{
    Probe *p = data;
    double wide[N], f = p->f(p, x, wide);
    for (int i = 0; i < N; i++) {
        g_assert_true(x[i] >= 0 && x[i] <= 1); /* never outside the box */
        gradient[i] = (float)(p->scale * wide[i]);
    }
    p->evaluations++;
    if (f < p->best)
        p->best = f;
    return p->scale * f;
}

static int progress(void *data, int iteration, double best_f)
{
    Probe *p = data;
    p->iterations++;
    g_assert_cmpint(iteration, ==, p->iterations);
    g_assert_cmpfloat(best_f, <=, p->scale * p->best * (1 + ROUNDING)); /* the best so far, not the last */
    p->reported = best_f;
    return p->iterations == p->stop_at;
}

static NstStatus minimize(OptimizerPlan plan, Probe *p, int iterations, float *x)
{
    OptimizerProblem problem = {
        .n = N, .evaluate = evaluate, .progress = progress, .data = p, .workers = crew};
    p->best = INFINITY;
    NstStatus status = optimizer_minimize(plan, &problem, iterations, x, NULL);
    Probe unused = {.f = p->f};
    double gradient[N], f = p->f(&unused, x, gradient);
    g_assert_cmpfloat(f, <=, p->best * (1 + ROUNDING)); /* the best seen, whatever the status */
    return status;
}

/* Where the quadratic has its lowest point, ignoring the box: inside it for two thirds of the variables. */
static double centre(int i)
{
    return 2 * (double)hash_unit(1, (uint32_t)i) - 0.5;
}

/* sum of c_i (x_i - centre_i)^2, curvatures c_i from 1 to 100. In the box each variable ends at the point
 * nearest to its centre. */
static double quadratic(const Probe *p, const float *x, double *gradient)
{
    (void)p;
    double f = 0;
    for (int i = 0; i < N; i++) {
        double c = pow(100, hash_unit(2, (uint32_t)i)), d = x[i] - centre(i);
        f += c * d * d;
        gradient[i] = 2 * c * d;
    }
    return f;
}

/* The same with neighbours coupled, so that no variable can be solved by itself. Strictly convex: its only
 * minimum in the box is where the gradient has no component left that the box allows to follow. */
static double chained(const Probe *p, const float *x, double *gradient)
{
    double f = quadratic(p, x, gradient);
    for (int i = 0; i + 1 < N; i++) {
        double d = x[i + 1] - x[i] - 0.1;
        f += TIE * d * d;
        gradient[i + 1] += 2 * TIE * d;
        gradient[i] -= 2 * TIE * d;
    }
    return f;
}

/* Rosenbrock's curved valley in N/2 pairs, u = 4x - 2; its lowest point, 0, is at u = (1, 1): x = 3/4. */
static double rosenbrock(const Probe *p, const float *x, double *gradient)
{
    (void)p;
    double f = 0;
    for (int i = 0; i < N; i += 2) {
        double u = 4.0 * x[i] - 2, v = 4.0 * x[i + 1] - 2, a = 1 - u, b = v - u * u;
        f += a * a + 100 * b * b;
        gradient[i] = 4 * (-2 * a - 400 * u * b);
        gradient[i + 1] = 4 * 200 * b;
    }
    return f;
}

static double flat(const Probe *p, const float *x, double *gradient)
{
    (void)p;
    (void)x;
    memset(gradient, 0, N * sizeof *gradient);
    return 3;
}

static double not_a_number(const Probe *p, const float *x, double *gradient)
{
    double f = quadratic(p, x, gradient);
    return p->evaluations >= 5 ? NAN : f;
}

static void start(float *x)
{
    hash_fill_unit(3, N, x);
}

static double worst_distance(const float *x)
{
    double worst = 0;
    for (int i = 0; i < N; i++)
        worst = fmax(worst, fabs(x[i] - fmin(fmax(centre(i), 0), 1)));
    return worst;
}

/* Guards the box: a third of the variables must end exactly on a bound, the others at their centre. */
static void test_quadratic(void)
{
    static const int iterations[] = {60, 600};
    static const double close[] = {1e-4, 1e-3};
    for (int k = 0; k < 2; k++) {
        Probe p = {.f = quadratic, .scale = 1};
        float x[N];
        start(x);
        g_assert_cmpint(minimize(plans[k], &p, iterations[k], x), ==, NST_OK);
        g_test_message("%s: %d iterations, %d evaluations, farthest %.2g", kind_name[k], p.iterations,
                       p.evaluations, worst_distance(x));
        g_assert_cmpfloat(worst_distance(x), <=, close[k]);
        for (int i = 0; i < N; i++)
            if (centre(i) < -0.01 || centre(i) > 1.01)
                g_assert_cmpfloat(x[i], ==, centre(i) < 0 ? 0 : 1);
    }
}

/* The quadratic's inverse curvature, times a factor that must not matter. */
static void inverse_curvature(void *data, float *vector)
{
    (void)data;
    for (int i = 0; i < N; i++)
        vector[i] *= (float)(1e-3 / pow(100, hash_unit(2, (uint32_t)i)));
}

static double distance_after(int iterations, void (*precondition)(void *data, float *vector))
{
    Probe p = {.f = quadratic, .scale = 1, .best = INFINITY};
    OptimizerProblem problem = {.n = N,
                                .evaluate = evaluate,
                                .progress = progress,
                                .data = &p,
                                .workers = crew,
                                .precondition = precondition};
    float x[N];
    start(x);
    g_assert_cmpint(optimizer_minimize(plans[0], &problem, iterations, x, NULL), ==, NST_OK);
    g_test_message("%d iterations, farthest %.2g", p.iterations, worst_distance(x));
    return worst_distance(x);
}

/* Guards what a preconditioner is for: with the curvature's shape, L-BFGS reaches the minimum in a few
 * iterations. Not in one: the length of the first step is fixed, and variables leave the box's bounds one
 * after another. */
static void test_preconditioner(void)
{
    g_assert_cmpfloat(distance_after(8, inverse_curvature), <=, 1e-4);
    g_assert_cmpfloat(distance_after(8, NULL), >=, 1e-2);
}

static void observe_step(void *data, const float *s, const float *y)
{
    Probe *p = data;
    for (int i = 0; i < N; i++) {
        double bend = 2 * pow(100, hash_unit(2, (uint32_t)i));
        g_assert_cmpfloat_with_epsilon(y[i], bend * s[i], 1e-4); /* gradients are up to 300, in float */
        p->moved[i] += s[i];
    }
    p->observed++;
}

/* Guards what a preconditioner learns from: each step is reported once, with its change of the gradient. */
static void test_steps_observed(void)
{
    Probe p = {.f = quadratic, .scale = 1, .best = INFINITY};
    OptimizerProblem problem = {.n = N,
                                .evaluate = evaluate,
                                .progress = progress,
                                .data = &p,
                                .workers = crew,
                                .observe_step = observe_step};
    float x[N], began[N];
    start(x);
    memcpy(began, x, sizeof x);
    g_assert_cmpint(optimizer_minimize(plans[0], &problem, 20, x, NULL), ==, NST_OK);
    g_assert_cmpint(p.observed, ==, p.iterations);
    for (int i = 0; i < N; i++)
        g_assert_cmpfloat_with_epsilon(began[i] + p.moved[i], x[i], 1e-5);
}

/* Length of the gradient without the components that point out of the box. */
static double free_gradient(const float *x)
{
    double gradient[N], sum = 0;
    chained(NULL, x, gradient);
    for (int i = 0; i < N; i++) {
        bool held = (x[i] <= 0 && gradient[i] > 0) || (x[i] >= 1 && gradient[i] < 0);
        sum += held ? 0 : gradient[i] * gradient[i];
    }
    return sqrt(sum);
}

/* Guards the box where variables are coupled: one that is held at a bound must not bend the direction of the
 * others. */
static void test_chained(void)
{
    static const int iterations[] = {30, 600};
    for (int k = 0; k < 2; k++) {
        Probe p = {.f = chained, .scale = 1};
        float x[N];
        start(x);
        double before = free_gradient(x);
        g_assert_cmpint(minimize(plans[k], &p, iterations[k], x), ==, NST_OK);
        int bound = 0;
        for (int i = 0; i < N; i++)
            bound += x[i] <= 0 || x[i] >= 1;
        g_test_message("%s: %d evaluations, f = %.6g, gradient left %.2g, %d at a bound", kind_name[k],
                       p.evaluations, p.best, free_gradient(x) / before, bound);
        g_assert_cmpfloat(free_gradient(x), <=, 1e-4 * before);
        g_assert_cmpint(bound, >, N / 20);
    }
}

/* Guards progress along a curved valley, where plain descent crawls. f starts near 10^5. */
static void test_rosenbrock(void)
{
    static const int iterations[] = {300, 2000};
    static const double low[] = {1e-4, 1};
    for (int k = 0; k < 2; k++) {
        Probe p = {.f = rosenbrock, .scale = 1};
        float x[N];
        start(x);
        g_assert_cmpint(minimize(plans[k], &p, iterations[k], x), ==, NST_OK);
        g_test_message("%s: %d evaluations, f = %.3g", kind_name[k], p.evaluations, p.best);
        g_assert_cmpfloat(p.best, <=, low[k]);
    }
}

/* Guards against an optimiser that takes a tiny loss for convergence (a fixed threshold on f, g or y's) or
 * fails on a huge one: the same problem in other units must end at the same place. */
static void test_scales(void)
{
    static const double scales[] = {1e-30, 1e-20, 1e-10, 1e10, 1e20, 1e30};
    static const int iterations[] = {60, 300};
    for (int k = 0; k < 2; k++) {
        Probe p = {.f = chained, .scale = 1};
        float x[N], other[N], begin[N];
        start(begin);
        start(x);
        g_assert_cmpint(minimize(plans[k], &p, iterations[k], x), ==, NST_OK);
        double distance = 1 - relative_error(N, x, begin);
        g_assert_cmpfloat(distance, <, 0.9); /* it went somewhere */
        for (size_t i = 0; i < G_N_ELEMENTS(scales); i++) {
            Probe q = {.f = chained, .scale = scales[i]};
            start(other);
            g_assert_cmpint(minimize(plans[k], &q, iterations[k], other), ==, NST_OK);
            g_test_message("%s, f * %g: f = %.9g, unscaled %.9g", kind_name[k], scales[i], q.best, p.best);
            g_assert_cmpfloat(fabs(q.best - p.best), <=, 1e-5 * p.best);
            check_close(kind_name[k], N, other, x, 1e-3);
        }
    }
}

/* Guards the user's patience: asked to stop, it stops at once and returns the best so far. */
static void test_cancel(void)
{
    for (int k = 0; k < 2; k++) {
        Probe p = {.f = rosenbrock, .scale = 1, .stop_at = 3};
        float x[N];
        start(x);
        g_assert_cmpint(minimize(plans[k], &p, 1000, x), ==, NST_CANCELLED);
        g_assert_cmpint(p.iterations, ==, 3);
    }
}

/* Guards the number of iterations, and a start that is better than all that follows. */
static void test_limits(void)
{
    for (int k = 0; k < 2; k++) {
        for (int iterations = 1; iterations < 12; iterations++) {
            Probe p = {.f = rosenbrock, .scale = 1};
            float x[N];
            double gradient[N];
            start(x);
            double before = rosenbrock(&p, x, gradient);
            g_assert_cmpint(minimize(plans[k], &p, iterations, x), ==, NST_OK);
            g_assert_cmpint(p.iterations, ==, iterations);
            g_assert_cmpfloat(rosenbrock(&p, x, gradient), <=, before);
        }
        Probe p = {.f = rosenbrock, .scale = 1};
        float x[N];
        for (int i = 0; i < N; i++)
            x[i] = 0.75f; /* the lowest point itself */
        g_assert_cmpint(minimize(plans[k], &p, 20, x), ==, NST_OK);
        for (int i = 0; i < N; i++)
            g_assert_cmpfloat(x[i], ==, 0.75f);
    }
}

/* Guards a start outside the box, and one that is not a number. */
static void test_start(void)
{
    for (int k = 0; k < 2; k++) {
        Probe p = {.f = quadratic, .scale = 1};
        float x[N];
        for (int i = 0; i < N; i++)
            x[i] = i % 3 == 0 ? -1e30f : i % 3 == 1 ? 7 : NAN;
        g_assert_cmpint(minimize(plans[k], &p, 5, x), ==, NST_OK);
    }
}

/* Guards functions that can't be improved, and ones that break down on the way: it returns, with the best
 * seen. */
static void test_hopeless(void)
{
    for (int k = 0; k < 2; k++) {
        Probe p = {.f = flat, .scale = 1};
        float x[N], begin[N];
        start(x);
        start(begin);
        g_assert_cmpint(minimize(plans[k], &p, 50, x), ==, NST_OK);
        g_assert_cmpmem(x, sizeof x, begin, sizeof begin);

        Probe q = {.f = not_a_number, .scale = 1};
        start(x);
        g_assert_cmpint(minimize(plans[k], &q, 20, x), ==, NST_OK);
        g_assert_true(isfinite(q.best));
    }
}

static double parabola(void *data, const float *x, float *gradient)
{
    (void)data;
    *gradient = 2 * (*x - 0.3f);
    return ((double)*x - 0.3) * ((double)*x - 0.3);
}

/* Guards problems of a single variable, and without callbacks. */
static void test_single_variable(void)
{
    for (int k = 0; k < 2; k++) {
        OptimizerProblem problem = {.n = 1, .evaluate = parabola, .workers = crew};
        float x = 1;
        g_assert_cmpint(optimizer_minimize(plans[k], &problem, 300, &x, NULL), ==, NST_OK);
        g_assert_cmpfloat_with_epsilon(x, 0.3, 1e-3);
    }
}

/* Guards short memories: a pair or two must reach the same minimum, in more iterations. */
static void test_history(void)
{
    static const int history[] = {1, 2, 10}, iterations[] = {400, 300, 60};
    for (int k = 0; k < 3; k++) {
        OptimizerPlan plan = {NST_OPTIMIZER_LBFGS, history[k]};
        Probe p = {.f = quadratic, .scale = 1}, q = {.f = chained, .scale = 1};
        float x[N];
        start(x);
        g_assert_cmpint(minimize(plan, &p, iterations[k], x), ==, NST_OK);
        g_test_message("%d pairs: %d evaluations, farthest %.2g", history[k], p.evaluations,
                       worst_distance(x));
        g_assert_cmpfloat(worst_distance(x), <=, 1e-4);
        start(x);
        double before = free_gradient(x);
        g_assert_cmpint(minimize(plan, &q, iterations[k], x), ==, NST_OK);
        g_test_message("%d pairs, chained: %d evaluations, gradient left %.2g", history[k], q.evaluations,
                       free_gradient(x) / before);
        g_assert_cmpfloat(free_gradient(x), <=, 1e-4 * before);
    }
}

/* f falls until the `lowest`th evaluation and rises after it, whatever x is. */
typedef struct Turn {
    size_t n;
    int lowest, evaluations;
    float best[N]; /* x at the lowest */
} Turn;

static double turn(void *data, const float *x, float *gradient)
{
    Turn *t = data;
    for (uint32_t i = 0; i < t->n; i++)
        gradient[i] = hash_unit(4, i) - 0.5f;
    if (++t->evaluations == t->lowest)
        memcpy(t->best, x, t->n * sizeof *x);
    return 10 + abs(t->evaluations - t->lowest);
}

/* Guards the best x against the steps that follow it: it is restored from Adam's 16 bits, or untouched where
 * it is the last. */
static void test_best(void)
{
    enum { ITERATIONS = 9 };
    for (int lowest = 1; lowest <= ITERATIONS + 1; lowest++) {
        Turn t = {.n = N, .lowest = lowest};
        OptimizerProblem problem = {.n = N, .evaluate = turn, .data = &t, .workers = crew};
        float x[N];
        start(x);
        g_assert_cmpint(optimizer_minimize(plans[1], &problem, ITERATIONS, x, NULL), ==, NST_OK);
        g_assert_cmpint(t.evaluations, ==, ITERATIONS + 1);
        double allowed = lowest <= ITERATIONS ? 1.0 / 131070 + 1e-7 : 0;
        for (int i = 0; i < N; i++)
            g_assert_cmpfloat(fabs((double)x[i] - t.best[i]), <=, allowed);
    }
}

static int three_more_twice(void *data)
{
    Probe *p = data;
    return p->iterations < 10 ? 3 : 0;
}

/* Guards Continue: iterations requested in pieces give the same x as all at once, to the bit. */
static void test_more(void)
{
    for (size_t k = 0; k < G_N_ELEMENTS(plans); k++) {
        float whole[N], pieces[N];
        Probe p = {.f = chained, .scale = 1}, q = p;
        start(whole);
        start(pieces);
        g_assert_cmpint(minimize(plans[k], &p, 11, whole), ==, NST_OK);
        OptimizerProblem problem = {.n = N,
                                    .evaluate = evaluate,
                                    .progress = progress,
                                    .data = &q,
                                    .workers = crew,
                                    .more = three_more_twice};
        q.best = INFINITY;
        g_assert_cmpint(optimizer_minimize(plans[k], &problem, 5, pieces, NULL), ==, NST_OK);
        g_assert_cmpint(p.iterations, ==, 11);
        g_assert_cmpint(q.iterations, ==, 11);
        g_assert_cmpmem(whole, sizeof whole, pieces, sizeof pieces);
    }
}

/* Long enough for several workers to share, in runs of several blocks and a remainder. Not a quadratic, so
 * that line searches take more than one try. */
enum { LONG = 200003 };

static double ripples(void *data, const float *x, float *gradient)
{
    (void)data;
    double f = 0;
    for (uint32_t i = 0; i < LONG; i++) {
        double d = x[i] - (1.4 * (double)hash_unit(5, i) - 0.2), c = 1 + 30 * (double)hash_unit(6, i);
        f += c * d * d + 0.1 * cos(20 * d);
        gradient[i] = (float)(2 * c * d - 2 * sin(20 * d));
    }
    return f;
}

/* Guards the promise that a result doesn't depend on the number of threads. */
static void test_workers(void)
{
    static const OptimizerPlan kinds[] = {
        {NST_OPTIMIZER_LBFGS, 10}, {NST_OPTIMIZER_LBFGS, 2}, {NST_OPTIMIZER_ADAM, 0}};
    float *x = g_new(float, LONG), *one = g_new(float, LONG), *begin = new_unit(7, LONG);
    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++)
        for (int count = 1; count <= 3; count++) {
            Workers *workers = made_workers(count);
            OptimizerProblem problem = {.n = LONG, .evaluate = ripples, .workers = workers};
            float *to = count == 1 ? one : x;
            memcpy(to, begin, LONG * sizeof *to);
            g_assert_cmpint(optimizer_minimize(kinds[k], &problem, 8, to, NULL), ==, NST_OK);
            g_assert_cmpmem(to, LONG * sizeof *to, one, LONG * sizeof *one);
            g_assert_cmpfloat(relative_error(LONG, one, begin), >, 0.1); /* it went somewhere */
            workers_free(workers);
        }
    g_free(x);
    g_free(one);
    g_free(begin);
}

/* All of core's aligned memory is allocated here: counted, and refused after `granted` allocations. */
static struct {
    size_t bytes;
    int granted, asked;
} memory = {.granted = INT_MAX};

int posix_memalign(void **pointer, size_t alignment, size_t bytes)
{
    memory.bytes += bytes;
    *pointer = memory.asked++ < memory.granted
                   ? aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment)
                   : NULL;
    return *pointer ? 0 : ENOMEM;
}

/* Guards the forecast of memory: it must be what is allocated, all of it before the first evaluation. Where
 * memory is short, that is reported and x is unchanged. */
static void test_memory(void)
{
    enum { ODD = N - 1 }; /* Adam's 16-bit values fill half of the last float */
    for (int history = 0; history <= NST_HISTORY; history++) {
        OptimizerPlan plan = {history ? NST_OPTIMIZER_LBFGS : NST_OPTIMIZER_ADAM, history};
        int needed = 1;
        for (int granted = 0; granted <= needed; granted++) {
            Turn t = {.n = ODD, .lowest = 1};
            OptimizerProblem problem = {.n = ODD, .evaluate = turn, .data = &t, .workers = crew};
            NstError error = {0};
            float x[N], begin[N];
            start(x);
            start(begin);
            memory.bytes = 0;
            memory.asked = 0;
            memory.granted = granted;
            NstStatus status = optimizer_minimize(plan, &problem, 1, x, &error);
            needed = memory.asked;
            memory.granted = INT_MAX;
            g_assert_cmpfloat((double)memory.bytes, ==, optimizer_bytes(plan, ODD));
            g_assert_cmpint(status, ==, granted < needed ? NST_NO_MEMORY : NST_OK);
            g_assert_cmpint(t.evaluations > 0, ==, granted >= needed);
            if (granted < needed)
                g_assert_cmpmem(x, sizeof x, begin, sizeof begin);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = made_workers(2);
    g_test_add_func("/optimizer/quadratic in the box", test_quadratic);
    g_test_add_func("/optimizer/preconditioner", test_preconditioner);
    g_test_add_func("/optimizer/steps reported", test_steps_observed);
    g_test_add_func("/optimizer/chained variables in the box", test_chained);
    g_test_add_func("/optimizer/Rosenbrock in the box", test_rosenbrock);
    g_test_add_func("/optimizer/tiny and huge losses", test_scales);
    g_test_add_func("/optimizer/cancel", test_cancel);
    g_test_add_func("/optimizer/limits", test_limits);
    g_test_add_func("/optimizer/start", test_start);
    g_test_add_func("/optimizer/hopeless", test_hopeless);
    g_test_add_func("/optimizer/single variable", test_single_variable);
    g_test_add_func("/optimizer/history", test_history);
    g_test_add_func("/optimizer/best handed back", test_best);
    g_test_add_func("/optimizer/more iterations, asked for later", test_more);
    g_test_add_func("/optimizer/any number of workers", test_workers);
    g_test_add_func("/optimizer/memory", test_memory);
    int failed = g_test_run();
    workers_free(crew);
    return failed;
}
