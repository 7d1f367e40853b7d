/* objective.c: one evaluation is one forward pass, then one backward pass on which each layer adds the
 * gradient of its own losses.
 *
 * The network is shown more than the picture (mirror.h); the losses look at what lies within.
 *
 * In tiles (tile.h) that becomes two rounds. The first takes every tile forward, as deep as the style looks,
 * and sums up the Gram matrices; from these comes the style's gradient with respect to each Gram matrix, once
 * for the whole picture. The second takes every tile forward again and back, and adds up the gradients. It
 * begins with the tile that the first ended with, which need not go forward twice; so one tile, the whole
 * picture, goes forward once.
 *
 * The content's features are kept for as many tiles as memory allows; of the others the content goes forward
 * before the picture's own part does. */
#include "objective.h"

#include "core/base/memory.h"
#include "core/network/simd.h"
#include "core/picture/mirror.h"
#include "loss.h"
#include "style.h"
#include "tile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Target {
    double content_share, style_share; /* of the mean over layers; 0: not used */
    float *features; /* of the whole content if they are kept, else of one tile's own part */
    double features_norm;
    Style style;
} Target;

struct Objective {
    ObjectiveSpec spec;
    ObjectivePlan plan;
    const Vgg16 *net;
    Workers *workers;
    const Product *product;
    const NstImage *content;
    int depth, style_depth; /* layers that all losses need, and that the style needs */
    Vgg16Taps taps;
    Tiling tiling;
    int tiles, kept; /* the last ones are kept */
    Vgg16Pass *pass;
    Target target[VGG16_LAYERS];
    StyleSpace space;
    double *row_sums; /* [H], working space */
    float *tile_rgb;  /* [H, W, 3], of a tile: what it shows, or its gradient */

    int index;      /* of the tile under way */
    Tile tile;      /* that tile */
    Losses *losses; /* of the evaluation under way */
};

/* ---- What a spec asks for ------------------------------------------------------------------------------ */

/* Shares of the mean: the layers' weights brought to a sum of 1; none where the loss itself has no weight. */
static void shares(const double layers[VGG16_LAYERS], double weight, double share[VGG16_LAYERS])
{
    double sum = 0;
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        sum += layers[layer];
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        share[layer] = weight > 0 && sum > 0 ? layers[layer] / sum : 0;
}

/* One more than the deepest layer with a share; 0: there is none. */
static int depth_of(const double layers[VGG16_LAYERS], double weight)
{
    double share[VGG16_LAYERS];
    int depth = 0;
    shares(layers, weight, share);
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        if (share[layer] > 0)
            depth = layer + 1;
    return depth;
}

static int style_depth(const ObjectiveSpec *spec)
{
    return depth_of(spec->style_layers, spec->style_weight);
}

static int content_depth(const ObjectiveSpec *spec)
{
    return depth_of(spec->content_layers, spec->content_weight);
}

int objective_depth(const ObjectiveSpec *spec)
{
    int content = content_depth(spec), style = style_depth(spec), depth = content > style ? content : style;
    return depth > 0 ? depth : 1;
}

static Vgg16Taps taps_of(const ObjectiveSpec *spec)
{
    Vgg16Taps taps = {{false}};
    double content[VGG16_LAYERS], style[VGG16_LAYERS];
    shares(spec->content_layers, spec->content_weight, content);
    shares(spec->style_layers, spec->style_weight, style);
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        taps.at[layer] = content[layer] > 0 || style[layer] > 0;
    return taps;
}

static size_t channels(int layer)
{
    return (size_t)vgg16_layers[layer].out_channels;
}

/* ---- What a plan takes --------------------------------------------------------------------------------- */

static Tiling tiling_of(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height)
{
    return tiling_within(width, height, objective_depth(spec), plan->tile_pixels);
}

