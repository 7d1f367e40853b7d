/* objective_cost.c: adds up over layers and tiles what objective.c will allocate and compute. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "objective_cost.h"

#include "style.h"

static double pass_bytes(const ObjectiveLayout *l)
{
    return vgg16_pass_bytes(&l->taps, cut_most(&l->tiling.down), cut_most(&l->tiling.across));
}

static double slot_bytes(const ObjectiveLayout *l)
{
    double bytes = 0;
    for (int layer = 0; layer < l->content_depth; layer++)
        bytes += l->content_share[layer] > 0 ? (double)objective_slot_floats(l, layer) * sizeof(float) : 0;
    return bytes;
}

double objective_kept_bytes(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height)
{
    ObjectiveLayout layout = objective_layout(spec, plan, width, height);
    return slot_bytes(&layout);
}

static double styles_bytes(const ObjectiveLayout *l)
{
    double bytes = 0, widest = 0;
    for (int layer = 0; layer < l->style_depth; layer++)
        if (l->style_share[layer] > 0) {
            widest = style_space_bytes(vgg16_layers[layer].out_channels);
            bytes += style_bytes(vgg16_layers[layer].out_channels);
        }
    return bytes + widest;
}

ObjectiveBytes objective_bytes(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height,
                               int style_width, int style_height)
{
    ObjectiveLayout content = objective_layout(spec, plan, width, height),
                    style = objective_layout(spec, plan, style_width, style_height);
    double pass = pass_bytes(&content), style_pass = content.style_depth > 0 ? pass_bytes(&style) : 0,
           targets = content.slots * slot_bytes(&content) + styles_bytes(&content),
           tile = fmax((double)objective_tile_floats(&content.tiling),
                       (double)objective_tile_floats(&style.tiling)) *
                  sizeof(float);
    return (ObjectiveBytes){.making = targets + tile + fmax(pass, style_pass), .held = targets + tile + pass};
}

double objective_least_tile(const ObjectiveSpec *spec)
{
    enum { LEAST_OWN = 128 };
    double side = LEAST_OWN + (double)tiling_halos(objective_depth(spec));
    return side * side;
}

ObjectiveWork objective_work(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height)
{
    ObjectiveLayout l = objective_layout(spec, plan, width, height);
    double pixel = tiling_pixel_work(l.depth), pixels = tiling_work(&l.tiling, l.depth) / pixel;
    double tiles = l.tiles, kept = l.kept;
    double twice = kept > 0 ? (tiles - 1) / tiles : 1; /* share of tiles that the style sends forward twice */
    ObjectiveWork work = {pixels, pixels, l.tiles};
    work.forward += twice * tiling_work(&l.tiling, l.style_depth) / pixel;
    work.forward += (tiles - kept) / tiles * tiling_work(&l.tiling, l.content_depth) / pixel;
    return work;
}
