/* loop_latency.c: a timer that ought to come every few milliseconds and remembers when it last did. What it comes
 * late by is what some callback, or GIMP's answer to it, has kept everything else waiting for; or other
 * programs have, so what the thread itself has worked meanwhile is told beside it. */
#define G_LOG_DOMAIN "neural-style"

#include "loop_latency.h"

#include <glib.h>
#include <time.h>

enum { BEAT_MS = 5 };

struct LoopLatency {
    guint timer; /* 0: it isn't watched */
    gint64 last; /* beat, monotonic time in µs */
    gint64 longest;
    gint64 worked; /* by the thread until then, µs of the processor's time */
    gint64 most;
};

static gint64 work_so_far(void)
{
    struct timespec time = {0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean beat(gpointer data)
{
    LoopLatency *pulse = data;
    gint64 now = g_get_monotonic_time(), worked = work_so_far();
    pulse->longest = MAX(pulse->longest, now - pulse->last);
    pulse->most = MAX(pulse->most, worked - pulse->worked);
    pulse->last = now;
    pulse->worked = worked;
    return G_SOURCE_CONTINUE;
}

LoopLatency *loop_latency_new(void)
{
    return g_new0(LoopLatency, 1);
}

void loop_latency_begin(LoopLatency *pulse)
{
    if (pulse->timer || g_log_writer_default_would_drop(G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
        return;
    pulse->last = g_get_monotonic_time();
    pulse->worked = work_so_far();
    pulse->timer = g_timeout_add_full(G_PRIORITY_HIGH, BEAT_MS, beat, pulse, NULL);
}

void loop_latency_tell(LoopLatency *pulse, const char *when)
{
    if (pulse->timer)
        g_debug("the main loop was held for %d ms at the most, and worked for %d ms of its own, %s",
                (int)(pulse->longest / 1000), (int)(pulse->most / 1000), when);
    pulse->longest = pulse->most = 0;
}

void loop_latency_free(LoopLatency *pulse, const char *when)
{
    loop_latency_tell(pulse, when);
    if (pulse->timer)
        g_source_remove(pulse->timer);
    g_free(pulse);
}
