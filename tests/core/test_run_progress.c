/* test_run_progress.c: what a run reports while it paints, and how it is stopped and continued. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"
#include "tests/support/run_pictures.h"

#include <math.h>

/* Guards the progress bar, its figures, and the time left that is computed from them. */
static void test_progress(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("scales=2 iterations=5 start=noise");
    Watch w = {.settings = &settings};
    NstJob job = job_of(&settings);
    job.progress = watch;
    job.data = &w;
    NstImage result = run_job(&job);
    g_assert_cmpint(w.calls, ==, 10);
    g_assert_cmpint(w.last.scale, ==, 2);
    g_assert_cmpint(w.last.scales, ==, 2);
    g_assert_cmpint(w.last.width, ==, small_scene.width);
    g_assert_cmpint(w.last.height, ==, small_scene.height);
    g_assert_cmpfloat_with_epsilon(w.last.fraction, 1, 1e-12);
    nst_image_free(&result);
}

/* Guards the log: each scale is reported when it is done, even one that was stopped, with losses that fell
 * from its start to its end; from the content itself the content loss starts at 0. */
static void test_scales(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("scales=2 iterations=5");
    for (int stop_at = 0; stop_at <= 3; stop_at += 3) {
        ScaleLog s = {.stop_at = stop_at};
        NstJob job = logged_job(&settings, &s);
        job.forecast = log_forecast;
        NstImage result;
        g_assert_cmpint(try_run(&job, &result, NULL), ==, stop_at ? NST_CANCELLED : NST_OK);
        nst_image_free(&result);
        g_assert_cmpint(s.count, ==, 2);
        g_assert_cmpint(s.scale[1].iterations, ==, stop_at ? stop_at : 5);
        g_assert_cmpint(s.scale[0].width, ==, small_scene.width / 2);
        g_assert_cmpint(s.scale[1].width, ==, small_scene.width);
        g_assert_cmpfloat(s.scale[0].start.content, <=, 1e-9);
        g_assert_cmpstr(s.forecast.weights, ==, weights_file);
        g_assert_true(s.forecast.provenance[0]);
        for (int i = 0; i < 2; i++) {
            const NstScale *scale = &s.scale[i];
            g_assert_cmpint(scale->scale, ==, i + 1);
            g_assert_cmpint(scale->scales, ==, 2);
            g_assert_cmpint(MAX(scale->style_width, scale->style_height), ==, scale->width);
            g_assert_cmpint(scale->evaluations, >, scale->iterations);
            g_assert_cmpint(scale->tiles, ==, 1);
            g_assert_cmpfloat(scale->seconds, >, 0);
            g_assert_cmpfloat(scale->end.total, <, scale->start.total);
            g_assert_cmpfloat(scale->end.style_layer[0], >, 0); /* relu1_1 */
            g_assert_cmpfloat(scale->end.style_layer[1], ==, 0);
        }
    }
}

typedef struct Continued {
    int iterations, questions; /* how often progress and more were called */
    double loss, loss_before;  /* the last; when `more` was first called */
} Continued;

static int count_iteration(const NstProgress *p, void *data)
{
    Continued *c = data;
    c->iterations++;
    c->loss = p->loss;
    return 0;
}

/* Three iterations more, twice. */
static int three_more(void *data)
{
    Continued *c = data;
    if (c->questions++ == 0)
        c->loss_before = c->loss;
    return c->questions <= 2 ? 3 : 0;
}

/* Guards Continue: the question comes only at the end of the last scale, the run then continues as if it had
 * never stopped, and the loss falls further. */
static void test_more(void)
{
    if (skipped(7))
        return;
    static const char *const kinds[] = {"scales=1 iterations=10", "scales=1 iterations=10 optimizer=adam"};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        NstSettings settings = settings_of(kinds[i]);
        NstJob job = job_of(&settings);
        NstImage once = run_job(&job);
        settings.iterations = 4;
        Continued continued = {0};
        job.progress = count_iteration;
        job.more = three_more;
        job.data = &continued;
        NstImage pieces = run_job(&job);
        g_assert_true(same_bytes(&once, &pieces));
        g_assert_cmpint(continued.iterations, ==, 10);
        g_assert_cmpint(continued.questions, ==, 3);
        g_assert_cmpfloat(continued.loss, <, continued.loss_before);
        settings.scales = 2;
        continued = (Continued){0};
        nst_image_free(&pieces);
        pieces = run_job(&job);
        g_assert_cmpint(continued.iterations, ==, 4 + 10);
        nst_image_free(&pieces);
        nst_image_free(&once);
    }
}

