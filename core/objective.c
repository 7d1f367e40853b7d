/* objective.c: one evaluation is one forward pass, then one backward pass on which each layer adds the
 * gradient of its own losses, so that only one layer's gradient is ever held. */
#include "objective.h"

#include "gram.h"
#include "loss.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

typedef struct Target {
    double content_share, style_share; /* of the mean over layers; 0: not used */
    float *features, *gram;            /* [N, C], [C, C]; NULL where not used */
    double features_norm, gram_norm;
} Target;

struct Objective {
    double content_weight, style_weight, tv_weight;
    int height, width;
    Vgg16Pass *pass;
    Workers *workers;
    Target target[VGG16_LAYERS];
    float *gram, *dgram; /* [C, C] of the widest style layer */
    double *sums;        /* for gram_forward */
    Losses *losses;      /* of the evaluation under way */
};

/* Shares of the mean: the layers' weights brought to a sum of 1; none where the loss itself has no weight. */
static void shares(const double layers[VGG16_LAYERS], double weight, double share[VGG16_LAYERS])
{
    double sum = 0;
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        sum += layers[layer];
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        share[layer] = weight > 0 && sum > 0 ? layers[layer] / sum : 0;
}

int objective_depth(const ObjectiveSpec *spec)
{
    double content[VGG16_LAYERS], style[VGG16_LAYERS];
    shares(spec->content_layers, spec->content_weight, content);
    shares(spec->style_layers, spec->style_weight, style);
    int depth = 1;
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        if (content[layer] > 0 || style[layer] > 0)
            depth = layer + 1;
    return depth;
}

static size_t channels(int layer)
{
    return (size_t)vgg16_layers[layer].out_channels;
}

static double norm_of(Workers *workers, size_t count, const float *values)
{
    double norm = sum_of_squares(workers, count, values);
    return norm > 0 ? norm : 1;
}

static NstStatus keep_gram(Objective *o, const Vgg16Pass *pass, int layer, NstError *error)
{
    size_t count = channels(layer) * channels(layer), positions = vgg16_positions(pass, layer);
    Target *target = &o->target[layer];
    double *sums = malloc(gram_sums(positions, (int)channels(layer)) * sizeof *sums);
    target->gram = floats_new(count);
    NstStatus status = sums && target->gram
                           ? workers_reserve(o->workers, gram_scratch((int)channels(layer)), error)
                           : nst_fail_memory(error, "the style's statistics", (double)count * 4);
    if (status == NST_OK) {
        gram_forward(o->workers, positions, (int)channels(layer), vgg16_features(pass, layer), sums,
                     target->gram);
        target->gram_norm = norm_of(o->workers, count, target->gram);
    }
    free(sums);
    return status;
}

/* The style has a size of its own; its pass is gone before the content's is made. */
static NstStatus look_at_style(Objective *o, const Vgg16 *net, const NstImage *style, NstError *error)
{
    Vgg16Pass *pass = vgg16_pass_new(net, style->height, style->width, false, error);
    if (!pass)
        return NST_NO_MEMORY;
    vgg16_forward(pass, style->rgb);
    NstStatus status = NST_OK;
    for (int layer = 0; layer < VGG16_LAYERS && status == NST_OK; layer++)
        if (o->target[layer].style_share > 0)
            status = keep_gram(o, pass, layer, error);
    vgg16_pass_free(pass);
    return status;
}

static NstStatus keep_features(Objective *o, int layer, NstError *error)
{
    size_t count = vgg16_positions(o->pass, layer) * channels(layer);
    Target *target = &o->target[layer];
    target->features = floats_new(count);
    if (!target->features)
        return nst_fail_memory(error, "the content's features", (double)count * sizeof(float));
    memcpy(target->features, vgg16_features(o->pass, layer), count * sizeof(float));
    target->features_norm = norm_of(o->workers, count, target->features);
    return NST_OK;
}

