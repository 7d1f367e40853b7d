/* windows.c: tables, since a cosine for each pixel of a picture would take longer than laying it. */
#include "windows.h"

#include "core/base/memory.h"
#include "core/base/region.h"

#include <math.h>
#include <stdlib.h>

static const double HALF_PI = 1.57079632679489661923;

double windows_bytes(int count)
{
    return 2.0 * count * (sizeof(int) + sizeof(float));
}

static void fill(Windows *windows, int cells, int pixels, int begin, int count)
{
    for (int i = 0; i < count; i++) {
        double place = (begin + i + 0.5) * cells / pixels - 0.5, below = floor(place);
        double wave = cos((place - below) * HALF_PI);
        windows->cell[0][i] = int_max((int)below, 0);
        windows->cell[1][i] = int_min((int)below + 1, cells - 1);
        windows->share[0][i] = (float)(wave * wave);
        windows->share[1][i] = 1 - windows->share[0][i];
    }
}

NstStatus windows_new(Windows *windows, int cells, int pixels, int begin, int count, NstError *error)
{
    size_t n = (size_t)count;
    *windows = (Windows){{memory_new(n * sizeof(int)), memory_new(n * sizeof(int))},
                         {memory_floats(n), memory_floats(n)}};
    if (!windows->cell[0] || !windows->cell[1] || !windows->share[0] || !windows->share[1]) {
        windows_free(windows);
        return nst_fail_memory(error, "working space", windows_bytes(count));
    }
    fill(windows, cells, pixels, begin, count);
    return NST_OK;
}

void windows_free(Windows *windows)
{
    for (int i = 0; i < 2; i++) {
        free(windows->cell[i]);
        free(windows->share[i]);
    }
    *windows = (Windows){{NULL, NULL}, {NULL, NULL}};
}
