/* watch.h: whoever watches a run: GIMP's progress bar in any case, besides that a window where somebody sits
 * before it, and standard error where nobody does. Main thread only, unless said otherwise. */
#ifndef WATCH_H
#define WATCH_H

#include "core/nst.h"
#include "plugin/snapshot.h"
#include "ui/run_window.h"

typedef enum WatchKind {
    WATCH_SCRIPT, /* nobody: lines on standard error when the forecast is made, now and then, after each scale
                   * and at the end */
    WATCH_BAR,    /* somebody, but there is no window */
    WATCH_WINDOW, /* somebody who can stop the run, and go on with it */
} WatchKind;

typedef struct Watch Watch;

/* What is told to `said` comes from a window alone, out of the main loop or of watch_done. Free it with
 * watch_free, which takes all that is shown away. */
Watch *watch_new(WatchKind kind, const NstJob *job, RunWindowFunc said, void *data);
void watch_free(Watch *watch);

/* Any thread, and before anything else is told: a line on standard error is there before the painting starts,
 * whatever becomes of that. */
void watch_print_forecast(const Watch *watch, const NstForecast *forecast);
void watch_print_scale(const Watch *watch, const NstScale *scale);

void watch_forecast(Watch *watch, const NstForecast *forecast);
void watch_progress(Watch *watch, const NstProgress *progress);
void watch_picture(Watch *watch, const Snapshot *picture);

/* The painting waits for an order: `said` is told one, now or later. can_go_on: may it be RUN_MORE? */
void watch_done(Watch *watch, bool can_go_on);

/* The run has ended well, with a picture of that size. */
void watch_end(Watch *watch, const NstImage *result);

#endif
