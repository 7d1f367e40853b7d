/* memory_plan.c: adds up the memory that each room says it needs, and searches the few ways to need less.
 *
 * Time is counted as pixels through the network, times how much longer an optimiser takes to reach the same
 * loss. Those factors are measured (tests/bench/RESULTS.md). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_plan.h"

#include "core/loss/gram.h"
#include "core/loss/loss.h"
#include "core/optimizer/preconditioner.h"

#include <math.h>

/* What OpenBLAS keeps for each calling thread: as much of its buffer as the Gram matrices touch. */
static const double OPENBLAS_BYTES = 2 << 20;
/* Stacks, tables, small arrays. */
static const double SMALL_BYTES = 2 << 20;

/* Optimisers, from the one that gets furthest with each iteration to the leanest. L-BFGS with two to four
 * pairs is missing: it takes more memory than with one, and got less far on average over seven runs. */
typedef struct Way {
    OptimizerPlan optimizer;
    double time; /* to the same loss, relative to L-BFGS with its longest memory */
} Way;

static const Way ways[] = {
    {{NST_OPTIMIZER_LBFGS, NST_HISTORY}, 1},
    {{NST_OPTIMIZER_LBFGS, 6}, 1.03},
    {{NST_OPTIMIZER_LBFGS, 1}, 1.05},
    {{NST_OPTIMIZER_ADAM, 0}, 2.2},
};
enum { WAYS = sizeof ways / sizeof *ways };

static double picture_bytes(int width, int height)
{
    return 3.0 * width * height * sizeof(float);
}

static double scratch_bytes(int layers, int width)
{
    size_t most = vgg16_scratch(layers), row = preconditioner_scratch(width);
    most = row > most ? row : most;
    for (int layer = 0; layer < layers; layer++) {
        int channels = vgg16_layers[layer].out_channels;
        most = gram_scratch(channels) > most ? gram_scratch(channels) : most;
        most = layer_loss_scratch(channels) > most ? layer_loss_scratch(channels) : most;
    }
    return (double)most * sizeof(float);
}

static double bytes_of(const MemoryTask *task, const MemoryPlan *plan)
{
    int layers = int_max(objective_depth(task->spec), task->layers);
    double picture = picture_bytes(task->width, task->height),
           style = task->copies_style ? picture_bytes(task->style_width, task->style_height) : 0;
    double network = vgg16_kernel_bytes(layers),
           crew = task->workers * (scratch_bytes(layers, task->width) + OPENBLAS_BYTES) + SMALL_BYTES;
    double pictures = picture * (task->copies_content ? 2 : 1);
    ObjectiveBytes objective = objective_bytes(task->spec, &plan->objective, task->width, task->height,
                                               task->style_width, task->style_height);
    double loading = network + vgg16_loading_bytes(layers, task->workers) + SMALL_BYTES,
           making = network + crew + pictures + style + objective.making,
           painting = network + crew + pictures + objective.held +
                      optimizer_bytes(plan->optimizer, 3.0 * task->width * task->height) +
                      preconditioner_bytes(task->height, task->width);
    return fmax(loading, fmax(making, painting));
}

/* Pixels through the network in one evaluation; forward and backward count half each. */
static double time_of(const MemoryTask *task, const MemoryPlan *plan, double factor)
{
    ObjectiveWork work = objective_work(task->spec, &plan->objective, task->width, task->height);
    return factor * (work.forward + work.backward) / 2;
}

/* Keeps the content's features for as many tiles as there is room for. */
static void keep_tiles(const MemoryTask *task, double budget, MemoryPlan *plan)
{
    double one = objective_kept_bytes(task->spec, &plan->objective, task->width, task->height);
    plan->objective.kept_tiles = 0;
    double room = budget - bytes_of(task, plan);
    if (room > 0)
        plan->objective.kept_tiles = one > 0 ? (int)fmin(room / one, OBJECTIVE_KEEP_ALL) : OBJECTIVE_KEEP_ALL;
    plan->bytes = bytes_of(task, plan);
}

/* The search for the best plan: what it has found so far. */
typedef struct Search {
    MemoryPlan *best;
    double time; /* INFINITY: none fits yet, and `best` is the leanest */
} Search;

static void offer(Search *search, const MemoryTask *task, double budget, const MemoryPlan *plan,
                  double factor)
{
    bool fits = plan->bytes <= budget;
    double time = fits ? time_of(task, plan, factor) : INFINITY;
    if (fits ? time < search->time : isinf(search->time) && plan->bytes < search->best->bytes) {
        *search->best = *plan;
        search->time = time;
    }
}

/* Tries one optimiser with tiles from the whole picture down to the smallest. Smaller ones cost time, but may
 * make up for it because more of the content's features can be kept. */
static void try_way(Search *search, const MemoryTask *task, double budget, const Way *way)
{
    enum { STEPS = 24 };
    double least = objective_least_tile(task->spec), all = (double)task->width * task->height,
           largest = fmax(all, (double)task->style_width * task->style_height);
    MemoryPlan plan = {.objective = objective_whole, .optimizer = way->optimizer};
    if (plan.optimizer.history > task->iterations)
        plan.optimizer.history = task->iterations;
    double whole = plan.bytes = bytes_of(task, &plan);
    offer(search, task, budget, &plan, way->time);
    for (int step = 0; whole > budget && largest > least && step <= STEPS; step++) {
        plan.objective.tile_pixels = largest * pow(least / largest, (double)step / STEPS);
        keep_tiles(task, budget, &plan);
        offer(search, task, budget, &plan, way->time);
    }
}

bool memory_plan_make(const MemoryTask *task, double budget, MemoryPlan *plan)
{
    Search search = {plan, INFINITY};
    plan->bytes = INFINITY;
    for (int i = 0; i < WAYS; i++)
        if (task->optimizer != NST_OPTIMIZER_ADAM || ways[i].optimizer.kind == NST_OPTIMIZER_ADAM)
            try_way(&search, task, budget, &ways[i]);
    return isfinite(search.time);
}
