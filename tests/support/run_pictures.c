/* run_pictures.c: see run_pictures.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_pictures.h"

#include "check.h"
#include "core/base/memory.h"
#include "core/weights/weights.h"
#include "hash.h"
#include "made.h"

#include <math.h>
#include <string.h>

char *weights_file;
NstImage small_scene, small_texture;

void run_pictures_begin(int *argc, char ***argv)
{
    memory_give_back(); /* as the plug-in does: forecasts count what the process holds */
    g_test_init(argc, argv, NULL);
    const char *chosen = g_getenv("NST_WEIGHTS");
    weights_file = chosen ? g_strdup(chosen) : source_path("weights/default.safetensors");
    small_scene = scene(48, 40);
    small_texture = texture(40, 56);
}

int run_pictures_end(void)
{
    int status = g_test_run();
    nst_image_free(&small_scene);
    nst_image_free(&small_texture);
    g_free(weights_file);
    return status;
}

bool skipped(int layers)
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

/* ---- Pictures ------------------------------------------------------------------------------------------ */

NstImage new_picture(int width, int height)
{
    NstImage image;
    g_assert_cmpint(nst_image_new(&image, width, height, NULL), ==, NST_OK);
    memset(image.rgb, 0, nst_image_floats(&image) * sizeof(float));
    return image;
}

float *pixel_at(const NstImage *image, int x, int y)
{
    return image->rgb + ((size_t)y * (size_t)image->width + (size_t)x) * 3;
}

NstImage scene(int width, int height)
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
                pixel_at(&image, x, y)[c] = (float)rgb[c];
        }
    return image;
}

NstImage texture(int width, int height)
{
    NstImage image = new_picture(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            double band = 0.5 + 0.5 * sin(0.5 * x + 0.35 * y + 1.5 * sin(0.15 * y));
            double grain = 0.1 * hash_signed(1, (uint32_t)(y * width + x));
            float *rgb = pixel_at(&image, x, y);
            rgb[0] = (float)(0.15 + 0.7 * band + grain);
            rgb[1] = (float)(0.25 + 0.4 * band + grain);
            rgb[2] = (float)(0.6 - 0.4 * band + grain);
        }
    return image;
}

void assert_valid(const NstImage *image, int width, int height)
{
    g_assert_nonnull(image->rgb);
    g_assert_cmpint(image->width, ==, width);
    g_assert_cmpint(image->height, ==, height);
    for (size_t i = 0; i < nst_image_floats(image); i++)
        g_assert_true(image->rgb[i] >= 0 && image->rgb[i] <= 1); /* false for NaN */
}

bool same_bytes(const NstImage *a, const NstImage *b)
{
    return a->width == b->width && a->height == b->height &&
           memcmp(a->rgb, b->rgb, nst_image_floats(a) * sizeof(float)) == 0;
}

double mean_square(const NstImage *a, const NstImage *b)
{
    double sum = 0;
    for (size_t i = 0; i < nst_image_floats(a); i++)
        sum += ((double)a->rgb[i] - b->rgb[i]) * ((double)a->rgb[i] - b->rgb[i]);
    return sum / (double)nst_image_floats(a);
}

/* ---- Runs ---------------------------------------------------------------------------------------------- */

NstSettings settings_of(const char *text)
{
    NstSettings settings;
    NstError error = {0};
    nst_settings_default(&settings);
    settings.refinement = 1;
    settings.method = NST_METHOD_GATYS;
    nst_settings_parse(text, &settings, &error);
    g_assert_cmpstr(error.message, ==, "");
    return settings;
}

NstJob job_of(const NstSettings *settings)
{
    return (NstJob){.content = &small_scene, .style = &small_texture, .settings = settings};
}

NstStatus open_for(const NstSettings *settings, NstNetwork **network, NstError *error)
{
    enum { THREADS = 2 };
    return nst_open(network, settings->weights[0] ? settings->weights : weights_file,
                    settings->threads > 0 ? settings->threads : THREADS, error);
}

NstStatus try_run(const NstJob *job, NstImage *result, NstError *error)
{
    NstNetwork *network;
    *result = (NstImage){0};
    NstStatus status = open_for(job->settings, &network, error);
    if (status == NST_OK)
        status = nst_run(network, job, result, error);
    nst_close(network);
    return status;
}

NstStatus try_preview(const NstJob *job, int side, NstImage *result, NstError *error)
{
    NstNetwork *network;
    NstStatus status = open_for(job->settings, &network, error);
    if (status == NST_OK)
        status = nst_run_preview(network, job, &(NstPreview){.side = side}, result, error);
    nst_close(network);
    return status;
}

NstStatus try_forecast(const NstJob *job, NstForecast *forecast, NstError *error)
{
    NstNetwork *network;
    *forecast = (NstForecast){0};
    NstStatus status = open_for(job->settings, &network, error);
    if (status == NST_OK)
        status = nst_forecast(network, job, forecast, error);
    nst_close(network);
    return status;
}

NstImage run_job(const NstJob *job)
{
    NstImage result;
    NstError error = {0};
    NstStatus status = try_run(job, &result, &error);
    g_assert_cmpstr(error.message, ==, "");
    g_assert_cmpint(status, ==, NST_OK);
    assert_valid(&result, job->content->width, job->content->height);
    return result;
}

NstImage run(const char *text)
{
    NstSettings settings = settings_of(text);
    NstJob job = job_of(&settings);
    return run_job(&job);
}

NstForecast forecast_of(const NstJob *job, NstStatus wanted, NstError *error)
{
    NstForecast forecast;
    *error = (NstError){0};
    NstStatus status = try_forecast(job, &forecast, error);
    g_test_message("%.1f of %.1f MiB, %d tiles: %s", forecast.bytes / MIB, forecast.limit / MIB,
                   forecast.tiles, error->message);
    g_assert_cmpint(status, ==, wanted);
    g_assert_cmpint(error->status, ==, wanted);
    return forecast;
}

/* ---- What a run reports -------------------------------------------------------------------------------- */

int watch(const NstProgress *p, void *data)
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

static int log_progress(const NstProgress *p, void *data)
{
    ScaleLog *log = data;
    log->last = *p;
    return p->scale == 2 && p->iteration == log->stop_at;
}

static void log_scale(const NstScale *scale, void *data)
{
    ScaleLog *log = data;
    g_assert_cmpint(log->count, <, 2);
    g_assert_cmpint(scale->iterations, ==, log->last.iteration);
    g_assert_cmpint(scale->width, ==, log->last.width);
    g_assert_cmpfloat(scale->end.total, ==, log->last.loss);
    g_assert_cmpfloat(scale->end.style, ==, log->last.style_loss);
    log->scale[log->count++] = *scale;
}

void log_forecast(const NstForecast *forecast, void *data)
{
    ((ScaleLog *)data)->forecast = *forecast;
}

NstJob logged_job(const NstSettings *settings, ScaleLog *log)
{
    NstJob job = job_of(settings);
    job.progress = log_progress;
    job.scale = log_scale;
    job.data = log;
    return job;
}
