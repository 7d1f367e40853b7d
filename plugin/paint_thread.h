/* paint_thread.h: runs core in a thread of its own while the main thread keeps serving GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PAINT_THREAD_H
#define PAINT_THREAD_H

#include "core/nst.h"
#include "report.h"
#include "run_feedback.h"

/* How a run went that ended well. */
typedef struct PaintCourse {
    char *text;     /* where the user stopped or continued it, to be freed with g_free; NULL: it went as the
                     * settings say */
    bool no_better; /* it went to its end, but no step lowered the loss, though there was some: the picture is
                     * what it started from */
} PaintCourse;

/* nst_run in a thread of its own, which alone uses `network` meanwhile; `kind` says where its progress is
 * shown; if that is a window, `with` says what its pictures are shown with. Every event also goes into
 * `report` (NULL: there is none). The job's own callbacks are not used. Main thread only; returns when the
 * run has ended, with what nst_run promises, except that a run which the user stopped in order to keep it is
 * NST_OK. *course is all zero after a failure. */
NstStatus paint_thread_run(NstNetwork *network, const NstJob *job, RunFeedbackKind kind,
                           const ShownWith *with, Report *report, NstImage *result, PaintCourse *course,
                           NstError *error);

#endif
