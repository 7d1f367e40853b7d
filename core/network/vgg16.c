/* vgg16.c: walks the thirteen convolutions down and up again.
 *
 * A pass keeps the activations that the way back needs, and no gradients in addition: a layer's gradient
 * overwrites its activations, in the same step that reads the ReLU's mask from them. The last map of a block
 * is never written unless it is tapped: the pooled map, and a byte for each of its values, hold all that the
 * way back needs of it (conv_map.h). At 512 x 512 pixels and eleven layers that takes 190 MiB, where keeping
 * every map and two gradients takes 430. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vgg16.h"

#include "conv3x3.h"
#include "core/base/memory.h"
#include "pool.h"
#include "receptive_field.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCKS = 5 };

struct Vgg16 {
    int layers;
    Preprocessing preprocessing;
    Workers *workers;
    Conv3x3 *conv[VGG16_LAYERS];
};

struct Vgg16Pass {
    const Vgg16 *net;
    Vgg16Taps taps;
    int depth; /* layers */
    NstPooling pooling;
    int height, width;             /* of the picture loaded */
    ReceptiveField field;          /* what is wanted of each layer's map */
    int done;                      /* layers whose activations are there */
    float *input;                  /* [H, W, 3], preprocessed; on the way back its gradient */
    float *features[VGG16_LAYERS]; /* [H >> block, W >> block, C]; NULL where the map is not written */
    float *pooled[BLOCKS];         /* what block 1..4 starts from; [0] is not used */
    uint8_t *where[BLOCKS];        /* goes with pooled, see conv_map.h */
};

/* Layers in the making: each is one item for the workers, with an error of its own. */
typedef struct Loading {
    Vgg16 *net;
    const Weights *weights;
    int first; /* layer */
    NstStatus status[VGG16_LAYERS];
    NstError error[VGG16_LAYERS];
} Loading;

static NstStatus load_layer(Loading *loading, int layer)
{
    const Vgg16Layer *l = &vgg16_layers[layer];
    NstError *error = &loading->error[layer];
    size_t count = 9 * (size_t)l->in_channels * (size_t)l->out_channels;
    float *weight = memory_floats(count), *bias = memory_floats((size_t)l->out_channels);
    NstStatus status = weight && bias ? weights_read(loading->weights, layer, weight, bias, error)
                                      : nst_fail_memory(error, "the weights", (double)count * sizeof(float));
    if (status == NST_OK)
        status =
            conv3x3_new(&loading->net->conv[layer], l->in_channels, l->out_channels, weight, bias, error);
    free(weight);
    free(bias);
    return status;
}

static void load_item(void *data, size_t item, float *scratch)
{
    (void)scratch;
    Loading *loading = data;
    int layer = loading->first + (int)item;
    loading->status[layer] = load_layer(loading, layer);
}

/* Reads and prepares the layers from the first that is missing, and makes room for the largest one's working
 * space. */
static NstStatus load(Vgg16 *net, const Weights *weights, int layers, NstError *error)
{
    Loading loading = {.net = net, .weights = weights, .first = net->layers};
    for (int layer = net->layers; error && layer < layers; layer++)
        loading.error[layer].translate = error->translate;
    workers_run(net->workers, (size_t)(layers - net->layers), load_item, &loading);
    for (int layer = net->layers; layer < layers; layer++)
        if (loading.status[layer] != NST_OK)
            return nst_fail(error, loading.status[layer], "%s", loading.error[layer].message);
    return workers_reserve(net->workers, vgg16_scratch(layers), error);
}

NstStatus vgg16_deepen(Vgg16 *net, const Weights *weights, int layers, NstError *error)
{
    if (layers <= net->layers)
        return NST_OK;
    if (layers > weights_layers(weights))
        return nst_fail(error, NST_BAD_FILE, "The weights file “%s” ends at %s; the chosen layers need %s",
                        weights_path(weights), vgg16_layers[weights_layers(weights) - 1].name,
                        vgg16_layers[layers - 1].name);
    NstStatus status = load(net, weights, layers, error);
    if (status == NST_OK) {
        net->layers = layers;
        return NST_OK;
    }
    for (int layer = net->layers; layer < layers; layer++) {
        conv3x3_free(net->conv[layer]);
        net->conv[layer] = NULL;
    }
    return status;
}

NstStatus vgg16_new(Vgg16 **out, const Weights *weights, int layers, Workers *workers, NstError *error)
{
    *out = NULL;
    Vgg16 *net = calloc(1, sizeof *net);
    if (!net)
        return nst_fail_memory(error, "the network", sizeof *net);
    net->preprocessing = *weights_preprocessing(weights);
    net->workers = workers;
    NstStatus status = vgg16_deepen(net, weights, layers, error);
    if (status == NST_OK)
        *out = net;
    else
        vgg16_free(net);
    return status;
}

