/* code.h: a cell as a unit vector of CODE numbers, so that two cells are alike as much as their codes'
 * inner product, the cosine of their angle, says: the hypercolumn in the directions in which the painting's
 * vary most, and the two colour differences. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_CODE_H
#define NST_MATCH_CODE_H

#include "cells.h"
#include "core/base/status.h"
#include "core/base/workers.h"

enum { CODE = 128 };

/* How cells become codes; learned from one painting at one scale. */
typedef struct Coding {
    float level[MATCH_LAYERS]; /* brings each layer to the same power in the painting */
    float *packed; /* the basis [CELL_FEATURES, CODE], see product.h; its last two columns are 0 */
    float colour;  /* factor of the colour differences */
} Coding;

/* Learns from the painting's cells, whose features it centres in place, and fills codes [cells, CODE] with
 * theirs. The workers' scratch must have subspace_scratch() floats. NST_CANCELLED where they are stopped;
 * on failure `coding` is empty. */
NstStatus coding_new(Coding *coding, Workers *workers, Cells *painting, float *codes, NstError *error);
void coding_free(Coding *coding); /* leaves it empty */

/* Fills codes [cells, CODE] with those of the content's cells, whose features it centres in place: about
 * their own mean, since what matters is how a spot differs from the rest of its picture. */
void coding_apply(const Coding *coding, Workers *workers, Cells *content, float *codes);

double coding_new_bytes(void);    /* at the peak of coding_new */
double coding_bytes(void);        /* kept */
double coding_work(double cells); /* multiplications of coding_apply */

#endif
