/* matched.h: what a match consists of; for match.c, which makes it, and guide.c, which lays it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCHED_H
#define NST_MATCHED_H

#include "content.h"
#include "scales.h"

typedef struct Match {
    MatchScale grid;
    int *spot;             /* [cells of the content] */
    float *plain;          /* [cells of the content], as content_plain gives it */
    Relighting relighting; /* of the whole content */
} Match;

#endif
