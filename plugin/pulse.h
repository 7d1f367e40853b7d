/* pulse.h: how long the main loop was held at the most, for who watches the debug messages
 * (G_MESSAGES_DEBUG=neural-style); for others it does nothing. Main thread only. */
#ifndef PULSE_H
#define PULSE_H

typedef struct Pulse Pulse;

Pulse *pulse_new(void);

/* The main loop is watched from now on. */
void pulse_begin(Pulse *pulse);

/* Says what was found since it was said last, and goes on. `when` names the time. */
void pulse_tell(Pulse *pulse, const char *when);

/* Says it for the last time. */
void pulse_free(Pulse *pulse, const char *when);

#endif