/* Floats of the largest tile's pixels. */
static size_t tile_floats(const Tiling *tiling)
{
    return 3 * (size_t)cut_most(&tiling->down) * (size_t)cut_most(&tiling->across);
}

static double pass_bytes(const ObjectiveSpec *spec, const Tiling *tiling)
{
    Vgg16Taps taps = taps_of(spec);
    return vgg16_pass_bytes(&taps, cut_most(&tiling->down), cut_most(&tiling->across));
}

/* How many tiles' features of the content are kept. */
static int kept_of(const ObjectivePlan *plan, const Tiling *tiling)
{
    int tiles = tiling_count(tiling);
    return plan->kept_tiles < tiles ? plan->kept_tiles : tiles;
}

/* Places for a tile's features of the content. */
static int slots_of(const ObjectivePlan *plan, const Tiling *tiling)
{
    int kept = kept_of(plan, tiling);
    return kept < tiling_count(tiling) ? kept + 1 : kept;
}

/* Floats of one such place. */
static size_t slot_floats(const Tiling *tiling, int layer)
{
    int block = vgg16_layers[layer].block;
    return (size_t)(cut_most_own(&tiling->down) >> block) * (size_t)(cut_most_own(&tiling->across) >> block) *
           channels(layer);
}

static double slot_bytes(const ObjectiveSpec *spec, const Tiling *tiling)
{
    double share[VGG16_LAYERS], bytes = 0;
    shares(spec->content_layers, spec->content_weight, share);
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        bytes += share[layer] > 0 ? (double)slot_floats(tiling, layer) * sizeof(float) : 0;
    return bytes;
}

double objective_kept_bytes(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height)
{
    Tiling tiling = tiling_of(spec, plan, width, height);
    return slot_bytes(spec, &tiling);
}

static double styles_bytes(const ObjectiveSpec *spec)
{
    double share[VGG16_LAYERS], bytes = 0, widest = 0;
    shares(spec->style_layers, spec->style_weight, share);
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        if (share[layer] > 0) {
            widest = style_space_bytes((int)channels(layer));
            bytes += style_bytes((int)channels(layer));
        }
    return bytes + widest;
}

ObjectiveBytes objective_bytes(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height,
                               int style_width, int style_height)
{
    Tiling content = tiling_of(spec, plan, width, height),
           style = tiling_of(spec, plan, style_width, style_height);
    double held = pass_bytes(spec, &content), looking = style_depth(spec) > 0 ? pass_bytes(spec, &style) : 0,
           targets = slots_of(plan, &content) * slot_bytes(spec, &content) + styles_bytes(spec),
           tile = fmax((double)tile_floats(&content), (double)tile_floats(&style)) * sizeof(float);
    return (ObjectiveBytes){targets + tile + fmax(held, looking), targets + tile + held};
}

double objective_least_tile(const ObjectiveSpec *spec)
{
    enum { LEAST_OWN = 128 };
    double side = LEAST_OWN + (double)tiling_halos(objective_depth(spec));
    return side * side;
}

ObjectiveWork objective_work(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height)
{
    Tiling tiling = tiling_of(spec, plan, width, height);
    int depth = objective_depth(spec), tiles = tiling_count(&tiling);
    double kept = content_depth(spec) > 0 ? kept_of(plan, &tiling) : tiles;
    double pixel = tiling_pixel_work(depth), pixels = tiling_work(&tiling, depth) / pixel;
    double again = kept > 0 ? (tiles - 1.0) / tiles : 1, anew = (tiles - kept) / tiles;
    ObjectiveWork work = {pixels, pixels, tiles};
    work.forward += again * tiling_work(&tiling, style_depth(spec)) / pixel;
    work.forward += anew * tiling_work(&tiling, content_depth(spec)) / pixel;
    return work;
}

/* ---- Making one ---------------------------------------------------------------------------------------- */

