/* run_feedback.h: whoever watches a run: GIMP's progress bar in any case, besides that a window where somebody sits
 * before it, and standard error where nobody does. Main thread only, unless said otherwise. */
#ifndef RUN_FEEDBACK_H
#define RUN_FEEDBACK_H

#include "core/nst.h"
#include "snapshot.h"
#include "ui/run_window.h"

typedef enum RunFeedbackKind {
    RUN_FEEDBACK_SCRIPT, /* nobody: lines on standard error when the forecast is made, now and then, after each scale
                   * and at the end */
    RUN_FEEDBACK_BAR,    /* somebody, but there is no window */
    RUN_FEEDBACK_WINDOW, /* somebody who can stop the run, and go on with it */
} RunFeedbackKind;

typedef struct RunFeedback RunFeedback;

/* What is told to `said` comes from a window alone, out of the main loop or of run_feedback_done. Free it with
 * run_feedback_free, which takes all that is shown away. */
RunFeedback *run_feedback_new(RunFeedbackKind kind, const NstJob *job, RunWindowFunc said, void *data);
void run_feedback_free(RunFeedback *watch);

/* Any thread, and before anything else is told: a line on standard error is there before the painting starts,
 * whatever becomes of that. */
void run_feedback_print_forecast(const RunFeedback *watch, const NstForecast *forecast);
void run_feedback_print_scale(const RunFeedback *watch, const NstScale *scale);

void run_feedback_forecast(RunFeedback *watch, const NstForecast *forecast);
void run_feedback_progress(RunFeedback *watch, const NstProgress *progress);
void run_feedback_picture(RunFeedback *watch, const Snapshot *picture);

/* The painting waits for an order: `said` is told one, now or later. can_go_on: may it be RUN_MORE? */
void run_feedback_done(RunFeedback *watch, bool can_go_on);

/* The run has ended well, with a picture of that size. */
void run_feedback_end(RunFeedback *watch, const NstImage *result);

#endif
