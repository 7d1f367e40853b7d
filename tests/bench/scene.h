/* scene.h: everything that one evaluation needs, created once. One evaluation is the loss of a picture with
 * its gradient: forward through the network, all losses, and back to the picture. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_SCENE_H
#define BENCH_SCENE_H

#include "core/nst.h"

/* The layers of Gatys, Ecker and Bethge's own figures, which include the deep half of the network. */
#define DEEP_LAYERS "content-layers=relu4_2 style-layers=relu1_1,relu2_1,relu3_1,relu4_1,relu5_1"
/* The weights of the losses in an evaluation. peer.py repeats them; the default settings may change. */
#define LOSS_WEIGHTS "content-weight=1 style-weight=50 tv-weight=0.2 strength=50"

typedef struct Scene Scene;

/* Square pictures of `side`, the built-in weights, DEEP_LAYERS and LOSS_WEIGHTS, otherwise the default
 * settings. Never fails: the program ends with a message. */
Scene *scene_new(int side, int workers);
void scene_free(Scene *scene);

double scene_evaluate(Scene *scene); /* the weighted total */

/* Floating-point operations of one evaluation's convolutions, counted by their definition, even if another
 * algorithm saves some of them: a multiplication and an addition for each of the 9 * IC weights of each
 * output, and the same number again on the way back. */
double scene_flops(int side);

/* The path of the weights that come with the project; the caller frees it with g_free. */
char *built_in_weights(void);

/* Opens the network that the settings name, with as many threads as there are processors unless they say
 * otherwise; for nst_close. Never fails, as above. */
NstNetwork *network_for(const NstSettings *settings);

#endif
