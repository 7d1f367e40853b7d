/* network.c: layers as core's convolutions; a map is a picture on its way through them. */
#include "network.h"

#include "half.h"
#include "textures.h"

#include "core/memory.h"
#include "core/pool.h"

#include <stdlib.h>

const float network_mean[3] = {0.485f, 0.456f, 0.406f}, network_std[3] = {0.229f, 0.224f, 0.225f};

static void round_all(float *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        values[i] = half_round(values[i]);
}

NstStatus network_add(Network *network, float *weight, float *bias, NstError *error)
{
    const Vgg16Layer *l = &vgg16_layers[network->layers];
    round_all(weight, 9 * (size_t)l->in_channels * (size_t)l->out_channels);
    round_all(bias, (size_t)l->out_channels);
    Conv3x3 *conv = conv3x3_new(l->in_channels, l->out_channels, weight, bias, error);
    if (!conv) {
        free(weight);
        free(bias);
        return NST_NO_MEMORY;
    }
    network->layer[network->layers].weight = weight;
    network->layer[network->layers].bias = bias;
    network->layer[network->layers++].conv = conv;
    return NST_OK;
}

void network_free(Network *network)
{
    for (int i = 0; i < network->layers; i++) {
        free(network->layer[i].weight);
        free(network->layer[i].bias);
        conv3x3_free(network->layer[i].conv);
    }
    *network = (Network){0};
}

/* A map without values filled in. */
static NstStatus map_new(Map *map, int height, int width, int channels, NstError *error)
{
    size_t floats = (size_t)height * (size_t)width * (size_t)channels;
    *map = (Map){height, width, channels, floats_new(floats)};
    return map->values ? NST_OK : nst_fail_memory(error, "the drawings' activations", 4.0 * (double)floats);
}

NstStatus map_draw(Map *map, uint32_t seed, uint32_t number, int side, NstError *error)
{
    NstStatus status = map_new(map, side, side, 3, error);
    if (status != NST_OK)
        return status;
    texture_draw(seed, number, side, map->values);
    for (size_t i = 0; i < 3 * (size_t)side * (size_t)side; i++)
        map->values[i] = (map->values[i] - network_mean[i % 3]) / network_std[i % 3];
    return NST_OK;
}

/* Puts `next` in the map's place. */
static void replace(Map *map, const Map *next)
{
    free(map->values);
    *map = *next;
}

NstStatus map_pool(Map *map, Workers *workers, int layer, NstError *error)
{
    if (layer == 0 || vgg16_layers[layer].block == vgg16_layers[layer - 1].block)
        return NST_OK;
    Map next;
    NstStatus status = map_new(&next, map->height / 2, map->width / 2, map->channels, error);
    if (status != NST_OK)
        return status;
    ConvFrame frame = conv_frame_whole(map->height, map->width);
    pool_forward(NST_POOLING_MAX, workers, &frame, map->channels, map->values, next.values, NULL);
    replace(map, &next);
    return NST_OK;
}

NstStatus map_convolve(Map *map, const Network *network, Workers *workers, int layer, NstError *error)
{
    const Vgg16Layer *l = &vgg16_layers[layer];
    const Conv3x3 *conv = network->layer[layer].conv;
    Map next;
    NstStatus status = workers_reserve(workers, conv3x3_scratch(l->in_channels, l->out_channels), error);
    if (status == NST_OK)
        status = map_new(&next, map->height, map->width, l->out_channels, error);
    if (status != NST_OK)
        return status;
    ConvFrame frame = conv_frame_whole(map->height, map->width);
    conv3x3_forward(conv, workers, &frame, map->values, next.values);
    replace(map, &next);
    return NST_OK;
}

NstStatus map_forward(Map *map, const Network *network, Workers *workers, NstError *error)
{
    NstStatus status = NST_OK;
    for (int layer = 0; status == NST_OK && layer < network->layers; layer++) {
        status = map_pool(map, workers, layer, error);
        if (status == NST_OK)
            status = map_convolve(map, network, workers, layer, error);
    }
    return status;
}
