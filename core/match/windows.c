/* windows.c: tables, since a cosine for each pixel of a picture would take longer than laying it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "windows.h"

#include "core/base/memory.h"
#include "grid.h"

#include <math.h>
#include <stdlib.h>

static const double HALF_PI = 1.57079632679489661923;

double windows_bytes(int reach, int count)
{
    return 2.0 * reach * count * (sizeof(int) + sizeof(float));
}

/* The squared cosines of a window `reach` wide, one cell apart, add up to reach. The last share is what the
 * others leave, so that the sum is 1 but for one rounding. */
static void fill_pixel(Windows *windows, int reach, int cells, double place, int pixel)
{
    int first = (int)floor(place) - reach + 1;
    float rest = 1;
    for (int k = 0; k < windows->over; k++) {
        double wave = cos((place - (first + k)) / reach * HALF_PI);
        windows->cell[k][pixel] = clamp_int(first + k, 0, cells - 1);
        windows->share[k][pixel] = k + 1 < windows->over ? (float)(wave * wave / reach) : fmaxf(rest, 0);
        rest -= windows->share[k][pixel];
    }
}

static bool has_room(Windows *windows, size_t count)
{
    bool all = true;
    for (int k = 0; k < windows->over; k++) {
        windows->cell[k] = memory_new(count * sizeof(int));
        windows->share[k] = memory_floats(count);
        all = all && windows->cell[k] && windows->share[k];
    }
    return all;
}

NstStatus windows_new(Windows *windows, int reach, int cells, int pixels, int begin, int count,
                      NstError *error)
{
    *windows = (Windows){.over = 2 * reach};
    if (!has_room(windows, (size_t)count)) {
        windows_free(windows);
        return nst_fail_memory(error, "working space", windows_bytes(reach, count));
    }
    for (int i = 0; i < count; i++)
        fill_pixel(windows, reach, cells, (begin + i + 0.5) * cells / pixels - 0.5, i);
    return NST_OK;
}

void windows_free(Windows *windows)
{
    for (int i = 0; i < WINDOWS_OVER; i++) {
        free(windows->cell[i]);
        free(windows->share[i]);
    }
    *windows = (Windows){0};
}
