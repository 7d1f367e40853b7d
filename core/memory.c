/* memory.c: aligned arrays, with the size's overflow checked in one place. */
#include "memory.h"

#include <stdint.h>
#include <stdlib.h>

enum { CACHE_LINE = 64 };

float *floats_new(size_t count)
{
    if (count > (SIZE_MAX - CACHE_LINE) / sizeof(float))
        return NULL;
    void *memory;
    size_t bytes = count ? count * sizeof(float) : CACHE_LINE;
    return posix_memalign(&memory, CACHE_LINE, bytes) == 0 ? memory : NULL;
}
