/* test_run_painter.c: whole runs where the method is painter: the guide in the content's place. What the
 * guide itself has to be is in test_match.c. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"
#include "tests/support/run_pictures.h"

#include <math.h>

#define PAINTER "method=painter iterations=4"

/* The scene again, twice as large. */
static NstJob large_job(const NstSettings *settings, NstImage *content, NstImage *style)
{
    NstJob job = job_of(settings);
    *content = scene(96, 80);
    *style = texture(120, 100);
    job.content = content;
    job.style = style;
    return job;
}

/* Guards the lever: at 0 the result is the photograph, and each step takes it further away. */
static void test_strength(void)
{
    if (skipped(7))
        return;
    double before = 0;
    for (int strength = 0; strength <= 100; strength += SANITIZED ? 50 : 25) {
        char *text = g_strdup_printf(PAINTER " strength=%d", strength);
        NstImage result = run(text);
        double apart = mean_square(&result, &small_scene);
        g_test_message("strength %d: %.3g", strength, apart);
        assert_valid(&result, small_scene.width, small_scene.height);
        if (strength == 0)
            g_assert_cmpfloat(apart, <, 1e-5);
        else
            g_assert_cmpfloat(apart, >, before);
        before = apart;
        nst_image_free(&result);
        g_free(text);
    }
}

/* Squared distance of each pixel's colour to the nearest of the style's, on average. */
static double strange_colours(const NstImage *picture, const NstImage *style)
{
    double sum = 0;
    for (size_t i = 0; i < nst_image_floats(picture); i += 3) {
        double nearest = INFINITY;
        for (size_t k = 0; k < nst_image_floats(style); k += 3) {
            double distance = 0;
            for (size_t c = 0; c < 3; c++)
                distance += pow(picture->rgb[i + c] - style->rgb[k + c], 2);
            nearest = fmin(nearest, distance);
        }
        sum += nearest;
    }
    return sum / (double)(nst_image_floats(picture) / 3);
}

/* Guards what a painter does: the colours of the result are the painting's, where those of the content are
 * not, and more so than by statistics alone. */
static void test_colours(void)
{
    if (skipped(7))
        return;
    NstImage painted = run("method=painter strength=100 iterations=20"),
             washed = run("method=gatys iterations=20");
    double own = strange_colours(&painted, &small_texture), gatys = strange_colours(&washed, &small_texture),
           photograph = strange_colours(&small_scene, &small_texture);
    g_test_message("painter %.3g, gatys %.3g, photograph %.3g", own, gatys, photograph);
    g_assert_cmpfloat(own, <, 0.5 * gatys);
    g_assert_cmpfloat(own, <, 0.1 * photograph);
    nst_image_free(&painted);
    nst_image_free(&washed);
}

/* Guards color=luminance: each pixel keeps the content's hue, and what is dark in it stays gray. */
static void test_luminance(void)
{
    if (skipped(7))
        return;
    NstImage result = run(PAINTER " color=luminance");
    for (int y = 0; y < result.height; y++)
        for (int x = 0; x < result.width; x++) {
            const float *a = pixel_at(&result, x, y), *b = pixel_at(&small_scene, x, y);
            double ya = 0.299 * a[0] + 0.587 * a[1] + 0.114 * a[2],
                   yb = 0.299 * b[0] + 0.587 * b[1] + 0.114 * b[2];
            double red = (a[0] - ya) * (b[2] - yb), blue = (a[2] - ya) * (b[0] - yb);
            g_assert_cmpfloat(fabs(red - blue), <, 2e-3);
        }
    nst_image_free(&result);
}

/* Guards the other starts: the guide is still what is painted, so both end much nearer to the run that
 * starts from it than the photograph is. */
static void test_starts(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("method=painter iterations=24 refinement=1 strength=100 start=layer");
    NstJob job = job_of(&settings);
    NstImage start = new_picture(48, 40);
    job.start = &start;
    NstImage layer = run_job(&job),
             noise = run("method=painter iterations=24 refinement=1 strength=100 start=noise"),
             guide = run("method=painter iterations=24 refinement=1 strength=100");
    double from_layer = mean_square(&layer, &guide), from_noise = mean_square(&noise, &guide);
    g_test_message("from black %.3g, from noise %.3g, photograph %.3g", from_layer, from_noise,
                   mean_square(&small_scene, &guide));
    g_assert_cmpfloat(from_layer, <, 0.5 * mean_square(&small_scene, &guide));
    g_assert_cmpfloat(from_noise, <, 0.5 * mean_square(&small_scene, &guide));
    nst_image_free(&layer);
    nst_image_free(&noise);
    nst_image_free(&guide);
    nst_image_free(&start);
}

