/* objective.c: one evaluation is one forward pass, then one backward pass on which each layer adds the
 * gradient of its own losses.
 *
 * In tiles (tile.h) that becomes two rounds. The first takes every tile forward, as deep as the style looks,
 * and sums up the Gram matrices; from these comes the style's gradient with respect to each Gram matrix, once
 * for the whole picture. The second takes every tile forward again and back, and adds up the gradients. It
 * begins with the tile that the first ended with, which need not go forward twice; so one tile, the whole
 * picture, goes forward once.
 *
 * The content's features are kept where memory allows; else each tile of the content goes forward before the
 * picture's own. */
#include "objective.h"

#include "gram.h"
#include "loss.h"
#include "memory.h"
#include "simd.h"
#include "tile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Target {
    double content_share, style_share; /* of the mean over layers; 0: not used */
    float *features; /* of the whole content if they are kept, else of one tile's own part */
    double features_norm;
    float *gram; /* [C, C], the style's */
    double gram_norm;
    Gram sums;    /* of the picture */
    float *dgram; /* [C, C], packed */
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
    Vgg16Pass *pass;
    Target target[VGG16_LAYERS];
    float *gram, *dgram; /* [C, C] of the widest style layer, working space */
    double *row_sums;    /* [H], working space */

    Tile tile;      /* of the evaluation under way */
    Losses *losses; /* the same */
};

/* ---- What a spec asks for -------------------------------------------------------------------------------
 */

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

/* ---- What a plan takes ----------------------------------------------------------------------------------
 */

static Tiling tiling_of(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height)
{
    return tiling_within(width, height, objective_depth(spec), plan->tile_pixels);
}

static double pass_bytes(const ObjectiveSpec *spec, const Tiling *tiling)
{
    Vgg16Taps taps = taps_of(spec);
    return vgg16_pass_bytes(objective_depth(spec), &taps, tiling_most_rows(tiling),
                            tiling_most_columns(tiling));
}

/* Positions of the content's features that are held at a layer. */
static size_t target_positions(const Tiling *tiling, bool keep_content, int layer)
{
    int block = vgg16_layers[layer].block;
    int width = keep_content ? tiling->width : tiling->own_width,
        height = keep_content ? tiling->height : tiling->own_height;
    return (size_t)(width >> block) * (size_t)(height >> block);
}

static double target_bytes(const ObjectiveSpec *spec, const ObjectivePlan *plan, const Tiling *tiling)
{
    double content[VGG16_LAYERS], style[VGG16_LAYERS], bytes = 0;
    shares(spec->content_layers, spec->content_weight, content);
    shares(spec->style_layers, spec->style_weight, style);
    for (int layer = 0; layer < VGG16_LAYERS; layer++) {
        double c = (double)channels(layer);
        if (content[layer] > 0)
            bytes += (double)target_positions(tiling, plan->keep_content, layer) * c * sizeof(float);
        if (style[layer] > 0)
            bytes += gram_bytes((int)c) + 2 * c * c * sizeof(float);
    }
    return bytes;
}

ObjectiveBytes objective_bytes(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height,
                               int style_width, int style_height)
{
    Tiling content = tiling_of(spec, plan, width, height),
           style = tiling_of(spec, plan, style_width, style_height);
    double held = pass_bytes(spec, &content), looking = style_depth(spec) > 0 ? pass_bytes(spec, &style) : 0,
           targets = target_bytes(spec, plan, &content);
    return (ObjectiveBytes){targets + fmax(held, looking), targets + held};
}

double objective_least_tile(const ObjectiveSpec *spec)
{
    enum { LEAST_OWN = 128 };
    double side = LEAST_OWN + (double)tiling_halos(objective_depth(spec));
    return side * side;
}

