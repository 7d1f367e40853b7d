/* report.h: what a run did, as a JSON file for whoever compares runs. Knows core, no GIMP.
 *
 * A report gathers in the thread that runs core, and is written when that has ended; never in two threads at
 * once. */
#ifndef REPORT_H
#define REPORT_H

#include "core/nst.h"

#include <stdint.h>

typedef struct Report Report;

/* Whether a file can be written there, told before anything is computed. Writes nothing. NST_BAD_FILE: it
 * can't. */
NstStatus report_check(const char *path, NstError *error);

/* Keeps the job's settings and its pictures' sizes; the time counts from here. Free it with report_free. */
Report *report_new(const NstJob *job);
void report_free(Report *report); /* NULL is fine */

/* As core tells them. */
void report_forecast(Report *report, const NstForecast *forecast);
void report_progress(Report *report, const NstProgress *progress);
void report_scale(Report *report, const NstScale *scale);

/* So many µs within the run were the user's, who decided whether it goes on: they don't count as its time. */
void report_wait(Report *report, int64_t waited);

/* How it went, told when it has ended: the user stopped it; iterations that the user has added. */
void report_course(Report *report, bool stopped, int added);

/* Writes it all; what was in the file before is gone. host: who ran core, with its version. NST_BAD_FILE: the
 * file could not be written, and the error names it. */
NstStatus report_write(const Report *report, const char *host, const char *path, NstError *error);

#endif
