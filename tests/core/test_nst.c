/* test_nst.c: whole runs through core's one door, with the built-in weights: NST_WEIGHTS, else
 * weights/default.safetensors; where there are none the tests skip. */
#include "core/base/memory.h"
#include "core/loss/gram.h"
#include "core/network/vgg16.h"
#include "core/nst.h"
#include "core/picture/color.h"
#include "core/picture/mirror.h"
#include "tests/check.h"
#include "tests/hash.h"
#include "tests/made.h"
#include "tests/plain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char *weights_file;
static NstImage content, style; /* 48 x 40 and 40 x 56 */

/* ---- Pictures ---------------------------------------------------------------------------------------- */

static NstImage new_picture(int width, int height)
{
    NstImage image;
    g_assert_cmpint(nst_image_new(&image, width, height, NULL), ==, NST_OK);
    return image;
}

static float *at(const NstImage *image, int x, int y)
{
    return image->rgb + ((size_t)y * (size_t)image->width + (size_t)x) * 3;
}

/* A scene to be recognised again: a sky that darkens, a sun, a hill with stripes, a box. */
static NstImage scene(int width, int height)
{
    NstImage image = new_picture(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            double u = (x + 0.5) / width, v = (y + 0.5) / height;
            double rgb[3] = {0.25 + 0.3 * v, 0.45 + 0.3 * v, 0.85 - 0.2 * v};
            if (hypot(u - 0.7, v - 0.28) < 0.16)
                rgb[0] = 0.95, rgb[1] = 0.85, rgb[2] = 0.3;
            if (v > 0.62 + 0.15 * sin(5 * u))
                rgb[0] = 0.2 + 0.15 * sin(40 * u), rgb[1] = 0.5 - 0.2 * v, rgb[2] = 0.15;
            if (fabs(u - 0.3) < 0.12 && fabs(v - 0.55) < 0.2)
                rgb[0] = 0.7, rgb[1] = 0.15, rgb[2] = 0.2 + 0.4 * u;
            for (int c = 0; c < 3; c++)
                at(&image, x, y)[c] = (float)rgb[c];
        }
    return image;
}

/* A texture: slanted, wavy bands of two colours with grain. */
static NstImage texture(int width, int height)
{
    NstImage image = new_picture(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            double band = 0.5 + 0.5 * sin(0.5 * x + 0.35 * y + 1.5 * sin(0.15 * y));
            double grain = 0.1 * hash_signed(1, (uint32_t)(y * width + x));
            float *rgb = at(&image, x, y);
            rgb[0] = (float)(0.15 + 0.7 * band + grain);
            rgb[1] = (float)(0.25 + 0.4 * band + grain);
            rgb[2] = (float)(0.6 - 0.4 * band + grain);
        }
    return image;
}

static void assert_valid(const NstImage *image, int width, int height)
{
    g_assert_nonnull(image->rgb);
    g_assert_cmpint(image->width, ==, width);
    g_assert_cmpint(image->height, ==, height);
    for (size_t i = 0; i < nst_image_floats(image); i++)
        g_assert_true(image->rgb[i] >= 0 && image->rgb[i] <= 1); /* false for NaN */
}

static bool same_bytes(const NstImage *a, const NstImage *b)
{
    return a->width == b->width && a->height == b->height &&
           memcmp(a->rgb, b->rgb, nst_image_floats(a) * sizeof(float)) == 0;
}

static double mean_square(const NstImage *a, const NstImage *b)
{
    double sum = 0;
    for (size_t i = 0; i < nst_image_floats(a); i++)
        sum += ((double)a->rgb[i] - b->rgb[i]) * ((double)a->rgb[i] - b->rgb[i]);
    return sum / (double)nst_image_floats(a);
}

/* ---- Runs -------------------------------------------------------------------------------------------- */

/* As many iterations at each scale, unless the text says otherwise: that counts more easily. */
static NstSettings settings_of(const char *text)
{
    NstSettings settings;
    NstError error = {0};
    nst_settings_default(&settings);
    settings.refinement = 1;
    nst_settings_parse(text, &settings, &error);
    g_assert_cmpstr(error.message, ==, "");
    return settings;
}

static NstJob job_of(const NstSettings *settings)
{
    return (NstJob){.content = &content,
                    .style = &style,
                    .settings = settings,
                    .default_weights = weights_file,
                    .threads = 2};
}

/* A run that must succeed; the caller frees the result. */
static NstImage run_job(const NstJob *job)
{
    NstImage result;
    NstError error = {0};
    NstStatus status = nst_run(job, &result, &error);
    g_assert_cmpstr(error.message, ==, "");
    g_assert_cmpint(status, ==, NST_OK);
    assert_valid(&result, job->content->width, job->content->height);
    return result;
}

