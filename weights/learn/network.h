/* network.h: the network while it is being learned: the layers so far, and pictures on their way through
 * them. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_NETWORK_H
#define NST_NETWORK_H

#include "core/base/workers.h"
#include "core/settings/layers.h"

#include <stdint.h>

/* The input is (picture - mean) / std, as in published VGG16s that take RGB, so that ours is used in the same
 * way. */
extern const float network_mean[3], network_std[3];

typedef struct Network {
    int layers; /* learned so far */
    struct {
        float *weight, *bias; /* [OC, IC, 3, 3], [OC]: values that float16 holds, on the weights' grid */
        double *matrix;       /* [9 * IC, OC]: the weights, tap by tap */
    } layer[VGG16_LAYERS];
} Network;

/* Rounds weight and bias to float16 and to the weights' grid, and adds them as the next layer: the layers
 * learned on top then see the very numbers that the file will hold. Both come from memory_floats; the network
 * frees them, even on failure. */
NstStatus network_add(Network *network, float *weight, float *bias, NstError *error);
void network_free(Network *network); /* an empty one is fine */

/* Activations of one picture, on the activations' grid (grid.h). Empty where values is NULL. */
typedef struct Map {
    int height, width, channels;
    float *values; /* [H, W, C] */
} Map;

/* A map whose values are not filled in; the caller frees map->values. */
NstStatus map_new(Map *map, int height, int width, int channels, NstError *error);

/* Fills a square map of 3 channels with a drawing as the network's input, (drawing - mean) / std. Any
 * thread. */
void map_draw(Map *map, uint32_t seed, uint32_t number);

/* The pooling before `layer`, if there is one. map->values is replaced, here and below. */
NstStatus map_pool(Map *map, Workers *workers, int layer, NstError *error);

/* One layer's convolution and ReLU, computed exactly and then rounded to the activations' grid. */
NstStatus map_convolve(Map *map, const Network *network, Workers *workers, int layer, NstError *error);

/* All the network's layers, and the poolings before them. */
NstStatus map_forward(Map *map, const Network *network, Workers *workers, NstError *error);

#endif
