/* nearest.h: the spots of the painting that are most like each cell, by their codes' inner products. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_NEAREST_H
#define NST_MATCH_NEAREST_H

#include "code.h"

enum { NEAREST = 8 }; /* as many as are ever asked for */

/* codes: [spots, CODE]. *packed, which the caller frees with free(), is what nearest_find reads. */
NstStatus nearest_pack(size_t spots, const float *codes, float **packed, NstError *error);

typedef struct NearestSearch {
    size_t spots;
    const float *packed;
    const float *price; /* [spots], taken from each spot's likeness; NULL: none */
    size_t cells;
    const float *codes; /* [cells, CODE] */
    int best;           /* 1..NEAREST; the spots must be as many */
} NearestSearch;

/* spot: [cells, best], from the most alike down; of equals the first. The workers' scratch must have
 * nearest_scratch() floats. NST_CANCELLED where they are stopped. */
NstStatus nearest_find(const NearestSearch *search, Workers *workers, int *spot);

size_t nearest_scratch(void);
double nearest_pack_bytes(double spots);         /* at the peak; half of them are kept */
double nearest_work(double cells, double spots); /* multiplications */

#endif
