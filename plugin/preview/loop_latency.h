/* loop_latency.h: the longest time that the main loop was blocked, as a debug message
 * (G_MESSAGES_DEBUG=neural-style). Without debug messages it does nothing. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LOOP_LATENCY_H
#define LOOP_LATENCY_H

typedef struct LoopLatency LoopLatency;

LoopLatency *loop_latency_new(void);

/* Starts to measure. */
void loop_latency_begin(LoopLatency *latency);

/* Logs the longest time since the last log, and begins a new one. `when` names the period. */
void loop_latency_log(LoopLatency *latency, const char *when);

/* Logs it for the last time. */
void loop_latency_free(LoopLatency *latency, const char *when);

#endif
