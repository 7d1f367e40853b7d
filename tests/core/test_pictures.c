/* test_pictures.c: real pictures through the real ImageNet VGG16 (three blocks), against PyTorch. Hashed
 * numbers lack what photographs have: flat areas, saturated colours, activations of very unequal size.
 *
 * The input lies outside the source tree (NST_SHARED, else ../shared) and PyTorch computes its side on the
 * spot (reference/pictures.py); if either is missing the tests skip. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/loss/objective.h"
#include "core/nst.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/oracle.h"

#include <math.h>
#include <string.h>

enum { LAYERS = 7 };

static Workers *crew;
static char *folder;
static Oracle *oracle; /* NULL: skip, for this reason */
static char *reason;

static char *shared_path(void)
{
    const char *shared = g_getenv("NST_SHARED");
    return shared ? g_strdup(shared) : source_path("../shared");
}

static bool have(const char *shared, const char *inside)
{
    char *path = g_build_filename(shared, inside, NULL);
    bool there = g_file_test(path, G_FILE_TEST_EXISTS);
    g_free(path);
    return there;
}

static bool python_has_torch(void)
{
    int status = 1;
    bool ran = g_spawn_command_line_sync("/usr/bin/python3 -c 'import numpy, PIL, torch'", NULL, NULL,
                                         &status, NULL);
    return ran && g_spawn_check_wait_status(status, NULL);
}

/* Has PyTorch compute its side. Once everything for that is there, a failure is a failure and not a skip. */
static void prepare(void)
{
    char *shared = shared_path(), *script = source_path("tests/reference/pictures.py"), *out = NULL,
         *err = NULL;
    if (!have(shared, "imagenet-vgg16/conv3_3.weight.npy") || !have(shared, "pictures/tubingen.jpg")) {
        reason = g_strdup_printf("no imagenet-vgg16 and pictures in %s (NST_SHARED)", shared);
    } else if (!python_has_torch()) {
        reason = g_strdup("no python3-torch, python3-numpy, python3-pil");
    } else {
        char *argv[] = {(char *)"/usr/bin/python3", (char *)"-B", script, shared, folder, NULL};
        int status = 1;
        GError *error = NULL;
        g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status, &error);
        g_assert_no_error(error);
        if (!g_spawn_check_wait_status(status, NULL))
            g_error("%s: %s", script, err);
        g_test_message("%s", g_strchomp(out));
        char *path = g_build_filename(folder, "pictures.safetensors", NULL);
        oracle = oracle_open(path);
        g_free(path);
    }
    g_free(out);
    g_free(err);
    g_free(shared);
    g_free(script);
}

/* One of the oracle's pictures; the oracle owns its floats. */
static NstImage picture(const char *name)
{
    int height = (int)oracle_side(oracle, name, 0), width = (int)oracle_side(oracle, name, 1);
    const float *rgb = oracle_values(oracle, 3 * (size_t)height * (size_t)width, "%s", name);
    return (NstImage){width, height, (float *)rgb};
}

static Vgg16 *network(void)
{
    char *path = g_build_filename(folder, "weights.safetensors", NULL);
    Weights *weights = made_weights(path);
    Vgg16 *net = made_vgg16(weights, LAYERS, crew);
    weights_close(weights);
    g_free(path);
    return net;
}

/* Guards what the network sees in a photograph. */
static void test_features(void)
{
    if (!oracle) {
        g_test_skip(reason);
        return;
    }
    Vgg16 *net = network();
    NstImage image = picture("image");
    Vgg16Taps taps = {{false}};
    for (int layer = 0; layer < LAYERS; layer++)
        taps.at[layer] = true;
    Vgg16Pass *pass = made_pass(net, &taps, NST_POOLING_MAX, image.height, image.width);
    vgg16_load(pass, image.height, image.width, image.rgb, 3 * (size_t)image.width);
    vgg16_forward(pass, LAYERS);
    for (int layer = 0; layer < LAYERS; layer++) {
        size_t positions = (size_t)vgg16_rows(pass, layer) * (size_t)vgg16_columns(pass, layer);
        size_t count = positions * (size_t)vgg16_layers[layer].out_channels;
        oracle_check(oracle, vgg16_layers[layer].name, count, vgg16_features(pass, layer), TOLERANCE);
    }
    vgg16_pass_free(pass);
    vgg16_free(net);
}

