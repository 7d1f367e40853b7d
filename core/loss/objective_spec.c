/* objective_spec.c: layers' shares from their weights, depths from the shares, tiles from the depth. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "objective_spec.h"

#include "core/base/region.h"

static void find_shares(const double layers[VGG16_LAYERS], double weight, double share[VGG16_LAYERS])
{
    double sum = 0;
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        sum += layers[layer];
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        share[layer] = weight > 0 && sum > 0 ? layers[layer] / sum : 0;
}

/* One more than the deepest layer with a share; 0: no layer has one. */
static int depth_of(const double share[VGG16_LAYERS])
{
    int depth = VGG16_LAYERS;
    while (depth > 0 && !(share[depth - 1] > 0))
        depth--;
    return depth;
}

/* All of a layout but its tiles. */
static ObjectiveLayout layers_of(const ObjectiveSpec *spec)
{
    ObjectiveLayout l = {.depth = 1};
    find_shares(spec->content_layers, spec->content_weight, l.content_share);
    find_shares(spec->style_layers, spec->style_weight, l.style_share);
    l.content_depth = depth_of(l.content_share);
    l.style_depth = depth_of(l.style_share);
    l.depth = int_max(int_max(l.content_depth, l.style_depth), 1);
    for (int layer = 0; layer < l.depth; layer++)
        l.taps.at[layer] = l.content_share[layer] > 0 || l.style_share[layer] > 0;
    return l;
}

int objective_depth(const ObjectiveSpec *spec)
{
    return layers_of(spec).depth;
}

ObjectiveLayout objective_layout(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height)
{
    ObjectiveLayout l = layers_of(spec);
    l.tiling = tiling_within(width, height, l.depth, plan->tile_pixels);
    l.tiles = tiling_count(&l.tiling);
    l.kept = l.content_depth > 0 ? int_min(plan->kept_tiles, l.tiles) : l.tiles;
    l.slots = l.kept < l.tiles ? l.kept + 1 : l.kept;
    return l;
}

size_t objective_slot_floats(const ObjectiveLayout *l, int layer)
{
    int block = vgg16_layers[layer].block;
    size_t rows = (size_t)(cut_most_own(&l->tiling.down) >> block),
           columns = (size_t)(cut_most_own(&l->tiling.across) >> block);
    return rows * columns * (size_t)vgg16_layers[layer].out_channels;
}

size_t objective_tile_floats(const Tiling *tiling)
{
    return 3 * (size_t)cut_most(&tiling->down) * (size_t)cut_most(&tiling->across);
}
