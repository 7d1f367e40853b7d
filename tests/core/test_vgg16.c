/* test_vgg16.c: the network, from the picture to its thirteen layers and back, with hashed weights. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/network/vgg16.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/made.h"
#include "tests/support/network.h"
#include "tests/support/oracle.h"
#include "tests/support/plain.h"

#include <math.h>
#include <string.h>

enum { HEIGHT = 19, WIDTH = 26, PIXELS = HEIGHT * WIDTH, PICTURE_STREAM = 500, INJECT_STREAM = 600 };

static const char *const kind_name[] = {"max", "average"};
static Workers *crew;
static char *folder, *path; /* of the file that a test writes */
static Weights *whole;
static Vgg16 *whole_net; /* of all its layers, for the crew */

/* With all layers of the network tapped. */
static Vgg16Pass *pass_of(const Vgg16 *net, NstPooling pooling, int height, int width)
{
    Vgg16Taps taps = {{false}};
    for (int layer = 0; layer < vgg16_depth(net); layer++)
        taps.at[layer] = true;
    return made_pass(net, &taps, pooling, height, width);
}

/* A whole picture through the first `layers` layers. */
static void forward(Vgg16Pass *pass, int layers, int height, int width, const float *rgb)
{
    vgg16_load(pass, height, width, rgb, 3 * (size_t)width);
    vgg16_forward(pass, layers);
    g_assert_cmpint(vgg16_done(pass), ==, layers);
}

static size_t count_of(const Vgg16Pass *pass, int layer)
{
    return (size_t)vgg16_rows(pass, layer) * (size_t)vgg16_columns(pass, layer) *
           (size_t)vgg16_layers[layer].out_channels;
}

/* The picture that stays away from kinks; see reference.py. */
static float *oracle_picture(const Oracle *oracle, NstPooling pooling)
{
    unsigned seed = (unsigned)oracle_values(oracle, 1, "network/%s/seed", kind_name[pooling])[0];
    return new_unit(seed, PIXELS * 3);
}

/* Guards every layer: the order of layers, the pooling between blocks, odd sides, the preprocessing. */
static void test_features(void)
{
    Oracle *oracle = oracle_open_committed();
    for (int pooling = 0; pooling < 2; pooling++) {
        Vgg16 *net = whole_net;
        Vgg16Pass *pass = pass_of(net, (NstPooling)pooling, HEIGHT, WIDTH);
        float *rgb = oracle_picture(oracle, (NstPooling)pooling);
        forward(pass, VGG16_LAYERS, HEIGHT, WIDTH, rgb);
        for (int layer = 0; layer < VGG16_LAYERS; layer++) {
            char *name = g_strdup_printf("network/%s/%s", kind_name[pooling], vgg16_layers[layer].name);
            oracle_check(oracle, name, count_of(pass, layer), vgg16_features(pass, layer), TOLERANCE);
            g_free(name);
        }
        g_free(rgb);
        vgg16_pass_free(pass);
    }
    oracle_close(oracle);
}

/* Guards files that need blue first and white at 255, as published for Caffe. */
static void test_bgr(void)
{
    char *bgr = g_build_filename(folder, "bgr.safetensors", NULL);
    network_write(bgr, 1, NETWORK_METADATA_BGR);
    Weights *weights = made_weights(bgr);
    Vgg16 *net = made_vgg16(weights, 1, crew);
    Vgg16Pass *pass = pass_of(net, NST_POOLING_MAX, HEIGHT, WIDTH);
    float *rgb = new_unit(PICTURE_STREAM, PIXELS * 3);
    Oracle *oracle = oracle_open_committed();
    forward(pass, 1, HEIGHT, WIDTH, rgb);
    oracle_check(oracle, "network/bgr/relu1_1", count_of(pass, 0), vgg16_features(pass, 0), TOLERANCE);
    oracle_close(oracle);
    g_free(rgb);
    vgg16_pass_free(pass);
    vgg16_free(net);
    weights_close(weights);
    g_free(bgr);
}

