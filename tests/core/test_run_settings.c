/* test_run_settings.c: settings reach the run: each changes the picture or the scales as it says. What the
 * colours do is in test_run_colors.c, memory-limit in test_run_memory.c, seed and threads in test_run.c. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/run_pictures.h"

#include <math.h>

/* Guards the default content layers: they must be those that the weights file names, and no others. */
static void test_content_layers(void)
{
    static const char *const texts[] = {"iterations=2 scales=1",
                                        "iterations=2 scales=1 content-layers=relu1_1,relu2_1,relu3_1",
                                        "iterations=2 scales=1 content-layers=relu3_3"};
    NstImage result[G_N_ELEMENTS(texts)];
    if (skipped(7))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        result[i] = run(texts[i]);
    g_assert_true(same_bytes(&result[0], &result[1]));
    g_assert_false(same_bytes(&result[0], &result[2]));
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        nst_image_free(&result[i]);
}

/* Guards a choice of the style's statistics that doesn't reach the run. */
static void test_statistics(void)
{
    if (skipped(7))
        return;
    NstImage gram = run("iterations=2 scales=1"),
             covariance = run("iterations=2 scales=1 statistics=covariance");
    g_assert_false(same_bytes(&gram, &covariance));
    nst_image_free(&gram);
    nst_image_free(&covariance);
}

/* Guards a refinement that the run ignores: with 0.5, a fine scale with half the iterations of the coarse
 * one. */
static void test_refinement(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("scales=2 iterations=10 refinement=0.5");
    ScaleLog s = {0};
    NstJob job = logged_job(&settings, &s);
    NstImage result = run_job(&job);
    g_assert_cmpint(s.scale[0].iterations, ==, 10);
    g_assert_cmpint(s.scale[1].iterations, ==, 5);
    nst_image_free(&result);
}

/* Guards the size limit: the result is enlarged to the content's size again and keeps the details that only
 * the full size has. Where nothing is painted, the content comes back unchanged. */
static void test_size_limit(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("size-limit=24 scales=1 iterations=5");
    ScaleLog s = {0};
    NstJob job = logged_job(&settings, &s);
    NstImage result = run_job(&job);
    g_assert_cmpint(s.scale[0].width, ==, 24);
    g_assert_cmpint(s.scale[0].height, ==, 20);
    g_assert_cmpfloat(mean_square(&result, &small_scene), >, 1e-4);
    nst_image_free(&result);
    settings = settings_of("size-limit=24 scales=1 iterations=1 style-weight=0 tv-weight=0");
    job = job_of(&settings);
    result = run_job(&job);
    g_assert_cmpfloat(mean_square(&result, &small_scene), <, 1e-12);
    nst_image_free(&result);
}

/* Guards a style that isn't resized as set, or is enlarged beyond its own pixels. */
static void test_style_scale(void)
{
    static const struct {
        const char *text;
        int width, height;
    } cases[] = {{"style-scale=1", 34, 48}, {"style-scale=0.5", 17, 24}, {"style-scale=4", 40, 56}};
    if (skipped(7))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        NstSettings settings = settings_of(cases[i].text);
        settings.scales = settings.iterations = 1;
        ScaleLog s = {0};
        NstJob job = logged_job(&settings, &s);
        NstImage result = run_job(&job);
        g_assert_cmpint(s.scale[0].style_width, ==, cases[i].width);
        g_assert_cmpint(s.scale[0].style_height, ==, cases[i].height);
        nst_image_free(&result);
    }
}

/* A wall in soft light, so that all strokes in the result are the painting's. */
static NstImage wall(int side)
{
    NstImage image = new_picture(side, side);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
            for (int c = 0; c < 3; c++)
                pixel_at(&image, x, y)[c] = 0.5F + 0.1F * sinf(0.11F * (float)x) * cosf(0.07F * (float)y);
    return image;
}

/* Stripes of that period, which swing. */
static NstImage stripes(int side, double period)
{
    NstImage image = new_picture(side, side);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
            for (int c = 0; c < 3; c++)
                pixel_at(&image, x, y)[c] =
                    (float)(0.5 + 0.4 * sin(6.283185 * (x + 0.5 * y + 3 * sin(0.1 * y)) / period));
    return image;
}

/* How broad the strokes are: pixels from light to dark and from dark to light along rows. What is within
 * half a standard deviation of the mean is neither, so that grain doesn't count. */
