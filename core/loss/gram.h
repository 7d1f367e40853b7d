/* gram.h: the Gram matrix of a layer's features, which is what "style" means here.
 *
 *     G = F'F / N     F: [N, C], N = H*W positions     G: [C, C], symmetric, stored whole
 *
 * The division by N alone makes G the mean over positions of the outer products of the features: independent
 * of the picture's size. (The paper, section 2.2, divides later; constants move into the weight.) Sums over
 * blocks of positions are taken in double and in a fixed order, so that tens of megapixels lose nothing and
 * the number of workers changes nothing.
 *
 * A picture may come in parts, tile by tile: the sums go on from one to the next. */
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
    double *totals;   /* [parts, C], of the features themselves; NULL: nobody wants them */
    double *mean;     /* [C], working space; or NULL with them */
    double positions; /* that have been added */
} Gram;

/* NULL sums on failure: error is filled. gram_free frees them. Reserves what the workers need. */
NstStatus gram_new(Gram *gram, int channels, Workers *workers, NstError *error);

/* From the next gram_clear on there are means too, for gram_covariance. */
NstStatus gram_add_means(Gram *gram, NstError *error);
void gram_free(Gram *gram);

/* Bytes that both allocate, the workers' aside, told beforehand; and floats of scratch for each. */
double gram_bytes(int channels);
size_t gram_scratch(int channels);

/* Forgets what has been added. */
void gram_clear(Gram *gram);

/* Adds the region's positions of features, whose rows have `columns` positions. */
void gram_add(Gram *gram, Workers *workers, const float *features, int columns, const Region *region);

/* What has been added, as G: [C, C]. */
void gram_matrix(const Gram *gram, Workers *workers, float *matrix);

/* The same as mean m [C] and covariance G - m m' [C, C], of which the difference is taken in double. */
void gram_covariance(Gram *gram, Workers *workers, float *covariance, float *mean);

#endif