/* A made-up loss: the sum of hashed numbers times the features, over all layers. */
typedef struct Weighed {
    PlainNetwork net;
    float *factor[VGG16_LAYERS];
    size_t count[VGG16_LAYERS];
    int next; /* layer that inject should see next */
} Weighed;

static double weighed_features(void *data, const double *rgb)
{
    const Weighed *w = data;
    double *features[VGG16_LAYERS], sum = 0;
    plain_features(&w->net, HEIGHT, WIDTH, rgb, features);
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        for (size_t i = 0; i < w->count[layer]; i++)
            sum += w->factor[layer][i] * features[layer][i];
    plain_features_free(features);
    return sum;
}

static void inject(void *data, int layer, float *features, float shut)
{
    Weighed *w = data;
    g_assert_cmpint(layer, ==, w->next--);
    g_assert_nonnull(features);
    for (size_t i = 0; i < w->count[layer]; i++)
        features[i] = features[i] > 0 ? w->factor[layer][i] : shut;
}

/* Guards the way back through all thirteen layers, and that inject sees each layer once, the deepest
 * first. */
static void check_backward(const Oracle *oracle, NstPooling pooling)
{
    Vgg16 *net = whole_net;
    Vgg16Pass *pass = pass_of(net, pooling, HEIGHT, WIDTH);
    Weighed w = {.net = plain_network_new(VGG16_LAYERS, pooling), .next = VGG16_LAYERS - 1};
    for (int layer = 0; layer < VGG16_LAYERS; layer++) {
        w.count[layer] = count_of(pass, layer);
        /* Deep layers have few values; this gives each layer about the same weight. */
        float scale = 1 / sqrtf((float)w.count[layer]);
        w.factor[layer] = new_signed(INJECT_STREAM + (unsigned)layer, scale, w.count[layer]);
    }
    float *rgb = oracle_picture(oracle, pooling), *drgb = g_new0(float, PIXELS * 3);
    forward(pass, VGG16_LAYERS, HEIGHT, WIDTH, rgb);
    vgg16_backward(pass, inject, &w, drgb, 3 * WIDTH);
    g_assert_cmpint(w.next, ==, -1);
    g_assert_cmpint(vgg16_done(pass), ==, 0);
    check_gradient(kind_name[pooling], weighed_features, &w, PIXELS * 3, rgb, drgb);

    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        g_free(w.factor[layer]);
    plain_network_free(&w.net);
    g_free(rgb);
    g_free(drgb);
    vgg16_pass_free(pass);
}

static void test_backward(void)
{
    Oracle *oracle = oracle_open_committed();
    check_backward(oracle, NST_POOLING_MAX);
    check_backward(oracle, NST_POOLING_AVERAGE);
    oracle_close(oracle);
}

static void inject_one(void *data, int layer, float *features, float shut)
{
    const Vgg16Pass *pass = data;
    for (size_t i = 0; i < count_of(pass, layer); i++)
        features[i] = features[i] > 0 ? 1 : shut;
}

/* Hashed numbers at the deepest layer done, zero elsewhere. */
static void inject_deepest(void *data, int layer, float *features, float shut)
{
    const Vgg16Pass *pass = data;
    bool deepest = layer == vgg16_done(pass) - 1;
    for (size_t i = 0; i < count_of(pass, layer); i++)
        features[i] = features[i] > 0 ? (deepest ? hash_signed(INJECT_STREAM, (uint32_t)i) : 0) : shut;
}

/* The picture's gradient with inject_deepest. */
static float *new_gradient(const Vgg16 *net, const Vgg16Taps *taps, NstPooling pooling, int layers,
                           int height, int width, const float *rgb)
{
    Vgg16Pass *pass = made_pass(net, taps, pooling, height, width);
    float *drgb = g_new0(float, 3 * (size_t)height * (size_t)width);
    forward(pass, layers, height, width, rgb);
    vgg16_backward(pass, inject_deepest, pass, drgb, 3 * (size_t)width);
    vgg16_pass_free(pass);
    return drgb;
}

