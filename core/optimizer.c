/* optimizer.c: chooses the kind. */
#include "optimizer.h"

#include "vector.h"

NstStatus optimizer_minimize(const OptimizerPlan *plan, const OptimizerProblem *problem, int iterations,
                             float *x, NstError *error)
{
    vector_clamp(problem->n, x);
    return plan->kind == NST_OPTIMIZER_ADAM ? adam_minimize(problem, iterations, x, error)
                                            : lbfgs_minimize(problem, iterations, x, error);
}

double optimizer_bytes(const OptimizerPlan *plan, double n)
{
    return plan->kind == NST_OPTIMIZER_ADAM ? adam_bytes(n) : lbfgs_bytes(n);
}
