/* objective_cost.h: what an objective will take in memory and in work, from its spec, its plan and the
 * pictures' sizes alone. Pure functions. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_OBJECTIVE_COST_H
#define NST_OBJECTIVE_COST_H

#include "objective_spec.h"

/* Bytes that an objective will allocate. */
typedef struct ObjectiveBytes {
    double making; /* at the peak of objective_new */
    double held;   /* from then on */
} ObjectiveBytes;
ObjectiveBytes objective_bytes(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height,
                               int style_width, int style_height);

/* Bytes that one more kept tile takes. */
double objective_kept_bytes(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height);

/* Pixels of the smallest useful tile: a smaller one would be nearly all halo. */
double objective_least_tile(const ObjectiveSpec *spec);

/* What goes forward and what goes backward through the network in one evaluation, halos and repetitions
 * included, in pixels of an uncut picture; and how many tiles there are. */
typedef struct ObjectiveWork {
    double forward, backward;
    int tiles;
} ObjectiveWork;
ObjectiveWork objective_work(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height);

#endif