/* The layers tapped in addition to `deepest`: none, all, or those of every other block. */
static Vgg16Taps taps_of(int kind, int deepest)
{
    Vgg16Taps taps = {{false}};
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        taps.at[layer] = layer == deepest || kind == 1 || (kind == 2 && vgg16_layers[layer].block % 2 == 0);
    return taps;
}

/* Guards maps that are never written because the convolution pools, and the mask where nothing is tapped: all
 * must give what whole maps with zero losses give. Depths 2, 4, 7 and 10 end just before a pooling, 3 and 5
 * just after. */
static void test_taps(void)
{
    static const int sizes[][2] = {{HEIGHT, WIDTH}, {37, 43}, {16, 16}}, depths[] = {2, 3, 4, 5, 7, 10, 13};
    Vgg16 *net = whole_net;
    for (int pooling = 0; pooling < 2; pooling++)
        for (size_t k = 0; k < G_N_ELEMENTS(sizes) * G_N_ELEMENTS(depths); k++) {
            int height = sizes[k / G_N_ELEMENTS(depths)][0], width = sizes[k / G_N_ELEMENTS(depths)][1];
            int layers = depths[k % G_N_ELEMENTS(depths)];
            size_t count = 3 * (size_t)height * (size_t)width;
            float *rgb = new_unit(PICTURE_STREAM, count), *drgb[3];
            for (int kind = 0; kind < 3; kind++) {
                Vgg16Taps taps = taps_of(kind, layers - 1);
                drgb[kind] = new_gradient(net, &taps, (NstPooling)pooling, layers, height, width, rgb);
            }
            g_assert_cmpfloat(dot(count, drgb[1], drgb[1]), >, 0);
            check_close("none tapped but the deepest", count, drgb[0], drgb[1], 1e-6);
            check_close("some tapped", count, drgb[2], drgb[1], 1e-6);
            for (int kind = 0; kind < 3; kind++)
                g_free(drgb[kind]);
            g_free(rgb);
        }
}

/* A picture that is part of a larger one, with MARGIN more pixels per row. */
enum { MARGIN = 7, STEP = 3 * (WIDTH + MARGIN) };

static void check_margin(const float *drgb)
{
    for (size_t i = 0; i < (size_t)HEIGHT * STEP; i++)
        if (i % STEP >= 3 * WIDTH)
            g_assert_cmpfloat(drgb[i], ==, 5);
}

/* Guards passes made for the largest tile: leftovers of a larger picture, steps between rows, a forward pass
 * in several calls, and a gradient that is added to what is there. */
static void test_smaller(void)
{
    enum { LARGE_HEIGHT = 45, LARGE_WIDTH = 50, LAYERS = 10 };
    Vgg16 *net = whole_net;
    Vgg16Taps taps = taps_of(2, LAYERS - 1);
    Vgg16Pass *pass = made_pass(net, &taps, NST_POOLING_MAX, LARGE_HEIGHT, LARGE_WIDTH);
    float *large = new_unit(PICTURE_STREAM + 1, 3 * LARGE_HEIGHT * LARGE_WIDTH),
          *rgb = new_unit(PICTURE_STREAM, PIXELS * 3);
    float *stepped = g_new(float, HEIGHT *STEP), *drgb = g_new0(float, 3 * LARGE_HEIGHT * LARGE_WIDTH);
    float *want = new_gradient(net, &taps, NST_POOLING_MAX, LAYERS, HEIGHT, WIDTH, rgb);
    forward(pass, LAYERS, LARGE_HEIGHT, LARGE_WIDTH, large);
    vgg16_backward(pass, inject_one, pass, drgb, 3 * LARGE_WIDTH);

    for (size_t i = 0; i < (size_t)HEIGHT * STEP; i++) {
        bool inside = i % STEP < 3 * WIDTH;
        stepped[i] = inside ? rgb[i / STEP * 3 * WIDTH + i % STEP] : NAN;
        drgb[i] = inside ? 0 : 5;
    }
    for (int time = 1; time <= 2; time++) {
        vgg16_load(pass, HEIGHT, WIDTH, stepped, STEP);
        for (int layers = 3; layers <= LAYERS + 2; layers += 3)
            vgg16_forward(pass, MIN(layers, LAYERS));
        vgg16_backward(pass, inject_deepest, pass, drgb, STEP);
        check_margin(drgb);
        for (size_t i = 0; i < PIXELS * 3; i++) /* twice the same is exact */
            g_assert_cmpfloat(drgb[i / (3 * WIDTH) * STEP + i % (3 * WIDTH)], ==, (float)time * want[i]);
    }
    float *arrays[] = {large, rgb, stepped, drgb, want};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_free(arrays[i]);
    vgg16_pass_free(pass);
}

