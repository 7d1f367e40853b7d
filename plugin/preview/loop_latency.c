/* loop_latency.c: a timer that should fire every few milliseconds and remembers when it last did. How late it
 * is, is how long some callback, or GIMP's answer to it, has blocked everything else; or other programs have,
 * so the processor time of the thread itself is logged beside it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "loop_latency.h"

#include <glib.h>
#include <time.h>

enum { BEAT_MS = 5 };

struct LoopLatency {
    guint timer;    /* 0: not measuring */
    gint64 last;    /* beat, monotonic time in µs */
    gint64 longest; /* µs between two beats */
    gint64 worked;  /* by the thread until the last beat, µs of processor time */
    gint64 most;    /* of that between two beats */
};

static gint64 work_so_far(void)
{
    struct timespec time = {0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean beat(gpointer data)
{
    LoopLatency *latency = data;
    gint64 now = g_get_monotonic_time(), worked = work_so_far();
    latency->longest = MAX(latency->longest, now - latency->last);
    latency->most = MAX(latency->most, worked - latency->worked);
    latency->last = now;
    latency->worked = worked;
    return G_SOURCE_CONTINUE;
}

LoopLatency *loop_latency_new(void)
{
    return g_new0(LoopLatency, 1);
}

void loop_latency_begin(LoopLatency *latency)
{
    if (latency->timer || g_log_writer_default_would_drop(G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
        return;
    latency->last = g_get_monotonic_time();
    latency->worked = work_so_far();
    latency->timer = g_timeout_add_full(G_PRIORITY_HIGH, BEAT_MS, beat, latency, NULL);
}

void loop_latency_log(LoopLatency *latency, const char *when)
{
    if (latency->timer)
        g_debug("the main loop was held for at most %d ms, and worked for at most %d ms of its own, %s",
                (int)(latency->longest / 1000), (int)(latency->most / 1000), when);
    latency->longest = latency->most = 0;
}

void loop_latency_free(LoopLatency *latency, const char *when)
{
    loop_latency_log(latency, when);
    if (latency->timer)
        g_source_remove(latency->timer);
    g_free(latency);
}