static NstStatus look_at_content(Objective *o, const Vgg16 *net, const NstImage *content, NstError *error)
{
    o->pass = vgg16_pass_new(net, content->height, content->width, true, error);
    if (!o->pass)
        return NST_NO_MEMORY;
    vgg16_forward(o->pass, content->rgb);
    NstStatus status = NST_OK;
    for (int layer = 0; layer < VGG16_LAYERS && status == NST_OK; layer++)
        if (o->target[layer].content_share > 0)
            status = keep_features(o, layer, error);
    return status;
}

static NstStatus allocate_grams(Objective *o, NstError *error)
{
    size_t sums = 0, widest = 0;
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        if (o->target[layer].style_share > 0) {
            size_t count = gram_sums(vgg16_positions(o->pass, layer), (int)channels(layer));
            sums = count > sums ? count : sums;
            widest = channels(layer) > widest ? channels(layer) : widest;
        }
    o->gram = floats_new(widest * widest);
    o->dgram = floats_new(widest * widest);
    o->sums = malloc((sums ? sums : 1) * sizeof *o->sums);
    return o->gram && o->dgram && o->sums ? NST_OK
                                          : nst_fail_memory(error, "Gram matrices", (double)sums * 8);
}

Objective *objective_new(const Vgg16 *net, const ObjectiveSpec *spec, const NstImage *content,
                         const NstImage *style, NstError *error)
{
    Objective *o = calloc(1, sizeof *o);
    if (!o) {
        nst_fail_memory(error, "the objective", sizeof *o);
        return NULL;
    }
    o->content_weight = spec->content_weight;
    o->style_weight = spec->style_weight;
    o->tv_weight = spec->tv_weight;
    o->height = content->height;
    o->width = content->width;
    o->workers = vgg16_workers(net);
    double content_share[VGG16_LAYERS], style_share[VGG16_LAYERS];
    shares(spec->content_layers, spec->content_weight, content_share);
    shares(spec->style_layers, spec->style_weight, style_share);
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        o->target[layer] = (Target){.content_share = content_share[layer], .style_share = style_share[layer]};

    bool uses_style = spec->style_weight > 0;
    if ((uses_style && look_at_style(o, net, style, error) != NST_OK) ||
        look_at_content(o, net, content, error) != NST_OK || allocate_grams(o, error) != NST_OK) {
        objective_free(o);
        return NULL;
    }
    return o;
}

void objective_free(Objective *o)
{
    if (!o)
        return;
    vgg16_pass_free(o->pass);
    for (int layer = 0; layer < VGG16_LAYERS; layer++) {
        free(o->target[layer].features);
        free(o->target[layer].gram);
    }
    free(o->gram);
    free(o->dgram);
    free(o->sums);
    free(o);
}

/* Adds one layer's losses to the evaluation under way, and their gradients to dfeatures. */
static void inject(void *data, int layer, const float *features, float *dfeatures)
{
    Objective *o = data;
    const Target *t = &o->target[layer];
    size_t positions = vgg16_positions(o->pass, layer), c = channels(layer);

    if (t->content_share > 0)
        o->losses->content += t->content_share *
                              content_loss(o->workers, positions * c, features, t->features, t->features_norm,
                                           o->content_weight * t->content_share, dfeatures);
    if (t->style_share > 0) {
        gram_forward(o->workers, positions, (int)c, features, o->sums, o->gram);
        o->losses->style += t->style_share * style_loss(c * c, o->gram, t->gram, t->gram_norm,
                                                        o->style_weight * t->style_share, o->dgram);
        gram_backward(o->workers, positions, (int)c, features, o->dgram, dfeatures);
    }
}

void objective_evaluate(Objective *o, const float *rgb, Losses *losses, float *drgb)
{
    *losses = (Losses){0};
    o->losses = losses;
    vgg16_forward(o->pass, rgb);
    vgg16_backward(o->pass, inject, o, drgb);
    if (o->tv_weight > 0)
        losses->tv = tv_loss(o->workers, o->height, o->width, rgb, o->tv_weight, drgb);
    losses->total =
        o->content_weight * losses->content + o->style_weight * losses->style + o->tv_weight * losses->tv;
}
