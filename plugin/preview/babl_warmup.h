/* babl_warmup.h: which formats babl has met. The first time it converts from one to another it looks for the
 * quickest way, which takes a tenth of a second, and whoever reads pixels waits; a main loop that must not
 * wait asks here before it reads. Main thread only. */
#ifndef BABL_WARMUP_H
#define BABL_WARMUP_H

#include <gegl.h>
#include <stdbool.h>

typedef struct BablWarmup BablWarmup;

/* `found` is called by the main loop each time a way has been found. Free it with babl_warmup_free. */
BablWarmup *babl_warmup_new(void (*found)(void *data), void *data);

/* Does babl know the way? If not, it is looked for, one way at a time, and it has to be asked again once
 * `found` was called. */
bool babl_warmup_know(BablWarmup *formats, const Babl *from, const Babl *to);

/* Waits for the search to end, a tenth of a second at the most, and tells nothing more. */
void babl_warmup_free(BablWarmup *formats);

#endif
