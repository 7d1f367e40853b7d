/* test_run.c: what every run promises, whatever its settings: the same job gives the same bytes, pictures
 * of any shape and with any values are painted, and a job that can't be done is refused with the reason. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/run_pictures.h"

#include <math.h>
#include <string.h>

/* Guards results that depend on the machine's load: bytes must not change with the number of threads. */
static void test_threads(void)
{
    if (skipped(7))
        return;
    static const int counts[] = {1, 2, 3, 5};
    static const char *const kinds[] = {"optimizer=lbfgs scales=2 iterations=4 start=noise",
                                        "optimizer=adam scales=1 iterations=4 pooling=average",
                                        "color=luminance iterations=4", "color=match iterations=4"};
    for (size_t kind = 0; kind < G_N_ELEMENTS(kinds); kind++) {
        NstImage first = {0};
        for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
            char *text = g_strdup_printf("%s threads=%d", kinds[kind], counts[i]);
            NstImage result = run(text);
            if (first.rgb) {
                g_assert_true(same_bytes(&first, &result));
                nst_image_free(&result);
            } else {
                first = result;
            }
            g_free(text);
        }
        nst_image_free(&first);
    }
}

/* Guards noise that can't be reproduced, and a seed without effect. */
static void test_seeds(void)
{
    if (skipped(7))
        return;
    NstImage a = run("start=noise iterations=2 seed=5"), b = run("start=noise iterations=2 seed=5");
    NstImage c = run("start=noise iterations=2 seed=6");
    g_assert_true(same_bytes(&a, &b));
    g_assert_false(same_bytes(&a, &c));
    nst_image_free(&a);
    nst_image_free(&b);
    nst_image_free(&c);
}

static gpointer run_in_thread(gpointer text)
{
    NstImage *result = g_new(NstImage, 1);
    *result = run(text);
    return result;
}

/* Guards against global state: two runs at once must not notice each other. */
static void test_two_runs(void)
{
    if (skipped(7))
        return;
    static const char *const texts[2] = {"iterations=6 start=noise", "iterations=5 style-layers=relu2_2"};
    GThread *thread[2];
    for (int i = 0; i < 2; i++)
        thread[i] = g_thread_new("run", run_in_thread, (gpointer)texts[i]);
    for (int i = 0; i < 2; i++) {
        NstImage *together = g_thread_join(thread[i]), alone = run(texts[i]);
        g_assert_true(same_bytes(together, &alone));
        nst_image_free(together);
        nst_image_free(&alone);
        g_free(together);
    }
}

/* Guards the smallest, odd and extreme shapes, with a style of a very different shape. */
static void test_sizes(void)
{
    if (skipped(7))
        return;
    static const int sizes[][2] = {{16, 16}, {17, 16}, {31, 33}, {99, 97}, {16, 300}, {300, 16}};
    NstSettings settings = settings_of("iterations=2");
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        NstImage picture = scene(sizes[i][0], sizes[i][1]),
                 painting = texture(sizes[i][1], 16 + sizes[i][0] / 2);
        NstJob job = job_of(&settings);
        job.content = &picture;
        job.style = &painting;
        NstImage result = run_job(&job);
        nst_image_free(&result);
        nst_image_free(&picture);
        nst_image_free(&painting);
    }
}

