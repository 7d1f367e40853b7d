/* run_feedback.h: where a run shows its progress: in GIMP's progress bar always, in a window too where GIMP
 * has a display, and on standard error for scripts. Main thread only, unless said otherwise. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_FEEDBACK_H
#define RUN_FEEDBACK_H

#include "core/nst.h"
#include "shown_pixels.h"
#include "ui/run_window.h"

typedef enum RunFeedbackKind {
    /* For a script: lines on standard error for the forecast, once a second, after each scale and at the
     * end. */
    RUN_FEEDBACK_SCRIPT,
    RUN_FEEDBACK_BAR,    /* for a user, but there is no window */
    RUN_FEEDBACK_WINDOW, /* for a user, who can stop the run and continue it */
} RunFeedbackKind;

typedef struct RunFeedback RunFeedback;

/* `ordered` is called only for RUN_FEEDBACK_WINDOW's orders, by the main loop or by run_feedback_done. The
 * caller frees it with run_feedback_free, which takes everything shown off the screen. */
RunFeedback *run_feedback_new(RunFeedbackKind kind, const NstJob *job, RunWindowFunc ordered, void *data);
void run_feedback_free(RunFeedback *feedback);

/* Any thread. They print at once, so a line on standard error is there before the painting starts, whatever
 * becomes of that. */
void run_feedback_print_forecast(const RunFeedback *feedback, const NstForecast *forecast);
void run_feedback_print_scale(const RunFeedback *feedback, const NstScale *scale);

void run_feedback_forecast(RunFeedback *feedback, const NstForecast *forecast);
void run_feedback_progress(RunFeedback *feedback, const NstProgress *progress);
void run_feedback_picture(RunFeedback *feedback, const ShownPixels *picture);

/* How many pixels there are to show a picture in; 0 by 0: it isn't shown. */
NstSize run_feedback_room(const RunFeedback *feedback);

/* The painting waits for an order: `ordered` is called with one, now or later. can_go_on: may it be
 * RUN_MORE? */
void run_feedback_done(RunFeedback *feedback, bool can_go_on);

/* The run has ended well, with a picture of that size. */
void run_feedback_end(RunFeedback *feedback, const NstImage *result);

#endif
