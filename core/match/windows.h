/* windows.h: the cells that overlap at each pixel along one axis, and how much each counts there. A cell's
 * window is a raised cosine that reaches `reach` cells from its centre to each side. So twice as many windows
 * cover each pixel, they add up to 1, and no edge of a cell shows. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_WINDOWS_H
#define NST_MATCH_WINDOWS_H

#include "core/base/status.h"

enum { WINDOWS_REACH = 2, WINDOWS_OVER = 2 * WINDOWS_REACH }; /* at most */

typedef struct Windows {
    int over;                   /* windows over each pixel: twice the reach */
    int *cell[WINDOWS_OVER];    /* [pixels]; beyond the picture's end its last cell, again */
    float *share[WINDOWS_OVER]; /* [pixels], what each counts; their sum is 1 */
} Windows;

/* For pixels begin .. begin + count - 1 of a side of `pixels` that has so many cells; reach: 1 to
 * WINDOWS_REACH. What a pixel gets depends on its place on the whole side alone. On failure `windows` is
 * empty. */
NstStatus windows_new(Windows *windows, int reach, int cells, int pixels, int begin, int count,
                      NstError *error);
void windows_free(Windows *windows); /* leaves it empty */
double windows_bytes(int reach, int count);

#endif
