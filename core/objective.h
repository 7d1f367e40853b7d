/* objective.h: L(G) = content_weight * content + style_weight * style + tv_weight * tv, with its gradient
 * with respect to the picture G. It ties the network and the losses together for one picture size. */
#ifndef NST_OBJECTIVE_H
#define NST_OBJECTIVE_H

#include "image.h"
#include "layers.h"
#include "vgg16.h"

typedef struct ObjectiveSpec {
    double content_weight, style_weight, tv_weight;
    double content_layers[VGG16_LAYERS], style_layers[VGG16_LAYERS]; /* relative weights; 0: not used */
} ObjectiveSpec;

typedef struct Losses {
    double total;              /* weighted */
    double content, style, tv; /* each before its weight */
} Losses;

typedef struct Objective Objective;

/* How many layers of the network the spec needs; at least 1. */
int objective_depth(const ObjectiveSpec *spec);

/* content sets the size; style may have any size. Both are looked at here and not kept. `net` must outlive
 * the objective and be at least objective_depth deep. NULL: error is filled. */
Objective *objective_new(const Vgg16 *net, const ObjectiveSpec *spec, const NstImage *content,
                         const NstImage *style, NstError *error);
void objective_free(Objective *objective); /* NULL is fine */

/* rgb and drgb: [H, W, 3] of the content's size. Allocates nothing. */
void objective_evaluate(Objective *objective, const float *rgb, Losses *losses, float *drgb);

#endif
