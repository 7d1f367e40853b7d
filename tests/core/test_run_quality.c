/* test_run_quality.c: the built-in weights do what style transfer needs of them: a content is rebuilt from
 * its features alone, a texture from its statistics alone. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/network/vgg16.h"
#include "core/picture/mirror.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/plain.h"
#include "tests/support/run_pictures.h"

#include <math.h>
#include <string.h>

/* Guards the file that the plug-in ships: all thirteen layers, small enough for a repository, every value
 * finite. */
static void test_built_in_weights(void)
{
    if (skipped(1))
        return;
    char *bytes;
    gsize size;
    g_assert_true(g_file_get_contents(weights_file, &bytes, &size, NULL));
    g_free(bytes);
    g_assert_cmpuint(size, <=, 30u << 20);
    Weights *weights = made_weights(weights_file);
    g_assert_cmpint(weights_layers(weights), ==, VGG16_LAYERS);
    g_assert_cmpstr(weights_provenance(weights), !=, "");
    g_assert_cmpstr(weights_content_layers(weights), ==, "relu1_1,relu2_1,relu3_1");
    Workers *crew = made_workers(1);
    Vgg16 *net = made_vgg16(weights, VGG16_LAYERS, crew);
    g_assert_nonnull(net);
    vgg16_free(net);
    workers_free(crew);
    weights_close(weights);
}

/* Guards the content's way through the network and back: without style, noise must turn into the content
 * again. Early layers keep nearly all of a picture. How many iterations that takes depends on the weights:
 * with the previous file a quarter of these was enough. Sanitized, where that takes minutes, a layer
 * before the first pooling must do. */
static void test_rebuild_shallow(void)
{
    if (skipped(7))
        return;
    int side = SANITIZED ? 48 : 96;
    NstImage picture = scene(side, side);
    NstSettings settings = settings_of(
        SANITIZED ? "style-weight=0 tv-weight=0 content-layers=relu1_2 start=noise iterations=100"
                  : "style-weight=0 tv-weight=0 content-layers=relu2_1 start=noise iterations=300");
    NstJob job = job_of(&settings);
    job.content = &picture;
    NstImage result = run_job(&job);
    double psnr = -10 * log10(mean_square(&result, &picture));
    g_test_message("%s, %d x %d: PSNR %.1f dB", settings.content_layers, side, side, psnr);
    g_assert_cmpfloat(psnr, >=, 25);
    nst_image_free(&result);
    nst_image_free(&picture);
}

enum { BLOCKS = 8 };

/* Mean luminance of BLOCKS x BLOCKS blocks. */
static void block_means(const NstImage *image, double mean[BLOCKS * BLOCKS])
{
    int count[BLOCKS * BLOCKS] = {0};
    memset(mean, 0, BLOCKS * BLOCKS * sizeof *mean);
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++) {
            const float *rgb = pixel_at(image, x, y);
            int k = y * BLOCKS / image->height * BLOCKS + x * BLOCKS / image->width;
            mean[k] += 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
            count[k]++;
        }
    for (int k = 0; k < BLOCKS * BLOCKS; k++)
        mean[k] /= count[k];
}

static double correlation(const NstImage *one, const NstImage *other)
{
    double a[BLOCKS * BLOCKS], b[BLOCKS * BLOCKS], sum[2] = {0}, aa = 0, bb = 0, ab = 0;
    block_means(one, a);
    block_means(other, b);
    for (int k = 0; k < BLOCKS * BLOCKS; k++) {
        sum[0] += a[k] / (BLOCKS * BLOCKS);
        sum[1] += b[k] / (BLOCKS * BLOCKS);
    }
    for (int k = 0; k < BLOCKS * BLOCKS; k++) {
        aa += (a[k] - sum[0]) * (a[k] - sum[0]);
        bb += (b[k] - sum[1]) * (b[k] - sum[1]);
        ab += (a[k] - sum[0]) * (b[k] - sum[1]);
    }
    return ab / sqrt(aa * bb);
}

/* Guards the deep layers: they keep less, but the shapes must be there. Many pictures have nearly the same
 * deep features, and most of them look like noise; a little smoothness and starting at coarse scales
 * select among them. White noise would correlate by 0 +- 1/8 over 64 blocks; one half is four times that.
 * Sanitized, the picture is so small that it needs one scale and fewer iterations to come as close. */
