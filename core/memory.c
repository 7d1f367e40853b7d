/* memory.c: aligned arrays, with the size's overflow checked in one place.
 *
 * What is available is read from Linux's /proc/meminfo, whose MemAvailable counts the caches that would give
 * way; the portable sysconf counts free pages alone, of which a healthy system has few. */
#include "memory.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_LINE = 64 };

float *floats_new(size_t count)
{
    if (count > (SIZE_MAX - CACHE_LINE) / sizeof(float))
        return NULL;
    void *memory;
    size_t bytes = count ? count * sizeof(float) : CACHE_LINE;
    return posix_memalign(&memory, CACHE_LINE, bytes) == 0 ? memory : NULL;
}

/* The figure in kilobytes that follows `name` in one of /proc's files, as bytes; `otherwise` if there is
 * none. */
static double proc_figure(const char *path, const char *name, double otherwise)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return otherwise;
    char line[128];
    double bytes = otherwise;
    while (fgets(line, sizeof line, file))
        if (strncmp(line, name, strlen(name)) == 0) {
            bytes = 1024.0 * (double)strtoull(line + strlen(name), NULL, 10);
            break;
        }
    fclose(file);
    return bytes;
}

double memory_resident(void)
{
    return proc_figure("/proc/self/status", "VmRSS:", 0);
}

double memory_available(void)
{
    return proc_figure("/proc/meminfo", "MemAvailable:", INFINITY);
}
