/* learn.c: each layer learns from what the layers before it make of the drawings, and is then frozen:
 * patches, filters, and on to the next.
 *
 * Tried instead: random filters, and filters trained by gradient for as long on artificial tasks. Both
 * painted coloured noise where these paint brush strokes. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "learn.h"

#include "filters.h"
#include "gallery.h"

#include "core/base/memory.h"

#include <stdlib.h>

/* Streams of random numbers: drawings use 0 and up, layers LAYER_STREAM and up. */
enum { LAYER_STREAM = 1 << 24, FIRST_DEEP_LAYER = 7 };

static NstStatus learn_layer(Network *network, const Recipe *recipe, const Gallery *gallery, Workers *workers,
                             NstError *error)
{
    const Vgg16Layer *l = &vgg16_layers[network->layers];
    Rng rng = rng_stream(recipe->seed, (uint32_t)(LAYER_STREAM + network->layers));
    size_t count = (size_t)recipe->patches, side = 9 * (size_t)l->in_channels;
    float *patches = memory_floats(count * side), *weight = memory_floats((size_t)l->out_channels * side);
    float *bias = memory_floats((size_t)l->out_channels);
    NstStatus status = NST_OK;
    if (!patches || !weight || !bias)
        status = nst_fail_memory(error, "the patches", 4.0 * (double)(count * side));
    if (status == NST_OK) {
        gallery_patches(gallery, &rng, count, patches);
        status = filters_learn(workers, recipe, &rng, patches, count, l->in_channels, l->out_channels, weight,
                               bias, error);
    }
    free(patches);
    if (status == NST_OK)
        return network_add(network, weight, bias, error); /* which owns weight and bias now */
    free(weight);
    free(bias);
    return status;
}

/* New drawings, seen through the layers learned so far. Deep layers get larger ones, or one of their patches
 * would cover most of the picture and there would be few. */
static NstStatus hang_drawings(Gallery *gallery, const Network *network, const Recipe *recipe,
                               Workers *workers, NstError *error)
{
    int deep = network->layers == FIRST_DEEP_LAYER;
    gallery_free(gallery);
    return gallery_new(gallery, network, workers, recipe->seed, deep ? (uint32_t)recipe->pictures : 0,
                       deep ? recipe->deep_pictures : recipe->pictures,
                       deep ? recipe->deep_side : recipe->side, error);
}

NstStatus learn(Network *network, const Recipe *recipe, Workers *workers, LearnProgress progress, void *data,
                NstError *error)
{
    *network = (Network){0};
    Gallery gallery = {0};
    NstStatus status = NST_OK;
    while (status == NST_OK && network->layers < recipe->layers) {
        int layer = network->layers;
        if (layer == 0 || layer == FIRST_DEEP_LAYER)
            status = hang_drawings(&gallery, network, recipe, workers, error);
        if (status == NST_OK)
            status = gallery_pool(&gallery, workers, layer, error);
        if (status == NST_OK)
            status = learn_layer(network, recipe, &gallery, workers, error);
        if (status == NST_OK && network->layers < recipe->layers) /* nothing looks through the last one */
            status = gallery_forward(&gallery, network, workers, error);
        if (status == NST_OK && progress)
            progress(data, &vgg16_layers[layer]);
    }
    gallery_free(&gallery);
    if (status != NST_OK)
        network_free(network);
    return status;
}
