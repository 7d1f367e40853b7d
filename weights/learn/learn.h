/* learn.h: the whole learning, layer by layer. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_LEARN_H
#define NST_LEARN_H

#include "network.h"
#include "recipe.h"

/* Called after each layer; may be NULL. */
typedef void (*LearnProgress)(void *data, const Vgg16Layer *layer);

/* Learns recipe->layers layers. The result depends on the recipe alone, not on the machine or the number of
 * workers. On failure the network is empty. */
NstStatus learn(Network *network, const Recipe *recipe, Workers *workers, LearnProgress progress, void *data,
                NstError *error);

#endif
