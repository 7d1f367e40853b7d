/* match.h: gives every spot of the content its place in the painting, and lays the painting's own pixels
 * there. A style that is statistics alone knows which strokes there are, but not which belong where; a
 * painter does. So each small cell of the content takes the spot of the painting in which the network sees
 * the most alike, and neighbours take neighbouring spots, so that whole strokes come over. What is laid
 * from it, the guide, takes the content's place in an ordinary run, which then only has to paint over the
 * joints.
 *
 * Matching by patches of the network's features is Li and Wand's idea ("Combining Markov Random Fields and
 * Convolutional Neural Networks for Image Synthesis", CVPR 2016), laying pixels by a field of nearest
 * neighbours is PatchMatch's (Barnes et al., SIGGRAPH 2009), coarse to fine Hertzmann's ("Image Analogies",
 * SIGGRAPH 2001). Rejected: minimising the distance to matched features, which blurs strokes together, and
 * needs hundreds of iterations for what is laid at once here.
 *
 * The result depends on the pictures, the spec and the network, never on the number of workers. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_H
#define NST_MATCH_H

#include "cells.h"
#include "scales.h"

/* What has been matched: for each cell of the content, a spot of the painting. It has no size in pixels, so
 * a guide of any size, and of any part, can be laid from it. */
typedef struct Match Match;

/* After each scale, in the calling thread: `laid` is what there is so far, small; fraction 0..1 of
 * match_new's work. */
typedef void (*MatchProgress)(void *data, double fraction, const NstImage *laid);

/* content, style: whole pictures of any size from NST_MIN_SIDE on, in the colours that are painted with.
 * net: at least MATCH_LAYERS deep. progress may be NULL. NST_CANCELLED where the network's workers are
 * stopped; *out is then what the scales so far have given, or NULL where there is none. On failure *out is
 * NULL. */
NstStatus match_new(Match **out, const Vgg16 *net, const MatchSpec *spec, const NstImage *content,
                    const NstImage *style, MatchProgress progress, void *data, NstError *error);
void match_free(Match *match); /* NULL is fine */

/* Where a part lies in the whole picture, as fractions 0..1 of its sides; all of it: 0, 0, 1, 1. */
typedef struct MatchPlace {
    double left, top, right, bottom;
} MatchPlace;

/* Lays the guide for a part of the picture. content: the part, at the size that is painted; style: the
 * whole painting, any size, in the colours that are painted with. detail: 0..1, how much of the content's
 * fine light and dark stays at edges. The guide has the size of `content`; the caller frees it. With detail
 * 0 a part is what the whole guide has there to the bit, and otherwise too, but for a strip along its own
 * edges that is as wide as eight cells. NST_CANCELLED where the workers are stopped; on failure `guide` is
 * empty. */
NstStatus match_guide(const Match *match, Workers *workers, const NstImage *content, const MatchPlace *place,
                      const NstImage *style, double detail, NstImage *guide, NstError *error);

/* Bytes that match_new takes at its peak beside the pictures passed in. net: its workers' scratch is
 * counted; NULL: without that, which is match_scratch() floats for each of them. */
double match_bytes(const Vgg16 *net, const MatchSpec *spec, int width, int height, int style_width,
                   int style_height);
size_t match_scratch(void);

/* The same for match_guide, of a whole picture of that size or of a part of one, the guide itself
 * included. */
double match_guide_bytes(const MatchSpec *spec, int width, int height, int style_width, int style_height);

/* The largest size at which these two look at a style of that size. */
void match_style_size(const MatchSpec *spec, int width, int height, int *style_width, int *style_height);

/* The work of match_new in multiplications: those of the network, by the convolutions' definition (as
 * tiling_work counts), and those of products of matrices. Sizes are those of the pictures passed in. */
double match_network_work(const MatchSpec *spec, int width, int height, int style_width, int style_height);
double match_search_work(const MatchSpec *spec, int width, int height, int style_width, int style_height);

#endif
