/* test_run_colors.c: the setting "color": whose colours the result has. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/picture/color.h"
#include "core/plan/run_plan.h"
#include "tests/support/check.h"
#include "tests/support/run_pictures.h"

#include <math.h>

static double luma_of(const float *rgb)
{
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

/* The largest difference between the two in chroma, over pixels whose colour is inside 0..1. Adds their
 * number to *pixels. */
static double chroma_apart(const NstImage *result, const NstImage *from, int *pixels)
{
    double most = 0;
    for (size_t p = 0; p < nst_image_floats(result); p += 3) {
        const float *a = result->rgb + p, *b = from->rgb + p;
        bool inside = true;
        for (int c = 0; c < 3; c++)
            inside = inside && a[c] > 1e-6f && a[c] < 1 - 1e-6f;
        *pixels += inside;
        for (int c = 0; inside && c < 3; c++)
            most = fmax(most, fabs((a[c] - luma_of(a)) - (b[c] - luma_of(b))));
    }
    return most;
}

/* Guards `luminance`: the result has the content's chroma and the style's colours have no effect,
 * cancelled or not, with either optimiser and from any start; and the result is no longer the content.
 * (Few steps from noise, since L-BFGS amplifies rounding.) */
static void test_luminance(void)
{
    if (skipped(7))
        return;
    static const char *const texts[] = {
        "color=luminance iterations=5", "color=luminance iterations=2 start=noise",
        "color=luminance iterations=5 optimizer=adam", "color=luminance iterations=5 start=layer"};
    NstImage painting = texture(40, 40), gray_style = texture(40, 40),
             other = scene(60, 30); /* not resized */
    ColorMap gray = color_gray();
    color_apply(&gray, &gray_style);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        NstSettings settings = settings_of(texts[i]);
        NstJob job = job_of(&settings);
        int pixels = 0;
        job.style = &painting;
        job.start = &other;
        NstImage result = run_job(&job);
        double apart = chroma_apart(&result, &small_scene, &pixels);
        g_test_message("%s: chroma differs by %.2g over %d pixels", texts[i], apart, pixels);
        g_assert_cmpfloat(apart, <=, 1e-6);
        g_assert_cmpint(pixels, >, small_scene.width * small_scene.height / 2);
        g_assert_cmpfloat(mean_square(&result, &small_scene), >, 0.02 * 0.02);
        job.style = &gray_style;
        NstImage same = run_job(&job);
        if (settings.optimizer == NST_OPTIMIZER_LBFGS) /* Adam steps by a gradient's sign, be it rounding */
            check_close("of a gray style", nst_image_floats(&result), same.rgb, result.rgb, 1e-3);
        nst_image_free(&same);
        nst_image_free(&result);
    }
    NstSettings settings = settings_of("color=luminance iterations=5 scales=2");
    Watch w = {.settings = &settings, .stop_at = 3};
    NstJob job = job_of(&settings);
    NstImage result;
    int pixels = 0;
    job.progress = watch;
    job.data = &w;
    g_assert_cmpint(try_run(&job, &result, NULL), ==, NST_CANCELLED);
    assert_valid(&result, small_scene.width, small_scene.height);
    g_assert_cmpfloat(chroma_apart(&result, &small_scene, &pixels), <=, 1e-6);
    nst_image_free(&result);
    nst_image_free(&painting);
    nst_image_free(&gray_style);
    nst_image_free(&other);
}

/* Guards `match`: with one scale it equals, to the bit, a run with a style recoloured in advance, and its
 * result is closer to the content's colours than that of a run with the style's own. */
