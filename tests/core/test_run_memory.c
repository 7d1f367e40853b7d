/* test_run_memory.c: a run keeps within its memory limit: the forecast says what it will need, a picture
 * that is too large for the limit is painted in tiles, and one that is too large even for that is refused. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/memory.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/run_pictures.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a run has reported. */
typedef struct Reports {
    NstForecast forecast;
    int forecasts, steps;
} Reports;

static void keep_forecast(const NstForecast *forecast, void *data)
{
    Reports *reports = data;
    g_assert_cmpint(reports->steps, ==, 0); /* before painting */
    reports->forecast = *forecast;
    reports->forecasts++;
}

static int count_step(const NstProgress *p, void *data)
{
    (void)p;
    ((Reports *)data)->steps++;
    return 0;
}

static void assert_names(const NstError *error, double mebibytes)
{
    char *figure = g_strdup_printf("%.0f MiB", mebibytes);
    g_assert_nonnull(strstr(error->message, figure));
    g_free(figure);
}

/* Guards a limit that is exceeded, or refused too late: just below the least that the run needs, nothing is
 * painted, and the message names both figures; just above it the run succeeds. */
static void test_limit_too_low(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("iterations=2 memory-limit=1");
    NstError error = {0};
    Reports reports = {0};
    NstJob job = job_of(&settings);
    job.forecast = keep_forecast;
    job.progress = count_step;
    job.data = &reports;
    NstForecast least = forecast_of(&job, NST_NO_MEMORY, &error);
    g_assert_cmpfloat(least.limit, ==, MIB);
    assert_names(&error, ceil(least.bytes / MIB));
    assert_names(&error, 1);

    settings.memory_limit = (int)(least.bytes / MIB) - 4; /* what the process holds already varies a little */
    NstForecast under = forecast_of(&job, NST_NO_MEMORY, &error);
    assert_names(&error, ceil(under.bytes / MIB));
    assert_names(&error, settings.memory_limit);
    NstImage result = {1, 1, NULL};
    g_assert_cmpint(try_run(&job, &result, &error), ==, NST_NO_MEMORY);
    assert_names(&error, settings.memory_limit);
    g_assert_null(result.rgb);
    g_assert_cmpint(reports.forecasts + reports.steps, ==, 0);

    settings.memory_limit += 16;
    result = run_job(&job);
    g_assert_cmpint(reports.forecasts, ==, 1);
    g_assert_cmpfloat(reports.forecast.bytes, <=, reports.forecast.limit);
    nst_image_free(&result);
}

/* A limit at which the job is painted in tiles: some way below the largest, since a process may give memory
 * back to the system from one run to the next. */
static int limit_for_tiles(NstJob job)
{
    NstError error = {0};
    NstSettings settings = *job.settings;
    job.settings = &settings;
    forecast_of(&job, NST_OK, &error); /* leaves memory behind, which the next one counts */
    NstForecast f = forecast_of(&job, NST_OK, &error);
    g_assert_cmpint(f.tiles, ==, 1);
    settings.memory_limit = (int)(f.bytes / MIB);
    while (f.tiles == 1) {
        settings.memory_limit -= 8;
        f = forecast_of(&job, NST_OK, &error);
    }
    return settings.memory_limit - 24;
}

/* Guards the limit's promise: in tiles a picture takes less memory and the result is the same. It isn't
 * the same to the last bit: sums over tiles round differently, and L-BFGS amplifies that in its
 * differences of gradients. The picture has grain, as photographs do: among equal pixels, one ReLU within
 * rounding of zero means that all of them are. */
static void test_limit_tiles(void)
{
    if (skipped(7))
        return;
    NstImage picture = SANITIZED ? scene(256, 224) : scene(420, 360);
    for (size_t i = 0; i < nst_image_floats(&picture); i++)
        picture.rgb[i] += 0.02f * hash_unit(3, (uint32_t)i);
    NstSettings settings = settings_of("scales=1 iterations=2");
    NstJob job = job_of(&settings);
    job.content = &picture;
    NstImage whole = run_job(&job);

    Reports reports = {0};
    job.forecast = keep_forecast;
    job.progress = count_step;
    job.data = &reports;
    settings.memory_limit = limit_for_tiles(job);
    NstImage tiled = run_job(&job);
    check_close("tiled", nst_image_floats(&whole), tiled.rgb, whole.rgb, 1e-3);
    g_assert_cmpint(reports.forecast.tiles, >, 1);
    g_assert_cmpint(reports.forecast.optimizer, ==, NST_OPTIMIZER_LBFGS);
    g_assert_cmpfloat(reports.forecast.bytes, <=, reports.forecast.limit);
    nst_image_free(&whole);
    nst_image_free(&tiled);
    nst_image_free(&picture);
}