/* The share of the network's work that its first layers are. */
static double share_of_work(int layers, int depth)
{
    double part = 0, all = 0;
    for (int layer = 0; layer < depth; layer++) {
        const Vgg16Layer *l = &vgg16_layers[layer];
        double work = (double)l->in_channels * l->out_channels / (1 << 2 * l->block);
        all += work;
        part += layer < layers ? work : 0;
    }
    return part / all;
}

ObjectiveWork objective_work(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height)
{
    Tiling tiling = tiling_of(spec, plan, width, height);
    int depth = objective_depth(spec), tiles = tiling_count(&tiling);
    bool anew = !plan->keep_content && content_depth(spec) > 0; /* the content, in each evaluation */
    double pixels = tiling_pixels(&tiling), again = anew ? 1 : (tiles - 1.0) / tiles;
    ObjectiveWork work = {pixels, pixels, tiles};
    work.forward += again * pixels * share_of_work(style_depth(spec), depth);
    if (anew)
        work.forward += pixels * share_of_work(content_depth(spec), depth);
    return work;
}

/* ---- Making one ------------------------------------------------------------------------------------------
 */

/* Part of a picture, into the network. */
static void load_tile(Vgg16Pass *pass, const NstImage *image, const Tile *tile)
{
    size_t step = 3 * (size_t)image->width;
    vgg16_load(pass, region_rows(&tile->whole), region_columns(&tile->whole),
               image->rgb + (size_t)tile->whole.top * step + 3 * (size_t)tile->whole.left, step);
}

/* Adds what a tile has at the style's layers to the sums. */
static void add_grams(Objective *o, const Vgg16Pass *pass, const Tile *tile)
{
    for (int layer = 0; layer < o->style_depth; layer++)
        if (o->target[layer].style_share > 0) {
            Region own = tile_own_in_tile(tile, layer);
            gram_add(&o->target[layer].sums, o->workers, vgg16_features(pass, layer),
                     vgg16_columns(pass, layer), &own);
        }
}

static void clear_grams(Objective *o)
{
    for (int layer = 0; layer < o->style_depth; layer++)
        if (o->target[layer].style_share > 0)
            gram_clear(&o->target[layer].sums);
}

static Vgg16Pass *pass_for(const Objective *o, const Tiling *tiling, NstError *error)
{
    return vgg16_pass_new(o->net, &o->taps, tiling_most_rows(tiling), tiling_most_columns(tiling), error);
}

/* The style has a size of its own; its pass is gone before the content's is made. */
static NstStatus look_at_style(Objective *o, const NstImage *style, NstError *error)
{
    Tiling tiling = tiling_of(&o->spec, &o->plan, style->width, style->height);
    Vgg16Pass *pass = pass_for(o, &tiling, error);
    if (!pass)
        return NST_NO_MEMORY;
    clear_grams(o);
    for (int i = 0; i < tiling_count(&tiling); i++) {
        Tile tile = tiling_tile(&tiling, i);
        load_tile(pass, style, &tile);
        vgg16_forward(pass, o->style_depth);
        add_grams(o, pass, &tile);
    }
    vgg16_pass_free(pass);
    for (int layer = 0; layer < o->style_depth; layer++) {
        Target *t = &o->target[layer];
        if (t->style_share > 0) {
            gram_matrix(&t->sums, o->workers, t->gram);
            double norm = sum_of_squares(o->workers, channels(layer) * channels(layer), t->gram);
            t->gram_norm = norm > 0 ? norm : 1;
        }
    }
    return NST_OK;
}

/* Copies the own part of a layer's features; to: its first position, rows `columns` positions apart. */
static void copy_own(const Objective *o, int layer, float *to, size_t columns)
{
    Region own = tile_own_in_tile(&o->tile, layer);
    size_t c = channels(layer), across = (size_t)vgg16_columns(o->pass, layer);
    const float *from = vgg16_features(o->pass, layer) + ((size_t)own.top * across + (size_t)own.left) * c;
    for (int y = own.top; y < own.bottom; y++, from += across * c, to += columns * c)
        memcpy(to, from, (size_t)region_columns(&own) * c * sizeof(float));
}

