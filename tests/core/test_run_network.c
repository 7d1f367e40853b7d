/* test_run_network.c: what a network keeps from one job to the next must not show in any of them. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/memory.h"
#include "tests/support/check.h"
#include "tests/support/run_pictures.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Jobs that ask different things of a network: deeper layers, then shallower ones, another pooling, tiles,
 * another optimiser. */
static const char *const kinds[] = {
    "scales=2 iterations=3",
    "scales=2 iterations=3 content-layers=relu2_2 style-layers=relu1_1,relu2_1",
    "scales=1 iterations=3 content-layers=relu1_2 style-layers=relu1_1",
    "scales=1 iterations=3 pooling=average statistics=covariance",
    "scales=1 iterations=3 optimizer=adam start=noise",
    "scales=2 iterations=3 content-layers=relu3_3",
};
enum { KINDS = G_N_ELEMENTS(kinds) };

static NstNetwork *opened(void)
{
    NstNetwork *network;
    NstSettings settings = settings_of("");
    g_assert_cmpint(open_for(&settings, &network, NULL), ==, NST_OK);
    return network;
}

static NstImage run_with(NstNetwork *network, const NstJob *job)
{
    NstImage result;
    NstError error = {0};
    g_assert_cmpint(nst_run(network, job, &result, &error), ==, NST_OK);
    return result;
}

/* Guards the layers that are kept: each job gives, to the bit, what it gives with a network of its own. */
static void test_reused(void)
{
    if (skipped(7))
        return;
    NstNetwork *network = opened();
    for (int i = 0; i < KINDS; i++) {
        NstSettings settings = settings_of(kinds[i]);
        NstJob job = job_of(&settings);
        NstImage alone = run_job(&job), shared = run_with(network, &job);
        g_assert_true(same_bytes(&alone, &shared));
        nst_image_free(&alone);
        nst_image_free(&shared);
    }
    nst_close(network);
}

static int stop_at_once(const NstProgress *progress, void *data)
{
    (void)progress, (void)data;
    return 1;
}

static bool always(void *data)
{
    (void)data;
    return true;
}

/* Guards the next job from the order to stop that was given to the one before. */
static void test_after_stop(void)
{
    if (skipped(7))
        return;
    NstNetwork *network = opened();
    NstSettings settings = settings_of(kinds[0]);
    NstJob job = job_of(&settings), stopped = job;
    NstImage alone = run_job(&job), result;
    stopped.stop = always;
    g_assert_cmpint(nst_run(network, &stopped, &result, NULL), ==, NST_CANCELLED);
    nst_image_free(&result);
    stopped.stop = NULL;
    stopped.progress = stop_at_once;
    g_assert_cmpint(nst_run(network, &stopped, &result, NULL), ==, NST_CANCELLED);
    nst_image_free(&result);
    NstImage shared = run_with(network, &job);
    g_assert_true(same_bytes(&alone, &shared));
    nst_image_free(&alone);
    nst_image_free(&shared);
    nst_close(network);
}

/* Asks, within a run, for the forecast of another one that looks deeper. */
typedef struct Inner {
    NstNetwork *network;
    const NstJob *job;
    NstForecast forecast;
    NstStatus status;
    bool stop;
} Inner;

static int forecast_within(const NstProgress *progress, void *data)
{
    Inner *inner = data;
    if (progress->iteration == 1 && progress->scale == 1)
        inner->status = nst_forecast(inner->network, inner->job, &inner->forecast, NULL);
    return 0;
}

static bool is_stopped(void *data)
{
    return ((const Inner *)data)->stop;
}

/* Guards a run from the forecast asked for in the middle of it, which reads more layers into the same
 * network, and that forecast from the run: neither its memory nor its order to stop may show in it. */
static void test_forecast_within(void)
{
    if (skipped(7))
        return;
    NstNetwork *network = opened();
    NstSettings settings = settings_of(kinds[2]), deeper = settings_of(kinds[1]);
    NstJob job = job_of(&settings), other = job_of(&deeper);
    NstImage alone = run_job(&job);
    Inner inner = {.network = network, .job = &other};
    NstForecast outside;
    NstNetwork *own = opened();
    g_assert_cmpint(nst_forecast(own, &other, &outside, NULL), ==, NST_OK);
    nst_close(own);
    job.progress = forecast_within;
    job.stop = is_stopped;
    job.data = &inner;
    NstImage shared = run_with(network, &job);
    g_assert_true(same_bytes(&alone, &shared));
    g_assert_cmpint(inner.status, ==, NST_OK);
    g_assert_cmpint(inner.forecast.evaluations, ==, outside.evaluations);
    g_assert_cmpint(inner.forecast.history, ==, outside.history);
    g_assert_cmpfloat(inner.forecast.seconds, >, 0);
    g_test_message("%.2f MiB within, %.2f outside", inner.forecast.bytes / MIB, outside.bytes / MIB);
    nst_image_free(&alone);
    nst_image_free(&shared);
    nst_close(network);
}

