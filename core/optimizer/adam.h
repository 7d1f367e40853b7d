/* adam.h: Adam in a box; optimizer.h says what its functions do. x must start inside the box. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_ADAM_H
#define NST_ADAM_H

#include "core/base/status.h"
#include "problem.h"

NstStatus adam_minimize(const OptimizerProblem *problem, int iterations, float *x, NstError *error);
double adam_bytes(double n);

#endif
