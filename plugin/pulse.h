/* pulse.h: how long the main loop was held at the most, for who watches the debug messages
 * (G_MESSAGES_DEBUG=neural-style); for others it does nothing. Main thread only. */
#ifndef PULSE_H
#define PULSE_H

typedef struct Pulse Pulse;

/* The main loop is watched from when it is idle for the first time. */
Pulse *pulse_new(void);

/* Says what was found since it was said last, and goes on. `when` names the time. */
void pulse_tell(Pulse *pulse, const char *when);

/* Says it for the last time. */
void pulse_free(Pulse *pulse, const char *when);

#endif
