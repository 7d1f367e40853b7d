/* vgg16.c: walks the thirteen convolutions down and up again. Each pass keeps all activations, since the
 * losses and the ReLU's mask need them on the way back; the gradient itself lives in two buffers that take
 * turns. */
#include "vgg16.h"

#include "conv3x3.h"
#include "memory.h"
#include "pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 5 };

struct Vgg16 {
    int layers;
    NstPooling pooling;
    Preprocessing preprocessing;
    Workers *workers;
    Conv3x3 *conv[VGG16_LAYERS];
};

struct Vgg16Pass {
    const Vgg16 *net;
    int height, width;
    float *input;                  /* [H, W, 3], preprocessed */
    float *features[VGG16_LAYERS]; /* [H >> block, W >> block, C] */
    float *pooled[BLOCKS];         /* what block 1..4 starts from; [0] is not used */
    float *gradient[2];            /* NULL without backward */
};

/* The making of a network: each layer is one item for the workers, with an error of its own. */
typedef struct Loading {
    Vgg16 *net;
    const Weights *weights;
    NstError error[VGG16_LAYERS];
} Loading;

static void load_layer(void *data, size_t layer, float *scratch)
{
    (void)scratch;
    Loading *loading = data;
    const Vgg16Layer *l = &vgg16_layers[layer];
    NstError *error = &loading->error[layer];
    size_t count = 9 * (size_t)l->in_channels * (size_t)l->out_channels;
    float *weight = floats_new(count), *bias = floats_new((size_t)l->out_channels);
    if (!weight || !bias)
        nst_fail_memory(error, "the weights", (double)count * sizeof(float));
    else if (weights_read(loading->weights, (int)layer, weight, bias, error) == NST_OK)
        loading->net->conv[layer] = conv3x3_new(l->in_channels, l->out_channels, weight, bias, error);
    free(weight);
    free(bias);
}

/* Reads and prepares all layers, and makes room for the largest one's working space. */
static NstStatus load(Vgg16 *net, const Weights *weights, NstError *error)
{
    Loading loading = {.net = net, .weights = weights};
    workers_run(net->workers, (size_t)net->layers, load_layer, &loading);
    for (int layer = 0; layer < net->layers; layer++) {
        const NstError *failed = &loading.error[layer];
        if (failed->status != NST_OK)
            return nst_fail(error, failed->status, "%s", failed->message);
        NstStatus status = workers_reserve(net->workers, conv3x3_scratch(net->conv[layer]), error);
        if (status != NST_OK)
            return status;
    }
    return NST_OK;
}

