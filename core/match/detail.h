/* detail.h: gives a laid picture the content's edges and its fine light and dark back where the content has
 * edges: a face keeps its eyes and its outline, a sky stays all brush. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_DETAIL_H
#define NST_MATCH_DETAIL_H

#include "core/base/workers.h"
#include "core/picture/image.h"
#include "grid.h"
#include "windows.h"

typedef struct Detail {
    double share;          /* 0..1: how much of both; a half is what the constants were chosen at */
    double contrast;       /* how much stronger the painting's light and dark are than the content's */
    const float *plain;    /* [cells], as content_plain gives it */
    CellGrid grid;         /* of the content's cells */
    const Windows *across; /* the cells along columns and rows */
    const Windows *down;
    int radius_x, radius_y; /* of the windows that are looked at, in pixels */
} Detail;

/* In place, with edges e = 1 - plain, light l of the content, and each channel v of the picture:
 *
 *     v += e (aligned (guided(v) - v) + fine contrast (l - smooth(l)))
 *
 * clamped to 0..1. guided(v) is the guided filter (He, Sun and Tang, "Guided Image Filtering", ECCV 2010):
 * in each window v is explained by a l + b as well as it can be, so it has the content's edges in the
 * picture's colours. smooth is the same filter of l by itself, which keeps its strong edges. aligned is
 * the share and fine 0.6 of it; windows that vary by less than 0.04 are flat to guided, and
 * below 0.1 to smooth.
 *
 * Both pictures have the same size, and continue beyond their edges as mirrors; pixels further than twice
 * the radius from the edges don't depend on where they are, to the bit. */
NstStatus detail_restore(const Detail *detail, const NstImage *content, Workers *workers, NstImage *picture,
                         NstError *error);

double detail_bytes(double pixels);

#endif
