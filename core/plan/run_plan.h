/* run_plan.h: everything that is decided about a run before it paints: what is repainted and what it starts
 * from, the scales' sizes and iterations, the style's size at each of them, how each is held in memory, and
 * what all that will take.
 *
 * A whole run, a preview and a part differ only in how their plan is begun; whatever follows asks the plan,
 * not which of the three it is. Callers have checked the job. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_RUN_PLAN_H
#define NST_RUN_PLAN_H

#include "core/job.h"
#include "core/match/match.h"
#include "memory_plan.h"
#include "schedule.h"
#include "speed.h"

/* The painter's guide (core/match): what takes the content's place in the run. It has the result's size,
 * whatever the size that is painted: its strokes are the details of an enlargement. */
typedef struct GuidePlan {
    bool wanted; /* false: the content itself is repainted, and nothing below counts */
    MatchSpec spec;
    MatchPlace place; /* of what is repainted, in the whole content */
    double detail;    /* as match_guide takes it */
    double opacity;   /* of the guide over the content, 0..1 */
    double share;     /* of the whole run's work, 0..1, that making it takes */
} GuidePlan;

typedef struct RunPlan {
    Schedule schedule; /* what is painted */
    struct {
        NstSize style;
        MemoryPlan memory;
    } at[SCHEDULE_MAX]; /* at each of its scales */
    NstSize result;     /* the last scale's picture is enlarged to this if it is smaller */

    GuidePlan guide;

    const NstImage *content;      /* what is repainted */
    const NstImage *painted_over; /* what the painting grows out of; NULL: noise */
    const NstImage
        *begun; /* what the coarsest scale starts from, already painted; NULL: painted_over, resized */
} RunPlan;

/* Each fills all of the plan except `memory`. */
void run_plan_whole(const NstJob *job, RunPlan *plan);
void run_plan_preview(const NstJob *job, const NstPreview *preview, RunPlan *plan);
void run_plan_part(const NstJob *job, const NstPart *part, RunPlan *plan);

/* The memory that a run can plan with, in bytes, its network's kernels not counted in either figure. */
typedef struct MemoryRoom {
    double taken; /* by the process already */
    double free;  /* that the system could still hand out */
} MemoryRoom;

/* How much of the guide, and of the style loss beside it, there is at a strength: 0..1. */
double run_plan_opacity(double strength);

/* How many layers of the network the run needs. */
int run_plan_depth(const ObjectiveSpec *spec, const RunPlan *plan);

/* Bytes that the process may use. */
double run_plan_limit(const NstSettings *settings, const MemoryRoom *room);

/* The longer side at which a whole run looks at a style of that size, at most. */
int run_plan_style_side(const NstSettings *settings, NstSize content, NstSize style);

/* Plans each scale's memory, and fills the forecast, which the caller has zeroed, except for seconds and
 * names. NST_NO_MEMORY where no plan fits into the limit; the forecast is filled all the same. */
NstStatus run_plan_fit(const NstJob *job, const ObjectiveSpec *spec, int workers, const MemoryRoom *room,
                       RunPlan *plan, NstForecast *forecast, NstError *error);

/* Seconds that the run takes on a machine of this speed. */
double run_plan_seconds(const NstJob *job, const ObjectiveSpec *spec, const RunPlan *plan,
                        const Speed *speed);

#endif