/* Where the tile's own part of the content's features is held, and how far its rows lie apart. */
static float *target_of(const Objective *o, int layer, size_t *columns)
{
    Region own = tile_own_in_picture(&o->tile, layer);
    float *features = o->target[layer].features;
    if (!o->plan.keep_content) {
        *columns = (size_t)region_columns(&own);
        return features;
    }
    *columns = (size_t)(o->tiling.width >> vgg16_layers[layer].block);
    return features + ((size_t)own.top * *columns + (size_t)own.left) * channels(layer);
}

/* Takes the tile of the content forward and holds its features. */
static void hold_content(Objective *o)
{
    load_tile(o->pass, o->content, &o->tile);
    vgg16_forward(o->pass, content_depth(&o->spec));
    for (int layer = 0; layer < o->depth; layer++)
        if (o->target[layer].content_share > 0) {
            size_t columns;
            float *to = target_of(o, layer, &columns);
            copy_own(o, layer, to, columns);
        }
}

static double own_squares(const Objective *o, int layer)
{
    size_t columns, c = channels(layer);
    const float *row = target_of(o, layer, &columns);
    Region own = tile_own_in_picture(&o->tile, layer);
    double sum = 0;
    for (int y = own.top; y < own.bottom; y++, row += columns * c)
        sum += sum_of_squares(o->workers, (size_t)region_columns(&own) * c, row);
    return sum;
}

static void look_at_content(Objective *o)
{
    for (int i = 0; i < tiling_count(&o->tiling); i++) {
        o->tile = tiling_tile(&o->tiling, i);
        hold_content(o);
        for (int layer = 0; layer < o->depth; layer++)
            if (o->target[layer].content_share > 0)
                o->target[layer].features_norm += own_squares(o, layer);
    }
    for (int layer = 0; layer < o->depth; layer++)
        if (!(o->target[layer].features_norm > 0))
            o->target[layer].features_norm = 1;
}

static NstStatus allocate_target(Objective *o, int layer, NstError *error)
{
    Target *t = &o->target[layer];
    size_t c = channels(layer), count = target_positions(&o->tiling, o->plan.keep_content, layer) * c;
    if (t->content_share > 0 && !(t->features = floats_new(count)))
        return nst_fail_memory(error, "the content's features", (double)count * sizeof(float));
    if (!(t->style_share > 0))
        return NST_OK;
    t->gram = floats_new(c * c);
    t->dgram = floats_new(product_floats(c, c));
    if (!t->gram || !t->dgram)
        return nst_fail_memory(error, "Gram matrices", 2 * (double)(c * c) * sizeof(float));
    return gram_new(&t->sums, (int)c, o->workers, error);
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
    o->gram = floats_new(widest * widest);
    o->dgram = floats_new(widest * widest);
    o->row_sums = malloc((size_t)o->tiling.height * sizeof *o->row_sums);
    return o->gram && o->dgram && o->row_sums
               ? NST_OK
               : nst_fail_memory(error, "Gram matrices", 8 * (double)(widest * widest));
}

static NstStatus make(Objective *o, const NstImage *style, NstError *error)
{
    NstStatus status = allocate(o, error);
    if (status == NST_OK && o->style_depth > 0)
        status = look_at_style(o, style, error);
    if (status != NST_OK)
        return status;
    o->pass = pass_for(o, &o->tiling, error);
    if (!o->pass)
        return NST_NO_MEMORY;
    if (content_depth(&o->spec) > 0)
        look_at_content(o);
    return NST_OK;
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
        free(o->target[layer].gram);
        free(o->target[layer].dgram);
        gram_free(&o->target[layer].sums);
    }
    free(o->gram);
    free(o->dgram);
    free(o->row_sums);
    free(o);
}

