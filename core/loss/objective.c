/* objective.c: one evaluation is one forward pass, then one backward pass on which each layer adds the
 * gradient of its own losses.
 *
 * The network sees more than the picture (mirror.h); the losses look only at the picture itself.
 *
 * In tiles (tile.h) that becomes two rounds. The first takes every tile forward, as deep as the style needs,
 * and sums up the Gram matrices; from these comes the style's gradient with respect to each Gram matrix, once
 * for the whole picture. The second takes every tile forward again and back, and adds up the gradients. It
 * starts with the tile that the first round ended with, which need not go forward twice; so a single tile,
 * the whole picture, goes forward once.
 *
 * The content's features are kept for as many tiles as memory allows; for each of the others the content goes
 * forward again before the picture does. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "objective.h"

#include "core/base/memory.h"
#include "core/network/simd.h"
#include "core/picture/mirror.h"
#include "loss.h"
#include "style.h"

#include <stdlib.h>
#include <string.h>

typedef struct Target {
    float *features; /* the content's, one slot after the other; NULL: no content loss at this layer */
    double features_norm;
    Style style;
} Target;

struct Objective {
    ObjectiveSpec spec;
    ObjectiveLayout layout;
    const Vgg16 *net;
    Workers *workers;
    const Product *product;
    const NstImage *content;
    Vgg16Pass *pass;
    Target target[VGG16_LAYERS];
    StyleSpace space;
    double *row_sums; /* [H], working space */
    float *tile_rgb;  /* [H, W, 3], of a tile: what it shows, or its gradient */

    int index;      /* of the current tile */
    Tile tile;      /* the current one */
    Losses *losses; /* of the current evaluation */
};

static bool in_content(const Objective *o, int layer)
{
    return o->layout.content_share[layer] > 0;
}

static bool in_style(const Objective *o, int layer)
{
    return o->layout.style_share[layer] > 0;
}

static size_t channels(int layer)
{
    return (size_t)vgg16_layers[layer].out_channels;
}

/* ---- Tiles through the network ------------------------------------------------------------------------- */

/* Makes a tile the current one, of the picture or of the content. */
static void choose_tile(Objective *o, int index)
{
    o->index = index;
    o->tile = tiling_tile(&o->layout.tiling, index);
}

/* Loads a tile of a picture, of which `layers` layers will be needed. */
static void load_tile(const Objective *o, Vgg16Pass *pass, const NstImage *image, const Tile *tile,
                      int layers)
{
    int rows = region_rows(&tile->whole), columns = region_columns(&tile->whole);
    mirror_copy(image->rgb, image->height, image->width, &tile->whole, o->tile_rgb);
    vgg16_load(pass, rows, columns, o->tile_rgb, 3 * (size_t)columns);
    Region own = tile_own_in_tile(tile, 0);
    vgg16_focus(pass, &own, layers);
}

/* Layer by layer, so that it can be stopped between any two; false: it was. */
static bool go_forward(const Objective *o, Vgg16Pass *pass, int layers)
{
    while (vgg16_done(pass) < layers && !workers_ask_stop(o->workers))
        vgg16_forward(pass, vgg16_done(pass) + 1);
    return !workers_stopped(o->workers);
}

static void clear_grams(Objective *o)
{
    for (int layer = 0; layer < o->layout.style_depth; layer++)
        if (in_style(o, layer))
            gram_clear(&o->target[layer].style.sums);
}

/* Adds a tile's own part to the sums of the style's layers. */
static void add_grams(Objective *o, const Vgg16Pass *pass, const Tile *tile)
{
    for (int layer = 0; layer < o->layout.style_depth; layer++)
        if (in_style(o, layer)) {
            Region own = tile_own_in_tile(tile, layer);
            gram_add(&o->target[layer].style.sums, o->workers, vgg16_features(pass, layer),
                     vgg16_columns(pass, layer), &own);
        }
}

static bool is_kept(const Objective *o)
{
    return o->index >= o->layout.tiles - o->layout.kept;
}

/* The slot of the current tile's content features: its own part, row after row. */
static float *content_features(const Objective *o, int layer)
{
    int not_kept = o->layout.tiles - o->layout.kept, shared = o->layout.slots - o->layout.kept;
    int slot = is_kept(o) ? o->index - not_kept + shared : 0;
    return o->target[layer].features + (size_t)slot * objective_slot_floats(&o->layout, layer);
}

/* Copies the own part of a layer's features, row after row. */
static void copy_own(const Objective *o, int layer, float *to)
{
    Region own = tile_own_in_tile(&o->tile, layer);
    size_t c = channels(layer), across = (size_t)vgg16_columns(o->pass, layer);
    const float *from = vgg16_features(o->pass, layer) + ((size_t)own.top * across + (size_t)own.left) * c;
    size_t row = (size_t)region_columns(&own) * c;
    for (int y = own.top; y < own.bottom; y++, from += across * c, to += row)
        memcpy(to, from, row * sizeof(float));
}

