/* lbfgs.h: L-BFGS in a box; optimizer.h says what its functions do. x must start inside the box. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_LBFGS_H
#define NST_LBFGS_H

#include "core/base/status.h"
#include "problem.h"

/* history: pairs kept, 1 .. NST_HISTORY. */
NstStatus lbfgs_minimize(int history, const OptimizerProblem *problem, int iterations, float *x,
                         NstError *error);
double lbfgs_bytes(int history, double n);

#endif
