/* estimate.h: what a run would take, measured in the background while the user still chooses. Knows core, no
 * GIMP and no window. Main thread only; the measuring itself has a thread of its own. */
#ifndef ESTIMATE_H
#define ESTIMATE_H

#include "core/nst.h"

typedef struct Estimate Estimate;

/* Called in the main thread, by its main loop: the forecast as a line of text, or why there is none. */
typedef void (*EstimateFunc)(const char *text, void *data);

/* Free it with estimate_free. */
Estimate *estimate_new(EstimateFunc tell, void *data);

/* Asks for the forecast of a job, and returns at once. `tell` is called with the answer, unless another
 * question comes first. All that is needed of the job is copied; the pictures' pixels aren't. */
void estimate_ask(Estimate *estimate, const NstJob *job);

/* Nobody waits any more for what was asked before. */
void estimate_forget(Estimate *estimate);

/* Tells nothing more. Waits for a measurement that is going on, a second or so, and runs the main loop
 * meanwhile: windows closed before this vanish at once. NULL: nothing happens. */
void estimate_free(Estimate *estimate);

#endif
