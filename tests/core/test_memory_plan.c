/* test_memory_plan.c: how a scale is held in memory, for sizes from a stamp to one too large for any
 * machine. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/plan/memory_plan.h"
#include "core/plan/speed.h"
#include "tests/support/check.h"

#include <math.h>

static const double MIB = 1 << 20;

static ObjectiveSpec spec_of(const char *style_layers, const char *content_layers)
{
    ObjectiveSpec spec = {.content_weight = 1, .style_weight = 10, .tv_weight = 0.1};
    g_assert_cmpint(vgg16_layers_parse(content_layers, spec.content_layers, NULL), ==, NST_OK);
    g_assert_cmpint(vgg16_layers_parse(style_layers, spec.style_layers, NULL), ==, NST_OK);
    return spec;
}

/* The tasks of all tests: sizes from tiny to huge, both optimisers, a shallow and a deep spec. */
enum { SIZES = 7, SPECS = 3, TASKS = SIZES * SPECS * 2 };
static ObjectiveSpec specs[SPECS];

static MemoryTask task_of(int index)
{
    static const int sizes[SIZES][2] = {{64, 64},     {512, 512},   {333, 1977},   {2048, 1365},
                                        {6000, 4000}, {20000, 500}, {11585, 11585}};
    const int *size = sizes[index % SIZES];
    bool adam = index / SIZES % 2, other = index % 3 > 0;
    return (MemoryTask){.spec = &specs[index / (2 * SIZES)],
                        .iterations = 40,
                        .optimizer = adam ? NST_OPTIMIZER_ADAM : NST_OPTIMIZER_LBFGS,
                        .workers = 1 + index % 4,
                        .width = size[0],
                        .height = size[1],
                        .style_width = other ? 1 + size[1] / 2 : size[0],
                        .style_height = other ? size[0] : size[1],
                        .copies_content = index % 2,
                        .copies_style = other};
}

static ObjectiveWork work_of(const MemoryTask *task, const MemoryPlan *plan)
{
    return objective_work(task->spec, &plan->objective, task->width, task->height);
}

static double pixels_of(const MemoryTask *task, const MemoryPlan *plan)
{
    ObjectiveWork work = work_of(task, plan);
    return work.forward + work.backward;
}

/* Guards pictures that fit: nothing may be given up to save memory that is there. */
static void test_plenty(void)
{
    for (int i = 0; i < TASKS; i++) {
        MemoryTask task = task_of(i);
        MemoryPlan plan;
        g_assert_true(memory_plan_make(&task, INFINITY, &plan));
        g_assert_true(isinf(plan.objective.tile_pixels));
        g_assert_cmpint(plan.objective.kept_tiles, >, 0);
        g_assert_cmpint(work_of(&task, &plan).tiles, ==, 1);
        g_assert_cmpint(plan.optimizer.kind, ==, task.optimizer);
        g_assert_cmpint(plan.optimizer.history, ==, task.optimizer == NST_OPTIMIZER_ADAM ? 0 : NST_HISTORY);
        g_assert_true(isfinite(plan.bytes) && plan.bytes > 0);
        MemoryPlan same;
        g_assert_true(
            memory_plan_make(&task, plan.bytes, &same)); /* the bytes it takes must be enough for it */
        g_assert_cmpfloat(same.bytes, ==, plan.bytes);
    }
}

/* Two plans for budgets: the one for the larger may neither do more work with as many pairs, nor have fewer
 * pairs without doing less work in return. */
static void check_no_worse(const MemoryTask *task, const MemoryPlan *larger, const MemoryPlan *smaller)
{
    double more = pixels_of(task, larger), less = pixels_of(task, smaller);
    if (larger->optimizer.history == smaller->optimizer.history)
        g_assert_cmpfloat(more, <=, less);
    if (larger->optimizer.history < smaller->optimizer.history)
        g_assert_cmpfloat(more, <, less);
}

/* Guards the point of a budget, and the search: plans stay within the budget, and more memory never makes a
 * run slower. */
static void test_shrinking(void)
{
    for (int i = 0; i < TASKS; i++) {
        MemoryTask task = task_of(i);
        MemoryPlan plan, larger;
        g_assert_true(memory_plan_make(&task, INFINITY, &larger));
        double budget = larger.bytes * 0.999, step = SANITIZED ? 0.7 : 0.9;
        for (; memory_plan_make(&task, budget, &plan); budget *= step) {
            g_assert_cmpfloat(plan.bytes, <=, budget);
            check_no_worse(&task, &larger, &plan);
            if (task.optimizer == NST_OPTIMIZER_ADAM)
                g_assert_cmpint(plan.optimizer.kind, ==, NST_OPTIMIZER_ADAM);
            larger = plan;
        }
        g_assert_cmpfloat(plan.bytes, >, budget);
    }
}

