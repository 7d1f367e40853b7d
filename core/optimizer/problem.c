/* problem.c: see problem.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "problem.h"

bool problem_has_next(const OptimizerProblem *problem, int done, int *iterations)
{
    if (done == *iterations && problem->more)
        *iterations += problem->more(problem->data);
    return done < *iterations;
}
