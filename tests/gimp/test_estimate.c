/* test_estimate.c: who is told what, and when, while forecasts are asked for faster than they are made. The
 * forecast itself is a stand-in here: as slow as the test wants it, and able to tell jobs apart. */
#include "plugin/estimate.h"

#include <glib.h>
#include <string.h>

enum { MIB = 1 << 20 };

static GMutex lock; /* guards the next three */
static GCond changed;
static int begun, allowed; /* measurements: begun so far, and how many may end */

static GThread *main_thread;
static GString *told; /* each answer, ended by ';' */

/* Takes as many seconds as the content is wide; a content 13 wide fits nowhere. */
NstStatus nst_forecast(const NstJob *job, NstForecast *forecast, NstError *error)
{
    g_assert_true(g_thread_self() != main_thread);
    g_mutex_lock(&lock);
    int number = ++begun;
    g_cond_broadcast(&changed);
    while (allowed < number)
        g_cond_wait(&changed, &lock);
    g_mutex_unlock(&lock);
    g_assert_cmpstr(job->default_weights, ==, "weights");
    g_assert_null(job->content->rgb);
    g_assert_cmpint(job->style->height, ==, 7);
    if (job->content->width == 13)
        return nst_fail(error, NST_NO_MEMORY, "It takes 9 MiB, and 3 are free");
    *forecast =
        (NstForecast){.seconds = job->content->width, .bytes = job->settings->iterations * (double)MIB};
    return NST_OK;
}

static void allow(int measurements)
{
    g_mutex_lock(&lock);
    allowed = measurements;
    g_cond_broadcast(&changed);
    g_mutex_unlock(&lock);
}

static void wait_until_begun(int measurements)
{
    g_mutex_lock(&lock);
    while (begun < measurements)
        g_cond_wait(&changed, &lock);
    g_mutex_unlock(&lock);
}

static void tell(const char *text, void *data)
{
    g_assert_true(g_thread_self() == main_thread);
    g_assert_true(data == &told);
    g_string_append_printf(told, "%s;", text);
}

static Estimate *begin(void)
{
    begun = allowed = 0;
    told = g_string_new(NULL);
    return estimate_new(tell, &told);
}

/* All that is handed over is gone as soon as the question is asked. */
static void ask(Estimate *estimate, int width)
{
    float pixel = 0;
    NstImage content = {width, 5, &pixel}, style = {6, 7, &pixel};
    NstSettings settings;
    nst_settings_default(&settings);
    settings.iterations = 80;
    char weights[] = "weights";
    NstJob job = {.content = &content, .style = &style, .settings = &settings, .default_weights = weights};
    estimate_ask(estimate, &job);
    memset(weights, 'x', strlen(weights));
    settings.iterations = 0;
    content.width = style.height = 0;
}

/* Runs the main loop until so many answers have been told. */
static void wait_until_told(const char *expected)
{
    while (told->len < strlen(expected))
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpstr(told->str, ==, expected);
}

static void end(Estimate *estimate, const char *expected)
{
    estimate_free(estimate);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_cmpstr(told->str, ==, expected);
    g_string_free(told, TRUE);
}

static void test_answers(void)
{
    Estimate *estimate = begin();
    allow(2);
    ask(estimate, 35);
    wait_until_told("About 35 s, 80 MiB of memory;");
    ask(estimate, 13);
    wait_until_told("About 35 s, 80 MiB of memory;It takes 9 MiB, and 3 are free;");
    end(estimate, "About 35 s, 80 MiB of memory;It takes 9 MiB, and 3 are free;");
    g_assert_cmpint(begun, ==, 2);
}

/* Of those that come while one is measured only the newest is measured, and told alone. */
static void test_newest(void)
{
    Estimate *estimate = begin();
    ask(estimate, 1);
    wait_until_begun(1);
    for (int width = 2; width <= 9; width++)
        ask(estimate, width);
    g_assert_cmpstr(told->str, ==, "");
    allow(2);
    wait_until_told("About 9 s, 80 MiB of memory;");
    end(estimate, "About 9 s, 80 MiB of memory;");
    g_assert_cmpint(begun, ==, 2);
}

static void test_forget(void)
{
    Estimate *estimate = begin();
    ask(estimate, 1);
    wait_until_begun(1);
    ask(estimate, 2);
    estimate_forget(estimate);
    allow(1);
    end(estimate, "");
    g_assert_cmpint(begun, ==, 1);
}

static gboolean allow_one(gpointer unused)
{
    (void)unused;
    allow(1);
    return G_SOURCE_REMOVE;
}

/* The wait for a measurement serves the main loop, which here is what lets the measurement end. */
static void test_free(void)
{
    Estimate *estimate = begin();
    ask(estimate, 1);
    ask(estimate, 2);
    g_timeout_add(50, allow_one, NULL);
    end(estimate, "");
    g_assert_cmpint(begun, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    main_thread = g_thread_self();
    g_test_add_func("/estimate/answers", test_answers);
    g_test_add_func("/estimate/newest", test_newest);
    g_test_add_func("/estimate/forget", test_forget);
    g_test_add_func("/estimate/free", test_free);
    return g_test_run();
}