/* Guards the dialog's figures: they are computed from the sizes alone, and are those of the run. */
static void test_forecast(void)
{
    if (skipped(7))
        return;
    NstImage picture = scene(300, 200);
    NstSettings settings = settings_of("scales=2 iterations=3");
    Reports reports = {0};
    NstError error = {0};
    NstJob job = job_of(&settings);
    job.content = &picture;
    job.forecast = keep_forecast;
    job.progress = count_step;
    job.data = &reports;
    /* Networks are opened before the memory is looked at: the forecasts count what comes after. */
    NstNetwork *network, *other;
    NstImage result;
    g_assert_cmpint(open_for(&settings, &network, &error), ==, NST_OK);
    double before_run = memory_resident();
    g_assert_cmpint(nst_run(network, &job, &result, &error), ==, NST_OK);
    nst_image_free(&result);
    nst_close(network);
    g_assert_cmpint(reports.forecasts, ==, 1);
    g_assert_cmpint(reports.steps, ==, 6);

    NstImage size = {picture.width, picture.height, NULL},
             painting = {small_texture.width, small_texture.height, NULL};
    job.content = &size;
    job.style = &painting;
    NstForecast f;
    g_assert_cmpint(open_for(&settings, &other, &error), ==, NST_OK);
    double before_forecast = memory_resident();
    g_assert_cmpint(nst_forecast(other, &job, &f, &error), ==, NST_OK);
    nst_close(other);
    g_assert_cmpint(f.evaluations, ==, reports.forecast.evaluations);
    g_assert_cmpint(f.evaluations, >=, 6);
    g_assert_cmpint(f.tiles, ==, reports.forecast.tiles);
    g_assert_cmpint(f.optimizer, ==, NST_OPTIMIZER_LBFGS);
    g_assert_cmpint(f.history, ==, reports.forecast.history);
    g_assert_cmpfloat(f.seconds, >, 0);
    g_assert_cmpfloat(reports.forecast.seconds, >, 0);
    /* Both count what the process holds already, which the run between them may have changed. */
    g_assert_cmpfloat(fabs((f.bytes - before_forecast) - (reports.forecast.bytes - before_run)), <=, MIB);
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

/* How the child ends: numbers that neither abort nor exit uses. */
enum { DONE = 10, NO_MEMORY, SILENT, OTHER };

/* In a process of its own: a run that may use that many bytes of address space. Never returns. */
static void run_confined(const NstJob *job, double bytes)
{
    struct rlimit limit = {(rlim_t)bytes, (rlim_t)bytes};
    NstImage result;
    NstError error = {0};
    alarm(60);
    if (setrlimit(RLIMIT_AS, &limit) != 0)
        _exit(OTHER);
    NstStatus status = try_run(job, &result, &error);
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

/* Guards the user's image: where the plan was wrong about the memory that is free, an allocation fails
 * half way, and the run says so instead of crashing the plug-in or hanging (as OpenBLAS alone would, see
 * workers.c). This is the first test, since OpenBLAS keeps the memory that it has once got. */
static void test_confined(void)
{
    if (skipped(7))
        return;
    static const int levels[] = {5, 20, 50, 100, 200, 400};
    NstImage picture = scene(256, 256);
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

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
/* AddressSanitizer holds back what was freed, hundreds of MiB of it, and forecasts count what the process
 * holds. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=1:thread_local_quarantine_size_kb=64";
}
#endif

int main(int argc, char **argv)
{
    run_pictures_begin(&argc, &argv);
    if (!SANITIZED) /* AddressSanitizer takes terabytes of address space, so no limit can be set */
        g_test_add_func("/nst/too little address space", test_confined);
    g_test_add_func("/nst/memory limit too low", test_limit_too_low);
    g_test_add_func("/nst/memory limit makes tiles", test_limit_tiles);
    g_test_add_func("/nst/forecast", test_forecast);
    return run_pictures_end();
}
