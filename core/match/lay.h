/* lay.h: lays the painting's own pixels where its spots have been matched. */
#ifndef NST_MATCH_LAY_H
#define NST_MATCH_LAY_H

#include "core/base/workers.h"
#include "core/picture/image.h"
#include "scales.h"
#include "windows.h"

/* Which part of a picture is laid: `laid`'s pixels are those from left, top of a whole of width x height. */
typedef struct LayPart {
    int width, height, left, top;
} LayPart;

/* The size that the painting must have, so that its cells are as large as the content's in such a picture. */
void lay_painting_size(MatchScale grid, const LayPart *part, int *width, int *height);

/* Fills `laid`, whose size is the part's. painting: of that size; spot: [cells of the content]; across,
 * down: the windows of the part's columns and rows. */
NstStatus lay(MatchScale grid, const int *spot, const LayPart *part, const Windows *across,
              const Windows *down, const NstImage *painting, Workers *workers, NstImage *laid,
              NstError *error);

double lay_bytes(CellGrid content);

#endif
