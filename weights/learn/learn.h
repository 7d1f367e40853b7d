/* learn.h: the whole learning, layer by layer. */
#ifndef NST_LEARN_H
#define NST_LEARN_H

#include "network.h"
#include "recipe.h"

/* Called after each layer; NULL: not called. */
typedef void (*LearnProgress)(void *data, const Vgg16Layer *layer);

/* Learns recipe->layers layers. The result hangs on the recipe and the machine's arithmetic alone, not on the
 * number of workers. On failure the network is empty. */
NstStatus learn(Network *network, const Recipe *recipe, Workers *workers, LearnProgress progress, void *data,
                NstError *error);

#endif
