/* report.h: what a run did, as a JSON file for comparing runs. Knows core, no GIMP.
 *
 * A report collects facts in the thread that runs core, and is written when that has ended; it is never used
 * by two threads at once. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_H
#define REPORT_H

#include "core/nst.h"

#include <stdint.h>

typedef struct Report Report;

/* Whether a file can be written there, so that this is known before anything is computed. Writes nothing.
 * NST_BAD_FILE: it can't. */
NstStatus report_check(const char *path, NstError *error);

/* Copies the job's settings and its pictures' sizes; threads: as given to nst_open. The run's time counts
 * from here. It can't fail; the caller frees it with report_free. */
Report *report_new(const NstJob *job, int threads);
void report_free(Report *report); /* NULL: nothing happens */

/* What core passes to the callbacks of NstJob. */
void report_forecast(Report *report, const NstForecast *forecast);
void report_progress(Report *report, const NstProgress *progress);
void report_scale(Report *report, const NstScale *scale);

/* For so many µs the run waited for the user's decision: they don't count as its time. */
void report_wait(Report *report, int64_t waited);

/* When the run has ended: whether the user stopped it, and how many iterations the user added. */
void report_course(Report *report, bool stopped, int added);

/* Writes the file, replacing what was in it. host: the program that ran core, with its version. NST_BAD_FILE:
 * the file could not be written, and the error names it. */
NstStatus report_write(const Report *report, const char *host, const char *path, NstError *error);

#endif