/* Guards float pictures: values outside 0..1 count as clamped, NaN as 0. */
static void test_wild_values(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("iterations=2");
    NstImage wild = scene(40, 40), tame = scene(40, 40);
    static const float values[][2] = {{-3, 0}, {1.5f, 1}, {INFINITY, 1}, {-INFINITY, 0}, {NAN, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        wild.rgb[100 * i] = values[i][0];
        tame.rgb[100 * i] = values[i][1];
    }
    NstJob job = job_of(&settings);
    job.content = job.style = &wild;
    NstImage a = run_job(&job);
    job.content = job.style = &tame;
    NstImage b = run_job(&job);
    g_assert_true(same_bytes(&a, &b));
    nst_image_free(&a);
    nst_image_free(&b);
    nst_image_free(&wild);
    nst_image_free(&tame);
}

/* A picture of one colour, from column `from` on; left of it is the scene. */
static NstImage page(const float color[3], int from)
{
    NstImage picture = scene(48, 40);
    for (int y = 0; y < picture.height; y++)
        for (int x = from; x < picture.width; x++)
            memcpy(pixel_at(&picture, x, y), color, 3 * sizeof *color);
    return picture;
}

/* As pale as paper, with the texture's strokes. */
static NstImage pale_texture(void)
{
    NstImage picture = texture(40, 56);
    for (size_t i = 0; i < nst_image_floats(&picture); i++)
        picture.rgb[i] = 0.7f + 0.3f * picture.rgb[i];
    return picture;
}

static void assert_painted(const NstImage *content, const NstImage *style)
{
    NstSettings settings = settings_of("iterations=6 scales=1");
    ScaleLog log = {0};
    NstJob job = logged_job(&settings, &log);
    job.content = content;
    job.style = style;
    NstImage result = run_job(&job);
    const NstScale *scale = &log.scale[0];
    g_test_message("%d iterations, loss %g to %g", scale->iterations, scale->start.total, scale->end.total);
    g_assert_cmpint(scale->iterations, ==, 6);
    g_assert_cmpfloat(scale->end.total, <, 0.5 * scale->start.total);
    g_assert_true(nst_scale_improved(scale));
    g_assert_cmpfloat(mean_square(&result, content), >, 0.001);
    nst_image_free(&result);
}

/* Guards against a run of no iterations, called a success: a page of one colour, white above all, has to be
 * painted on, and so has a picture of which a part is so. */
static void test_pages(void)
{
    if (skipped(7))
        return;
    static const float colors[][3] = {{1, 1, 1}, {0, 0, 0}, {1, 1, 0}};
    NstImage pale = pale_texture();
    for (size_t i = 0; i < G_N_ELEMENTS(colors); i++)
        for (int from = 0; from <= 24; from += 24) {
            NstImage content = page(colors[i], from);
            assert_painted(&content, &pale);
            assert_painted(&content, &small_texture);
            nst_image_free(&content);
        }
    nst_image_free(&pale);
}

/* Where the start is as good as can be, it comes back as it is: nothing is disturbed for the worse. */
static void test_nothing_to_do(void)
{
    if (skipped(7))
        return;
    static const char *const texts[] = {"iterations=3 tv-weight=0",
                                        "iterations=3 tv-weight=0 style-weight=0"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        NstSettings settings = settings_of(texts[i]);
        NstJob job = job_of(&settings);
        job.style = job.content;
        NstImage result = run_job(&job);
        g_assert_cmpfloat(mean_square(&result, job.content), <, 1e-6);
        nst_image_free(&result);
    }
}

static void assert_refused(const NstJob *job, NstStatus wanted, const char *named)
{
    NstImage result = {1, 1, NULL};
    NstError error = {0};
    NstStatus status = try_run(job, &result, &error);
    g_test_message("%s", error.message);
    g_assert_cmpint(status, ==, wanted);
    g_assert_cmpint(error.status, ==, wanted);
    g_assert_nonnull(strstr(error.message, named));
    g_assert_null(result.rgb);
    g_assert_cmpint(try_run(job, &result, NULL), ==, wanted); /* an error is optional */
}

/* Guards against partial results and unhelpful messages: each bad argument is refused and named before any
 * work is done. */
static void test_refused(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("iterations=1");
    NstImage small = scene(15, 40), flat = scene(40, 15), empty = {40, 40, NULL};
    const NstImage *bad[] = {NULL, &empty, &small, &flat};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        NstJob job = job_of(&settings);
        job.content = bad[i];
        assert_refused(&job, NST_BAD_ARGUMENT, "content");
        job = job_of(&settings);
        job.style = bad[i];
        assert_refused(&job, NST_BAD_ARGUMENT, "style");
        settings.start = NST_START_LAYER;
        job = job_of(&settings);
        job.start = bad[i];
        assert_refused(&job, NST_BAD_ARGUMENT, "start");
        settings.start = NST_START_CONTENT;
    }
    nst_image_free(&small);
    nst_image_free(&flat);

    NstJob job = job_of(&settings);
    settings.iterations = 0;
    assert_refused(&job, NST_BAD_ARGUMENT, "iterations");
    settings = settings_of("weights=/no/such/file");
    assert_refused(&job, NST_BAD_FILE, "/no/such/file");
}

/* Guards the machine: a picture far too large for its memory is refused before a pixel is read (this one has
 * a single pixel). */
static void test_too_large(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("");
    float pixel[3] = {0};
    NstImage huge = {400000, 400000, pixel};
    NstJob job = job_of(&settings);
    job.content = &huge;
    assert_refused(&job, NST_NO_MEMORY, "400000");
}

int main(int argc, char **argv)
{
    run_pictures_begin(&argc, &argv);
    g_test_add_func("/nst/any number of threads", test_threads);
    g_test_add_func("/nst/seeds", test_seeds);
    g_test_add_func("/nst/two runs at once", test_two_runs);
    g_test_add_func("/nst/sizes", test_sizes);
    g_test_add_func("/nst/wild values", test_wild_values);
    g_test_add_func("/nst/pages of one colour", test_pages);
    g_test_add_func("/nst/nothing to do", test_nothing_to_do);
    g_test_add_func("/nst/refused", test_refused);
    g_test_add_func("/nst/too large", test_too_large);
    return run_pictures_end();
}
