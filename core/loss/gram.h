/* gram.h: the Gram matrix of a layer's features, which defines "style" here.
 *
 *     G = F'F / N     F: [N, C], N = H*W positions     G: [C, C], symmetric, stored whole
 *
 * Divided by N alone, G is the mean over positions of the features' outer products, and independent of the
 * picture's size. (The paper, section 2.2, divides later; constants move into the weight.) Sums over blocks
 * of positions are taken in double and in a fixed order, so that tens of megapixels lose nothing and the
 * number of workers changes nothing.
 *
 * A picture may come in parts, tile by tile: each adds to the same sums. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_GRAM_H
#define NST_GRAM_H

#include "core/base/region.h"
#include "core/base/status.h"
#include "core/base/workers.h"

#include <stddef.h>

/* The sums of one layer. */
typedef struct Gram {
    int channels;
    double *sums;     /* [parts, C, C], upper triangles */
    double *totals;   /* [parts, C], of the features themselves; NULL: not needed */
    double *mean;     /* [C], working space; NULL like totals */
    double positions; /* added so far */
} Gram;

/* Nothing is added yet. Reserves the workers' scratch. After a failure sums is NULL. gram_free frees what
 * there is. */
NstStatus gram_new(Gram *gram, int channels, Workers *workers, NstError *error);

/* From the next gram_clear on, the features are summed too, for gram_covariance. */
NstStatus gram_add_means(Gram *gram, NstError *error);
void gram_free(Gram *gram);

/* Bytes that both of these will allocate, without the workers' scratch; and the floats of that for each
 * worker. */
double gram_bytes(int channels);
size_t gram_scratch(int channels);

/* Forgets everything added so far. */
void gram_clear(Gram *gram);

/* Adds the region's positions of features, whose rows have `columns` positions. */
void gram_add(Gram *gram, Workers *workers, const float *features, int columns, const Region *region);

/* G of everything added: [C, C]. */
void gram_matrix(const Gram *gram, Workers *workers, float *matrix);

/* Its mean m [C] and covariance G - m m' [C, C]; the difference is taken in double. */
void gram_covariance(Gram *gram, Workers *workers, float *covariance, float *mean);

#endif
