/* schedule.c: halves until the picture is small.
 *
 * A brush has a size in the picture, not in pixels, and what the network sees at once has one in pixels:
 * so it is the size at which a picture is painted that says how broad the strokes in it are. Therefore the
 * brush decides between which sizes a picture is painted, and a larger one is enlarged at the end, with its
 * own details. Rejected: enlarging the style instead, which from twice the size on gave no broader strokes
 * at all, only more of the finest (tests/bench/RESULTS.md), and takes the memory of a poster. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "schedule.h"

#include "core/base/region.h"

#include <math.h>

/* The coarsest scale's least longer side: below it the receptive field, 24 px at relu3_1, spans so much of
 * the picture that its shapes are lost, and there is nothing to start from. Measured at 384 px (tubingen in
 * the style of starry_night, defaults, tests/bench/RESULTS.md): started at 96 the content's distance is 1.98,
 * at 192 it is 1.45, the style's 0.044 both times. */
static const double COARSEST_SIDE = 128; /* with a brush of 1, as is the next */

/* The finest scale's longer side, in a picture that has as many pixels: with more, what is added is a grain
 * of three to five pixels over everything, the finest that the network sees. */
static const double FINEST_SIDE = 512;

/* Do the settings leave it to the brush at which sizes a picture is painted? Not where they say how many
 * there are. */
static bool by_brush(const NstSettings *settings)
{
    return settings->scales == 0;
}

static int halved(int side, int times)
{
    return (int)((side + (1 << times >> 1)) >> times);
}

/* How often a picture can be halved, at most so many times, before its longer side is below the least. */
static int halvings(int width, int height, int most, double least)
{
    int shorter = width < height ? width : height, longer = width < height ? height : width;
    int times = 0;
    while (times < most && times < SCHEDULE_MAX - 1 && halved(longer, times + 1) >= least &&
           halved(shorter, times + 1) >= NST_MIN_SIDE)
        times++;
    return times;
}

/* Within the limit on the longer side, but not too small for the network. */
static void limit_size(double limit, int *width, int *height)
{
    int longer = *width > *height ? *width : *height, shorter = *width > *height ? *height : *width;
    if (limit <= 0 || longer <= limit)
        return;
    double factor = fmax(limit / longer, (double)NST_MIN_SIDE / shorter);
    *width = (int)lround(*width * factor);
    *height = (int)lround(*height * factor);
}

/* With fewer than the least, a scale's finest strokes are only hinted at. */
static int iterations_at(const NstSettings *settings, int scale)
{
    enum { LEAST = 4 };
    int least = settings->iterations < LEAST ? settings->iterations : LEAST;
    long iterations = lround(settings->iterations * pow(settings->refinement, scale));
    return iterations > least ? (int)iterations : least;
}

void schedule_plan(Schedule *schedule, int width, int height, const NstSettings *settings)
{
    int most = by_brush(settings) ? SCHEDULE_MAX - 1 : settings->scales - 1;
    double least = by_brush(settings) ? COARSEST_SIDE / settings->brush_size : NST_MIN_SIDE;
    limit_size(settings->size_limit, &width, &height);
    if (by_brush(settings) && settings->start != NST_START_NOISE)
        limit_size(fmin(FINEST_SIDE, int_max(width, height)) / settings->brush_size, &width, &height);
    int times = halvings(width, height, most, least);
    schedule->scales = times + 1;
    for (int scale = 0; scale <= times; scale++)
        schedule->scale[scale] = (ScheduleScale){.width = halved(width, times - scale),
                                                 .height = halved(height, times - scale),
                                                 .iterations = iterations_at(settings, scale)};
}

static int longer_side(const ScheduleScale *scale)
{
    return scale->width > scale->height ? scale->width : scale->height;
}

void schedule_preview(Schedule *schedule, int side)
{
    int last = 0;
    while (last < schedule->scales - 1 && longer_side(&schedule->scale[last]) < side)
        last++;
    schedule->scales = last + 1;
}

NstSize schedule_preview_size(const Schedule *preview, int side, NstSize whole)
{
    const ScheduleScale *last = &preview->scale[preview->scales - 1];
    if (longer_side(last) >= side)
        return (NstSize){last->width, last->height};
    limit_size(side, &whole.width, &whole.height);
    return whole;
}

void schedule_part(Schedule *schedule, int scales, int width, int height)
{
    Schedule whole = *schedule;
    int most = scales < whole.scales ? scales - 1 : whole.scales - 1;
    int times = halvings(width, height, most, NST_MIN_SIDE);
    schedule->scales = times + 1;
    for (int scale = 0; scale <= times; scale++)
        schedule->scale[scale] =
            (ScheduleScale){.width = halved(width, times - scale),
                            .height = halved(height, times - scale),
                            .iterations = whole.scale[whole.scales - 1 - times + scale].iterations};
}

void schedule_last(Schedule *schedule, const NstSettings *settings)
{
    enum { THIRD = 2 };
    ScheduleScale last = schedule->scale[schedule->scales - 1];
    int most = iterations_at(settings, THIRD);
    last.iterations = last.iterations < most ? last.iterations : most;
    schedule->scale[0] = last;
    schedule->scales = 1;
}

static double work(const ScheduleScale *scale)
{
    return (double)scale->width * scale->height * scale->iterations;
}

double schedule_fraction(const Schedule *schedule, int scale, int iteration, int iterations)
{
    double done = work(&schedule->scale[scale]) * iteration / iterations, all = 0;
    for (int s = 0; s < schedule->scales; s++) {
        all += work(&schedule->scale[s]);
        done += s < scale ? work(&schedule->scale[s]) : 0;
    }
    return done / all;
}

void schedule_fit(const ScheduleScale *scale, double beside, int *width, int *height)
{
    int longer = *width > *height ? *width : *height, shorter = *width > *height ? *height : *width;
    double factor = beside * longer_side(scale) / longer, least = (double)NST_MIN_SIDE / shorter;
    factor = fmin(1, fmax(factor, least));
    *width = (int)lround(*width * factor);
    *height = (int)lround(*height * factor);
}