/* ---- Evaluating ------------------------------------------------------------------------------------------
 */

/* The style's loss at each layer, and its gradient with respect to the layer's Gram matrix, ready for the
 * way back: times 2 / N, since G = F'F / N, and packed. */
static void style_losses(Objective *o)
{
    for (int layer = 0; layer < o->style_depth; layer++) {
        Target *t = &o->target[layer];
        size_t c = channels(layer);
        if (!(t->style_share > 0))
            continue;
        gram_matrix(&t->sums, o->workers, o->gram);
        double weight = o->spec.style_weight * t->style_share * 2 / t->sums.positions;
        o->losses->style +=
            t->style_share * style_loss(c * c, o->gram, t->gram, t->gram_norm, weight, o->dgram);
        o->product->pack(c, c, o->dgram, t->dgram);
    }
}

/* On the way back: a layer's features become the gradient of its losses. */
static void inject(void *data, int layer, float *features, float shut)
{
    Objective *o = data;
    const Target *t = &o->target[layer];
    LayerLoss loss = {.rows = vgg16_rows(o->pass, layer),
                      .columns = vgg16_columns(o->pass, layer),
                      .channels = vgg16_layers[layer].out_channels,
                      .own = tile_own_in_tile(&o->tile, layer),
                      .product = o->product,
                      .dgram = t->style_share > 0 ? t->dgram : NULL};
    double share = 0; /* without a content loss there is no norm to divide by */
    if (t->content_share > 0) {
        share = t->content_share / t->features_norm;
        loss.content_factor = 2 * o->spec.content_weight * share;
        loss.target = target_of(o, layer, &loss.target_columns);
    }
    double squares = layer_loss_backward(&loss, o->workers, features, shut, o->row_sums);
    o->losses->content += share * squares;
}

/* The first round: every tile's part in the Gram matrices. */
static void sum_up(Objective *o, const NstImage *picture)
{
    clear_grams(o);
    for (int i = 0; i < tiling_count(&o->tiling); i++) {
        o->tile = tiling_tile(&o->tiling, i);
        load_tile(o->pass, picture, &o->tile);
        vgg16_forward(o->pass, o->style_depth);
        add_grams(o, o->pass, &o->tile);
    }
}

/* The second: every tile forward and back, the last one first. */
static void go_back(Objective *o, const NstImage *picture, float *drgb)
{
    size_t step = 3 * (size_t)picture->width;
    bool there = o->style_depth > 0 && (o->plan.keep_content || content_depth(&o->spec) == 0);
    for (int i = tiling_count(&o->tiling) - 1; i >= 0; i--, there = false) {
        o->tile = tiling_tile(&o->tiling, i);
        if (!o->plan.keep_content && content_depth(&o->spec) > 0)
            hold_content(o);
        if (!there)
            load_tile(o->pass, picture, &o->tile);
        vgg16_forward(o->pass, o->depth);
        vgg16_backward(o->pass, inject, o,
                       drgb + (size_t)o->tile.whole.top * step + 3 * (size_t)o->tile.whole.left, step);
    }
}

void objective_evaluate(Objective *o, const float *rgb, Losses *losses, float *drgb)
{
    NstImage picture = {o->tiling.width, o->tiling.height, (float *)rgb};
    *losses = (Losses){0};
    o->losses = losses;
    memset(drgb, 0, nst_image_floats(&picture) * sizeof(float));
    if (o->style_depth > 0) {
        sum_up(o, &picture);
        style_losses(o);
    }
    if (o->style_depth > 0 || content_depth(&o->spec) > 0)
        go_back(o, &picture, drgb);
    if (o->spec.tv_weight > 0)
        losses->tv = tv_loss(o->workers, picture.height, picture.width, rgb, o->spec.tv_weight, drgb);
    losses->total = o->spec.content_weight * losses->content + o->spec.style_weight * losses->style +
                    o->spec.tv_weight * losses->tv;
}
