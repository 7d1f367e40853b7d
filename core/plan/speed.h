/* speed.h: how fast this machine does the work of a run, from a short measurement. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_SPEED_H
#define NST_SPEED_H

#include "core/loss/objective_cost.h"
#include "core/optimizer/optimizer.h"

typedef struct Speed {
    double evaluation; /* seconds that a tile takes forward and backward, however small it is */
    double pixel;      /* and in addition for each of its pixels */
    double value;      /* seconds for each float that an optimiser reads or writes in long vectors */
} Speed;

/* Times the network on small pictures of its own; takes less than a second. Roughly: on a ninth of the
 * pixels, in a ninth of the time. */
NstStatus speed_measure(const Vgg16 *net, const ObjectiveSpec *spec, bool roughly, Speed *speed,
                        NstError *error);

/* Does what was measured with one spec hold for another? It does where the same losses look at the same
 * layers, whatever their weights. */
bool speed_holds(const ObjectiveSpec *measured, const ObjectiveSpec *spec);

/* Of two measurements of the same, the better of each figure, since other work can only add to it. */
Speed speed_better(const Speed *a, const Speed *b);

/* Seconds to make an objective, and for one evaluation, from the work of the latter. */
double speed_making(const Speed *speed, const ObjectiveWork *work);
double speed_evaluation(const Speed *speed, const ObjectiveWork *work);

/* Seconds of an iteration that the optimiser itself takes, with n variables. */
double speed_step(const Speed *speed, const OptimizerPlan *optimizer, double n);

/* Seconds of something else that the network is asked: multiplications by its convolutions' definition,
 * forward only; and of products of matrices, in multiplications. spec: what the speed was measured with. */
double speed_forward(const Speed *speed, const ObjectiveSpec *spec, double multiplications);
double speed_search(const Speed *speed, const ObjectiveSpec *spec, double multiplications);

/* Seconds on a clock that only goes forward. */
double speed_clock(void);

#endif