static void test_rebuild_deep(void)
{
    if (skipped(9))
        return;
    bool small = SANITIZED;
    NstImage picture = small ? scene(40, 40) : scene(64, 64);
    NstSettings settings = settings_of("style-weight=0 tv-weight=1 content-layers=relu4_2 start=noise");
    settings.scales = small ? 1 : 2;
    settings.iterations = small ? 60 : 80;
    NstJob job = job_of(&settings);
    job.content = &picture;
    NstImage result = run_job(&job);
    double r = correlation(&result, &picture);
    g_test_message("from relu4_2: correlation of 64 blocks %.3f", r);
    g_assert_cmpfloat(r, >=, 0.5);
    nst_image_free(&result);
    nst_image_free(&picture);
}

/* A layer's features of a picture as the losses see them (core/picture/mirror.h), in double. */
static double *features_within(const Vgg16 *net, const NstImage *image, int layer)
{
    Region all = {-MIRROR_EDGE, -MIRROR_EDGE, image->height + MIRROR_EDGE, image->width + MIRROR_EDGE};
    int height = region_rows(&all), width = region_columns(&all), block = vgg16_layers[layer].block;
    Vgg16Taps taps = {{false}};
    taps.at[layer] = true;
    Vgg16Pass *pass = made_pass(net, &taps, NST_POOLING_MAX, height, width);
    float *rgb = g_new(float, 3 * region_positions(&all));
    mirror_copy(image->rgb, image->height, image->width, &all, rgb);
    vgg16_load(pass, height, width, rgb, 3 * (size_t)width);
    vgg16_forward(pass, layer + 1);
    size_t channels = (size_t)vgg16_layers[layer].out_channels,
           row = (size_t)(image->width >> block) * channels;
    double *features = g_new(double, (size_t)(image->height >> block) * row), *to = features;
    int edge = MIRROR_EDGE >> block, across = vgg16_columns(pass, layer);
    for (int y = edge; y < edge + (image->height >> block); y++)
        for (size_t i = 0; i < row; i++)
            *to++ = vgg16_features(pass, layer)[(size_t)(y * across + edge) * channels + i];
    g_free(rgb);
    vgg16_pass_free(pass);
    return features;
}

/* The Gram matrix of a picture at a layer, in double. */
static double *gram_of(const Vgg16 *net, const NstImage *image, int layer)
{
    size_t channels = (size_t)vgg16_layers[layer].out_channels;
    double *features = features_within(net, image, layer), *gram = g_new(double, channels *channels);
    plain_gram(plain_positions(layer, image->height, image->width), channels, features, gram);
    g_free(features);
    return gram;
}

/* At the first `count` of the default style layers: relu1_1, relu2_1, relu3_1. */
static void check_grams(size_t count, const NstImage *result, const NstImage *painting)
{
    static const int layers[] = {0, 2, 4};
    Workers *crew = made_workers(2);
    Weights *weights = made_weights(weights_file);
    Vgg16 *net = made_vgg16(weights, 5, crew);
    g_assert_nonnull(net);
    for (size_t i = 0; i < count; i++) {
        size_t values =
            (size_t)vgg16_layers[layers[i]].out_channels * (size_t)vgg16_layers[layers[i]].out_channels;
        double *got = gram_of(net, result, layers[i]), *want = gram_of(net, painting, layers[i]);
        double error = sqrt(plain_distance(values, got, want) / plain_squares(values, want));
        g_test_message("%s: Gram matrices differ by %.2f %%", vgg16_layers[layers[i]].name, 100 * error);
        g_assert_cmpfloat(error, <=, 0.02);
        g_free(got);
        g_free(want);
    }
    vgg16_free(net);
    weights_close(weights);
    workers_free(crew);
}

/* Guards what style means: without content, noise must take on the style's statistics, each Gram matrix
 * within 2 % in Frobenius norm. The deepest of the default layers takes longest, so sanitized it is left
 * out. */
static void test_texture(void)
{
    if (skipped(7))
        return;
    bool small = SANITIZED;
    int side = small ? 64 : 80;
    NstImage picture = scene(side, side), painting = texture(side, side);
    NstSettings settings = settings_of(
        small ? "content-weight=0 tv-weight=0 start=noise iterations=120 style-layers=relu1_1,relu2_1"
              : "content-weight=0 tv-weight=0 start=noise iterations=400");
    NstJob job = job_of(&settings);
    job.content = &picture;
    job.style = &painting;
    NstImage result = run_job(&job);
    check_grams(small ? 2 : 3, &result, &painting);
    nst_image_free(&result);
    nst_image_free(&picture);
    nst_image_free(&painting);
}

int main(int argc, char **argv)
{
    run_pictures_begin(&argc, &argv);
    g_test_add_func("/nst/built-in weights", test_built_in_weights);
    g_test_add_func("/nst/content rebuilt from early layers", test_rebuild_shallow);
    g_test_add_func("/nst/content rebuilt from relu4_2", test_rebuild_deep);
    g_test_add_func("/nst/texture alone", test_texture);
    return run_pictures_end();
}