static NstImage run(const char *text)
{
    NstSettings settings = settings_of(text);
    NstJob job = job_of(&settings);
    return run_job(&job);
}

/* Does the test lack the weights it needs? Says so. */
static bool skipped(int layers)
{
    if (!g_file_test(weights_file, G_FILE_TEST_EXISTS)) {
        char *why = g_strdup_printf("no weights file %s (NST_WEIGHTS)", weights_file);
        g_test_skip(why);
        g_free(why);
        return true;
    }
    Weights *weights = made_weights(weights_file);
    bool enough = weights_layers(weights) >= layers;
    weights_close(weights);
    if (!enough)
        g_test_skip("the weights file ends before the layers that this needs");
    return !enough;
}

/* ---- Tests ------------------------------------------------------------------------------------------- */

/* Guards results that hang on the machine's load: bytes must not change with the number of threads. */
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

/* Guards noise that can't be had again, and a seed without effect. */
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

/* Guards layers that the user leaves to the network: they must be what it would have them, and no others. */
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

/* Guards a choice of the style's statistics that the run doesn't hear of. */
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

/* Guards anything global: two runs at once must not notice each other. */
static void test_two_runs(void)
{
    if (skipped(7))
        return;
    static const char *const texts[2] = {"iterations=6 start=noise", "iterations=5 style-layers=relu2_2"};
    GThread *thread[2];
    for (int i = 0; i < 2; i++)
        thread[i] = g_thread_new("run", run_in_thread, (gpointer)texts[i]);
    for (int i = 0; i < 2; i++) {
        NstImage *beside = g_thread_join(thread[i]), alone = run(texts[i]);
        g_assert_true(same_bytes(beside, &alone));
        nst_image_free(beside);
        nst_image_free(&alone);
        g_free(beside);
    }
}

/* What progress saw. */
typedef struct Watch {
    int calls, stop_at;
    NstProgress last;
    const NstSettings *settings;
} Watch;

static int watch(const NstProgress *p, void *data)
{
    Watch *w = data;
    bool same_scale = w->calls > 0 && p->scale == w->last.scale;
    g_assert_cmpfloat(p->fraction, >, w->last.fraction);
    g_assert_cmpfloat(p->fraction, <=, 1);
    g_assert_cmpint(p->iteration, ==, same_scale ? w->last.iteration + 1 : 1);
    g_assert_cmpint(p->iterations, ==, w->settings->iterations);
    g_assert_true(p->scale == w->last.scale || p->scale == w->last.scale + 1);
    if (same_scale)
        g_assert_cmpfloat(p->loss, <=, w->last.loss); /* the best so far */
    double total = w->settings->content_weight * p->content_loss + w->settings->style_weight * p->style_loss +
                   w->settings->tv_weight * p->tv_loss; /* at strength 50 */
    g_assert_cmpfloat(fabs(total - p->loss), <=, 1e-9 * total);
    w->last = *p;
    w->calls++;
    return w->calls == w->stop_at;
}

/* Guards the progress bar, its figures, and the time left that is told from them. */
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
    g_assert_cmpint(w.last.width, ==, content.width);
    g_assert_cmpint(w.last.height, ==, content.height);
    g_assert_cmpfloat_with_epsilon(w.last.fraction, 1, 1e-12);
    nst_image_free(&result);
}

/* What was told of each scale, beside the progress within it. */
typedef struct Scales {
    NstScale scale[2];
    NstForecast forecast;
    NstProgress last;
    int count, stop_at;
} Scales;

static int keep_progress(const NstProgress *p, void *data)
{
    Scales *s = data;
    s->last = *p;
    return p->scale == 2 && p->iteration == s->stop_at;
}

static void keep_forecast(const NstForecast *forecast, void *data)
{
    ((Scales *)data)->forecast = *forecast;
}

static void keep_scale(const NstScale *scale, void *data)
{
    Scales *s = data;
    g_assert_cmpint(s->count, <, 2);
    g_assert_cmpint(scale->iterations, ==, s->last.iteration);
    g_assert_cmpint(scale->width, ==, s->last.width);
    g_assert_cmpfloat(scale->end.total, ==, s->last.loss);
    g_assert_cmpfloat(scale->end.style, ==, s->last.style_loss);
    s->scale[s->count++] = *scale;
}

static NstJob told_job(const NstSettings *settings, Scales *scales)
{
    NstJob job = job_of(settings);
    job.progress = keep_progress;
    job.scale = keep_scale;
    job.data = scales;
    return job;
}

