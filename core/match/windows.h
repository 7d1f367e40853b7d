/* windows.h: the cells that overlap at each pixel along one axis, and how much each counts there. A cell's
 * window is a raised cosine that reaches from the centre of the cell before it to that of the one after it.
 * So two windows cover each pixel, they add up to 1, and no edge of a cell shows. */
#ifndef NST_MATCH_WINDOWS_H
#define NST_MATCH_WINDOWS_H

#include "core/base/status.h"

typedef struct Windows {
    int *cell[2];    /* [pixels]; the same one twice where the picture ends */
    float *share[2]; /* [pixels], what each counts; their sum is 1 */
} Windows;

/* For pixels begin .. begin + count - 1 of a side of `pixels` that has so many cells. What a pixel gets
 * depends on its place on the whole side alone. On failure `windows` is empty. */
NstStatus windows_new(Windows *windows, int cells, int pixels, int begin, int count, NstError *error);
void windows_free(Windows *windows); /* leaves it empty */
double windows_bytes(int count);

#endif
