/* memory.h: the arrays that numbers live in. */
#ifndef NST_MEMORY_H
#define NST_MEMORY_H

#include <stddef.h>

/* `count` floats, uninitialised, aligned to a cache line (which is also the widest vector), or NULL.
 * Freed with free(). */
float *floats_new(size_t count);

#endif