static double stroke_width(const NstImage *picture)
{
    double mean = 0, square = 0, count = (double)nst_image_floats(picture);
    int changes = 0;
    for (size_t i = 0; i < nst_image_floats(picture); i++) {
        mean += picture->rgb[i] / count;
        square += picture->rgb[i] * picture->rgb[i] / count;
    }
    double margin = sqrt(square - mean * mean) / 2;
    for (int y = 0; y < picture->height; y++) {
        int last = 0; /* -1: dark, 1: light */
        for (int x = 0; x < picture->width; x++) {
            double value = pixel_at(picture, x, y)[1] - mean;
            int now = value > margin ? 1 : value < -margin ? -1 : last;
            changes += now * last < 0;
            last = now;
        }
    }
    return (double)picture->width * picture->height / changes;
}

static double strokes_of(const char *method, double brush)
{
    char text[128];
    g_snprintf(text, sizeof text, "method=%s brush-size=%g strength=100 iterations=20", method, brush);
    NstSettings settings = settings_of(text);
    NstImage content = wall(128), style = stripes(128, 8);
    NstJob job = job_of(&settings);
    job.content = &content;
    job.style = &style;
    NstImage result = run_job(&job);
    double width = stroke_width(&result);
    nst_image_free(&content);
    nst_image_free(&style);
    nst_image_free(&result);
    return width;
}

/* Guards the brush: twice as large, twice as broad strokes, by either method, from a painting that has no
 * more pixels than the picture. (By Gatys', style-scale alone had no effect there.) */
static void test_brush_size(void)
{
    static const char *const methods[] = {"painter", "gatys"};
    if (skipped(7))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(methods); i++) {
        double one = strokes_of(methods[i], 1), two = strokes_of(methods[i], 2);
        g_test_message("%s: strokes of %.2f and %.2f px", methods[i], one, two);
        g_assert_cmpfloat(two / one, >, 1.5);
        g_assert_cmpfloat(two / one, <, 2.7);
    }
}

/* Guards the three starts: after one small step the picture is still near where it began. */
static void test_start(void)
{
    if (skipped(7))
        return;
    NstImage other = texture(61, 37); /* resized to the content's size */
    NstSettings settings = settings_of("start=layer iterations=1 scales=1");
    NstJob job = job_of(&settings);
    job.start = &other;
    NstImage from_layer = run_job(&job), from_content = run("start=content iterations=1 scales=1");
    NstImage from_noise = run("start=noise iterations=1 scales=1");
    g_assert_cmpfloat(mean_square(&from_content, &small_scene), <, 0.03 * 0.03);
    g_assert_cmpfloat(mean_square(&from_layer, &small_scene), >, 0.15 * 0.15);
    g_assert_cmpfloat(mean_square(&from_noise, &small_scene), >, 0.15 * 0.15);

    settings = settings_of("start=layer iterations=1 scales=1");
    job.start = &small_scene;
    NstImage as_content = run_job(&job);
    g_assert_true(same_bytes(&as_content, &from_content));
    nst_image_free(&as_content);
    nst_image_free(&from_layer);
    nst_image_free(&from_content);
    nst_image_free(&from_noise);
    nst_image_free(&other);
}

static int keep_last(const NstProgress *p, void *data)
{
    *(NstProgress *)data = *p;
    return 0;
}

/* Guards the one setting that most users change: more strength gives more style and less content. */
static void test_strength(void)
{
    if (skipped(7))
        return;
    NstProgress last[3];
    static const char *const texts[] = {"strength=0 iterations=25", "strength=50 iterations=25",
                                        "strength=100 iterations=25"};
    for (int i = 0; i < 3; i++) {
        NstSettings settings = settings_of(texts[i]);
        NstJob job = job_of(&settings);
        job.progress = keep_last;
        job.data = &last[i];
        NstImage result = run_job(&job);
        nst_image_free(&result);
        g_test_message("%s: content %.4g, style %.4g", texts[i], last[i].content_loss, last[i].style_loss);
    }
    for (int i = 1; i < 3; i++) {
        g_assert_cmpfloat(last[i].style_loss, <, last[i - 1].style_loss);
        g_assert_cmpfloat(last[i].content_loss, >, last[i - 1].content_loss);
    }
}

int main(int argc, char **argv)
{
    run_pictures_begin(&argc, &argv);
    g_test_add_func("/nst/content layers", test_content_layers);
    g_test_add_func("/nst/statistics", test_statistics);
    g_test_add_func("/nst/refinement", test_refinement);
    g_test_add_func("/nst/size limit", test_size_limit);
    g_test_add_func("/nst/style scale", test_style_scale);
    g_test_add_func("/nst/brush size", test_brush_size);
    g_test_add_func("/nst/start", test_start);
    g_test_add_func("/nst/strength", test_strength);
    return run_pictures_end();
}