/* Guards Cancel: the run stops at once and returns its best result so far, at the content's size even from a
 * coarse scale. With one scale that is exactly what a run of three iterations returns. */
static void test_cancel(void)
{
    if (skipped(7))
        return;
    static const char *const kinds[] = {"scales=1 iterations=50", "scales=2 iterations=50",
                                        "scales=1 iterations=50 optimizer=adam"};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        NstSettings settings = settings_of(kinds[i]);
        Watch w = {.settings = &settings, .stop_at = 3};
        NstJob job = job_of(&settings);
        job.progress = watch;
        job.data = &w;
        NstImage result;
        NstError error = {0};
        g_assert_cmpint(try_run(&job, &result, &error), ==, NST_CANCELLED);
        g_assert_cmpint(w.calls, ==, 3);
        assert_valid(&result, small_scene.width, small_scene.height);
        settings.iterations = 3;
        job.progress = NULL;
        if (settings.scales == 1) {
            NstImage three = run_job(&job);
            g_assert_true(same_bytes(&three, &result));
            nst_image_free(&three);
        }
        nst_image_free(&result);
    }
}

/* Stops the run at question number `last`. */
typedef struct Stopper {
    Watch watch;
    int asked, last;
} Stopper;

static bool ask(void *data)
{
    Stopper *s = data;
    return ++s->asked >= s->last;
}

static double farthest(const NstImage *a, const NstImage *b)
{
    double most = 0;
    for (size_t i = 0; i < nst_image_floats(a); i++)
        most = fmax(most, fabs((double)a->rgb[i] - b->rgb[i]));
    return most;
}

/* Guards a stop in the middle of an iteration: wherever it comes, the result is that of the last whole
 * iteration, to the bit (with Adam, which has moved on by then, to 16 bits), and `stop` isn't called
 * again. */
static void test_stop(void)
{
    if (skipped(7))
        return;
    static const char *const kinds[] = {"scales=1 iterations=4", "scales=1 iterations=4 optimizer=adam"};
    static const double apart[] = {0, 1 / 131070.0 + 1e-7};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        int stopped = 0;
        for (int last = 1; last < 1000; last += SANITIZED ? 7 : 3, stopped++) {
            NstSettings settings = settings_of(kinds[i]);
            Stopper s = {.watch = {.settings = &settings}, .last = last};
            NstJob job = job_of(&settings);
            job.progress = watch;
            job.stop = ask;
            job.data = &s;
            NstImage result;
            NstStatus status = try_run(&job, &result, NULL);
            if (status == NST_OK) { /* it ended before that question */
                nst_image_free(&result);
                break;
            }
            g_assert_cmpint(status, ==, NST_CANCELLED);
            g_assert_cmpint(s.asked, ==, last);
            settings.iterations = s.watch.calls;
            job = job_of(&settings);
            NstImage whole = {0};
            if (s.watch.calls > 0)
                whole = run_job(&job);
            g_assert_cmpfloat(farthest(s.watch.calls > 0 ? &whole : &small_scene, &result), <=, apart[i]);
            nst_image_free(&whole);
            nst_image_free(&result);
        }
        g_test_message("%s: stopped at %d places", kinds[i], stopped);
        g_assert_cmpint(stopped, >=, 4);
    }
}

int main(int argc, char **argv)
{
    run_pictures_begin(&argc, &argv);
    g_test_add_func("/nst/progress", test_progress);
    g_test_add_func("/nst/scales are reported", test_scales);
    g_test_add_func("/nst/more", test_more);
    g_test_add_func("/nst/cancel", test_cancel);
    g_test_add_func("/nst/stop within an iteration", test_stop);
    return run_pictures_end();
}
