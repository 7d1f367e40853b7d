/* network.h: the network while it is being learned: the layers found so far, and pictures passed through
 * them. */
#ifndef NST_NETWORK_H
#define NST_NETWORK_H

#include "core/base/workers.h"
#include "core/settings/layers.h"

#include <stdint.h>

/* What published VGG16s that take RGB expect, so that ours is used in the same way: (picture - mean)
 * / std. */
extern const float network_mean[3], network_std[3];

typedef struct Network {
    int layers; /* learned so far */
    struct {
        float *weight, *bias; /* [OC, IC, 3, 3], [OC]: values that float16 holds, on the weights' grid */
        double *matrix;       /* [9 * IC, OC]: the weights, tap by tap */
    } layer[VGG16_LAYERS];
} Network;

/* Rounds weight and bias (memory_floats's; the network frees them, on failure too) to float16 and to the
 * weights' grid, and adds them as the next layer: what is learned on top then sees the very numbers that the
 * file will hold. */
NstStatus network_add(Network *network, float *weight, float *bias, NstError *error);
void network_free(Network *network); /* an empty one is fine */

/* Activations of one picture, on the activations' grid (grid.h). Empty where values is NULL. */
typedef struct Map {
    int height, width, channels;
    float *values; /* [H, W, C] */
} Map;

/* A drawing of side x side pixels as the network's input, (drawing - mean) / std. The caller frees
 * map->values. */
NstStatus map_draw(Map *map, uint32_t seed, uint32_t number, int side, NstError *error);

/* The pooling that comes before `layer`, if one does; map->values is replaced, here and below. */
NstStatus map_pool(Map *map, Workers *workers, int layer, NstError *error);

/* One layer's convolution and ReLU, exact, and then brought to the activations' grid. */
NstStatus map_convolve(Map *map, const Network *network, Workers *workers, int layer, NstError *error);

/* All layers that the network has. */
NstStatus map_forward(Map *map, const Network *network, Workers *workers, NstError *error);

#endif