/* Guards the threads: they change no bit. */
static void test_threads(void)
{
    if (skipped(7))
        return;
    NstImage one = run(PAINTER " threads=1"), two = run(PAINTER " threads=2"),
             three = run(PAINTER " threads=3");
    g_assert_true(same_bytes(&one, &two));
    g_assert_true(same_bytes(&one, &three));
    nst_image_free(&one);
    nst_image_free(&two);
    nst_image_free(&three);
}

/* Guards the preview and the part: a preview is the run at its scale; a part which is all of the content
 * is the run to the bit, and a smaller one is what the run has there, but for what the network sees of its
 * edges. */
static void test_parts(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("method=painter iterations=2 strength=100 scales=1");
    NstImage content, style, result, whole, half = new_picture(48, 80);
    NstJob job = large_job(&settings, &content, &style);
    NstNetwork *network;
    whole = run_job(&job);
    g_assert_cmpint(open_for(&settings, &network, NULL), ==, NST_OK);
    g_assert_cmpint(nst_run_part(network, &job, &(NstPart){.content = &content}, &result, NULL), ==, NST_OK);
    g_assert_true(same_bytes(&result, &whole));
    nst_image_free(&result);

    for (int y = 0; y < 80; y++)
        for (int x = 0; x < 48; x++)
            for (int c = 0; c < 3; c++)
                pixel_at(&half, x, y)[c] = pixel_at(&content, x + 48, y)[c];
    NstPart part = {.content = &half, .left = 0.5, .right = 1, .bottom = 1};
    g_assert_cmpint(nst_run_part(network, &job, &part, &result, NULL), ==, NST_OK);
    assert_valid(&result, 48, 80);
    double apart = 0, lonely = 0;
    for (int y = 0; y < 80; y++)
        for (int x = 24; x < 48; x++)
            for (int c = 0; c < 3; c++) {
                apart += pow(pixel_at(&result, x, y)[c] - pixel_at(&whole, x + 48, y)[c], 2) / (24 * 80 * 3);
                lonely += pow(pixel_at(&half, x, y)[c] - pixel_at(&whole, x + 48, y)[c], 2) / (24 * 80 * 3);
            }
    g_test_message("the part's inner half is %.3g from the run, the photograph %.3g", apart, lonely);
    g_assert_cmpfloat(apart, <, 0.01 * lonely);
    nst_image_free(&result);
    nst_close(network);
    nst_image_free(&whole);
    nst_image_free(&half);
    nst_image_free(&content);
    nst_image_free(&style);
}

/* Guards the preview: reduced, the run looks like it. */
static void test_preview(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of(PAINTER " scales=2");
    NstImage content, style, preview = {0}, small;
    NstJob job = large_job(&settings, &content, &style);
    NstImage whole = run_job(&job);
    g_assert_cmpint(try_preview(&job, 48, &preview, NULL), ==, NST_OK);
    assert_valid(&preview, 48, 40);
    g_assert_cmpint(nst_image_resample(&whole, 48, 40, &small, NULL), ==, NST_OK);
    double apart = mean_square(&preview, &small);
    g_test_message("the preview is %.3g from the run, the scene %.3g", apart,
                   mean_square(&small_scene, &small));
    g_assert_cmpfloat(apart, <, 0.1 * mean_square(&small_scene, &small));
    nst_image_free(&small);
    nst_image_free(&preview);
    nst_image_free(&whole);
    nst_image_free(&content);
    nst_image_free(&style);
}

/* What a run says while it matches. */
typedef struct Told {
    int matching, painting, stop_at;
    double fraction;
} Told;