/* ---- In focus ------------------------------------------------------------------------------------------ */

/* A loss that looks only at the own part: hashed numbers at the deepest layer and at the first. */
typedef struct Focus {
    const Vgg16Pass *pass;
    Region own;
} Focus;

static void inject_own(void *data, int layer, float *features, float shut)
{
    const Focus *focus = data;
    Region part = vgg16_computed(focus->pass, layer), own = focus->own;
    int block = vgg16_layers[layer].block, columns = vgg16_columns(focus->pass, layer),
        channels = vgg16_layers[layer].out_channels;
    Region there = {own.top >> block, own.left >> block, own.bottom >> block, own.right >> block};
    bool looks = layer == 0 || layer == vgg16_done(focus->pass) - 1;
    for (int y = part.top; y < part.bottom; y++)
        for (int x = part.left; x < part.right; x++)
            for (int c = 0; c < channels; c++) {
                size_t i = (size_t)((y * columns + x) * channels + c);
                float factor =
                    looks && region_holds(&there, y, x) ? hash_signed(INJECT_STREAM, (uint32_t)i) : 0;
                features[i] = features[i] > 0 ? factor : shut;
            }
}

/* The picture's gradient of that loss, from a pass that may hold leftovers. */
static float *new_focused(Vgg16Pass *pass, int layers, int height, int width, const float *rgb,
                          const Region *own, bool focused)
{
    Focus focus = {pass, *own};
    float *drgb = g_new0(float, 3 * (size_t)height * (size_t)width);
    vgg16_load(pass, height, width, rgb, 3 * (size_t)width);
    if (focused)
        vgg16_focus(pass, own, layers);
    vgg16_forward(pass, layers);
    vgg16_backward(pass, inject_own, &focus, drgb, 3 * (size_t)width);
    return drgb;
}

/* Guards the focus: the gradient is that of the same loss without it, zero where the loss can't see, and
 * independent of what the pass held before. */
static void test_focus(void)
{
    enum { SIDE = 80, DEPTHS = 4, COUNT = 3 * SIDE * SIDE };
    static const Region parts[] = {{32, 48, 48, 64}, {0, 0, 80, 80},   {16, 0, 33, 16},
                                   {64, 64, 80, 80}, {40, 24, 41, 80}, {0, 32, 16, 34}};
    static const int depths[DEPTHS] = {2, 5, 7, 11};
    Vgg16 *net = whole_net;
    float *rgb = new_unit(PICTURE_STREAM, COUNT), *other = new_unit(PICTURE_STREAM + 1, COUNT);
    /* Sanitized, every fifth combination: all parts, each depth with both kinds of taps. */
    for (size_t k = 0; k < 2 * DEPTHS * G_N_ELEMENTS(parts); k += SANITIZED ? 5 : 1) {
        const Region *own = &parts[k / 2 / DEPTHS];
        int layers = depths[k / 2 % DEPTHS];
        Vgg16Taps taps = k % 2 ? taps_of(1, layers - 1) : (Vgg16Taps){{[0] = true}};
        taps.at[layers - 1] = true;
        Vgg16Pass *used = made_pass(net, &taps, NST_POOLING_MAX, SIDE, SIDE),
                  *fresh = made_pass(net, &taps, NST_POOLING_MAX, SIDE, SIDE);
        g_free(new_focused(used, layers, SIDE, SIDE, other, &parts[1], false));
        float *got = new_focused(used, layers, SIDE, SIDE, rgb, own, true),
              *same = new_focused(fresh, layers, SIDE, SIDE, rgb, own, true),
              *want = new_focused(used, layers, SIDE, SIDE, rgb, own, false);
        g_assert_cmpmem(got, COUNT * sizeof(float), same, COUNT * sizeof(float));
        check_close("in focus", COUNT, got, want, 1e-5);
        g_free(got);
        g_free(same);
        g_free(want);
        vgg16_pass_free(used);
        vgg16_pass_free(fresh);
    }
    g_free(rgb);
    g_free(other);
}

