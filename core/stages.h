/* stages.h: all that is decided about a run before it paints: the scales' sizes and iterations, the style's
 * size beside each, how each is held in memory; and what that will take. */
#ifndef NST_STAGES_H
#define NST_STAGES_H

#include "nst.h"
#include "plan.h"
#include "schedule.h"

typedef struct Stages {
    Schedule schedule; /* what is painted */
    struct {
        int style_width, style_height;
        Plan plan;
    } at[SCHEDULE_MAX]; /* beside each of its scales */
    int width, height;  /* of the result, to which the last scale's picture is enlarged if it is smaller */
} Stages;

/* What is repainted, unless noise is where it starts: the job's part, or its content. */
const NstImage *stages_content(const NstJob *job);

/* Fills both, but for the forecast's seconds and names. NST_NO_MEMORY where no plan fits into the limit. */
NstStatus stages_plan(const NstJob *job, const ObjectiveSpec *spec, int workers, Stages *stages,
                      NstForecast *forecast, NstError *error);

/* Fills the forecast's seconds, from a measurement. */
NstStatus stages_time(const ObjectiveSpec *spec, const Stages *stages, const Vgg16 *net,
                      NstForecast *forecast, NstError *error);

#endif