static int hear(const NstProgress *p, void *data)
{
    Told *told = data;
    NstImage picture;
    g_assert_cmpfloat(p->fraction, >, told->fraction);
    g_assert_cmpfloat(p->fraction, <=, 1);
    told->fraction = p->fraction;
    if (p->matching)
        g_assert_cmpint(told->painting, ==, 0);
    g_assert_cmpint(p->iteration, ==, told->painting + !p->matching);
    g_assert_cmpint(nst_progress_picture(p, 1000, &picture, NULL), ==, NST_OK);
    assert_valid(&picture, p->width, p->height);
    nst_image_free(&picture);
    told->matching += p->matching;
    told->painting += !p->matching;
    return told->matching == told->stop_at;
}

/* Guards the progress: matching comes first, each scale of it is shown, and the fraction never falls; and
 * a run that is stopped meanwhile returns a picture. */
static void test_progress(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of(PAINTER);
    for (int stop_at = 0; stop_at <= 2; stop_at += SANITIZED ? 2 : 1) {
        NstJob job = job_of(&settings);
        Told told = {.stop_at = stop_at > 0 ? stop_at : -1};
        NstImage result = {0};
        NstError error = {0};
        job.progress = hear;
        job.data = &told;
        g_assert_cmpint(try_run(&job, &result, &error), ==, stop_at > 0 ? NST_CANCELLED : NST_OK);
        assert_valid(&result, small_scene.width, small_scene.height);
        g_assert_cmpint(told.matching, >, 1);
        g_assert_cmpint(told.painting, ==, stop_at > 0 ? 0 : 4);
        nst_image_free(&result);
    }
}

static bool never_go_on(void *data)
{
    int *left = data;
    return (*left)-- <= 0;
}

/* Guards `stop`: wherever it says so in the matching, the run soon ends, with a picture. */
static void test_stopped(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of(PAINTER);
    for (int asked = 0; asked < 60; asked += SANITIZED ? 29 : 7) {
        int left = asked;
        NstJob job = job_of(&settings);
        NstImage result = {0};
        job.stop = never_go_on;
        job.data = &left;
        g_assert_cmpint(try_run(&job, &result, NULL), ==, NST_CANCELLED);
        assert_valid(&result, small_scene.width, small_scene.height);
        nst_image_free(&result);
    }
}

/* Guards the forecast: the guide takes time, and what doesn't fit is refused beforehand. */
static void test_forecast(void)
{
    if (skipped(7))
        return;
    NstSettings painter = settings_of("method=painter scales=1 iterations=1"),
                gatys = settings_of("method=gatys scales=1 iterations=1");
    NstImage content = {400, 300, NULL}, style = {300, 200, NULL};
    NstForecast with, without;
    NstNetwork *network;
    NstError error = {0};
    NstJob job = job_of(&painter);
    job.content = &content;
    job.style = &style;
    g_assert_cmpint(open_for(&painter, &network, NULL), ==, NST_OK);
    g_assert_cmpint(nst_forecast(network, &job, &with, NULL), ==, NST_OK);
    job.settings = &gatys;
    g_assert_cmpint(nst_forecast(network, &job, &without, NULL), ==, NST_OK);
    g_test_message("%.1f and %.1f s, %.0f and %.0f MiB", with.seconds, without.seconds, with.bytes / MIB,
                   without.bytes / MIB);
    g_assert_cmpfloat(with.seconds, >, without.seconds); /* both by the speed that was measured once */
    nst_close(network);

    content = (NstImage){4000, 3000, NULL};
    painter.memory_limit = 500;
    job.settings = &painter;
    forecast_of(&job, NST_NO_MEMORY, &error);
}

int main(int argc, char **argv)
{
    run_pictures_begin(&argc, &argv);
    g_test_add_func("/painter/strength", test_strength);
    g_test_add_func("/painter/colours", test_colours);
    g_test_add_func("/painter/luminance", test_luminance);
    g_test_add_func("/painter/starts", test_starts);
    g_test_add_func("/painter/threads", test_threads);
    g_test_add_func("/painter/parts", test_parts);
    g_test_add_func("/painter/preview", test_preview);
    g_test_add_func("/painter/progress", test_progress);
    g_test_add_func("/painter/stopped", test_stopped);
    g_test_add_func("/painter/forecast", test_forecast);
    return run_pictures_end();
}