/* Guards sides that shrink to a single pixel in the fifth block, and strips: no map is overrun (under
 * AddressSanitizer), and nothing is left unwritten. */
static void test_sizes(void)
{
    static const int sizes[][2] = {{16, 16}, {16, 31}, {17, 16}, {31, 33}, {16, 301}, {301, 16}};
    Vgg16 *net = whole_net;
    for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
        int height = sizes[k][0], width = sizes[k][1];
        size_t count = 3 * (size_t)height * (size_t)width;
        Vgg16Pass *pass = pass_of(net, NST_POOLING_MAX, height, width);
        float *rgb = new_unit(PICTURE_STREAM, count), *drgb = g_new0(float, count);
        forward(pass, VGG16_LAYERS, height, width, rgb);
        for (int layer = 0; layer < VGG16_LAYERS; layer++) {
            g_assert_cmpuint(count_of(pass, layer), ==,
                             plain_positions(layer, height, width) * network_bias_count(layer));
            for (size_t i = 0; i < count_of(pass, layer); i++)
                g_assert_true(isfinite(vgg16_features(pass, layer)[i]));
        }
        vgg16_backward(pass, inject_one, pass, drgb, 3 * (size_t)width);
        for (size_t i = 0; i < count; i++)
            g_assert_true(isfinite(drgb[i]));
        g_free(rgb);
        g_free(drgb);
        vgg16_pass_free(pass);
    }
}

/* Guards determinism through the whole network. */
static void test_worker_counts(void)
{
    float *first = NULL, *rgb = new_unit(PICTURE_STREAM, PIXELS * 3);
    for (int count = 1; count <= 5; count++) {
        Workers *workers = made_workers(count);
        Vgg16 *net = made_vgg16(whole, 8, workers);
        Vgg16Pass *pass = pass_of(net, NST_POOLING_MAX, HEIGHT, WIDTH);
        float *drgb = g_new0(float, PIXELS * 3);
        forward(pass, 8, HEIGHT, WIDTH, rgb);
        vgg16_backward(pass, inject_one, pass, drgb, 3 * WIDTH);
        if (first)
            g_assert_cmpmem(first, PIXELS * 12, drgb, PIXELS * 12);
        else
            first = g_steal_pointer(&drgb);
        g_free(drgb);
        vgg16_pass_free(pass);
        vgg16_free(net);
        workers_free(workers);
    }
    g_free(first);
    g_free(rgb);
}

/* What a pass computes with the first `layers` layers: the deepest features, and the picture's gradient. */
typedef struct Computed {
    float *features, *drgb;
    size_t count;
} Computed;

static Computed compute(Vgg16Pass *pass, int layers, const float *rgb)
{
    forward(pass, layers, HEIGHT, WIDTH, rgb);
    size_t count = count_of(pass, layers - 1);
    Computed c = {g_memdup2(vgg16_features(pass, layers - 1), count * sizeof(float)),
                  g_new0(float, PIXELS * 3), count};
    vgg16_backward(pass, inject_one, pass, c.drgb, 3 * WIDTH);
    return c;
}

static void assert_same(const Computed *a, const Computed *b)
{
    g_assert_cmpmem(a->features, a->count * sizeof(float), b->features, b->count * sizeof(float));
    g_assert_cmpmem(a->drgb, PIXELS * 3 * sizeof(float), b->drgb, PIXELS * 3 * sizeof(float));
}

