/* memory_plan.h: how a scale of a run is held in memory, decided before anything is allocated: whole or in
 * tiles, with the content's features kept or not, with how many steps for L-BFGS to remember, or with
 * Adam. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MEMORY_PLAN_H
#define NST_MEMORY_PLAN_H

#include "core/loss/objective_cost.h"
#include "core/optimizer/optimizer.h"

#include <stdbool.h>

/* What to plan for. */
typedef struct MemoryTask {
    const ObjectiveSpec *spec;
    NstOptimizer optimizer; /* as the user set it */
    int iterations;         /* L-BFGS need not remember more steps than it takes */
    int workers;
    int layers; /* of the network that the run holds, where it holds more than the spec needs */
    int width, height, style_width, style_height; /* at this scale */
    bool copies_content, copies_style;            /* resized or recoloured, rather than used in place */
} MemoryTask;

typedef struct MemoryPlan {
    ObjectivePlan objective;
    OptimizerPlan optimizer;
    double bytes; /* allocated by the run at its peak, including the network */
} MemoryPlan;

/* Of the plans that take at most `budget` bytes, the one that is expected to finish first. False: none does,
 * and *plan is the leanest. */
bool memory_plan_make(const MemoryTask *task, double budget, MemoryPlan *plan);

#endif