/* Part of a picture, into the network, of which `layers` layers will be needed. */
static void load_tile(const Objective *o, Vgg16Pass *pass, const NstImage *image, const Tile *tile,
                      int layers)
{
    int rows = region_rows(&tile->whole), columns = region_columns(&tile->whole);
    mirror_copy(image->rgb, image->height, image->width, &tile->whole, o->tile_rgb);
    vgg16_load(pass, rows, columns, o->tile_rgb, 3 * (size_t)columns);
    Region own = tile_own_in_tile(tile, 0);
    vgg16_focus(pass, &own, layers);
}

/* Adds what a tile has at the style's layers to the sums. */
static void add_grams(Objective *o, const Vgg16Pass *pass, const Tile *tile)
{
    for (int layer = 0; layer < o->style_depth; layer++)
        if (o->target[layer].style_share > 0) {
            Region own = tile_own_in_tile(tile, layer);
            gram_add(&o->target[layer].style.sums, o->workers, vgg16_features(pass, layer),
                     vgg16_columns(pass, layer), &own);
        }
}

/* Layer by layer, to be stopped between any two; false: it was. */
static bool go_forward(const Objective *o, Vgg16Pass *pass, int layers)
{
    while (vgg16_done(pass) < layers && !workers_ask_stop(o->workers))
        vgg16_forward(pass, vgg16_done(pass) + 1);
    return !workers_stopped(o->workers);
}

static void clear_grams(Objective *o)
{
    for (int layer = 0; layer < o->style_depth; layer++)
        if (o->target[layer].style_share > 0)
            gram_clear(&o->target[layer].style.sums);
}

static NstStatus pass_for(const Objective *o, const Tiling *tiling, Vgg16Pass **pass, NstError *error)
{
    return vgg16_pass_new(pass, o->net, &o->taps, o->spec.pooling, cut_most(&tiling->down),
                          cut_most(&tiling->across), error);
}