static void computed_free(Computed *c)
{
    g_free(c->features);
    g_free(c->drgb);
}

/* Guards layers that are added later, from the file opened again, and that need more scratch than the crew
 * has: they give the same bits as a network made deep at once, with either pooling, and an earlier pass stays
 * valid. */
static void test_deepen(void)
{
    enum { SHALLOW = 3, DEEP = 10 };
    float *rgb = new_unit(PICTURE_STREAM, PIXELS * 3);
    char *file = g_strdup(weights_path(whole));
    Workers *workers = made_workers(2);
    Weights *weights = made_weights(file);
    Vgg16 *net = made_vgg16(weights, SHALLOW, workers), *deep = made_vgg16(whole, DEEP, crew);
    weights_close(weights);
    Vgg16Pass *early = pass_of(net, NST_POOLING_MAX, HEIGHT, WIDTH);
    Computed before = compute(early, SHALLOW, rgb);
    vgg16_load(early, HEIGHT, WIDTH, rgb, 3 * WIDTH); /* in use, between two evaluations */

    weights = made_weights(file);
    g_assert_cmpint(vgg16_deepen(net, weights, DEEP, NULL), ==, NST_OK);
    g_assert_cmpint(vgg16_depth(net), ==, DEEP);
    g_assert_cmpint(vgg16_deepen(net, weights, SHALLOW, NULL), ==, NST_OK);
    g_assert_cmpint(vgg16_depth(net), ==, DEEP);
    weights_close(weights);

    Computed after = compute(early, SHALLOW, rgb);
    assert_same(&before, &after);
    for (int pooling = 0; pooling < 2; pooling++) {
        Vgg16Pass *pass = pass_of(net, (NstPooling)pooling, HEIGHT, WIDTH),
                  *at_once = pass_of(deep, (NstPooling)pooling, HEIGHT, WIDTH);
        Computed got = compute(pass, DEEP, rgb), want = compute(at_once, DEEP, rgb);
        assert_same(&got, &want);
        computed_free(&got);
        computed_free(&want);
        vgg16_pass_free(pass);
        vgg16_pass_free(at_once);
    }
    computed_free(&before);
    computed_free(&after);
    vgg16_pass_free(early);
    vgg16_free(net);
    vgg16_free(deep);
    workers_free(workers);
    g_free(file);
    g_free(rgb);
}

/* Guards a pass that is shallower than the network: it computes what a shallow network's pass does. */
static void test_deeper_than_the_pass(void)
{
    for (int layers = 1; layers <= 8; layers++) {
        Vgg16 *deep = made_vgg16(whole, 8, crew), *shallow = made_vgg16(whole, layers, crew);
        Vgg16Taps taps = {{false}};
        taps.at[layers - 1] = true;
        Vgg16Pass *pass = made_pass(deep, &taps, NST_POOLING_MAX, HEIGHT, WIDTH),
                  *same = made_pass(shallow, &taps, NST_POOLING_MAX, HEIGHT, WIDTH);
        float *rgb = new_unit(PICTURE_STREAM, PIXELS * 3);
        Computed got = compute(pass, layers, rgb), want = compute(same, layers, rgb);
        assert_same(&got, &want);
        computed_free(&got);
        computed_free(&want);
        g_free(rgb);
        vgg16_pass_free(pass);
        vgg16_pass_free(same);
        vgg16_free(deep);
        vgg16_free(shallow);
    }
}