/* Guards a refinement that the run doesn't heed: a fine scale with half the iterations of the coarse one. */
static void test_refinement(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("scales=2 iterations=10 refinement=0.5");
    Scales s = {0};
    NstJob job = told_job(&settings, &s);
    NstImage result = run_job(&job);
    g_assert_cmpint(s.scale[0].iterations, ==, 10);
    g_assert_cmpint(s.scale[1].iterations, ==, 5);
    nst_image_free(&result);
}

/* Guards a picture painted within its limit that comes back small, or without the details that only the full
 * size has: what isn't painted over at all comes back as it was. */
static void test_size_limit(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("size-limit=24 scales=1 iterations=5");
    Scales s = {0};
    NstJob job = told_job(&settings, &s);
    NstImage result = run_job(&job);
    g_assert_cmpint(s.scale[0].width, ==, 24);
    g_assert_cmpint(s.scale[0].height, ==, 20);
    g_assert_cmpfloat(mean_square(&result, &content), >, 1e-4);
    nst_image_free(&result);
    settings = settings_of("size-limit=24 scales=1 iterations=1 style-weight=0 tv-weight=0");
    job = job_of(&settings);
    result = run_job(&job);
    g_assert_cmpfloat(mean_square(&result, &content), <, 1e-12);
    nst_image_free(&result);
}

/* Guards a style that isn't looked at in the size that was asked for, or enlarged past its own pixels. */
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
        Scales s = {0};
        NstJob job = told_job(&settings, &s);
        NstImage result = run_job(&job);
        g_assert_cmpint(s.scale[0].style_width, ==, cases[i].width);
        g_assert_cmpint(s.scale[0].style_height, ==, cases[i].height);
        nst_image_free(&result);
    }
}

/* Guards the log: each scale is told when it is done, one that was stopped too, with losses that fell from
 * its start to its end; at the content itself the content's loss starts at 0. */
static void test_scales(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("scales=2 iterations=5");
    for (int stop_at = 0; stop_at <= 3; stop_at += 3) {
        Scales s = {.stop_at = stop_at};
        NstJob job = job_of(&settings);
        job.progress = keep_progress;
        job.forecast = keep_forecast;
        job.scale = keep_scale;
        job.data = &s;
        NstImage result;
        g_assert_cmpint(nst_run(&job, &result, NULL), ==, stop_at ? NST_CANCELLED : NST_OK);
        nst_image_free(&result);
        g_assert_cmpint(s.count, ==, 2);
        g_assert_cmpint(s.scale[1].iterations, ==, stop_at ? stop_at : 5);
        g_assert_cmpint(s.scale[0].width, ==, content.width / 2);
        g_assert_cmpint(s.scale[1].width, ==, content.width);
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

/* The pictures seen while a run paints. */
typedef struct Seen {
    NstImage coarse, reduced; /* of scale 1 when it was done; the same, 10 pixels wide */
    double last_loss, loss_before;
    int calls, more;
} Seen;

static int see(const NstProgress *p, void *data)
{
    Seen *s = data;
    s->calls++;
    s->last_loss = p->loss;
    if (p->scale == 1 && p->scales == 2 && p->iteration == 5) {
        g_assert_cmpint(nst_progress_picture(p, 1000, &s->coarse, NULL), ==, NST_OK);
        g_assert_cmpint(nst_progress_picture(p, 10, &s->reduced, NULL), ==, NST_OK);
    }
    return 0;
}

/* Guards the preview: it is the whole run's coarse scale to the bit, in the content's colours too where they
 * are kept, and what is seen of a run in progress is what it would hand back. */
static void test_preview(void)
{
    if (skipped(7))
        return;
    static const char *const kinds[] = {"scales=2 iterations=5", "scales=2 iterations=5 color=luminance",
                                        "scales=2 iterations=5 start=noise"};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        NstSettings settings = settings_of(kinds[i]);
        NstJob job = job_of(&settings);
        Seen seen = {0};
        job.progress = see;
        job.data = &seen;
        NstImage whole = run_job(&job), preview = {0};
        g_assert_cmpint(seen.calls, ==, 10);
        job.progress = NULL;
        job.preview = 24;
        g_assert_cmpint(nst_run(&job, &preview, NULL), ==, NST_OK);
        assert_valid(&preview, 24, 20);
        g_assert_true(same_bytes(&preview, &seen.coarse));
        assert_valid(&seen.reduced, 10, 8);
        job.preview = 25; /* none has so many but the last */
        NstImage all = run_job(&job);
        g_assert_true(same_bytes(&all, &whole));
        nst_image_free(&all);
        nst_image_free(&preview);
        nst_image_free(&whole);
        nst_image_free(&seen.coarse);
        nst_image_free(&seen.reduced);
    }
}

static int three_more(void *data)
{
    Seen *s = data;
    if (s->more++ == 0)
        s->loss_before = s->last_loss;
    return s->more <= 2 ? 3 : 0;
}

/* Guards Continue: it is asked for at the end of the last scale alone, goes on as if it had never stopped,
 * and lowers the loss. */
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
        Seen seen = {0};
        job.progress = see;
        job.more = three_more;
        job.data = &seen;
        NstImage pieces = run_job(&job);
        g_assert_true(same_bytes(&once, &pieces));
        g_assert_cmpint(seen.calls, ==, 10);
        g_assert_cmpint(seen.more, ==, 3);
        g_assert_cmpfloat(seen.last_loss, <, seen.loss_before);
        settings.scales = 2;
        seen = (Seen){0};
        nst_image_free(&pieces);
        pieces = run_job(&job);
        g_assert_cmpint(seen.calls, ==, 4 + 10);
        nst_image_free(&pieces);
        nst_image_free(&once);
    }
}