void vgg16_free(Vgg16 *net)
{
    if (!net)
        return;
    for (int layer = 0; layer < net->layers; layer++)
        conv3x3_free(net->conv[layer]);
    free(net);
}

int vgg16_depth(const Vgg16 *net)
{
    return net->layers;
}

Workers *vgg16_workers(const Vgg16 *net)
{
    return net->workers;
}

static size_t positions(int layer, int height, int width)
{
    int block = vgg16_layers[layer].block;
    return (size_t)(height >> block) * (size_t)(width >> block);
}

static size_t feature_floats(int layer, int height, int width)
{
    return positions(layer, height, width) * (size_t)vgg16_layers[layer].out_channels;
}

static size_t pooled_floats(int layer, int height, int width)
{
    return positions(layer, height, width) * (size_t)vgg16_layers[layer].in_channels;
}

/* The layers that a pass with these taps goes through. */
static int depth_of(const Vgg16Taps *taps)
{
    int depth = VGG16_LAYERS;
    while (depth > 1 && !taps->at[depth - 1])
        depth--;
    return depth;
}

/* Is this layer the last before a pooled map, in a pass of that depth? */
static bool before_pool(int layer, int depth)
{
    return layer + 1 < depth && vgg16_layer_after_pool(layer + 1);
}

/* Is the layer's whole map written? */
static bool is_kept(const Vgg16Taps *taps, int layer, int depth)
{
    return taps->at[layer] || !before_pool(layer, depth);
}

size_t vgg16_scratch(int layers)
{
    size_t most = 0;
    for (int layer = 0; layer < layers; layer++) {
        size_t floats = conv3x3_scratch(vgg16_layers[layer].in_channels, vgg16_layers[layer].out_channels);
        most = floats > most ? floats : most;
    }
    return most;
}

double vgg16_loading_bytes(int layers, int workers)
{
    /* Each worker reads a layer as the file has it and reorders a copy; the last layers are the largest. */
    const Vgg16Layer *l = &vgg16_layers[layers - 1];
    return 2.0 * 9 * l->in_channels * l->out_channels * sizeof(float) * (workers < layers ? workers : layers);
}

double vgg16_kernel_bytes(int layers)
{
    double bytes = 0;
    for (int layer = 0; layer < layers; layer++)
        bytes += conv3x3_bytes(vgg16_layers[layer].in_channels, vgg16_layers[layer].out_channels);
    return bytes;
}

double vgg16_pass_bytes(const Vgg16Taps *taps, int height, int width)
{
    double bytes = 3.0 * height * width * sizeof(float);
    int depth = depth_of(taps);
    for (int layer = 0; layer < depth; layer++) {
        if (is_kept(taps, layer, depth))
            bytes += (double)feature_floats(layer, height, width) * sizeof(float);
        if (vgg16_layer_after_pool(layer))
            bytes += (double)pooled_floats(layer, height, width) * (sizeof(float) + sizeof(uint8_t));
    }
    return bytes;
}

static bool allocate_layer(Vgg16Pass *pass, int layer)
{
    int h = pass->height, w = pass->width, block = vgg16_layers[layer].block;
    bool ok = true;
    if (is_kept(&pass->taps, layer, pass->depth))
        ok = (pass->features[layer] = memory_floats(feature_floats(layer, h, w)));
    if (vgg16_layer_after_pool(layer)) {
        ok = (pass->pooled[block] = memory_floats(pooled_floats(layer, h, w))) && ok;
        ok = (pass->where[block] = memory_new(pooled_floats(layer, h, w))) && ok;
    }
    return ok;
}

NstStatus vgg16_pass_new(Vgg16Pass **out, const Vgg16 *net, const Vgg16Taps *taps, NstPooling pooling,
                         int height, int width, NstError *error)
{
    *out = NULL;
    Vgg16Pass *pass = calloc(1, sizeof *pass);
    bool ok = pass;
    if (ok) {
        *pass = (Vgg16Pass){.net = net,
                            .taps = *taps,
                            .depth = depth_of(taps),
                            .pooling = pooling,
                            .height = height,
                            .width = width};
        ok = (pass->input = memory_floats(3 * (size_t)height * (size_t)width));
    }
    for (int layer = 0; ok && layer < pass->depth; layer++)
        ok = allocate_layer(pass, layer);
    if (!ok) {
        vgg16_pass_free(pass);
        return nst_fail_memory(error, "the network's activations", vgg16_pass_bytes(taps, height, width));
    }
    *out = pass;
    return NST_OK;
}

