/* style.h: the style at one layer: which of its features' statistics count, those of the painting, how far
 * the picture's are from them, and the gradient of that. The losses themselves are loss.h's.
 *
 * A Gram matrix holds mean and covariance in one, G = S + m m', and where a layer's means are large, as
 * behind a ReLU, most of its norm is theirs. Apart, each counts for a half. */
#ifndef NST_STYLE_H
#define NST_STYLE_H

#include "core/network/product.h"
#include "core/settings/settings.h"
#include "gram.h"

typedef struct Style {
    NstStatistics kind;
    Gram sums;                                  /* of whatever is looked at */
    float *target, *target_mean;                /* [C, C] and [C], the painting's */
    double target_squares, target_mean_squares; /* 1 where there are none */
    float *dgram;                               /* [C, C], packed, and */
    float *dmean; /* [C]: as loss.h's LayerLoss wants them; NULL with Gram matrices */
} Style;

/* Working space for any of an objective's layers. */
typedef struct StyleSpace {
    float *gram, *dgram; /* [C, C] */
    float *mean, *dmean; /* [C] */
} StyleSpace;

/* channels: of the widest layer. style_space_free frees what there is, after a failure too. */
NstStatus style_space_new(StyleSpace *space, int channels, NstError *error);
void style_space_free(StyleSpace *space);

/* style_free frees what there is, after a failure too. Reserves what the workers need. */
NstStatus style_new(Style *style, NstStatistics kind, int channels, Workers *workers, NstError *error);
void style_free(Style *style);

/* Bytes of one, and of the working space, told beforehand. */
double style_bytes(int channels);
double style_space_bytes(int channels);

/* What has been added to the sums is the painting's. */
void style_aim(Style *style, Workers *workers);

/* What has been added is the picture's: its loss; dgram and dmean become weight times the loss's gradient. */
double style_compare(Style *style, Workers *workers, const Product *product, double weight,
                     StyleSpace *space);

#endif