/* Guards Cancel: it stops at once and hands back the best so far, at the content's size even from a coarse
 * scale; on one scale that is just what a run of three iterations gives. */
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
        g_assert_cmpint(nst_run(&job, &result, &error), ==, NST_CANCELLED);
        g_assert_cmpint(w.calls, ==, 3);
        assert_valid(&result, content.width, content.height);
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

/* Says yes when it is asked for the last time. */
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

/* Guards an order to stop in the middle of an iteration: wherever it comes, the result is that of the last
 * whole iteration, to the bit (with Adam, which has gone on from there, to 16 bits), and nobody is asked
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
            NstStatus status = nst_run(&job, &result, NULL);
            if (status == NST_OK) { /* it was done before it was told */
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
            g_assert_cmpfloat(farthest(s.watch.calls > 0 ? &whole : &content, &result), <=, apart[i]);
            nst_image_free(&whole);
            nst_image_free(&result);
        }
        g_test_message("%s: stopped at %d places", kinds[i], stopped);
        g_assert_cmpint(stopped, >=, 4);
    }
}

static void assert_refused(const NstJob *job, NstStatus wanted, const char *named)
{
    NstImage result = {1, 1, NULL};
    NstError error = {0};
    NstStatus status = nst_run(job, &result, &error);
    g_test_message("%s", error.message);
    g_assert_cmpint(status, ==, wanted);
    g_assert_cmpint(error.status, ==, wanted);
    g_assert_nonnull(strstr(error.message, named));
    g_assert_null(result.rgb);
    g_assert_cmpint(nst_run(job, &result, NULL), ==, wanted); /* an error is optional */
}

/* Guards half-made results and unhelpful words: each bad argument is refused and named before any work. */
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
    settings = settings_of("");
    job.default_weights = "/no/such/default";
    assert_refused(&job, NST_BAD_FILE, "/no/such/default");
}

/* Guards the machine: a picture far beyond its memory is refused before anything is touched (there are no
 * pixels behind this one). */
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

/* ---- What a run takes --------------------------------------------------------------------------------- */

static const double MIB = 1 << 20;

/* What was told while a run went on. */
typedef struct Told {
    NstForecast forecast;
    int forecasts, steps;
} Told;

static void hear_forecast(const NstForecast *forecast, void *data)
{
    Told *told = data;
    g_assert_cmpint(told->steps, ==, 0); /* before painting */
    told->forecast = *forecast;
    told->forecasts++;
}

static int hear_progress(const NstProgress *p, void *data)
{
    (void)p;
    ((Told *)data)->steps++;
    return 0;
}

static NstForecast forecast_of(const NstJob *job, NstStatus wanted, NstError *error)
{
    NstForecast forecast;
    *error = (NstError){0};
    NstStatus status = nst_forecast(job, &forecast, error);
    g_test_message("%.1f of %.1f MiB, %d tiles: %s", forecast.bytes / MIB, forecast.limit / MIB,
                   forecast.tiles, error->message);
    g_assert_cmpint(status, ==, wanted);
    g_assert_cmpint(error->status, ==, wanted);
    return forecast;
}

static void assert_names(const NstError *error, double mebibytes)
{
    char *figure = g_strdup_printf("%.0f MiB", mebibytes);
    g_assert_nonnull(strstr(error->message, figure));
    g_free(figure);
}

/* Guards a limit that is exceeded, or told about too late: just under what is needed at least, nothing is
 * painted, and both figures are named; just above it the run goes through. */
