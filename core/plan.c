/* plan.c: adds up what each room says that it takes, and searches the few ways there are to take less.
 *
 * What counts as time is pixels through the network, times how much longer an optimiser takes to come as far.
 * Those factors are measured (tests/bench/RESULTS.md). */
#include "plan.h"

#include "gram.h"
#include "loss.h"

#include <math.h>

/* What OpenBLAS keeps for each thread that calls it: as much of its buffer as the Gram matrices touch. */
static const double OPENBLAS_BYTES = 2 << 20;
/* Stacks, tables, small arrays. */
static const double SMALL_BYTES = 2 << 20;

/* Optimisers, from the one that comes furthest with each iteration to the leanest. */
typedef struct Way {
    OptimizerPlan optimizer;
    double time; /* for the same loss, in L-BFGS's with its longest memory */
} Way;

static const Way ways[] = {
    {{NST_OPTIMIZER_LBFGS, 10}, 1},
    {{NST_OPTIMIZER_LBFGS, 6}, 1.05},
    {{NST_OPTIMIZER_LBFGS, 3}, 1.2},
    {{NST_OPTIMIZER_ADAM, 0}, 2.5},
};
enum { WAYS = sizeof ways / sizeof *ways };

static double picture_bytes(int width, int height)
{
    return 3.0 * width * height * sizeof(float);
}

static double scratch_bytes(int layers)
{
    size_t most = vgg16_scratch(layers);
    for (int layer = 0; layer < layers; layer++) {
        int channels = vgg16_layers[layer].out_channels;
        most = gram_scratch(channels) > most ? gram_scratch(channels) : most;
        most = layer_loss_scratch(channels) > most ? layer_loss_scratch(channels) : most;
    }
    return (double)most * sizeof(float);
}

static double bytes_of(const PlanTask *task, const Plan *plan)
{
    int layers = objective_depth(task->spec);
    double picture = picture_bytes(task->width, task->height),
           style = task->copies_style ? picture_bytes(task->style_width, task->style_height) : 0;
    double network = vgg16_kernel_bytes(layers),
           crew = task->workers * (scratch_bytes(layers) + OPENBLAS_BYTES) + SMALL_BYTES;
    double pictures = picture * (task->copies_content ? 2 : 1);
    ObjectiveBytes objective = objective_bytes(task->spec, &plan->objective, task->width, task->height,
                                               task->style_width, task->style_height);
    double loading = network + vgg16_loading_bytes(layers, task->workers) + SMALL_BYTES,
           making = network + crew + pictures + style + objective.making,
           painting = network + crew + pictures + objective.held +
                      optimizer_bytes(&plan->optimizer, 3.0 * task->width * task->height);
    return fmax(loading, fmax(making, painting));
}

/* Pixels through the network in one evaluation; forward and backward are half of it each. */
static double time_of(const PlanTask *task, const Plan *plan, double factor)
{
    ObjectiveWork work = objective_work(task->spec, &plan->objective, task->width, task->height);
    return factor * (work.forward + work.backward) / 2;
}

/* The largest tiles that fit; false: none do, and the smallest are in the plan. */
static bool fit_tiles(const PlanTask *task, double budget, Plan *plan)
{
    enum { STEPS = 40 };
    double least = objective_least_tile(task->spec), all = (double)task->width * task->height;
    double styles = (double)task->style_width * task->style_height, largest = fmax(all, styles);
    plan->objective.tile_pixels = INFINITY;
    plan->bytes = bytes_of(task, plan);
    for (int step = 0; step <= STEPS && plan->bytes > budget && largest > least; step++) {
        plan->objective.tile_pixels = largest * pow(least / largest, (double)step / STEPS);
        plan->bytes = bytes_of(task, plan);
    }
    return plan->bytes <= budget;
}

bool plan_make(const PlanTask *task, double budget, Plan *plan)
{
    bool found = false;
    double best_time = INFINITY;
    plan->bytes = INFINITY;
    for (int i = 0; i < WAYS; i++)
        for (int keep = 1; keep >= 0; keep--) {
            Plan tried = {.objective = {.keep_content = keep}, .optimizer = ways[i].optimizer};
            if (task->optimizer == NST_OPTIMIZER_ADAM && tried.optimizer.kind != NST_OPTIMIZER_ADAM)
                continue;
            bool fits = fit_tiles(task, budget, &tried);
            double time = time_of(task, &tried, ways[i].time);
            if (fits ? time < best_time : !found && tried.bytes < plan->bytes) {
                *plan = tried;
                best_time = fits ? time : INFINITY;
                found = fits;
            }
        }
    return found;
}
