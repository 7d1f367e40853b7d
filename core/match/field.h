/* field.h: gives each cell of the content its spot, so that neighbouring cells come from neighbouring
 * spots. What is nearest for each cell by itself is a confetti; a painter's stroke is longer than a cell. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_FIELD_H
#define NST_MATCH_FIELD_H

#include "code.h"
#include "nearest.h"

typedef struct Field {
    CellGrid content, painting;
    const float *codes;   /* [cells, CODE] */
    const float *spots;   /* [spots, CODE] */
    const float *price;   /* [spots] */
    const float *plain;   /* [cells], as content_plain gives it */
    const int *nearest;   /* [cells, NEAREST] */
    const int *inherited; /* [cells], the coarser scale's spots; NULL at the coarsest */
} Field;

/* Fills inherited [cells]: the coarser scale's spots at this one's. */
void field_inherit(CellGrid coarse_content, CellGrid coarse_painting, const int *coarse, CellGrid content,
                   CellGrid painting, int *inherited);

/* Each cell's nearest spot, or, where the content is plain, the inherited one if it is hardly worse. */
void field_start(const Field *field, int *spot);

/* What a spot is worth to a cell while all other cells have the spots `old`. */
double field_worth(const Field *field, const int *old, size_t cell, int spot);

/* One round: half of the cells, as on a checkerboard (round: even or odd), each take what is worth most to
 * them among their own spot, those that continue their neighbours', the nearest and the inherited one. They
 * all look at `old`, so the order doesn't matter; a cell's spot is worth no less to it than its old one,
 * but two that change at once may get in each other's way. */
void field_round(const Field *field, Workers *workers, int round, const int *old, int *spot);

/* All rounds, in place; other: room for as many. NST_CANCELLED where the workers are stopped; `spot` is
 * then what the rounds so far have given. */
NstStatus field_settle(const Field *field, Workers *workers, int *spot, int *other);

#endif