static void test_limit_too_low(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("iterations=2 memory-limit=1");
    NstError error = {0};
    Told told = {0};
    NstJob job = job_of(&settings);
    job.forecast = hear_forecast;
    job.progress = hear_progress;
    job.data = &told;
    NstForecast least = forecast_of(&job, NST_NO_MEMORY, &error);
    g_assert_cmpfloat(least.limit, ==, MIB);
    assert_names(&error, ceil(least.bytes / MIB));
    assert_names(&error, 1);

    settings.memory_limit = (int)(least.bytes / MIB) - 4; /* what is there already wavers a little */
    NstForecast under = forecast_of(&job, NST_NO_MEMORY, &error);
    assert_names(&error, ceil(under.bytes / MIB));
    assert_names(&error, settings.memory_limit);
    NstImage result = {1, 1, NULL};
    g_assert_cmpint(nst_run(&job, &result, &error), ==, NST_NO_MEMORY);
    assert_names(&error, settings.memory_limit);
    g_assert_null(result.rgb);
    g_assert_cmpint(told.forecasts + told.steps, ==, 0);

    settings.memory_limit += 16;
    result = run_job(&job);
    g_assert_cmpint(told.forecasts, ==, 1);
    g_assert_cmpfloat(told.forecast.bytes, <=, told.forecast.limit);
    nst_image_free(&result);
}

/* A limit at which the job is painted in tiles: some way below the largest, since a process may give memory
 * back to the system from one run to the next. */
static int limit_for_tiles(NstJob job)
{
    NstError error = {0};
    NstSettings settings = *job.settings;
    job.settings = &settings;
    NstForecast f = forecast_of(&job, NST_OK, &error);
    g_assert_cmpint(f.tiles, ==, 1);
    settings.memory_limit = (int)(f.bytes / MIB) + 64; /* the first forecast may have left something behind */
    while (f.tiles == 1) {
        settings.memory_limit -= 8;
        f = forecast_of(&job, NST_OK, &error);
    }
    return settings.memory_limit - 24;
}

/* Guards the limit's promise: in tiles a picture takes less memory and becomes the same. Not to the last
 * bits: the sums over tiles round otherwise, and L-BFGS's differences of gradients multiply what rounding
 * leaves. The picture has grain, as photographs do: in a row of equal pixels one ReLU within rounding of zero
 * is as many as there are pixels. */
static void test_limit_tiles(void)
{
    if (skipped(7))
        return;
    NstImage picture = SANITIZED ? scene(300, 256) : scene(420, 360);
    for (size_t i = 0; i < nst_image_floats(&picture); i++)
        picture.rgb[i] += 0.02f * hash_unit(3, (uint32_t)i);
    NstSettings settings = settings_of("scales=1 iterations=2");
    NstJob job = job_of(&settings);
    job.content = &picture;
    NstImage whole = run_job(&job);

    Told told = {0};
    job.forecast = hear_forecast;
    job.progress = hear_progress;
    job.data = &told;
    settings.memory_limit = limit_for_tiles(job);
    NstImage tiled = run_job(&job);
    check_close("tiled", nst_image_floats(&whole), tiled.rgb, whole.rgb, 1e-3);
    g_assert_cmpint(told.forecast.tiles, >, 1);
    g_assert_cmpint(told.forecast.optimizer, ==, NST_OPTIMIZER_LBFGS);
    g_assert_cmpfloat(told.forecast.bytes, <=, told.forecast.limit);
    nst_image_free(&whole);
    nst_image_free(&tiled);
    nst_image_free(&picture);
}

/* Guards the dialog's figures: they are told from the sizes alone, and are those of the run. */
static void test_forecast(void)
{
    if (skipped(7))
        return;
    NstImage picture = scene(300, 200);
    NstSettings settings = settings_of("scales=2 iterations=3");
    Told told = {0};
    NstError error = {0};
    NstJob job = job_of(&settings);
    job.content = &picture;
    job.forecast = hear_forecast;
    job.progress = hear_progress;
    job.data = &told;
    double before_run = memory_resident();
    NstImage result = run_job(&job);
    nst_image_free(&result);
    g_assert_cmpint(told.forecasts, ==, 1);
    g_assert_cmpint(told.steps, ==, 6);

    NstImage size = {picture.width, picture.height, NULL}, painting = {style.width, style.height, NULL};
    job.content = &size;
    job.style = &painting;
    double before_forecast = memory_resident();
    NstForecast f = forecast_of(&job, NST_OK, &error);
    g_assert_cmpint(f.evaluations, ==, told.forecast.evaluations);
    g_assert_cmpint(f.evaluations, >=, 6);
    g_assert_cmpint(f.tiles, ==, told.forecast.tiles);
    g_assert_cmpint(f.optimizer, ==, NST_OPTIMIZER_LBFGS);
    g_assert_cmpint(f.history, ==, told.forecast.history);
    g_assert_cmpfloat(f.seconds, >, 0);
    g_assert_cmpfloat(told.forecast.seconds, >, 0);
    /* Both count what the process holds already, which the run between them may have changed. */
    g_assert_cmpfloat(fabs((f.bytes - before_forecast) - (told.forecast.bytes - before_run)), <=, MIB);
    g_assert_cmpfloat(f.bytes, >, 3.0 * 190 * 300 * 200); /* activations of two layers at least */
    nst_image_free(&picture);
}