static void test_match(void)
{
    if (skipped(7))
        return;
    NstImage recoloured = texture(40, 40), plain = texture(40, 40);
    ColorStatistics to = color_statistics(&small_scene), from = color_statistics(&plain);
    ColorMap map = color_match(&from, &to);
    color_apply(&map, &recoloured);
    NstSettings settings = settings_of("scales=1 iterations=30 content-weight=0"), matched = settings;
    matched.color = NST_COLOR_MATCH;
    NstJob job = job_of(&matched), by_hand = job_of(&settings);
    job.style = &plain;
    by_hand.style = &recoloured;
    NstImage got = run_job(&job), want = run_job(&by_hand);
    g_assert_true(same_bytes(&got, &want));
    by_hand.style = &plain;
    NstImage style_s = run_job(&by_hand);
    ColorStatistics a = color_statistics(&got), b = color_statistics(&style_s);
    double near = 0, far = 0;
    for (int c = 0; c < 3; c++) {
        near += fabs(a.mean[c] - to.mean[c]);
        far += fabs(b.mean[c] - to.mean[c]);
    }
    g_test_message("means off by %.3f, with the style's colours by %.3f", near, far);
    g_assert_cmpfloat(near, <, far / 2);
    nst_image_free(&got);
    nst_image_free(&want);
    nst_image_free(&style_s);
    nst_image_free(&recoloured);
    nst_image_free(&plain);
}

/* What a run takes by its plan alone. A forecast counts what the process holds besides, which varies by more
 * than a MiB from one run to the next. */
static double planned(const NstJob *job)
{
    ObjectiveSpec spec = {.content_weight = 1, .style_weight = 1, .tv_weight = 1};
    NstForecast forecast = {0};
    NstError error = {0};
    RunPlan plan;
    g_assert_cmpint(vgg16_layers_parse("relu4_2", spec.content_layers, &error), ==, NST_OK);
    g_assert_cmpint(vgg16_layers_parse(job->settings->style_layers, spec.style_layers, &error), ==, NST_OK);
    run_plan_whole(job, &plan);
    g_assert_cmpint(run_plan_fit(job, &spec, 2, &(MemoryRoom){0, 65536 * MIB}, &plan, &forecast, &error), ==,
                    NST_OK);
    g_test_message("%.1f MiB", forecast.bytes / MIB);
    return forecast.bytes;
}

/* Guards every mode against pictures without colours, and checks that the plan counts the copies they
 * need. */
static void test_color_plain(void)
{
    if (skipped(7))
        return;
    bool small = SANITIZED;
    NstImage gray = scene(48, 40), flat = new_picture(16, 16),
             black = small ? new_picture(75, 50) : new_picture(300, 200);
    ColorMap map = color_gray();
    color_apply(&map, &gray);
    for (size_t i = 0; i < nst_image_floats(&flat); i++)
        flat.rgb[i] = (float)(i % 3) / 3;
    const NstImage *pictures[] = {&gray, &flat, &black};
    static const char *const texts[] = {"color=luminance iterations=2", "color=match iterations=2"};
    for (int i = 0; i < 9; i++)
        for (int mode = 0; mode < 2; mode++) {
            NstSettings settings = settings_of(texts[mode]);
            NstJob job = job_of(&settings);
            job.content = pictures[i / 3];
            job.style = pictures[i % 3];
            NstImage result = run_job(&job);
            nst_image_free(&result);
        }
    NstSettings settings = settings_of("scales=1"), luminance = settings;
    luminance.color = NST_COLOR_LUMINANCE;
    NstJob job = job_of(&settings), in_gray = job_of(&luminance);
    NstImage size = {900, 700, NULL};
    job.content = job.style = in_gray.content = in_gray.style = &size;
    double picture = 12.0 * size.width * size.height, more = planned(&in_gray) - planned(&job);
    g_assert_cmpfloat(more, >=, picture);
    g_assert_cmpfloat(more, <=, 2 * picture);
    nst_image_free(&gray);
    nst_image_free(&flat);
    nst_image_free(&black);
}

int main(int argc, char **argv)
{
    run_pictures_begin(&argc, &argv);
    g_test_add_func("/nst/colours: luminance", test_luminance);
    g_test_add_func("/nst/colours: match", test_match);
    g_test_add_func("/nst/colours: plain pictures and memory", test_color_plain);
    return run_pictures_end();
}
