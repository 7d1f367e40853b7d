/* job.h: runs core while GIMP goes on being served. */
#ifndef JOB_H
#define JOB_H

#include "core/nst.h"
#include "report.h"
#include "run_feedback.h"

/* nst_run in a thread of its own, watched as `kind` says. The report, if there is one, is told everything.
 * The job's own callbacks are not used. Main thread only; returns when the run has ended, with what nst_run
 * promises, but that a run which the user stopped to keep it is NST_OK.
 *
 * *course: where the user stopped it or went on with it, as a text that the caller frees with g_free; NULL:
 * it went as the settings say. */
NstStatus job_run(const NstJob *job, RunFeedbackKind kind, Report *report, NstImage *result, char **course,
                  NstError *error);

#endif
