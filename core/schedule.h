/* schedule.h: the sizes a run goes through, coarse to fine, each started from the one before.
 *
 * Coarse to fine is worth more than any other single choice: large shapes are settled where an iteration is
 * cheap and the network's sight spans much of the picture; each doubling then only adds detail. */
#ifndef NST_SCHEDULE_H
#define NST_SCHEDULE_H

enum { SCHEDULE_MAX = 8 };

typedef struct Schedule {
    int scales;
    struct {
        int width, height;
    } size[SCHEDULE_MAX]; /* from coarse to fine; the last is the content's own size */
} Schedule;

/* scales: how many, 0 for as many as keep the longer side of the coarsest at 128 px or more. No scale has a
 * side under NST_MIN_SIDE, so there may be fewer. */
void schedule_plan(Schedule *schedule, int width, int height, int scales);

/* Keeps the scales up to the coarsest whose longer side has `side` pixels; all, where none has. */
void schedule_preview(Schedule *schedule, int side);

/* The share of the whole run's work, 0..1, that is done after `iteration` of `iterations` at `scale` (from
 * 0): work goes with the number of pixels. */
double schedule_fraction(const Schedule *schedule, int scale, int iteration, int iterations);

/* Changes width x height to the size that a picture of that size takes beside a scale: its longer side
 * becomes the scale's longer side. Never enlarged, and never shrunk below NST_MIN_SIDE. */
void schedule_fit(const Schedule *schedule, int scale, int *width, int *height);

#endif