void vgg16_pass_free(Vgg16Pass *pass)
{
    if (!pass)
        return;
    free(pass->input);
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        free(pass->features[layer]);
    for (int block = 0; block < BLOCKS; block++) {
        free(pass->pooled[block]);
        free(pass->where[block]);
    }
    free(pass);
}

/* ---- The picture and the network's input --------------------------------------------------------------- */

/* The picture's channel that the network's channel `c` sees. */
static int channel(const Preprocessing *p, int c)
{
    return p->bgr ? 2 - c : c;
}

typedef struct Picture {
    Vgg16Pass *pass;
    const float *rgb; /* forward */
    float *drgb;      /* backward */
    size_t step;
} Picture;

/* The network knows no colours outside sRGB's range. Paintings stay inside it anyway. */
static float clamp(float value)
{
    return value > 0 ? (value < 1 ? value : 1) : 0;
}

static void preprocess_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Picture *picture = data;
    const Preprocessing *p = &picture->pass->net->preprocessing;
    size_t width = (size_t)picture->pass->width;
    const float *rgb = picture->rgb + y * picture->step;
    float *input = picture->pass->input + y * 3 * width;
    for (size_t x = 0; x < width; x++, rgb += 3, input += 3)
        for (int c = 0; c < 3; c++)
            input[c] = (clamp(rgb[channel(p, c)]) * p->scale - p->mean[c]) / p->std[c];
}

/* The transpose of preprocess_row, added to the picture's gradient, where the first layer sees the
 * picture. */
static void preprocess_backward_row(void *data, size_t row, float *scratch)
{
    (void)scratch;
    const Picture *picture = data;
    const Vgg16Pass *pass = picture->pass;
    const Preprocessing *p = &pass->net->preprocessing;
    const Region *seen = &pass->field.seen[0];
    size_t y = (size_t)seen->top + row, left = (size_t)seen->left, right = (size_t)seen->right;
    const float *dinput = pass->input + 3 * (y * (size_t)pass->width + left);
    float *drgb = picture->drgb + y * picture->step + 3 * left;
    for (size_t x = left; x < right; x++, drgb += 3, dinput += 3)
        for (int c = 0; c < 3; c++)
            drgb[channel(p, c)] += dinput[c] * p->scale / p->std[c];
}

void vgg16_load(Vgg16Pass *pass, int height, int width, const float *rgb, size_t step)
{
    pass->height = height;
    pass->width = width;
    pass->done = 0;
    pass->field = receptive_field_of(height, width, &(Region){0, 0, height, width}, pass->depth);
    Picture picture = {.pass = pass, .rgb = rgb, .step = step};
    workers_run(pass->net->workers, (size_t)height, preprocess_row, &picture);
}

void vgg16_focus(Vgg16Pass *pass, const Region *own, int layers)
{
    pass->field = receptive_field_of(pass->height, pass->width, own, layers);
}

Region vgg16_computed(const Vgg16Pass *pass, int layer)
{
    Region wanted = pass->field.wanted[layer];
    /* The first layer isn't computed in squares. */
    return layer == 0 ? wanted : conv_written(wanted, vgg16_rows(pass, layer), vgg16_columns(pass, layer));
}

/* The positions that are computed of the map that a layer starts from. */
static Region input_computed(const Vgg16Pass *pass, int layer)
{
    if (layer == 0)
        return conv_everywhere(pass->height, pass->width);
    Region before = vgg16_computed(pass, layer - 1);
    return vgg16_layer_after_pool(layer) ? region_halved(before) : before;
}

/* ---- Forward ------------------------------------------------------------------------------------------- */

static const float *layer_input(const Vgg16Pass *pass, int layer)
{
    if (layer == 0)
        return pass->input;
    return vgg16_layer_after_pool(layer) ? pass->pooled[vgg16_layers[layer].block]
                                         : pass->features[layer - 1];
}

static void forward_layer(Vgg16Pass *pass, int layer)
{
    const Vgg16 *net = pass->net;
    int height = vgg16_rows(pass, layer), width = vgg16_columns(pass, layer);
    int next = vgg16_layers[layer].block + 1;
    ConvFrame frame = {height, width, input_computed(pass, layer), pass->field.wanted[layer]};
    const float *in = layer_input(pass, layer);
    float *out = pass->features[layer];

    if (!out) {
        conv3x3_forward_pooled(net->conv[layer], net->workers, pass->pooling, &frame, in, pass->pooled[next],
                               pass->where[next]);
        return;
    }
    conv3x3_forward(net->conv[layer], net->workers, &frame, in, out);
    if (before_pool(layer, pass->depth)) {
        frame.from = vgg16_computed(pass, layer);
        pool_forward(pass->pooling, net->workers, &frame, vgg16_layers[layer].out_channels, out,
                     pass->pooled[next], pass->where[next]);
    }
}

