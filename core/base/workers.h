/* workers.h: a fixed crew of threads that share out the items of one task.
 *
 * Results must not depend on how many workers there are: a task writes only what belongs to its item, and
 * sums over items are taken afterwards, in the items' order.
 *
 * Why not OpenMP: its threads belong to the process and spin after each region, which slows down the
 * program's other threads; ours soon sleep, and are gone when the crew is freed. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_WORKERS_H
#define NST_WORKERS_H

#include "status.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Workers Workers;

/* item: 0 .. items-1. scratch: the worker's own memory, 64-byte aligned, as large as was reserved. */
typedef void (*WorkersTask)(void *data, size_t item, float *scratch);

/* Makes a crew of `count` >= 1, including the calling thread. If the system grants fewer threads the crew is
 * smaller, which only costs time. Makes OpenBLAS stay in the thread that calls it, and map the memory that it
 * needs for each worker now: where there is no room OpenBLAS itself would hang. On failure *out is NULL. */
NstStatus workers_new(Workers **out, int count, NstError *error);
void workers_free(Workers *workers); /* NULL is fine */

int workers_count(const Workers *workers);

/* Makes each worker's scratch at least `floats` long; its contents are lost. Not while a task runs. */
NstStatus workers_reserve(Workers *workers, size_t floats, NstError *error);

/* Runs task(data, item, scratch) for every item and returns when all are done. One caller at a time. */
void workers_run(Workers *workers, size_t items, WorkersTask task, void *data);

/* For loops over many small items: splits 0 .. count-1 into runs, passes each to the task as its indices
 * begin .. end-1, and adds up what the task returns, in the runs' order. The runs depend only on count, so
 * the sum is the same for any number of workers. A task that has nothing to add returns 0. */
typedef double (*WorkersRange)(void *data, size_t begin, size_t end);
double workers_sum(Workers *workers, size_t count, WorkersRange task, void *data);

/* Between tasks, the code that runs them may ask whether it should stop early. workers_stop_when sets the
 * question: stop(data) returns true for yes; NULL, as in a new crew, means never. workers_ask_stop calls it
 * in the calling thread. workers_stopped calls nothing: it says whether the answer has ever been yes. */
void workers_stop_when(Workers *workers, bool (*stop)(void *data), void *data);
bool workers_ask_stop(Workers *workers);
bool workers_stopped(const Workers *workers);

#endif
