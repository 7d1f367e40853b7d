/* optimizer.c: brings the start into the box and chooses the kind of optimiser. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "optimizer.h"

#include "adam.h"
#include "core/base/vector.h"
#include "lbfgs.h"

static double clamp_range(void *data, size_t begin, size_t end)
{
    float *x = data;
    vector_clamp(end - begin, x + begin);
    return 0;
}

NstStatus optimizer_minimize(OptimizerPlan plan, const OptimizerProblem *problem, int iterations, float *x,
                             NstError *error)
{
    vector_pass(problem->workers, problem->n, clamp_range, x);
    return plan.kind == NST_OPTIMIZER_ADAM ? adam_minimize(problem, iterations, x, error)
                                           : lbfgs_minimize(plan.history, problem, iterations, x, error);
}

double optimizer_bytes(OptimizerPlan plan, double n)
{
    return plan.kind == NST_OPTIMIZER_ADAM ? adam_bytes(n) : lbfgs_bytes(plan.history, n);
}
