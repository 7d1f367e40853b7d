/* layers.h: VGG16's thirteen convolutions (Simonyan and Zisserman 2014, configuration D) and their names. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_LAYERS_H
#define NST_LAYERS_H

#include "core/base/status.h"

#include <stdbool.h>

enum { VGG16_LAYERS = 13 };

typedef struct Vgg16Layer {
    const char *name; /* of its activations after the ReLU: "relu1_1" ... "relu5_3" */
    int in_channels, out_channels;
    int block; /* 0..4; pooled `block` times: a side of n pixels is n >> block here */
} Vgg16Layer;

extern const Vgg16Layer vgg16_layers[VGG16_LAYERS]; /* from shallow to deep */

/* Is this layer the first of a block that starts from a pooled map? */
static inline bool vgg16_layer_after_pool(int layer)
{
    return layer > 0 && vgg16_layers[layer].block > vgg16_layers[layer - 1].block;
}

/* Reads "relu1_1:0.2,relu2_1" into a weight per layer: 1 where none is given, 0 for layers that are not
 * named. An empty list is allowed and gives all zeros. Weights are 0 to 1000000. Any thread. */
NstStatus vgg16_layers_parse(const char *list, double weight[VGG16_LAYERS], NstError *error);

#endif