/* Guards the figure that users read: what a network holds is counted once, not again with each forecast. */
static void test_forecast_counts_once(void)
{
    if (skipped(7))
        return;
    NstNetwork *network = opened();
    NstSettings settings = settings_of(kinds[1]);
    NstJob job = job_of(&settings);
    NstForecast first, later;
    memory_give_back(); /* what earlier tests have freed, or the process would shrink meanwhile */
    g_assert_cmpint(nst_forecast(network, &job, &first, NULL), ==, NST_OK);
    for (int i = 0; i < 3; i++) {
        NstImage result = run_with(network, &job);
        nst_image_free(&result);
    }
    memory_give_back();
    g_assert_cmpint(nst_forecast(network, &job, &later, NULL), ==, NST_OK);
    g_test_message("%.2f MiB at first, %.2f later", first.bytes / MIB, later.bytes / MIB);
    /* A sanitizer's allocator keeps what was freed, and this variable makes it touch what nobody uses. */
    if (!SANITIZED && !g_getenv("MALLOC_PERTURB_"))
        g_assert_cmpfloat(fabs(later.bytes - first.bytes), <, 6 * MIB);
    nst_close(network);
}

/* ---- The file ------------------------------------------------------------------------------------------ */

static void write_file(const char *path, const char *bytes, gsize size)
{
    GError *failure = NULL;
    g_file_set_contents(path, bytes, (gssize)size, &failure); /* a new file, renamed over the old one */
    g_assert_no_error(failure);
}

/* Guards against a network made of two files: one that is replaced while it is in use is noticed, at the
 * latest when more layers are needed; what has been read stays usable. */
static void test_file_replaced(void)
{
    if (skipped(7))
        return;
    char *folder = temp_folder(), *path = g_build_filename(folder, "net.safetensors", NULL), *bytes;
    gsize size;
    g_assert_true(g_file_get_contents(weights_file, &bytes, &size, NULL));
    write_file(path, bytes, size);

    NstNetwork *network;
    g_assert_cmpint(nst_open(&network, path, 2, NULL), ==, NST_OK);
    g_assert_true(nst_is_current(network, path, 2));
    g_assert_false(nst_is_current(network, path, 1));
    g_assert_false(nst_is_current(network, weights_file, 2));
    g_assert_false(nst_is_current(NULL, path, 2));
    g_assert_false(nst_is_current(network, NULL, 2));

    NstSettings shallow = settings_of(kinds[2]), deep = settings_of(kinds[1]);
    NstJob job = job_of(&shallow), deeper = job_of(&deep);
    NstImage before = run_with(network, &job), after, none;
    write_file(path, bytes, size);
    g_assert_false(nst_is_current(network, path, 2));
    after = run_with(network, &job);
    g_assert_true(same_bytes(&before, &after));
    NstError error = {0};
    g_assert_cmpint(nst_run(network, &deeper, &none, &error), ==, NST_BAD_FILE);
    g_assert_nonnull(strstr(error.message, path));
    g_assert_null(none.rgb);

    g_assert_cmpint(g_remove(path), ==, 0);
    g_assert_false(nst_is_current(network, path, 2));
    g_assert_cmpint(nst_run(network, &deeper, &none, NULL), ==, NST_BAD_FILE);
    nst_close(network);
    nst_image_free(&before);
    nst_image_free(&after);
    g_free(bytes);
    g_free(path);
    temp_remove(folder);
}

/* Guards callers that have nothing to open. */
static void test_no_file(void)
{
    static const char *const paths[] = {NULL, "", "/no/such/file"};
    static const NstStatus wanted[] = {NST_BAD_ARGUMENT, NST_BAD_ARGUMENT, NST_BAD_FILE};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        NstNetwork *network = (NstNetwork *)&network;
        NstError error = {0};
        g_assert_cmpint(nst_open(&network, paths[i], 2, &error), ==, wanted[i]);
        g_assert_cmpint(error.status, ==, wanted[i]);
        g_assert_null(network);
        g_assert_cmpint(nst_open(&network, paths[i], 2, NULL), ==, wanted[i]);
    }
    nst_close(NULL);
}

int main(int argc, char **argv)
{
    run_pictures_begin(&argc, &argv);
    g_test_add_func("/nst/a network used again", test_reused);
    g_test_add_func("/nst/a network after a stop", test_after_stop);
    g_test_add_func("/nst/a forecast within a run", test_forecast_within);
    g_test_add_func("/nst/a forecast counts the network once", test_forecast_counts_once);
    g_test_add_func("/nst/a weights file replaced", test_file_replaced);
    g_test_add_func("/nst/no weights file", test_no_file);
    return run_pictures_end();
}
