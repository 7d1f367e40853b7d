/* scene.h: everything one evaluation needs, made once: one evaluation is the loss of a picture with its
 * gradient, forward through the network, all losses, and back to the picture. */
#ifndef BENCH_SCENE_H
#define BENCH_SCENE_H

#include "core/nst.h"

/* The layers of Gatys, Ecker and Bethge's own figures: the deep half of the network works too. */
#define DEEP_LAYERS "content-layers=relu4_2 style-layers=relu1_1,relu2_1,relu3_1,relu4_1,relu5_1"
/* What the losses count in an evaluation; peer.py has them too, and the defaults may change. */
#define LOSS_WEIGHTS "content-weight=1 style-weight=50 tv-weight=0.2 strength=50"

typedef struct Scene Scene;

/* Square pictures of `side`, the built-in weights, DEEP_LAYERS and LOSS_WEIGHTS, otherwise the default
 * settings. Never fails: the program ends with a message. */
Scene *scene_new(int side, int workers);
void scene_free(Scene *scene);

double scene_evaluate(Scene *scene); /* the weighted total */

/* Floating-point operations of one evaluation's convolutions, counted by their definition, whatever is saved
 * by computing them in another way: a multiplication and an addition for each of the 9 * IC weights of each
 * output, and as many again on the way back. */
double scene_flops(int side);

/* The path of the weights that come with the project; the caller frees it with g_free. */
char *built_in_weights(void);

/* Opens the network that the settings name, with as many threads as there are processors unless they say otherwise;
 * for nst_close. Never fails, as above. */
NstNetwork *network_for(const NstSettings *settings);

#endif