/* Guards a network that can't be deepened: it stays as it is and works on. */
static void test_deepen_refused(void)
{
    float *rgb = new_unit(PICTURE_STREAM, PIXELS * 3);
    network_write(path, 7, NETWORK_METADATA);
    Weights *weights = made_weights(path);
    Vgg16 *net = made_vgg16(weights, 4, crew);
    Vgg16Pass *pass = pass_of(net, NST_POOLING_MAX, HEIGHT, WIDTH);
    Computed before = compute(pass, 4, rgb);
    NstError error = {0};
    g_assert_cmpint(vgg16_deepen(net, weights, 8, &error), ==, NST_BAD_FILE);
    g_assert_nonnull(strstr(error.message, "relu4_1"));
    g_assert_cmpint(vgg16_depth(net), ==, 4);
    weights_close(weights);

    char *header = network_header(7, false, NETWORK_METADATA);
    GByteArray *data = network_data(7, false), *bytes;
    memset(data->data + data->len - 4, 0xff, 4); /* the last bias of layer 7 */
    bytes = safetensors_bytes(header, data);
    bytes_write(path, bytes->data, bytes->len);
    weights = made_weights(path);
    g_assert_cmpint(vgg16_deepen(net, weights, 7, NULL), ==, NST_BAD_FILE);
    g_assert_cmpint(vgg16_depth(net), ==, 4);
    Computed after = compute(pass, 4, rgb);
    assert_same(&before, &after);
    g_assert_cmpint(vgg16_deepen(net, weights, 6, NULL), ==, NST_OK); /* those are sound */
    g_assert_cmpint(vgg16_depth(net), ==, 6);
    weights_close(weights);
    g_byte_array_unref(bytes);
    g_byte_array_unref(data);
    g_free(header);
    computed_free(&before);
    computed_free(&after);
    vgg16_pass_free(pass);
    vgg16_free(net);
    g_free(rgb);
}

static void assert_refused(int layers, int wanted, const char *named)
{
    Weights *weights = made_weights(path);
    g_assert_cmpint(weights_layers(weights), ==, layers);
    NstError error = {0};
    Vgg16 *net;
    g_assert_cmpint(vgg16_new(&net, weights, wanted, crew, &error), ==, NST_BAD_FILE);
    g_assert_null(net);
    g_assert_nonnull(strstr(error.message, named));
    g_assert_nonnull(strstr(error.message, path));
    weights_close(weights);
}

/* Guards layers that the file ends before, and values that are not finite: both are refused by name. */
static void test_refused(void)
{
    network_write(path, 7, NETWORK_METADATA);
    assert_refused(7, 8, "relu3_3");
    assert_refused(7, 13, "relu5_3");

    char *header = network_header(2, false, NETWORK_METADATA);
    GByteArray *data = network_data(2, false);
    memset(data->data + data->len - 4, 0xff, 4);
    GByteArray *bytes = safetensors_bytes(header, data);
    bytes_write(path, bytes->data, bytes->len);
    assert_refused(2, 2, "not finite");
    g_byte_array_unref(bytes);
    g_byte_array_unref(data);
    g_free(header);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = made_workers(2);
    folder = temp_folder();
    char *thirteen = g_build_filename(folder, "thirteen.safetensors", NULL);
    path = g_build_filename(folder, "weights.safetensors", NULL);
    network_write(thirteen, VGG16_LAYERS, NETWORK_METADATA);
    whole = made_weights(thirteen);
    whole_net = made_vgg16(whole, VGG16_LAYERS, crew);

    g_test_add_func("/vgg16/features against PyTorch", test_features);
    g_test_add_func("/vgg16/blue first", test_bgr);
    g_test_add_func("/vgg16/backward, finite differences", test_backward);
    g_test_add_func("/vgg16/whichever layers are tapped", test_taps);
    g_test_add_func("/vgg16/a pass for smaller pictures", test_smaller);
    g_test_add_func("/vgg16/a part in focus", test_focus);
    g_test_add_func("/vgg16/sizes", test_sizes);
    g_test_add_func("/vgg16/any number of workers", test_worker_counts);
    g_test_add_func("/vgg16/deepened", test_deepen);
    g_test_add_func("/vgg16/deeper than the pass", test_deeper_than_the_pass);
    g_test_add_func("/vgg16/not deepened", test_deepen_refused);
    g_test_add_func("/vgg16/refused", test_refused);
    int status = g_test_run();
    vgg16_free(whole_net);
    weights_close(whole);
    workers_free(crew);
    g_free(thirteen);
    g_free(path);
    temp_remove(folder);
    return status;
}
