/* schedule.c: halves until the picture is small. */
#include "schedule.h"

#include <math.h>

/* The coarsest scale's least longer side: below it the receptive field, 24 px at relu3_1, spans so much of
 * the picture that its shapes are lost, and there is nothing to start from. Measured at 384 px (tubingen in
 * the style of starry_night, defaults, tests/bench/RESULTS.md): started at 96 the content's distance is 1.98,
 * at 192 it is 1.45, the style's 0.044 both times. */
enum { COARSEST_SIDE = 128 };

static int halved(int side, int times)
{
    return (int)((side + (1 << times >> 1)) >> times);
}

/* How often a picture can be halved. */
static int halvings(int width, int height, int scales)
{
    int shorter = width < height ? width : height, longer = width < height ? height : width;
    int most = scales > 0 ? scales - 1 : SCHEDULE_MAX - 1,
        least_longer = scales > 0 ? NST_MIN_SIDE : COARSEST_SIDE;
    int times = 0;
    while (times < most && times < SCHEDULE_MAX - 1 && halved(longer, times + 1) >= least_longer &&
           halved(shorter, times + 1) >= NST_MIN_SIDE)
        times++;
    return times;
}

/* The size that is painted: within the limit on the longer side, but not too small for the network. */
static void limit_size(int limit, int *width, int *height)
{
    int longer = *width > *height ? *width : *height, shorter = *width > *height ? *height : *width;
    if (limit <= 0 || longer <= limit)
        return;
    double factor = fmax((double)limit / longer, (double)NST_MIN_SIDE / shorter);
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
    limit_size(settings->size_limit, &width, &height);
    int times = halvings(width, height, settings->scales);
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

void schedule_part(Schedule *schedule, int scales, int width, int height)
{
    Schedule whole = *schedule;
    int times = halvings(width, height, scales < whole.scales ? scales : whole.scales);
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

void schedule_fit(const ScheduleScale *scale, double style_scale, int *width, int *height)
{
    int longer = *width > *height ? *width : *height, shorter = *width > *height ? *height : *width;
    double factor = style_scale * longer_side(scale) / longer, least = (double)NST_MIN_SIDE / shorter;
    factor = fmin(1, fmax(factor, least));
    *width = (int)lround(*width * factor);
    *height = (int)lround(*height * factor);
}