/* ---- An allocation that fails -------------------------------------------------------------------------- */

/* Bytes of address space of this process. */
static double address_space(void)
{
    char *text;
    g_assert_true(g_file_get_contents("/proc/self/statm", &text, NULL, NULL));
    double bytes = g_ascii_strtod(text, NULL) * (double)sysconf(_SC_PAGESIZE);
    g_free(text);
    return bytes;
}

enum {
    DONE = 10,
    NO_MEMORY,
    SILENT,
    OTHER
}; /* how the child ends: no number that abort or exit would give */

/* In a process of its own: a run with so many bytes of address space to it. Never returns. */
static void run_confined(const NstJob *job, double bytes)
{
    struct rlimit limit = {(rlim_t)bytes, (rlim_t)bytes};
    NstImage result;
    NstError error = {0};
    alarm(60);
    if (setrlimit(RLIMIT_AS, &limit) != 0)
        _exit(OTHER);
    NstStatus status = nst_run(job, &result, &error);
    if (status == NST_NO_MEMORY)
        _exit(error.message[0] ? NO_MEMORY : SILENT);
    _exit(status == NST_OK && result.rgb ? DONE : OTHER);
}

static int confined(const NstJob *job, int mebibytes)
{
    double bytes = address_space() + mebibytes * MIB;
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0)
        run_confined(job, bytes);
    int status;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_test_message("%d MiB more: %s %d", mebibytes, WIFEXITED(status) ? "exit" : "signal",
                   WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
    g_assert_true(WIFEXITED(status));
    g_assert_true(WEXITSTATUS(status) == DONE || WEXITSTATUS(status) == NO_MEMORY);
    return WEXITSTATUS(status);
}

/* Guards the user's image: where the plan was wrong about what there is, an allocation fails half way, and
 * the run says so instead of taking GIMP's plug-in down or hanging (as OpenBLAS does by itself, see
 * workers.c). It comes first of all tests, as OpenBLAS keeps what it once has. */
static void test_confined(void)
{
    if (skipped(7))
        return;
    static const int levels[] = {5, 20, 50, 100, 200, 400};
    NstImage picture = scene(512, 512);
    NstSettings settings = settings_of("iterations=1 scales=1 memory-limit=16777216");
    NstJob job = job_of(&settings);
    job.content = &picture;
    job.style = &picture;
    for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
        int end = confined(&job, levels[i]);
        g_assert_true(levels[i] > 100 || end == NO_MEMORY); /* the activations alone take more */
    }
    int too_little = 100, enough = 16384;
    g_assert_cmpint(confined(&job, enough), ==, DONE);
    while (enough - too_little > 8) { /* ends among the last allocations of all */
        int middle = (too_little + enough) / 2;
        if (confined(&job, middle) == DONE)
            enough = middle;
        else
            too_little = middle;
    }
    nst_image_free(&picture);
}

/* Guards the smallest, odd and extreme shapes, and a style of quite another shape. */
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

/* Guards float pictures: what lies outside 0..1, or is no number, counts as clamped. */
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
    g_assert_cmpfloat(mean_square(&from_content, &content), <, 0.03 * 0.03);
    g_assert_cmpfloat(mean_square(&from_layer, &content), >, 0.15 * 0.15);
    g_assert_cmpfloat(mean_square(&from_noise, &content), >, 0.15 * 0.15);

    settings = settings_of("start=layer iterations=1 scales=1");
    job.start = &content;
    NstImage as_content = run_job(&job);
    g_assert_true(same_bytes(&as_content, &from_content));
    nst_image_free(&as_content);
    nst_image_free(&from_layer);
    nst_image_free(&from_content);
    nst_image_free(&from_noise);
    nst_image_free(&other);
}

/* ---- Whose colours ------------------------------------------------------------------------------------ */

