/* objective.h: L(G) = content_weight * content + style_weight * style + tv_weight * tv, with its gradient
 * with respect to the picture G. It ties the network and the losses together for one picture size. */
#ifndef NST_OBJECTIVE_H
#define NST_OBJECTIVE_H

#include "core/network/vgg16.h"
#include "core/picture/image.h"
#include "core/settings/layers.h"
#include "losses.h"

#include <limits.h>
#include <math.h>

typedef struct ObjectiveSpec {
    double content_weight, style_weight, tv_weight;
    NstStatistics statistics;                                        /* of the features, that the style is */
    NstPooling pooling;                                              /* of the network's maps */
    double content_layers[VGG16_LAYERS], style_layers[VGG16_LAYERS]; /* relative weights; 0: not used */
} ObjectiveSpec;

typedef struct Objective Objective;

/* How many layers of the network the spec needs; at least 1. */
int objective_depth(const ObjectiveSpec *spec);

/* How an objective is to be held in memory. The loss and its gradient are the same, but for rounding. */
typedef struct ObjectivePlan {
    double tile_pixels; /* the most that pass through the network at once, halo included; INFINITY: all */
    int kept_tiles;     /* tiles whose features of the content are held, rather than computed anew in each
                         * evaluation; OBJECTIVE_KEEP_ALL: all */
} ObjectivePlan;
enum { OBJECTIVE_KEEP_ALL = INT_MAX };

/* The whole picture at once: fastest, and what small pictures get. */
static const ObjectivePlan objective_whole = {INFINITY, OBJECTIVE_KEEP_ALL};

/* Bytes that an objective takes, told beforehand, for pictures of these sizes. */
typedef struct ObjectiveBytes {
    double making; /* at the peak of objective_new */
    double held;   /* from then on */
} ObjectiveBytes;
ObjectiveBytes objective_bytes(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height,
                               int style_width, int style_height);

/* Bytes that one more kept tile takes. */
double objective_kept_bytes(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height);

/* Pixels of the smallest tile worth having: smaller ones would be nearly all halo. */
double objective_least_tile(const ObjectiveSpec *spec);

/* What goes forward and what goes backward through the network in one evaluation, halos and repetitions
 * included, in pixels of a picture that isn't cut; and how many tiles there are. */
typedef struct ObjectiveWork {
    double forward, backward;
    int tiles;
} ObjectiveWork;
ObjectiveWork objective_work(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height);

/* content sets the size; style may have any size. The style is looked at here and not kept; the content must
 * outlive the objective. `net` must outlive it too and be objective_depth deep. NULL: error is filled. */
Objective *objective_new(const Vgg16 *net, const ObjectiveSpec *spec, const ObjectivePlan *plan,
                         const NstImage *content, const NstImage *style, NstError *error);
void objective_free(Objective *objective); /* NULL is fine */

/* rgb and drgb: [H, W, 3] of the content's size. Allocates nothing. Where the network's crew is stopped
 * (workers_stopped) it returns soon, as objective_new does, and what either of them leaves is void. */
void objective_evaluate(Objective *objective, const float *rgb, Losses *losses, float *drgb);

#endif
