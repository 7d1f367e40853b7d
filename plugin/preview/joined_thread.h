/* joined_thread.h: a thread that never outlives the libraries it uses. When GIMP quits, libgimp calls exit in
 * the middle of whatever the main thread is doing, and GLib, GEGL and babl are shut down while other threads
 * still use them; a JoinedThread that is running then is stopped and joined first. Main thread only, except
 * for the thread's own function. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JOINED_THREAD_H
#define JOINED_THREAD_H

#include <glib.h>
#include <stdbool.h>

/* All zero: not running. Must stay where it is while it runs. */
typedef struct JoinedThread {
    GThread *thread;          /* NULL: not running */
    void (*stop)(void *data); /* asks the thread to end soon; NULL: it ends soon anyway */
    void *data;
} JoinedThread;

/* Runs work(argument) in a thread. stop(data) is called only when the process exits. False: the system has no
 * thread left, and nothing runs. */
bool joined_thread_start(JoinedThread *thread, const char *name, GThreadFunc work, void *argument,
                         void (*stop)(void *data), void *data);

bool joined_thread_runs(const JoinedThread *thread);

/* Waits until the thread's function has returned. */
void joined_thread_join(JoinedThread *thread);

#endif
