/* loop_latency.h: how long the main loop was held at the most, for who watches the debug messages
 * (G_MESSAGES_DEBUG=neural-style); for others it does nothing. Main thread only. */
#ifndef LOOP_LATENCY_H
#define LOOP_LATENCY_H

typedef struct LoopLatency LoopLatency;

LoopLatency *loop_latency_new(void);

/* The main loop is watched from now on. */
void loop_latency_begin(LoopLatency *pulse);

/* Says what was found since it was said last, and goes on. `when` names the time. */
void loop_latency_tell(LoopLatency *pulse, const char *when);

/* Says it for the last time. */
void loop_latency_free(LoopLatency *pulse, const char *when);

#endif