static double luma_of(const float *rgb)
{
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

/* How far the two are apart in chroma, at the most, over pixels whose colour is not at the edge of 0..1. */
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

/* Guards `luminance`: the result has the content's chroma, the style's colours say nothing, cancelled or not,
 * with either optimiser and from any start; and what was painted is no longer the content. (Few steps from
 * noise: L-BFGS multiplies what rounding leaves.) */
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
        double apart = chroma_apart(&result, &content, &pixels);
        g_test_message("%s: chroma differs by %.2g over %d pixels", texts[i], apart, pixels);
        g_assert_cmpfloat(apart, <=, 1e-6);
        g_assert_cmpint(pixels, >, content.width * content.height / 2);
        g_assert_cmpfloat(mean_square(&result, &content), >, 0.02 * 0.02);
        job.style = &gray_style;
        NstImage same = run_job(&job);
        if (settings.optimizer == NST_OPTIMIZER_LBFGS) /* Adam steps by a gradient's sign, rounding's too */
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
    g_assert_cmpint(nst_run(&job, &result, NULL), ==, NST_CANCELLED);
    assert_valid(&result, content.width, content.height);
    g_assert_cmpfloat(chroma_apart(&result, &content, &pixels), <=, 1e-6);
    nst_image_free(&result);
    nst_image_free(&painting);
    nst_image_free(&gray_style);
    nst_image_free(&other);
}

/* Guards `match`: it is a run with a style that was recoloured beforehand, at one scale to the bit, and its
 * result is nearer to the content's colours than the style's run comes. */
