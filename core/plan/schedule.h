/* schedule.h: the sizes a run goes through, from coarse to fine, each started from the one before, and how
 * many iterations each of them gets.
 *
 * Coarse to fine is worth more than any other single choice: large shapes are settled where an iteration is
 * cheap and the receptive field spans much of the picture; each doubling then only adds detail. That takes
 * fewer iterations than the coarsest scale, and too many would undo what it settled, since the losses at the
 * fine scale don't see what those at the coarse one did. So a picture painted large looks like the same one
 * painted small. No scale has fewer than four iterations, unless fewer are set. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
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
    ScheduleScale scale[SCHEDULE_MAX]; /* from coarse to fine; the last has the size that is painted, which
                                        * may be less than the picture's */
} Schedule;

/* The schedule of a picture of that size, by these settings' brush-size, scales, iterations, refinement,
 * size-limit and start. Where scales is 0 the brush decides: with one of 1 the finest scale's longer side
 * has the picture's pixels, at most 512, and there are as many scales as keep the coarsest's at 128 px or
 * more; a brush twice as large halves both. A painting that begins with noise has nothing whose details an
 * enlargement could keep, so it is painted up to its full size. No scale has a side below NST_MIN_SIDE, so
 * there may be fewer than set. */
void schedule_plan(Schedule *schedule, int width, int height, const NstSettings *settings);

/* Keeps the scales up to the coarsest whose longer side has at least `side` pixels; all of them if none
 * has. */
void schedule_preview(Schedule *schedule, int side);

/* The size of the result of such a preview: that of its last scale, or, where a whole picture of this size is
 * painted smaller than `side`, what the picture is with that longer side, though no larger than itself. */
NstSize schedule_preview_size(const Schedule *preview, int side, NstSize whole);

/* Keeps at most the last `scales` of them, for a part of the picture that is width x height at the last. */
void schedule_part(Schedule *schedule, int scales, int width, int height);

/* Keeps only the last scale, with no more iterations than the third one has by these settings: where a
 * guide has settled the shapes and laid the strokes, only its joints are left to paint over. */
void schedule_last(Schedule *schedule, const NstSettings *settings);

/* The share of the whole run's work, 0..1, that is done after `iteration` of `iterations` at `scale` (from
 * 0). Work is proportional to the number of pixels. */
double schedule_fraction(const Schedule *schedule, int scale, int iteration, int iterations);

/* Changes the width x height of a style to the size at which a scale looks at it: its longer side becomes the
 * scale's longer side, times `beside`. Never enlarged, and never shrunk below NST_MIN_SIDE. */
void schedule_fit(const ScheduleScale *scale, double beside, int *width, int *height);

#endif
