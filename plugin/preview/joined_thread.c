/* joined_thread.c: a list of what runs, which one function goes through at exit. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "joined_thread.h"

#include <stdlib.h>

static GSList *running; /* of JoinedThread */

static void join_all(void)
{
    for (GSList *link = running; link; link = link->next) {
        JoinedThread *thread = link->data;
        if (thread->stop)
            thread->stop(thread->data);
    }
    while (running)
        joined_thread_join(running->data);
}

bool joined_thread_start(JoinedThread *thread, const char *name, GThreadFunc work, void *argument,
                         void (*stop)(void *data), void *data)
{
    static bool registered;
    if (!registered)
        registered = atexit(join_all) == 0;
    *thread = (JoinedThread){g_thread_try_new(name, work, argument, NULL), stop, data};
    if (!thread->thread)
        return false;
    running = g_slist_prepend(running, thread);
    return true;
}

bool joined_thread_runs(const JoinedThread *thread)
{
    return thread->thread != NULL;
}

void joined_thread_join(JoinedThread *thread)
{
    running = g_slist_remove(running, thread);
    g_thread_join(g_steal_pointer(&thread->thread));
}