static void test_match(void)
{
    if (skipped(7))
        return;
    NstImage recoloured = texture(40, 40), plain = texture(40, 40);
    ColorStatistics to = color_statistics(&content), from = color_statistics(&plain);
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

/* What a run takes beside what the process holds already, which wavers from one to the next. */
static double needed_by(const NstJob *job)
{
    NstError error = {0};
    double before = memory_resident();
    return forecast_of(job, NST_OK, &error).bytes - before;
}

/* Guards every mode against pictures without colours, and the plan against the copies it has to count. */
static void test_color_plain(void)
{
    if (skipped(7))
        return;
    NstImage gray = scene(48, 40), flat = new_picture(16, 16), black = new_picture(300, 200);
    ColorMap map = color_gray();
    color_apply(&map, &gray);
    for (size_t i = 0; i < nst_image_floats(&flat); i++)
        flat.rgb[i] = (float)(i % 3) / 3;
    memset(black.rgb, 0, nst_image_floats(&black) * sizeof(float));
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
    NstSettings settings = settings_of("scales=1"), luminance = settings_of("scales=1 color=luminance");
    NstJob job = job_of(&settings), in_gray = job_of(&luminance);
    NstImage size = {900, 700, NULL};
    job.content = job.style = in_gray.content = in_gray.style = &size;
    double picture = 12.0 * size.width * size.height, more = needed_by(&in_gray) - needed_by(&job);
    g_assert_cmpfloat(more, >=, picture - MIB);
    g_assert_cmpfloat(more, <=, 2 * picture + MIB);
    nst_image_free(&gray);
    nst_image_free(&flat);
    nst_image_free(&black);
}

static int keep_last(const NstProgress *p, void *data)
{
    *(NstProgress *)data = *p;
    return 0;
}

/* Guards the one lever that most users touch: more strength, more style and less content. */
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

/* Guards the content's way through the network and back: without style, noise must turn into the content
 * again. Early layers keep nearly all of a picture. How soon it is there is a matter of the weights: with the
 * file before, a quarter of these iterations was enough. Sanitized, where that takes minutes, what comes
 * before the first pooling has to do. */
static void test_rebuild_shallow(void)
{
    if (skipped(7))
        return;
    int side = SANITIZED ? 48 : 128;
    NstImage picture = scene(side, side);
    NstSettings settings = settings_of(
        SANITIZED ? "style-weight=0 tv-weight=0 content-layers=relu1_2 start=noise iterations=100"
                  : "style-weight=0 tv-weight=0 content-layers=relu2_1 start=noise iterations=400");
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

/* Mean luminance of BLOCKS x BLOCKS fields. */
static void fields(const NstImage *image, double field[BLOCKS * BLOCKS])
{
    int count[BLOCKS * BLOCKS] = {0};
    memset(field, 0, BLOCKS * BLOCKS * sizeof *field);
    for (int y = 0; y < image->height; y++)
        for (int x = 0; x < image->width; x++) {
            const float *rgb = at(image, x, y);
            int k = y * BLOCKS / image->height * BLOCKS + x * BLOCKS / image->width;
            field[k] += 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
            count[k]++;
        }
    for (int k = 0; k < BLOCKS * BLOCKS; k++)
        field[k] /= count[k];
}

static double correlation(const NstImage *one, const NstImage *other)
{
    double a[BLOCKS * BLOCKS], b[BLOCKS * BLOCKS], sum[2] = {0}, aa = 0, bb = 0, ab = 0;
    fields(one, a);
    fields(other, b);
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
 * deep features, most of them noise to the eye; some smoothness and coarse scales first choose among them.
 * White noise would correlate by 0 +- 1/8 over 64 fields; one half is four times that. */
static void test_rebuild_deep(void)
{
    if (skipped(9))
        return;
    NstImage picture = scene(96, 96);
    NstSettings settings =
        settings_of("style-weight=0 tv-weight=1 content-layers=relu4_2 start=noise scales=3 iterations=100");
    NstJob job = job_of(&settings);
    job.content = &picture;
    NstImage result = run_job(&job);
    double r = correlation(&result, &picture);
    g_test_message("from relu4_2: correlation of 64 fields %.3f", r);
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

static void check_grams(const NstImage *result, const NstImage *painting)
{
    static const int layers[] = {0, 2, 4}; /* relu1_1, relu2_1, relu3_1: the default */
    Workers *crew = made_workers(2);
    Weights *weights = made_weights(weights_file);
    Vgg16 *net = made_vgg16(weights, 5, crew);
    for (size_t i = 0; i < G_N_ELEMENTS(layers); i++) {
        size_t count =
            (size_t)vgg16_layers[layers[i]].out_channels * (size_t)vgg16_layers[layers[i]].out_channels;
        double *got = gram_of(net, result, layers[i]), *want = gram_of(net, painting, layers[i]);
        double error = sqrt(plain_distance(count, got, want) / plain_squares(count, want));
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
 * within 2 % in Frobenius norm. */
static void test_texture(void)
{
    if (skipped(7))
        return;
    int side = 80;
    NstImage picture = scene(side, side), painting = texture(side, side);
    NstSettings settings = settings_of("content-weight=0 tv-weight=0 start=noise iterations=400");
    NstJob job = job_of(&settings);
    job.content = &picture;
    job.style = &painting;
    NstImage result = run_job(&job);
    check_grams(&result, &painting);
    nst_image_free(&result);
    nst_image_free(&picture);
    nst_image_free(&painting);
}

/* Guards the file that the plug-in ships: all thirteen layers, fit for a repository, every value finite. */
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
    vgg16_free(net);
    workers_free(crew);
    weights_close(weights);
}

int main(int argc, char **argv)
{
    memory_give_back(); /* as the plug-in does: forecasts count what the process holds */
    g_test_init(&argc, &argv, NULL);
    const char *told = g_getenv("NST_WEIGHTS");
    weights_file = told ? g_strdup(told) : source_path("weights/default.safetensors");
    content = scene(48, 40);
    style = texture(40, 56);
    if (!SANITIZED) /* AddressSanitizer takes terabytes of address space, so that no limit can be set */
        g_test_add_func("/nst/too little address space", test_confined);
    g_test_add_func("/nst/built-in weights", test_built_in_weights);
    g_test_add_func("/nst/any number of threads", test_threads);
    g_test_add_func("/nst/seeds", test_seeds);
    g_test_add_func("/nst/two runs at once", test_two_runs);
    g_test_add_func("/nst/content layers", test_content_layers);
    g_test_add_func("/nst/statistics", test_statistics);
    g_test_add_func("/nst/progress", test_progress);
    g_test_add_func("/nst/scales are told", test_scales);
    g_test_add_func("/nst/refinement", test_refinement);
    g_test_add_func("/nst/size limit", test_size_limit);
    g_test_add_func("/nst/style scale", test_style_scale);
    g_test_add_func("/nst/preview", test_preview);
    g_test_add_func("/nst/more", test_more);
    g_test_add_func("/nst/cancel", test_cancel);
    g_test_add_func("/nst/stop within an iteration", test_stop);
    g_test_add_func("/nst/refused", test_refused);
    g_test_add_func("/nst/too large", test_too_large);
    g_test_add_func("/nst/memory limit too low", test_limit_too_low);
    g_test_add_func("/nst/memory limit makes tiles", test_limit_tiles);
    g_test_add_func("/nst/forecast", test_forecast);
    g_test_add_func("/nst/sizes", test_sizes);
    g_test_add_func("/nst/wild values", test_wild_values);
    g_test_add_func("/nst/start", test_start);
    g_test_add_func("/nst/colours: luminance", test_luminance);
    g_test_add_func("/nst/colours: match", test_match);
    g_test_add_func("/nst/colours: plain pictures and memory", test_color_plain);
    g_test_add_func("/nst/strength", test_strength);
    g_test_add_func("/nst/content rebuilt from early layers", test_rebuild_shallow);
    g_test_add_func("/nst/content rebuilt from relu4_2", test_rebuild_deep);
    g_test_add_func("/nst/texture alone", test_texture);
    int status = g_test_run();
    nst_image_free(&content);
    nst_image_free(&style);
    g_free(weights_file);
    return status;
}