void vgg16_forward(Vgg16Pass *pass, int layers)
{
    for (; pass->done < layers; pass->done++)
        forward_layer(pass, pass->done);
}

int vgg16_done(const Vgg16Pass *pass)
{
    return pass->done;
}

const float *vgg16_features(const Vgg16Pass *pass, int layer)
{
    return pass->features[layer];
}

int vgg16_rows(const Vgg16Pass *pass, int layer)
{
    return pass->height >> vgg16_layers[layer].block;
}

int vgg16_columns(const Vgg16Pass *pass, int layer)
{
    return pass->width >> vgg16_layers[layer].block;
}

/* ---- Backward ------------------------------------------------------------------------------------------ */

/* The gradient of a layer's activations, with the ReLU's mask applied: in place of the activations, or still
 * pooled. */
static ConvSource gradient_of(const Vgg16Pass *pass, int layer)
{
    if (pass->features[layer])
        return (ConvSource){.map = pass->features[layer]};
    int next = vgg16_layers[layer].block + 1;
    return (ConvSource){pass->pooled[next], pass->where[next], pool_share(pass->pooling)};
}

/* The positions of a layer's map, the last of a block, that the gradient of the pooled map reaches. */
static Region pooled_gradient(const Vgg16Pass *pass, int layer)
{
    Region pooled = conv_written(pass->field.seen[layer + 1], vgg16_rows(pass, layer + 1),
                                 vgg16_columns(pass, layer + 1));
    return region_common(region_doubled(pooled), vgg16_computed(pass, layer));
}

/* The positions of a layer's map at which gradient_of is valid. */
static Region gradient_computed(const Vgg16Pass *pass, int layer)
{
    return pass->features[layer] ? vgg16_computed(pass, layer) : pooled_gradient(pass, layer);
}

/* Backward through one convolution: the gradient of the map before it replaces that map. A tapped layer's own
 * gradient is put there first, with NAN where the ReLU was shut, and the other is added. */
static void backward_layer(Vgg16Pass *pass, int layer, Vgg16Inject inject, void *data)
{
    const Vgg16 *net = pass->net;
    const Conv3x3 *conv = net->conv[layer];
    int before = layer - 1, block = vgg16_layers[layer].block;
    ConvFrame frame = {vgg16_rows(pass, layer), vgg16_columns(pass, layer), gradient_computed(pass, layer),
                       vgg16_layer_after_pool(layer) ? pass->field.seen[layer] : pass->field.wanted[before]};
    ConvSource source = gradient_of(pass, layer);

    if (pass->taps.at[before])
        inject(data, before, pass->features[before], NAN);
    if (!vgg16_layer_after_pool(layer)) {
        conv3x3_backward_fused(conv, net->workers, &frame, &source,
                               pass->taps.at[before] ? CONV_ADD : CONV_MASK, pass->features[before]);
        return;
    }
    conv3x3_backward_fused(conv, net->workers, &frame, &source, CONV_PLAIN, pass->pooled[block]);
    if (pass->features[before]) {
        ConvFrame unpooling = {vgg16_rows(pass, before), vgg16_columns(pass, before),
                               pooled_gradient(pass, before), vgg16_computed(pass, before)};
        pool_backward_add(pass->pooling, net->workers, &unpooling, vgg16_layers[before].out_channels,
                          pass->pooled[block], pass->where[block], pass->features[before]);
    }
}

void vgg16_backward(Vgg16Pass *pass, Vgg16Inject inject, void *data, float *drgb, size_t step)
{
    const Vgg16 *net = pass->net;
    int deepest = pass->done - 1;
    inject(data, deepest, pass->features[deepest], 0);
    for (int layer = deepest; layer > 0; layer--)
        backward_layer(pass, layer, inject, data);
    ConvFrame frame = {pass->height, pass->width, vgg16_computed(pass, 0), pass->field.seen[0]};
    conv3x3_backward(net->conv[0], net->workers, &frame, pass->features[0], pass->input);
    Picture picture = {.pass = pass, .drgb = drgb, .step = step};
    workers_run(net->workers, (size_t)region_rows(&frame.to), preprocess_backward_row, &picture);
    pass->done = 0;
}