Vgg16 *vgg16_new(const Weights *weights, int layers, NstPooling pooling, Workers *workers, NstError *error)
{
    if (layers > weights_layers(weights)) {
        nst_fail(error, NST_BAD_FILE, "The weights file “%s” ends at %s; the layers chosen need %s",
                 weights_path(weights), vgg16_layers[weights_layers(weights) - 1].name,
                 vgg16_layers[layers - 1].name);
        return NULL;
    }
    Vgg16 *net = calloc(1, sizeof *net);
    if (!net) {
        nst_fail_memory(error, "the network", sizeof *net);
        return NULL;
    }
    *net = (Vgg16){layers, pooling, *weights_preprocessing(weights), workers, {0}};
    if (load(net, weights, error) == NST_OK)
        return net;
    vgg16_free(net);
    return NULL;
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

/* Is this layer the first of a block that starts from a pooled map? */
static bool after_pool(int layer)
{
    return layer > 0 && vgg16_layers[layer].block > vgg16_layers[layer - 1].block;
}

static size_t pooled_floats(int layer, int height, int width)
{
    return positions(layer, height, width) * (size_t)vgg16_layers[layer].in_channels;
}

double vgg16_kernel_bytes(int layers)
{
    double bytes = 0;
    for (int layer = 0; layer < layers; layer++)
        bytes += conv3x3_bytes(vgg16_layers[layer].in_channels, vgg16_layers[layer].out_channels);
    return bytes;
}

double vgg16_pass_bytes(int layers, int height, int width, bool backward)
{
    double floats = 3.0 * height * width;
    for (int layer = 0; layer < layers; layer++) {
        floats += (double)feature_floats(layer, height, width);
        if (after_pool(layer))
            floats += (double)pooled_floats(layer, height, width);
    }
    if (backward)
        floats += 2 * (double)feature_floats(0, height, width);
    return floats * sizeof(float);
}

/* The gradient buffers hold the largest of all maps, which is that of the first block. */
static bool pass_allocate(Vgg16Pass *pass, bool backward)
{
    int layers = pass->net->layers, h = pass->height, w = pass->width;
    pass->input = floats_new(3 * (size_t)h * (size_t)w);
    bool ok = pass->input;
    for (int layer = 0; layer < layers && ok; layer++) {
        ok = (pass->features[layer] = floats_new(feature_floats(layer, h, w)));
        if (ok && after_pool(layer))
            ok = (pass->pooled[vgg16_layers[layer].block] = floats_new(pooled_floats(layer, h, w)));
    }
    for (int i = 0; i < 2 && ok && backward; i++)
        ok = (pass->gradient[i] = floats_new(feature_floats(0, h, w)));
    return ok;
}

Vgg16Pass *vgg16_pass_new(const Vgg16 *net, int height, int width, bool backward, NstError *error)
{
    Vgg16Pass *pass = calloc(1, sizeof *pass);
    if (pass) {
        *pass = (Vgg16Pass){.net = net, .height = height, .width = width};
        if (pass_allocate(pass, backward))
            return pass;
        vgg16_pass_free(pass);
    }
    nst_fail_memory(error, "the network's activations",
                    vgg16_pass_bytes(net->layers, height, width, backward));
    return NULL;
}

void vgg16_pass_free(Vgg16Pass *pass)
{
    if (!pass)
        return;
    free(pass->input);
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        free(pass->features[layer]);
    for (int block = 0; block < BLOCKS; block++)
        free(pass->pooled[block]);
    free(pass->gradient[0]);
    free(pass->gradient[1]);
    free(pass);
}

/* The picture's channel that the network's channel `c` sees. */
static int channel(const Preprocessing *p, int c)
{
    return p->bgr ? 2 - c : c;
}

static void preprocess(Vgg16Pass *pass, const float *rgb)
{
    const Preprocessing *p = &pass->net->preprocessing;
    size_t pixels = (size_t)pass->height * (size_t)pass->width;
    for (size_t i = 0; i < pixels; i++)
        for (int c = 0; c < 3; c++)
            pass->input[3 * i + (size_t)c] =
                (rgb[3 * i + (size_t)channel(p, c)] * p->scale - p->mean[c]) / p->std[c];
}

/* The transpose of preprocess, from the gradient of its output. */
static void preprocess_backward(const Vgg16Pass *pass, const float *dinput, float *drgb)
{
    const Preprocessing *p = &pass->net->preprocessing;
    size_t pixels = (size_t)pass->height * (size_t)pass->width;
    for (size_t i = 0; i < pixels; i++)
        for (int c = 0; c < 3; c++)
            drgb[3 * i + (size_t)channel(p, c)] = dinput[3 * i + (size_t)c] * p->scale / p->std[c];
}

void vgg16_forward(Vgg16Pass *pass, const float *rgb)
{
    const Vgg16 *net = pass->net;
    preprocess(pass, rgb);
    const float *in = pass->input;
    for (int layer = 0; layer < net->layers; layer++) {
        const Vgg16Layer *l = &vgg16_layers[layer];
        int height = pass->height >> l->block, width = pass->width >> l->block;
        if (after_pool(layer)) {
            pool_forward(net->pooling, net->workers, pass->height >> (l->block - 1),
                         pass->width >> (l->block - 1), l->in_channels, in, pass->pooled[l->block]);
            in = pass->pooled[l->block];
        }
        conv3x3_forward(net->conv[layer], net->workers, height, width, in, pass->features[layer]);
        in = pass->features[layer];
    }
}

const float *vgg16_features(const Vgg16Pass *pass, int layer)
{
    return pass->features[layer];
}

size_t vgg16_positions(const Vgg16Pass *pass, int layer)
{
    return positions(layer, pass->height, pass->width);
}

typedef struct Mask {
    const float *out;
    float *dout;
} Mask;

static double mask_range(void *data, size_t begin, size_t end)
{
    const Mask *m = data;
    for (size_t i = begin; i < end; i++)
        m->dout[i] = m->out[i] > 0 ? m->dout[i] : 0;
    return 0;
}

/* The ReLU passes the gradient on where its output is above zero. */
static void relu_backward(Workers *workers, size_t count, const float *out, float *dout)
{
    Mask mask = {out, dout};
    workers_sum(workers, count, mask_range, &mask);
}

static void swap(float **a, float **b)
{
    float *c = *a;
    *a = *b;
    *b = c;
}

void vgg16_backward(Vgg16Pass *pass, Vgg16Inject inject, void *data, float *drgb)
{
    const Vgg16 *net = pass->net;
    float *d = pass->gradient[0], *other = pass->gradient[1];
    int deepest = net->layers - 1;
    memset(d, 0, feature_floats(deepest, pass->height, pass->width) * sizeof(float));

    for (int layer = deepest; layer >= 0; layer--) {
        const Vgg16Layer *l = &vgg16_layers[layer];
        int height = pass->height >> l->block, width = pass->width >> l->block;
        inject(data, layer, pass->features[layer], d);
        relu_backward(net->workers, feature_floats(layer, pass->height, pass->width), pass->features[layer],
                      d);
        conv3x3_backward(net->conv[layer], net->workers, height, width, d, other);
        swap(&d, &other);
        if (after_pool(layer)) {
            pool_backward(net->pooling, net->workers, pass->height >> (l->block - 1),
                          pass->width >> (l->block - 1), l->in_channels, pass->features[layer - 1],
                          pass->pooled[l->block], d, other);
            swap(&d, &other);
        }
    }
    preprocess_backward(pass, d, drgb);
}