/* The style has a size of its own; its pass is gone before the content's is made. */
static NstStatus look_at_style(Objective *o, const NstImage *style, NstError *error)
{
    Tiling tiling = tiling_of(&o->spec, &o->plan, style->width, style->height);
    Vgg16Pass *pass;
    NstStatus status = pass_for(o, &tiling, &pass, error);
    if (status != NST_OK)
        return status;
    clear_grams(o);
    bool on = true;
    for (int i = 0; i < tiling_count(&tiling) && on; i++) {
        Tile tile = tiling_tile(&tiling, i);
        load_tile(o, pass, style, &tile, o->style_depth);
        on = go_forward(o, pass, o->style_depth);
        if (on)
            add_grams(o, pass, &tile);
    }
    vgg16_pass_free(pass);
    for (int layer = 0; layer < o->style_depth; layer++)
        if (o->target[layer].style_share > 0)
            style_aim(&o->target[layer].style, o->workers);
    return NST_OK;
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

/* The tile under way, of the picture or of the content. */
static void go_to(Objective *o, int index)
{
    o->index = index;
    o->tile = tiling_tile(&o->tiling, index);
}

static bool is_kept(const Objective *o)
{
    return o->index >= o->tiles - o->kept;
}

/* Where the features of the content are held for the tile under way: its own part, row after row. */
static float *target_of(const Objective *o, int layer)
{
    int shared = o->kept < o->tiles, slot = is_kept(o) ? o->index - (o->tiles - o->kept) + shared : 0;
    return o->target[layer].features + (size_t)slot * slot_floats(&o->tiling, layer);
}

/* Takes the tile of the content forward and holds its features; false: it was stopped. */
static bool hold_content(Objective *o)
{
    int layers = content_depth(&o->spec);
    load_tile(o, o->pass, o->content, &o->tile, layers);
    if (!go_forward(o, o->pass, layers))
        return false;
    for (int layer = 0; layer < o->depth; layer++)
        if (o->target[layer].content_share > 0)
            copy_own(o, layer, target_of(o, layer));
    return true;
}

static void look_at_content(Objective *o)
{
    for (int i = 0; i < o->tiles; i++) {
        go_to(o, i);
        if (!hold_content(o))
            break;
        for (int layer = 0; layer < o->depth; layer++) {
            Region own = tile_own_in_tile(&o->tile, layer);
            if (o->target[layer].content_share > 0)
                o->target[layer].features_norm +=
                    sum_of_squares(o->workers, region_positions(&own) * channels(layer), target_of(o, layer));
        }
    }
    for (int layer = 0; layer < o->depth; layer++)
        if (!(o->target[layer].features_norm > 0))
            o->target[layer].features_norm = 1;
}

static NstStatus allocate_target(Objective *o, int layer, NstError *error)
{
    Target *t = &o->target[layer];
    size_t count = (size_t)slots_of(&o->plan, &o->tiling) * slot_floats(&o->tiling, layer);
    if (t->content_share > 0 && !(t->features = memory_floats(count)))
        return nst_fail_memory(error, "the content's features", (double)count * sizeof(float));
    return t->style_share > 0
               ? style_new(&t->style, o->spec.statistics, (int)channels(layer), o->workers, error)
               : NST_OK;
}

/* For whichever has the larger tiles. */
static NstStatus allocate_tile(Objective *o, const NstImage *style, NstError *error)
{
    Tiling tiling = tiling_of(&o->spec, &o->plan, style->width, style->height);
    size_t own = tile_floats(&o->tiling), its = tile_floats(&tiling), floats = own > its ? own : its;
    o->tile_rgb = memory_floats(floats);
    return o->tile_rgb ? NST_OK : nst_fail_memory(error, "a tile", (double)floats * sizeof(float));
}

static NstStatus allocate(Objective *o, NstError *error)
{
    size_t widest = 1;
    for (int layer = 0; layer < o->depth; layer++) {
        NstStatus status = allocate_target(o, layer, error);
        if (status == NST_OK)
            status = workers_reserve(o->workers, layer_loss_scratch((int)channels(layer)), error);
        if (status != NST_OK)
            return status;
        widest = o->target[layer].style_share > 0 ? channels(layer) : widest;
    }
    size_t rows = (size_t)cut_most(&o->tiling.down);
    o->row_sums = malloc(rows * sizeof *o->row_sums);
    if (!o->row_sums)
        return nst_fail_memory(error, "the objective", (double)rows * sizeof *o->row_sums);
    return style_space_new(&o->space, (int)widest, error);
}

static NstStatus make(Objective *o, const NstImage *style, NstError *error)
{
    NstStatus status = allocate(o, error);
    if (status == NST_OK)
        status = allocate_tile(o, style, error);
    if (status == NST_OK && o->style_depth > 0)
        status = look_at_style(o, style, error);
    if (status == NST_OK)
        status = pass_for(o, &o->tiling, &o->pass, error);
    if (status == NST_OK && content_depth(&o->spec) > 0)
        look_at_content(o);
    return status;
}

Objective *objective_new(const Vgg16 *net, const ObjectiveSpec *spec, const ObjectivePlan *plan,
                         const NstImage *content, const NstImage *style, NstError *error)
{
    Objective *o = calloc(1, sizeof *o);
    if (!o) {
        nst_fail_memory(error, "the objective", sizeof *o);
        return NULL;
    }
    *o = (Objective){.spec = *spec,
                     .plan = *plan,
                     .net = net,
                     .workers = vgg16_workers(net),
                     .product = simd_best()->product,
                     .content = content,
                     .depth = objective_depth(spec),
                     .style_depth = style_depth(spec),
                     .taps = taps_of(spec),
                     .tiling = tiling_of(spec, plan, content->width, content->height)};
    o->tiles = tiling_count(&o->tiling);
    o->kept = content_depth(spec) > 0 ? kept_of(plan, &o->tiling) : o->tiles;
    double content_share[VGG16_LAYERS], style_share[VGG16_LAYERS];
    shares(spec->content_layers, spec->content_weight, content_share);
    shares(spec->style_layers, spec->style_weight, style_share);
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        o->target[layer] = (Target){.content_share = content_share[layer], .style_share = style_share[layer]};
    if (make(o, style, error) == NST_OK)
        return o;
    objective_free(o);
    return NULL;
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

/* The style's loss at each layer, and its gradient ready for the way back. */
static void style_losses(Objective *o)
{
    for (int layer = 0; layer < o->style_depth; layer++) {
        Target *t = &o->target[layer];
        if (!(t->style_share > 0))
            continue;
        double weight = o->spec.style_weight * t->style_share;
        double loss = style_compare(&t->style, o->workers, o->product, weight, &o->space);
        o->losses->style_layer[layer] = loss;
        o->losses->style += t->style_share * loss;
    }
}

/* On the way back: a layer's features become the gradient of its losses. */
static void inject(void *data, int layer, float *features, float shut)
{
    Objective *o = data;
    const Target *t = &o->target[layer];
    LayerLoss loss = {.columns = vgg16_columns(o->pass, layer),
                      .channels = vgg16_layers[layer].out_channels,
                      .part = vgg16_computed(o->pass, layer),
                      .own = tile_own_in_tile(&o->tile, layer),
                      .product = o->product,
                      .dgram = t->style_share > 0 ? t->style.dgram : NULL,
                      .dmean = t->style_share > 0 ? t->style.dmean : NULL};
    double share = 0; /* without a content loss there is no norm to divide by */
    if (t->content_share > 0) {
        share = t->content_share / t->features_norm;
        loss.content_factor = 2 * o->spec.content_weight * share;
        loss.target = target_of(o, layer);
    }
    double squares = layer_loss_backward(&loss, o->workers, features, shut, o->row_sums);
    o->losses->content += share * squares;
}

/* Is the first round's last tile still in the pass when the second begins with it? */
static bool goes_on(const Objective *o)
{
    return o->style_depth > 0 && o->kept > 0;
}

/* The first round: every tile's part in the Gram matrices; false: it was stopped. */
static bool sum_up(Objective *o, const NstImage *picture)
{
    clear_grams(o);
    for (int i = 0; i < o->tiles; i++) {
        bool last = i == o->tiles - 1;
        go_to(o, i);
        load_tile(o, o->pass, picture, &o->tile, last && goes_on(o) ? o->depth : o->style_depth);
        if (!go_forward(o, o->pass, o->style_depth))
            return false;
        add_grams(o, o->pass, &o->tile);
    }
    return true;
}

/* The second: every tile forward and back, the last one first. */
static void go_back(Objective *o, const NstImage *picture, float *drgb)
{
    bool there = goes_on(o);
    for (int i = o->tiles - 1; i >= 0; i--, there = false) {
        go_to(o, i);
        if (!is_kept(o) && !hold_content(o))
            return;
        if (!there)
            load_tile(o, o->pass, picture, &o->tile, o->depth);
        if (!go_forward(o, o->pass, o->depth))
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
    NstImage picture = {o->tiling.across.side, o->tiling.down.side, (float *)rgb};
    *losses = (Losses){0};
    o->losses = losses;
    memset(drgb, 0, nst_image_floats(&picture) * sizeof(float));
    if (o->style_depth > 0) {
        if (!sum_up(o, &picture))
            return;
        style_losses(o);
    }
    if (o->style_depth > 0 || content_depth(&o->spec) > 0)
        go_back(o, &picture, drgb);
    if (o->spec.tv_weight > 0)
        losses->tv = tv_loss(o->workers, picture.height, picture.width, rgb, o->spec.tv_weight, drgb);
    losses->total = o->spec.content_weight * losses->content + o->spec.style_weight * losses->style +
                    o->spec.tv_weight * losses->tv;
}
