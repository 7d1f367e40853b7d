/* speed.h: how fast this machine is at the work that a run consists of, from a short measurement. */
#ifndef NST_SPEED_H
#define NST_SPEED_H

#include "core/loss/objective_cost.h"
#include "core/optimizer/optimizer.h"

typedef struct Speed {
    double evaluation; /* seconds that any tile's way forward and backward takes, however small */
    double pixel;      /* and that each of its pixels takes */
    double value;      /* seconds for each float of a long vector that an optimiser reads or writes */
} Speed;

/* Times the network on small pictures of its own; takes less than a second. */
NstStatus speed_measure(const Vgg16 *net, const ObjectiveSpec *spec, Speed *speed, NstError *error);

/* Is what was measured with one spec true of the other? It is where the same losses look at the same layers, however
 * they are weighted. */
bool speed_holds(const ObjectiveSpec *measured, const ObjectiveSpec *spec);

/* Seconds of making an objective and of one evaluation, from the work of the latter. */
double speed_making(const Speed *speed, const ObjectiveWork *work);
double speed_evaluation(const Speed *speed, const ObjectiveWork *work);

/* Seconds of an optimiser's own part in an iteration on n variables. */
double speed_step(const Speed *speed, const OptimizerPlan *optimizer, double n);

/* Seconds on a clock that only goes forward. */
double speed_clock(void);

#endif
