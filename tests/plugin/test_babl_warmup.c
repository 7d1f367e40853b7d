/* test_babl_warmup.c: the caller learns when babl has a conversion ready, in the main thread, and each one is
 * prepared once. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/preview/babl_warmup.h"

#include "plugin/pixels.h"

static GThread *main_thread;

static void ready(void *data)
{
    g_assert_true(g_thread_self() == main_thread);
    ++*(int *)data;
}

static void wait_for(const int *times, int least)
{
    while (*times < least)
        g_main_context_iteration(NULL, TRUE);
}

static void test_found(void)
{
    int times = 0;
    BablWarmup *warmup = babl_warmup_new(ready, &times);
    const Babl *from = babl_format("R'G'B' u8");
    g_assert_false(babl_warmup_is_ready(warmup, from, pixels_srgb()));
    g_assert_false(babl_warmup_is_ready(warmup, from, pixels_srgb()));
    g_assert_cmpint(times, ==, 0); /* never before babl_warmup_is_ready has returned */
    wait_for(&times, 1);
    g_assert_true(babl_warmup_is_ready(warmup, from, pixels_srgb()));
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_cmpint(times, ==, 1);
    babl_warmup_free(warmup);
}

/* One at a time: a conversion asked for meanwhile has to be asked for again. */
static void test_several(void)
{
    int times = 0;
    BablWarmup *warmup = babl_warmup_new(ready, &times);
    const Babl *gray = babl_format("Y' u8"), *mask = babl_format("Y u8");
    g_assert_false(babl_warmup_is_ready(warmup, gray, pixels_srgb()));
    g_assert_false(babl_warmup_is_ready(warmup, mask, pixels_light()));
    wait_for(&times, 1);
    g_assert_true(babl_warmup_is_ready(warmup, gray, pixels_srgb()));
    g_assert_false(babl_warmup_is_ready(warmup, gray, pixels_light()));
    wait_for(&times, 2);
    g_assert_false(babl_warmup_is_ready(warmup, mask, pixels_light()));
    wait_for(&times, 3);
    g_assert_true(babl_warmup_is_ready(warmup, mask, pixels_light()));
    g_assert_true(babl_warmup_is_ready(warmup, gray, pixels_light()));
    babl_warmup_free(warmup);
}

/* Nothing is called any more. */
static void test_gone(void)
{
    int times = 0;
    BablWarmup *warmup = babl_warmup_new(ready, &times);
    g_assert_false(babl_warmup_is_ready(warmup, babl_format("R'G'B'A u16"), pixels_srgb()));
    babl_warmup_free(warmup);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_cmpint(times, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gegl_init(NULL, NULL);
    main_thread = g_thread_self();
    g_test_add_func("/formats/found", test_found);
    g_test_add_func("/formats/several", test_several);
    g_test_add_func("/formats/gone", test_gone);
    int status = g_test_run();
    gegl_exit();
    return status;
}
