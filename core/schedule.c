/* schedule.c: halves until the picture is small. */
#include "schedule.h"

#include "nst.h"

#include <math.h>

/* Where the coarsest scale may end: below this the network's sight, 24 px at relu3_1, spans so much of the
 * picture that its shapes are lost, and nothing is left to start from. Measured at 384 px (tubingen in
 * the style of starry_night, defaults, tests/bench/RESULTS.md): started at 96 the content's distance is 1.98,
 * at 192 it is 1.45, the style's 0.044 both times. */
enum { COARSEST_SIDE = 128 };

static int halved(int side, int times)
{
    return (int)((side + (1 << times >> 1)) >> times);
}

/* How many halvings a picture bears. */
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

void schedule_plan(Schedule *schedule, int width, int height, int scales)
{
    int times = halvings(width, height, scales);
    schedule->scales = times + 1;
    for (int scale = 0; scale <= times; scale++) {
        schedule->size[scale].width = halved(width, times - scale);
        schedule->size[scale].height = halved(height, times - scale);
    }
}

static int longer_side(const Schedule *schedule, int scale)
{
    int width = schedule->size[scale].width, height = schedule->size[scale].height;
    return width > height ? width : height;
}

void schedule_preview(Schedule *schedule, int side)
{
    int last = 0;
    while (last < schedule->scales - 1 && longer_side(schedule, last) < side)
        last++;
    schedule->scales = last + 1;
}

static double pixels(const Schedule *schedule, int scale)
{
    return (double)schedule->size[scale].width * schedule->size[scale].height;
}

double schedule_fraction(const Schedule *schedule, int scale, int iteration, int iterations)
{
    double done = pixels(schedule, scale) * iteration / iterations, all = 0;
    for (int s = 0; s < schedule->scales; s++) {
        all += pixels(schedule, s);
        done += s < scale ? pixels(schedule, s) : 0;
    }
    return done / all;
}

void schedule_fit(const Schedule *schedule, int scale, int *width, int *height)
{
    int longer = *width > *height ? *width : *height, shorter = *width > *height ? *height : *width;
    double factor = (double)longer_side(schedule, scale) / longer, least = (double)NST_MIN_SIDE / shorter;
    factor = fmin(1, fmax(factor, least));
    *width = (int)lround(*width * factor);
    *height = (int)lround(*height * factor);
}