/* Guards the whole: what a run would minimise on this content and this style, and its gradient. */
static void test_objective(void)
{
    if (!oracle) {
        g_test_skip(reason);
        return;
    }
    ObjectiveSpec spec = {.content_weight = 1, .style_weight = 10, .tv_weight = 0.05}; /* as in pictures.py */
    g_assert_cmpint(vgg16_layers_parse("relu3_3,relu2_2:0.5", spec.content_layers, NULL), ==, NST_OK);
    g_assert_cmpint(vgg16_layers_parse("relu1_1:0.2,relu2_1,relu3_1:0.7", spec.style_layers, NULL), ==,
                    NST_OK);
    Vgg16 *net = network();
    NstImage content = picture("content"), style = picture("style"), image = picture("image");
    Objective *objective;
    NstStatus status = objective_new(&objective, net, &spec, &objective_whole, &content, &style, NULL);
    g_assert_cmpint(status, ==, NST_OK);
    float *gradient = g_new(float, nst_image_floats(&image));
    Losses losses;
    objective_evaluate(objective, image.rgb, &losses, gradient);

    float values[4] = {(float)losses.content, (float)losses.style, (float)losses.tv, (float)losses.total};
    const float *want = oracle_values(oracle, 4, "losses");
    for (int i = 0; i < 4; i++)
        check_close("loss", 1, &values[i], &want[i], TOLERANCE);
    oracle_check(oracle, "gradient", nst_image_floats(&image), gradient, TOLERANCE);
    g_free(gradient);
    objective_free(objective);
    vgg16_free(net);
}

/* Guards the noise that a run starts from: noise over the whole range of colours is so far from any picture
 * that relu2_1 brings back 17 dB of it. */
static void test_rebuild(void)
{
    if (!oracle) {
        g_test_skip(reason);
        return;
    }
    int side = SANITIZED ? 48 : 128;
    NstImage source = picture("content"), content, result;
    g_assert_cmpint(nst_image_resample(&source, side, side, &content, NULL), ==, NST_OK);
    NstSettings settings;
    nst_settings_default(&settings);
    g_assert_cmpint(
        nst_settings_parse("method=gatys style-weight=0 tv-weight=0 content-layers=relu2_1 start=noise "
                           "iterations=150",
                           &settings, NULL),
        ==, NST_OK);
    char *path = g_build_filename(folder, "weights.safetensors", NULL);
    NstJob job = {.content = &content, .style = &content, .settings = &settings};
    NstError error = {0};
    NstNetwork *network;
    if (nst_open(&network, path, 2, &error) == NST_OK)
        nst_run(network, &job, &result, &error);
    nst_close(network);
    g_assert_cmpstr(error.message, ==, "");
    double sum = 0;
    for (size_t i = 0; i < nst_image_floats(&content); i++)
        sum += pow((double)result.rgb[i] - content.rgb[i], 2);
    double psnr = -10 * log10(sum / (double)nst_image_floats(&content));
    g_test_message("from relu2_1, %d x %d: PSNR %.1f dB", side, side, psnr);
    g_assert_cmpfloat(psnr, >=, 25);
    nst_image_free(&content);
    nst_image_free(&result);
    g_free(path);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = made_workers(2);
    folder = temp_folder();
    prepare();
    g_test_add_func("/pictures/features", test_features);
    g_test_add_func("/pictures/objective", test_objective);
    g_test_add_func("/pictures/content rebuilt", test_rebuild);
    int status = g_test_run();
    if (oracle)
        oracle_close(oracle);
    g_free(reason);
    workers_free(crew);
    temp_remove(folder);
    return status;
}
