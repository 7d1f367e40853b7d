/* job.c: core works in a thread; the main thread runs a main loop and is the only one that talks to GIMP,
 * whose wire is not thread-safe. The worker leaves its latest progress behind a lock, and a timer passes it
 * on: GIMP 3 drops updates that come too fast, and nobody reads more than a few a second.
 *
 * Nothing here stops a run: GIMP's Cancel kills the whole process, which is why no image is touched before
 * the run has ended. */
#include "plugin/job.h"

#include "plugin/figures.h"
#include "plugin/host.h"
#include "ui/words.h"

#include <math.h>

enum {
    TICK_MS = 250,       /* between two looks at the progress */
    REPORT_US = 1000000, /* between two lines on standard error */
    SETTLE_US = 2000000, /* a forecast made before this is a guess */
};

typedef struct Run {
    NstJob job;
    NstImage *result;
    NstError *error;
    NstStatus status;
    GMainLoop *loop;

    GMutex lock; /* guards the next four */
    NstForecast forecast;
    NstProgress latest;
    bool foreseen, fresh; /* the forecast, or latest, has come and has not been shown yet */

    bool unwatched;
    Report *report;           /* NULL: none is wanted */
    gint64 started, reported; /* when; monotonic time, µs */
} Run;

/* In the worker, which writes the line itself: it stands there before the painting starts, whatever becomes
 * of that. */
static void keep_forecast(const NstForecast *forecast, void *data)
{
    Run *run = data;
    if (run->report)
        report_forecast(run->report, forecast);
    if (run->unwatched) {
        locale_t before = words_plain();
        char *text = figures_full(forecast, run->job.settings);
        g_printerr("neural-style: %s\n", text);
        g_free(text);
        words_again(before);
    }
    g_mutex_lock(&run->lock);
    run->forecast = *forecast;
    run->foreseen = true;
    g_mutex_unlock(&run->lock);
}

/* In the worker. */
static int keep_progress(const NstProgress *progress, void *data)
{
    Run *run = data;
    if (run->report)
        report_progress(run->report, progress);
    g_mutex_lock(&run->lock);
    run->latest = *progress;
    run->fresh = true;
    g_mutex_unlock(&run->lock);
    return 0;
}

/* In the worker. */
static void keep_scale(const NstScale *scale, void *data)
{
    Run *run = data;
    if (run->report)
        report_scale(run->report, scale);
    if (run->unwatched) {
        locale_t before = words_plain();
        char *text = figures_scale(scale);
        g_printerr("neural-style: %s\n", text);
        g_free(text);
        words_again(before);
    }
}

static gboolean quit(gpointer loop)
{
    g_main_loop_quit(loop);
    return G_SOURCE_REMOVE;
}

static gpointer work(gpointer data)
{
    Run *run = data;
    run->status = nst_run(&run->job, run->result, run->error);
    g_idle_add(quit, run->loop);
    return NULL;
}

/* "12 s"; "" where it is too early to tell. */
static void time_left(const Run *run, double fraction, char text[FIGURE_SIZE])
{
    gint64 elapsed = g_get_monotonic_time() - run->started;
    text[0] = '\0';
    if (elapsed >= SETTLE_US && fraction > 0)
        figures_duration(ceil((double)elapsed / G_USEC_PER_SEC * (1 - fraction) / fraction), text);
}

/* Until the first iteration is done. */
static void show_forecast(const NstForecast *forecast)
{
    char time[FIGURE_SIZE];
    figures_duration(forecast->seconds, time);
    char *text = g_strdup_printf(_("Painting, about %s"), time);
    host_progress(0, text);
    g_free(text);
}

static void print_progress(const Run *run, const NstProgress *now)
{
    locale_t before = words_plain();
    char left[FIGURE_SIZE];
    time_left(run, now->fraction, left);
    g_printerr("neural-style: %3.0f %%, scale %d of %d (%d×%d), iteration %d of %d, loss %.4g%s%s%s\n",
               100 * now->fraction, now->scale, now->scales, now->width, now->height, now->iteration,
               now->iterations, now->loss, *left ? ", " : "", left, *left ? " left" : "");
    words_again(before);
}

static void show(Run *run, const NstProgress *now)
{
    gint64 time = g_get_monotonic_time();
    char left[FIGURE_SIZE];

    time_left(run, now->fraction, left);
    char *text = *left ? g_strdup_printf(_("Painting at %d×%d, %s left"), now->width, now->height, left)
                       : g_strdup_printf(_("Painting at %d×%d"), now->width, now->height);
    host_progress(now->fraction, text);
    g_free(text);
    if (run->unwatched && time - run->reported >= REPORT_US) {
        run->reported = time;
        print_progress(run, now);
    }
}

static gboolean tick(gpointer data)
{
    Run *run = data;
    g_mutex_lock(&run->lock);
    NstForecast forecast = run->forecast;
    NstProgress now = run->latest;
    bool foreseen = run->foreseen, fresh = run->fresh;
    run->foreseen = run->fresh = false;
    g_mutex_unlock(&run->lock);
    if (fresh)
        show(run, &now);
    else if (foreseen)
        show_forecast(&forecast);
    return G_SOURCE_CONTINUE;
}

/* When the run has ended. */
static void report_end(const Run *run)
{
    locale_t before = words_plain();
    char forecast[FIGURE_SIZE];
    figures_duration(run->forecast.seconds, forecast);
    g_printerr("neural-style: painted %d×%d in %.1f s (forecast %s)\n", run->result->width,
               run->result->height, (double)(g_get_monotonic_time() - run->started) / G_USEC_PER_SEC,
               forecast);
    words_again(before);
}

static void serve(Run *run)
{
    guint timer = g_timeout_add(TICK_MS, tick, run);
    host_progress_begin(_("Painting…"));
    g_main_loop_run(run->loop);
    g_source_remove(timer);
    host_progress_end();
    if (run->unwatched && run->status == NST_OK)
        report_end(run);
}

NstStatus job_run(const NstJob *job, bool unwatched, Report *report, NstImage *result, NstError *error)
{
    Run run = {.job = *job, .result = result, .error = error, .unwatched = unwatched, .report = report};
    run.job.progress = keep_progress;
    run.job.forecast = keep_forecast;
    run.job.scale = keep_scale;
    run.job.data = &run;
    run.started = run.reported = g_get_monotonic_time();
    run.loop = g_main_loop_new(NULL, FALSE);
    g_mutex_init(&run.lock);

    GThread *worker = g_thread_try_new("neural-style", work, &run, NULL);
    if (worker) {
        serve(&run);
        g_thread_join(worker);
    } else {
        run.status = nst_fail(error, NST_NO_MEMORY, "The system granted no thread to paint in");
    }
    g_mutex_clear(&run.lock);
    g_main_loop_unref(run.loop);
    return run.status;
}
