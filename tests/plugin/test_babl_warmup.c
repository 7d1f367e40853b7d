/* test_babl_warmup.c: who asks for a way between formats is told when babl knows it, in the main thread, and each
 * is looked for once. */
#include "plugin/preview/babl_warmup.h"

#include "plugin/pixels.h"

static GThread *main_thread;

static void found(void *data)
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
    BablWarmup *formats = babl_warmup_new(found, &times);
    const Babl *from = babl_format("R'G'B' u8");
    g_assert_false(babl_warmup_know(formats, from, pixels_colors()));
    g_assert_false(babl_warmup_know(formats, from, pixels_colors()));
    g_assert_cmpint(times, ==, 0); /* never before the question is put */
    wait_for(&times, 1);
    g_assert_true(babl_warmup_know(formats, from, pixels_colors()));
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_cmpint(times, ==, 1);
    babl_warmup_free(formats);
}

/* One after the other: what was asked for meanwhile has to be asked for again. */
static void test_several(void)
{
    int times = 0;
    BablWarmup *formats = babl_warmup_new(found, &times);
    const Babl *gray = babl_format("Y' u8"), *mask = babl_format("Y u8");
    g_assert_false(babl_warmup_know(formats, gray, pixels_colors()));
    g_assert_false(babl_warmup_know(formats, mask, pixels_light()));
    wait_for(&times, 1);
    g_assert_true(babl_warmup_know(formats, gray, pixels_colors()));
    g_assert_false(babl_warmup_know(formats, gray, pixels_light()));
    wait_for(&times, 2);
    g_assert_false(babl_warmup_know(formats, mask, pixels_light()));
    wait_for(&times, 3);
    g_assert_true(babl_warmup_know(formats, mask, pixels_light()));
    g_assert_true(babl_warmup_know(formats, gray, pixels_light()));
    babl_warmup_free(formats);
}

/* Nothing is told any more. */
static void test_gone(void)
{
    int times = 0;
    BablWarmup *formats = babl_warmup_new(found, &times);
    g_assert_false(babl_warmup_know(formats, babl_format("R'G'B'A u16"), pixels_colors()));
    babl_warmup_free(formats);
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
