/* run_plan.h: all that is decided about a run before it paints: the scales' sizes and iterations, the style's
 * size beside each, how each is held in memory; and what that will take. */
#ifndef NST_RUN_PLAN_H
#define NST_RUN_PLAN_H

#include "core/nst.h"
#include "memory_plan.h"
#include "schedule.h"

typedef struct RunPlan {
    Schedule schedule; /* what is painted */
    struct {
        int style_width, style_height;
        MemoryPlan plan;
    } at[SCHEDULE_MAX]; /* beside each of its scales */
    int width, height;  /* of the result, to which the last scale's picture is enlarged if it is smaller */
} RunPlan;

/* What is repainted, unless noise is where it starts: the job's part, or its content. */
const NstImage *run_plan_content(const NstJob *job);

/* Fills both, but for the forecast's seconds and names. NST_NO_MEMORY where no plan fits into the limit. */
NstStatus run_plan_make(const NstJob *job, const ObjectiveSpec *spec, int workers, RunPlan *stages,
                        NstForecast *forecast, NstError *error);

/* Fills the forecast's seconds, from a measurement. */
NstStatus run_plan_time(const ObjectiveSpec *spec, const RunPlan *stages, const Vgg16 *net,
                        NstForecast *forecast, NstError *error);

#endif
