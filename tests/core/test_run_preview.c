/* test_run_preview.c: the preview, the part, and the picture of a run in progress. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/run_pictures.h"

/* The pictures seen while a run paints. */
typedef struct Seen {
    NstImage coarse, reduced; /* of scale 1 when it was done; the same, 10 pixels wide */
    int calls;
} Seen;

static int see(const NstProgress *p, void *data)
{
    Seen *s = data;
    s->calls++;
    if (p->scale == 1 && p->scales == 2 && p->iteration == 5) {
        g_assert_cmpint(nst_progress_picture(p, 1000, &s->coarse, NULL), ==, NST_OK);
        g_assert_cmpint(nst_progress_picture(p, 10, &s->reduced, NULL), ==, NST_OK);
    }
    return 0;
}

/* Guards the preview: it is the whole run's coarse scale to the bit, with the content's colours where
 * those are kept, and the picture of a run in progress is what the run would return. */
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
        g_assert_cmpint(try_preview(&job, 24, &preview, NULL), ==, NST_OK);
        assert_valid(&preview, 24, 20);
        g_assert_true(same_bytes(&preview, &seen.coarse));
        assert_valid(&seen.reduced, 10, 8);
        NstImage all;
        g_assert_cmpint(try_preview(&job, 25, &all, NULL), ==,
                        NST_OK); /* only the last scale has as many pixels */
        assert_valid(&all, small_scene.width, small_scene.height);
        g_assert_true(same_bytes(&all, &whole));
        nst_image_free(&all);
        nst_image_free(&preview);
        nst_image_free(&whole);
        nst_image_free(&seen.coarse);
        nst_image_free(&seen.reduced);
    }
}

/* Guards the part: it is painted as the whole run paints, so that a part which is all of the content is the
 * whole run to the bit, where that has one scale; and it has its own size, whatever the content's. */
static void test_part(void)
{
    if (skipped(7))
        return;
    NstSettings settings = settings_of("scales=1 iterations=4 color=match");
    NstJob job = job_of(&settings);
    NstImage whole = run_job(&job), result, spot = scene(20, 18), empty = {20, 18, NULL};
    NstNetwork *network;
    NstError error = {0};
    g_assert_cmpint(open_for(&settings, &network, NULL), ==, NST_OK);
    g_assert_cmpint(nst_run_part(network, &job, &(NstPart){.content = &small_scene}, &result, NULL), ==,
                    NST_OK);
    g_assert_true(same_bytes(&result, &whole));
    nst_image_free(&result);

    settings = settings_of("scales=2 iterations=2");
    NstPart part = {.content = &spot, .start = &spot, .after = {.side = 24}};
    g_assert_cmpint(nst_run_part(network, &job, &part, &result, NULL), ==, NST_OK);
    assert_valid(&result, 20, 18);
    nst_image_free(&result);

    part.start = &empty;
    g_assert_cmpint(nst_run_part(network, &job, &part, &result, &error), ==, NST_BAD_ARGUMENT);
    g_assert_cmpstr(error.message, !=, "");
    g_assert_null(result.rgb);
    part = (NstPart){.content = &empty};
    g_assert_cmpint(nst_run_part(network, &job, &part, &result, NULL), ==, NST_BAD_ARGUMENT);
    g_assert_null(result.rgb);
    nst_close(network);
    nst_image_free(&spot);
    nst_image_free(&whole);
}

int main(int argc, char **argv)
{
    run_pictures_begin(&argc, &argv);
    g_test_add_func("/nst/preview", test_preview);
    g_test_add_func("/nst/a part", test_part);
    return run_pictures_end();
}