/* Takes the content's tile forward and stores its features in their slot; false: it was stopped. */
static bool store_content(Objective *o)
{
    int layers = o->layout.content_depth;
    load_tile(o, o->pass, o->content, &o->tile, layers);
    if (!go_forward(o, o->pass, layers))
        return false;
    for (int layer = 0; layer < layers; layer++)
        if (in_content(o, layer))
            copy_own(o, layer, content_features(o, layer));
    return true;
}

/* ---- Making one ---------------------------------------------------------------------------------------- */

static NstStatus pass_for(const Objective *o, const Tiling *tiling, Vgg16Pass **pass, NstError *error)
{
    return vgg16_pass_new(pass, o->net, &o->layout.taps, o->spec.pooling, cut_most(&tiling->down),
                          cut_most(&tiling->across), error);
}

static NstStatus allocate_layer(Objective *o, int layer, NstError *error)
{
    Target *t = &o->target[layer];
    size_t floats = (size_t)o->layout.slots * objective_slot_floats(&o->layout, layer);
    if (in_content(o, layer) && !(t->features = memory_floats(floats)))
        return nst_fail_memory(error, "the content's features", (double)floats * sizeof(float));
    NstStatus status = NST_OK;
    if (in_style(o, layer))
        status = style_new(&t->style, o->spec.statistics, (int)channels(layer), o->workers, error);
    return status == NST_OK ? workers_reserve(o->workers, layer_loss_scratch((int)channels(layer)), error)
                            : status;
}

/* Everything except the passes. The tile's pixels are the content's or the style's, whose tiles may differ in
 * size. */
static NstStatus allocate(Objective *o, const Tiling *style_tiling, NstError *error)
{
    size_t widest = 1, rows = (size_t)cut_most(&o->layout.tiling.down),
           tile = objective_tile_floats(&o->layout.tiling), style_tile = objective_tile_floats(style_tiling);
    for (int layer = 0; layer < o->layout.depth; layer++) {
        NstStatus status = allocate_layer(o, layer, error);
        if (status != NST_OK)
            return status;
        widest = in_style(o, layer) ? channels(layer) : widest; /* deeper layers are at least as wide */
    }
    tile = tile > style_tile ? tile : style_tile;
    o->tile_rgb = memory_floats(tile);
    if (!o->tile_rgb)
        return nst_fail_memory(error, "a tile", (double)tile * sizeof(float));
    o->row_sums = malloc(rows * sizeof *o->row_sums);
    if (!o->row_sums)
        return nst_fail_memory(error, "the objective", (double)rows * sizeof *o->row_sums);
    return style_space_new(&o->space, (int)widest, error);
}

/* Sets the style's targets. The style has its own size; its pass is gone before the content's is made. */
static NstStatus look_at_style(Objective *o, const NstImage *style, const Tiling *tiling, NstError *error)
{
    Vgg16Pass *pass;
    NstStatus status = pass_for(o, tiling, &pass, error);
    if (status != NST_OK)
        return status;
    clear_grams(o);
    bool on = true;
    for (int i = 0; i < tiling_count(tiling) && on; i++) {
        Tile tile = tiling_tile(tiling, i);
        load_tile(o, pass, style, &tile, o->layout.style_depth);
        on = go_forward(o, pass, o->layout.style_depth);
        if (on)
            add_grams(o, pass, &tile);
    }
    vgg16_pass_free(pass);
    for (int layer = 0; layer < o->layout.style_depth; layer++)
        if (in_style(o, layer))
            style_aim(&o->target[layer].style, o->workers);
    return NST_OK;
}

/* Stores the features of the tiles that are kept, and finds the norms, over all tiles. */
static void look_at_content(Objective *o)
{
    int depth = o->layout.content_depth;
    for (int i = 0; i < o->layout.tiles; i++) {
        choose_tile(o, i);
        if (!store_content(o))
            break;
        for (int layer = 0; layer < depth; layer++)
            if (in_content(o, layer)) {
                Region own = tile_own_in_tile(&o->tile, layer);
                o->target[layer].features_norm += sum_of_squares(
                    o->workers, region_positions(&own) * channels(layer), content_features(o, layer));
            }
    }
    for (int layer = 0; layer < depth; layer++)
        if (!(o->target[layer].features_norm > 0))
            o->target[layer].features_norm = 1;
}

NstStatus objective_new(Objective **out, const Vgg16 *net, const ObjectiveSpec *spec,
                        const ObjectivePlan *plan, const NstImage *content, const NstImage *style,
                        NstError *error)
{
    *out = NULL;
    Objective *o = malloc(sizeof *o);
    if (!o)
        return nst_fail_memory(error, "the objective", sizeof *o);
    *o = (Objective){.spec = *spec,
                     .layout = objective_layout(spec, plan, content->width, content->height),
                     .net = net,
                     .workers = vgg16_workers(net),
                     .product = simd_best()->product,
                     .content = content};
    Tiling style_tiling = objective_layout(spec, plan, style->width, style->height).tiling;
    NstStatus status = allocate(o, &style_tiling, error);
    if (status == NST_OK && o->layout.style_depth > 0)
        status = look_at_style(o, style, &style_tiling, error);
    if (status == NST_OK)
        status = pass_for(o, &o->layout.tiling, &o->pass, error);
    if (status == NST_OK && o->layout.content_depth > 0)
        look_at_content(o);
    if (status == NST_OK)
        *out = o;
    else
        objective_free(o);
    return status;
}

