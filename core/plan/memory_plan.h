/* memory_plan.h: how a scale of a run is to be held in memory, decided before anything is allocated: whole or in
 * tiles, the content's features kept or not, L-BFGS with how long a memory, or Adam. */
#ifndef NST_MEMORY_PLAN_H
#define NST_MEMORY_PLAN_H

#include "core/loss/objective_cost.h"
#include "core/optimizer/optimizer.h"

#include <stdbool.h>

/* What is to be planned for. */
typedef struct MemoryTask {
    const ObjectiveSpec *spec;
    NstOptimizer optimizer; /* as the user set it */
    int iterations;         /* L-BFGS needs to remember no more steps than it takes */
    int workers;
    int width, height, style_width, style_height; /* at this scale */
    bool copies_content, copies_style; /* resized or recoloured, rather than looked at where they are */
} MemoryTask;

typedef struct MemoryPlan {
    ObjectivePlan objective;
    OptimizerPlan optimizer;
    double bytes; /* that the run allocates at its peak, the network included */
} MemoryPlan;

/* The plan that is expected to be done first among those that take at most `budget` bytes. False: there is
 * none, and *plan is the leanest there is. */
bool memory_plan_make(const MemoryTask *task, double budget, MemoryPlan *plan);

#endif
