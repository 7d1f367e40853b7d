/* workers.c: threads that wait between tasks. Items are handed out one at a time from a shared counter, which
 * balances an uneven load; the caller takes part as worker 0.
 *
 * An evaluation is some fifty tasks, and at preview sizes each is shorter than the 50 to 80 microseconds that
 * waking a thread takes. So a waiting thread first polls for about as long as that, and only then goes to
 * sleep: a crew without work is soon idle, and one at work hardly ever sleeps. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workers.h"

#include "blas.h"
#include "memory.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

typedef struct Worker {
    Workers *crew;
    pthread_t thread;
    float *scratch;
} Worker;

struct Workers {
    int joined; /* threads that blas.h knows of */
    int count;
    Worker *worker; /* [count]; worker[0] is the thread that calls workers_run */
    size_t scratch_floats;

    atomic_ulong round; /* counts tasks: a change means that there is a new one, or that the crew ends */
    atomic_int busy;    /* workers still in this round */
    atomic_bool quit;
    pthread_mutex_t lock; /* for sleepers: `round` changes, and the signals are sent, under it */
    pthread_cond_t wake, done;

    WorkersTask task;
    void *data;
    size_t items;
    atomic_size_t next;

    bool (*stop)(void *data); /* NULL: never */
    void *stop_data;
    bool stopped;
};

static void work(Workers *crew, float *scratch)
{
    for (size_t item; (item = atomic_fetch_add(&crew->next, 1)) < crew->items;)
        crew->task(crew->data, item, scratch);
}

/* Marks a waiting loop for the processor. */
#if defined(__x86_64__)
#define RELAX() __builtin_ia32_pause()
#else
#define RELAX() ((void)0)
#endif

enum { LOOKS = 2000 }; /* 40 to 140 cycles each: up to 100 microseconds */

static void await_round(Workers *crew, unsigned long seen)
{
    for (int i = 0; i < LOOKS; i++) {
        if (atomic_load(&crew->round) != seen)
            return;
        RELAX();
    }
    pthread_mutex_lock(&crew->lock);
    while (atomic_load(&crew->round) == seen)
        pthread_cond_wait(&crew->wake, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

static void await_done(Workers *crew)
{
    for (int i = 0; i < LOOKS; i++) {
        if (atomic_load(&crew->busy) == 0)
            return;
        RELAX();
    }
    pthread_mutex_lock(&crew->lock);
    while (atomic_load(&crew->busy) > 0)
        pthread_cond_wait(&crew->done, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

static void next_round(Workers *crew)
{
    pthread_mutex_lock(&crew->lock);
    atomic_fetch_add(&crew->round, 1);
    pthread_cond_broadcast(&crew->wake);
    pthread_mutex_unlock(&crew->lock);
}

static void *worker_main(void *data)
{
    Worker *self = data;
    Workers *crew = self->crew;
    for (unsigned long seen = 0;; seen++) {
        await_round(crew, seen);
        if (atomic_load(&crew->quit))
            return NULL;
        work(crew, self->scratch);
        if (atomic_fetch_sub(&crew->busy, 1) == 1) {
            pthread_mutex_lock(&crew->lock);
            pthread_cond_signal(&crew->done);
            pthread_mutex_unlock(&crew->lock);
        }
    }
}

/* ---- The crew ------------------------------------------------------------------------------------------ */

static void start_threads(Workers *crew, int count)
{
    for (int i = 0; i < count; i++)
        crew->worker[i].crew = crew;
    while (crew->count < count && pthread_create(&crew->worker[crew->count].thread, NULL, worker_main,
                                                 &crew->worker[crew->count]) == 0)
        crew->count++;
}

NstStatus workers_new(Workers **out, int count, NstError *error)
{
    *out = NULL;
    Workers *crew = calloc(1, sizeof *crew);
    Worker *worker = calloc((size_t)count, sizeof *worker);
    if (!crew || !worker || !blas_join(count)) {
        free(crew);
        free(worker);
        return nst_fail_memory(error, "worker threads", (double)count * (blas_thread_bytes + sizeof *worker));
    }
    crew->worker = worker;
    crew->joined = count;
    crew->count = 1;
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->wake, NULL);
    pthread_cond_init(&crew->done, NULL);
    start_threads(crew, count);
    *out = crew;
    return NST_OK;
}

void workers_free(Workers *crew)
{
    if (!crew)
        return;
    atomic_store(&crew->quit, true);
    next_round(crew);
    for (int i = 1; i < crew->count; i++)
        pthread_join(crew->worker[i].thread, NULL);
    blas_leave(crew->joined);
    for (int i = 0; i < crew->count; i++)
        free(crew->worker[i].scratch);
    pthread_cond_destroy(&crew->done);
    pthread_cond_destroy(&crew->wake);
    pthread_mutex_destroy(&crew->lock);
    free(crew->worker);
    free(crew);
}

int workers_count(const Workers *crew)
{
    return crew->count;
}

NstStatus workers_reserve(Workers *crew, size_t floats, NstError *error)
{
    if (floats <= crew->scratch_floats)
        return NST_OK;
    for (int i = 0; i < crew->count; i++) {
        float *scratch = memory_floats(floats);
        if (!scratch)
            return nst_fail_memory(error, "working space", (double)floats * sizeof(float));
        free(crew->worker[i].scratch);
        crew->worker[i].scratch = scratch;
    }
    crew->scratch_floats = floats;
    return NST_OK;
}

void workers_run(Workers *crew, size_t items, WorkersTask task, void *data)
{
    crew->task = task;
    crew->data = data;
    crew->items = items;
    atomic_store(&crew->next, 0);
    atomic_store(&crew->busy, crew->count - 1);
    next_round(crew);
    work(crew, crew->worker[0].scratch);
    await_done(crew);
}

/* Runs per sum: enough to share out among many workers, few enough for one thread to add up. */
enum { RUNS = 64 };

typedef struct Sum {
    WorkersRange task;
    void *data;
    size_t count;
    double part[RUNS];
} Sum;

static void sum_run(void *data, size_t run, float *scratch)
{
    (void)scratch;
    Sum *sum = data;
    size_t length = (sum->count + RUNS - 1) / RUNS;
    size_t begin = run * length, end = begin + length < sum->count ? begin + length : sum->count;
    sum->part[run] = begin < end ? sum->task(sum->data, begin, end) : 0;
}

double workers_sum(Workers *crew, size_t count, WorkersRange task, void *data)
{
    Sum sum = {.task = task, .data = data, .count = count};
    workers_run(crew, RUNS, sum_run, &sum);
    double total = 0;
    for (int run = 0; run < RUNS; run++)
        total += sum.part[run];
    return total;
}

void workers_stop_when(Workers *crew, bool (*stop)(void *data), void *data)
{
    crew->stop = stop;
    crew->stop_data = data;
    crew->stopped = false;
}

bool workers_ask_stop(Workers *crew)
{
    crew->stopped = crew->stopped || (crew->stop && crew->stop(crew->stop_data));
    return crew->stopped;
}

bool workers_stopped(const Workers *crew)
{
    return crew->stopped;
}
