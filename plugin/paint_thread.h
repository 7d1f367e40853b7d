/* paint_thread.h: runs core in a thread of its own while the main thread keeps serving GIMP. */
#ifndef PAINT_THREAD_H
#define PAINT_THREAD_H

#include "core/nst.h"
#include "report.h"
#include "run_feedback.h"

/* nst_run in a thread of its own, which alone uses `network` meanwhile; `kind` says where its progress is
 * shown; if that is a window, `with` says what its pictures are shown with. Every event also goes into
 * `report` (NULL: there is none). The job's own callbacks are not used. Main thread only; returns when the
 * run has ended, with what nst_run promises, except that a run which the user stopped in order to keep it is
 * NST_OK.
 *
 * *course: where the user stopped or continued the run, as a text that the caller frees with g_free; NULL: it
 * went as the settings say. */
NstStatus paint_thread_run(NstNetwork *network, const NstJob *job, RunFeedbackKind kind,
                           const ShownWith *with, Report *report, NstImage *result, char **course,
                           NstError *error);

#endif