/* Guards the figure that a refusal names: that much is enough, and nothing less is. */
static void test_leanest(void)
{
    for (int i = 0; i < TASKS; i++) {
        MemoryTask task = task_of(i);
        MemoryPlan leanest, plan;
        g_assert_false(memory_plan_make(&task, 0, &leanest));
        g_assert_cmpfloat(leanest.bytes, >, 0);
        g_test_message("%d x %d, workers %d: %.1f MiB at least, %d tiles", task.width, task.height,
                       task.workers, leanest.bytes / MIB, work_of(&task, &leanest).tiles);
        g_assert_true(memory_plan_make(&task, leanest.bytes, &plan));
        g_assert_cmpfloat(plan.bytes, ==, leanest.bytes);
        static const double less[] = {1 - 1e-9, 0.999, 0.99, 0.97, 0.95, 0.9, 0.8};
        for (size_t k = 0; k < G_N_ELEMENTS(less); k++) {
            g_assert_false(memory_plan_make(&task, leanest.bytes * less[k], &plan));
            g_assert_cmpfloat(plan.bytes, ==, leanest.bytes);
        }
    }
}

/* Guards large pictures on small machines: with tiles and Adam a picture fits into a fraction of what the
 * whole one takes, and the leanest plan gives up everything that can be. */
static void test_saving(void)
{
    ObjectiveSpec *spec = &specs[0];
    MemoryTask task = {.spec = spec,
                       .iterations = 40,
                       .workers = 2,
                       .width = 4000,
                       .height = 3000,
                       .style_width = 4000,
                       .style_height = 3000};
    MemoryPlan whole, leanest;
    memory_plan_make(&task, INFINITY, &whole);
    memory_plan_make(&task, 0, &leanest);
    g_assert_cmpfloat(leanest.bytes, <, whole.bytes / 8);
    g_assert_cmpint(work_of(&task, &leanest).tiles, >, 100);
    g_assert_cmpint(leanest.objective.kept_tiles, ==, 0);
    g_assert_cmpint(leanest.optimizer.kind, ==, NST_OPTIMIZER_ADAM);

    double pictures =
        3.0 * task.width * task.height * sizeof(float); /* one, of which more than one must be in memory */
    g_assert_cmpfloat(leanest.bytes, >, pictures);
    g_assert_cmpfloat(optimizer_bytes(whole.optimizer, pictures / 4), <, whole.bytes);
}

/* Guards the dialog, which asks again and again: a plan is made at once, whatever the size. */
static void test_search_ends(void)
{
    for (int i = 0; i < TASKS; i++) {
        MemoryTask task = task_of(i);
        MemoryPlan whole, plan;
        memory_plan_make(&task, INFINITY, &whole);
        gint64 began = g_get_monotonic_time();
        memory_plan_make(&task, whole.bytes / 20, &plan);
        double seconds = 1e-6 * (double)(g_get_monotonic_time() - began);
        g_test_message("%d x %d: %.3f s", task.width, task.height, seconds);
        g_assert_cmpfloat(seconds, <, 3); /* a hundred times what it takes */
    }
}

/* Guards forecasts from a speed that was measured for another network: it holds while the same losses look at
 * the same layers, whatever their weights, and for nothing else. */
static void test_speed_holds(void)
{
    ObjectiveSpec measured = specs[0], spec = measured;
    g_assert_true(speed_holds(&measured, &spec));
    spec.style_weight *= 7;
    spec.content_layers[6] = 0.5; /* relu3_3 */
    spec.tv_weight = 0;
    g_assert_true(speed_holds(&measured, &spec));
    spec.style_layers[3] = 0.1;
    g_assert_false(speed_holds(&measured, &spec));
    spec = measured;
    spec.content_weight = 0;
    g_assert_false(speed_holds(&measured, &spec));
    g_assert_false(speed_holds(&spec, &measured));
    spec = measured;
    spec.statistics = NST_STATISTICS_COVARIANCE;
    g_assert_false(speed_holds(&measured, &spec));
    spec = measured;
    spec.pooling = NST_POOLING_AVERAGE;
    g_assert_false(speed_holds(&measured, &spec));

    Speed better = speed_better(&(Speed){1, 5, 3}, &(Speed){2, 4, 3});
    g_assert_cmpfloat(better.evaluation, ==, 1);
    g_assert_cmpfloat(better.pixel, ==, 4);
    g_assert_cmpfloat(better.value, ==, 3);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    specs[0] = spec_of("relu1_1,relu2_1,relu3_1", "relu3_3");
    specs[1] = spec_of("relu1_1,relu2_1,relu3_1,relu4_1,relu5_1", "relu4_2");
    specs[2] = spec_of("relu1_1", "relu1_2");
    g_test_add_func("/plan/memory in plenty", test_plenty);
    g_test_add_func("/plan/shrinking budgets", test_shrinking);
    g_test_add_func("/plan/leanest", test_leanest);
    g_test_add_func("/plan/saving", test_saving);
    g_test_add_func("/plan/the search ends", test_search_ends);
    g_test_add_func("/plan/a speed that holds", test_speed_holds);
    return g_test_run();
}
