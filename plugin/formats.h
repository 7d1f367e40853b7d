/* formats.h: which formats babl has met. The first time it converts from one to another it looks for the
 * quickest way, which takes a tenth of a second, and whoever reads pixels waits; a main loop that must not
 * wait asks here before it reads. Main thread only. */
#ifndef FORMATS_H
#define FORMATS_H

#include <gegl.h>
#include <stdbool.h>

typedef struct Formats Formats;

/* `found` is called by the main loop each time a way has been found. Free it with formats_free. */
Formats *formats_new(void (*found)(void *data), void *data);

/* Does babl know the way? If not, it is looked for, one way at a time, and it has to be asked again once
 * `found` was called. */
bool formats_know(Formats *formats, const Babl *from, const Babl *to);

/* Waits for the search to end, a tenth of a second at the most, and tells nothing more. */
void formats_free(Formats *formats);

#endif
