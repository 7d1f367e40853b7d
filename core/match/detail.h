/* detail.h: gives a laid picture the content's fine light and dark back, at the content's edges: a face
 * keeps its eyes, a sky stays all brush. */
#ifndef NST_MATCH_DETAIL_H
#define NST_MATCH_DETAIL_H

#include "core/base/workers.h"
#include "core/picture/image.h"
#include "grid.h"
#include "windows.h"

typedef struct Detail {
    double share;          /* 0..1: how much of it */
    double contrast;       /* how much stronger the painting's light and dark are than the content's */
    const float *plain;    /* [cells], as content_plain gives it */
    CellGrid grid;         /* of the content's cells */
    const Windows *across; /* the cells along columns and rows */
    const Windows *down;
    int radius_x, radius_y; /* of what is fine, in pixels */
} Detail;

/* In place, with edges e = 1 - plain, light l of the content, and each channel v of the picture:
 *
 *     v += share e (fine(contrast l) - fine(v)),    fine(z) = z - blur(z),
 *
 * clamped to 0..1, where blur is a box, twice. Both pictures have the same size. The pictures' edges are
 * mirrors; pixels further than twice the radius from them don't depend on where they are, to the bit. */
NstStatus detail_restore(const Detail *detail, const NstImage *content, Workers *workers, NstImage *picture,
                         NstError *error);

double detail_bytes(double pixels);

#endif
