/* job.h: runs core while GIMP goes on being served. */
#ifndef JOB_H
#define JOB_H

#include "core/nst.h"

#include <stdbool.h>

/* nst_run in a thread of its own, with GIMP's progress bar, and where `report` is true with a line on
 * standard error when the forecast is made, now and then, and at the end. The job's own progress, forecast
 * and data are not used. Main thread only; returns when the run has ended, with what nst_run promises. */
NstStatus job_run(const NstJob *job, bool report, NstImage *result, NstError *error);

#endif
