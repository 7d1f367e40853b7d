/* gram.h: the Gram matrix of a layer's features, which is what "style" means here.
 *
 *     G = F'F / N     F: [N, C], N = H*W positions     G: [C, C], symmetric, stored whole
 *
 * The division by N alone makes G the mean over positions of the outer products of the features: independent
 * of the picture's size. (The paper, section 2.2, divides later; constants move into the weight.) Sums over
 * blocks of positions are taken in double and in a fixed order, so that tens of megapixels lose nothing and
 * the number of workers changes nothing. */
#ifndef NST_GRAM_H
#define NST_GRAM_H

#include "status.h"
#include "workers.h"

#include <stddef.h>

/* Floats of scratch per worker that gram_forward and gram_backward need for `channels`. */
size_t gram_scratch(int channels);

/* sums: at least gram_sums(positions, channels) doubles of the caller's, working space. */
size_t gram_sums(size_t positions, int channels);
void gram_forward(Workers *workers, size_t positions, int channels, const float *features, double *sums,
                  float *gram);

/* dfeatures += 2/N * F * dgram, dgram: [C, C], symmetric. */
void gram_backward(Workers *workers, size_t positions, int channels, const float *features,
                   const float *dgram, float *dfeatures);

#endif
