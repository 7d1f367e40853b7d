/* lay.h: lays the painting's own pixels where its spots have been matched. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_LAY_H
#define NST_MATCH_LAY_H

#include "content.h"
#include "core/base/workers.h"
#include "scales.h"
#include "windows.h"

/* Which part of a picture is laid: `laid`'s pixels are those from left, top of a whole of width x height. */
typedef struct LayPart {
    int width, height, left, top;
} LayPart;

/* The size that the painting must have, so that its cells are as large as the content's in such a picture. */
void lay_painting_size(MatchScale grid, const LayPart *part, int *width, int *height);

typedef struct LayTask {
    MatchScale grid;
    const int *spot; /* [cells of the content] */
    LayPart part;
    const Windows *across, *down; /* of the part's columns and rows */
    const NstImage *painting;     /* of the size that lay_painting_size says */
    const NstImage *content;      /* the part, or NULL: windows blend by their place alone */
    const Relighting *relighting; /* of the content; not read where that is NULL */
} LayTask;

/* Fills `laid`, whose size is the part's. Each pixel is a mean of what the windows w over it show, p_w:
 *
 *     sum share_w like(p_w, c) p_w / sum share_w like(p_w, c),    like(p, c) = (1 + d^2(p, c) / 8 s^2)^-4
 *
 * where c is the content's pixel, relit, d^2 the square of the difference in light, and 0.3 times those in
 * red and blue less the light; s is 0.12. Without a content like is 1. */
NstStatus lay(const LayTask *task, Workers *workers, NstImage *laid, NstError *error);

double lay_bytes(CellGrid content);

#endif
