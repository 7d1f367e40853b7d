/* workers.h: a fixed crew of threads that share out the items of one task.
 *
 * Results must not depend on how many workers there are: a task writes only what belongs to its item, and
 * whoever sums over items does so afterwards, in the items' order.
 *
 * Why not OpenMP: its threads belong to the process and spin after each region, which GIMP's other threads
 * feel; these sleep soon after, and are gone when the crew is freed. */
#ifndef NST_WORKERS_H
#define NST_WORKERS_H

#include "status.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Workers Workers;

/* item: 0 .. items-1. scratch: the worker's own memory, 64-byte aligned, as large as was reserved. */
typedef void (*WorkersTask)(void *data, size_t item, float *scratch);

/* A crew of `count` >= 1, the calling thread included. Where the system grants fewer threads the crew is
 * smaller, which only costs time. Tells OpenBLAS to stay in the thread that calls it, and has it map what it
 * needs for each worker now: OpenBLAS itself would hang where there is no room. NULL: error is filled. */
Workers *workers_new(int count, NstError *error);
void workers_free(Workers *workers); /* NULL is fine */

int workers_count(const Workers *workers);

/* Makes each worker's scratch at least `floats` long. Not while a task runs. */
NstStatus workers_reserve(Workers *workers, size_t floats, NstError *error);

/* Runs task(data, item, scratch) for every item and returns when all are done. One caller at a time. */
void workers_run(Workers *workers, size_t items, WorkersTask task, void *data);

/* For loops over many small items: splits 0 .. count-1 into runs, hands each to the task as begin <= i < end,
 * and adds up what the task returns, in the runs' order. The runs hang on count alone, so the sum is the same
 * for any number of workers. A task that has nothing to add returns 0. */
typedef double (*WorkersRange)(void *data, size_t begin, size_t end);
double workers_sum(Workers *workers, size_t count, WorkersRange task, void *data);

/* Whoever gives the crew its tasks may ask between them whether the rest has become needless:
 * workers_ask_stop calls stop(data) in the asking thread. NULL: it never has, as with a new crew.
 * workers_stopped asks nobody: was the answer ever yes? */
void workers_stop_when(Workers *workers, bool (*stop)(void *data), void *data);
bool workers_ask_stop(Workers *workers);
bool workers_stopped(const Workers *workers);

#endif
