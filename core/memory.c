/* memory.c: aligned arrays, with the size's overflow checked in one place.
 *
 * What is available is read from Linux's /proc/meminfo, whose MemAvailable counts the caches that would give
 * way; the portable sysconf counts free pages alone, of which a healthy system has few. */
#include "memory.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
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

double memory_available(void)
{
    FILE *file = fopen("/proc/meminfo", "r");
    if (!file)
        return INFINITY;
    char line[128];
    unsigned long long kilobytes;
    double available = INFINITY;
    while (isinf(available) && fgets(line, sizeof line, file))
        if (sscanf(line, "MemAvailable: %llu kB", &kilobytes) == 1)
            available = 1024.0 * (double)kilobytes;
    fclose(file);
    return available;
}
