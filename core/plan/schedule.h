/* schedule.h: the sizes a run goes through, coarse to fine, each started from the one before, and how many
 * iterations each of them gets.
 *
 * Coarse to fine is worth more than any other single choice: large shapes are settled where an iteration is
 * cheap and the network's sight spans much of the picture; each doubling then only adds detail. For that it
 * needs fewer iterations than what it begins with, and with too many it unsettles it: the fine scale's losses
 * don't see what the coarse ones did. So a picture painted large looks like the same one painted small. No
 * scale has fewer than four, or all that are set. */
#ifndef NST_SCHEDULE_H
#define NST_SCHEDULE_H

#include "core/job.h"
#include "core/settings/settings.h"

enum { SCHEDULE_MAX = NST_SCALES_MAX };

typedef struct ScheduleScale {
    int width, height;
    int iterations;
} ScheduleScale;

typedef struct Schedule {
    int scales;
    ScheduleScale scale[SCHEDULE_MAX]; /* from coarse to fine; the last has the size that is painted */
} Schedule;

/* Of a picture of that size with these settings' scales, iterations, refinement and size-limit. Where scales
 * is 0 there are as many as keep the longer side of the coarsest at 128 px or more. No scale has a side under
 * NST_MIN_SIDE, so there may be fewer than set. */
void schedule_plan(Schedule *schedule, int width, int height, const NstSettings *settings);

/* Keeps the scales up to the coarsest whose longer side has `side` pixels; all, where none has. */
void schedule_preview(Schedule *schedule, int side);

/* Keeps the last `scales` of them at the most, for a part of the picture that is width x height at
 * the last. */
void schedule_part(Schedule *schedule, int scales, int width, int height);

/* The share of the whole run's work, 0..1, that is done after `iteration` of `iterations` at `scale` (from
 * 0): work goes with the number of pixels. */
double schedule_fraction(const Schedule *schedule, int scale, int iteration, int iterations);

/* Changes width x height to the size that a style of that size takes beside a scale: its longer side becomes
 * the scale's longer side, times style_scale. Never enlarged, and never shrunk below NST_MIN_SIDE. */
void schedule_fit(const ScheduleScale *scale, double style_scale, int *width, int *height);

#endif