void objective_free(Objective *o)
{
    if (!o)
        return;
    vgg16_pass_free(o->pass);
    for (int layer = 0; layer < VGG16_LAYERS; layer++) {
        free(o->target[layer].features);
        style_free(&o->target[layer].style);
    }
    style_space_free(&o->space);
    free(o->row_sums);
    free(o->tile_rgb);
    free(o);
}

/* ---- Evaluating ---------------------------------------------------------------------------------------- */

/* The style loss at each layer, with its gradient ready for the backward pass. */
static void style_losses(Objective *o)
{
    for (int layer = 0; layer < o->layout.style_depth; layer++) {
        Target *t = &o->target[layer];
        if (!in_style(o, layer))
            continue;
        double weight = o->spec.style_weight * o->layout.style_share[layer];
        double loss = style_compare(&t->style, o->workers, o->product, weight, &o->space);
        o->losses->style_layer[layer] = loss;
        o->losses->style += o->layout.style_share[layer] * loss;
    }
}

/* Called on the backward pass: a layer's features become the gradient of its losses. */
static void inject(void *data, int layer, float *features, float shut)
{
    Objective *o = data;
    const Target *t = &o->target[layer];
    LayerLoss loss = {.columns = vgg16_columns(o->pass, layer),
                      .channels = vgg16_layers[layer].out_channels,
                      .part = vgg16_computed(o->pass, layer),
                      .own = tile_own_in_tile(&o->tile, layer),
                      .product = o->product,
                      .dgram = in_style(o, layer) ? t->style.dgram : NULL,
                      .dmean = in_style(o, layer) ? t->style.dmean : NULL};
    double share = 0; /* without a content loss there is no norm to divide by */
    if (in_content(o, layer)) {
        share = o->layout.content_share[layer] / t->features_norm;
        loss.content_factor = 2 * o->spec.content_weight * share;
        loss.target = content_features(o, layer);
    }
    double squares = layer_loss_backward(&loss, o->workers, features, shut, o->row_sums);
    o->losses->content += share * squares;
}

/* Is the first round's last tile still in the pass when the second round starts with it? */
static bool reuses_last_tile(const Objective *o)
{
    return o->layout.style_depth > 0 && o->layout.kept > 0;
}

/* The first round: adds every tile to the Gram matrices; false: it was stopped. */
static bool sum_grams(Objective *o, const NstImage *picture)
{
    clear_grams(o);
    for (int i = 0; i < o->layout.tiles; i++) {
        bool reused = i == o->layout.tiles - 1 && reuses_last_tile(o);
        choose_tile(o, i);
        load_tile(o, o->pass, picture, &o->tile, reused ? o->layout.depth : o->layout.style_depth);
        if (!go_forward(o, o->pass, o->layout.style_depth))
            return false;
        add_grams(o, o->pass, &o->tile);
    }
    return true;
}

/* The second round: takes every tile forward and back, the last one first. */
static void add_gradients(Objective *o, const NstImage *picture, float *drgb)
{
    bool loaded = reuses_last_tile(o);
    for (int i = o->layout.tiles - 1; i >= 0; i--, loaded = false) {
        choose_tile(o, i);
        if (!is_kept(o) && !store_content(o))
            return;
        if (!loaded)
            load_tile(o, o->pass, picture, &o->tile, o->layout.depth);
        if (!go_forward(o, o->pass, o->layout.depth))
            return;
        const Region *whole = &o->tile.whole;
        size_t step = 3 * (size_t)region_columns(whole);
        memset(o->tile_rgb, 0, (size_t)region_rows(whole) * step * sizeof(float));
        vgg16_backward(o->pass, inject, o, o->tile_rgb, step);
        mirror_add(o->tile_rgb, whole, picture->height, picture->width, drgb);
    }
}

void objective_evaluate(Objective *o, const float *rgb, Losses *losses, float *drgb)
{
    NstImage picture = {o->layout.tiling.across.side, o->layout.tiling.down.side, (float *)rgb};
    *losses = (Losses){0};
    o->losses = losses;
    memset(drgb, 0, nst_image_floats(&picture) * sizeof(float));
    if (o->layout.style_depth > 0) {
        if (!sum_grams(o, &picture))
            return;
        style_losses(o);
    }
    if (o->layout.style_depth > 0 || o->layout.content_depth > 0)
        add_gradients(o, &picture, drgb);
    if (o->spec.tv_weight > 0)
        losses->tv = tv_loss(o->workers, picture.height, picture.width, rgb, o->spec.tv_weight, drgb);
    losses->total = o->spec.content_weight * losses->content + o->spec.style_weight * losses->style +
                    o->spec.tv_weight * losses->tv;
}
