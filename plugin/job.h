/* job.h: runs core while GIMP goes on being served. */
#ifndef JOB_H
#define JOB_H

#include "core/nst.h"
#include "plugin/report.h"

#include <stdbool.h>

/* nst_run in a thread of its own, with GIMP's progress bar, and where nobody watches with a line on standard
 * error when the forecast is made, now and then, after each scale, and at the end. The report, if there is
 * one, is told everything. The job's own callbacks are not used. Main thread only; returns when the run has
 * ended, with what nst_run promises. */
NstStatus job_run(const NstJob *job, bool unwatched, Report *report, NstImage *result, NstError *error);

#endif
