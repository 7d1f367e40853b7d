/* job.c: core works in a thread; the main thread runs a main loop and is the only one that talks to GIMP,
 * whose wire is not thread-safe, and to GTK. The worker leaves its latest progress behind a lock, and a timer
 * passes it on: GIMP 3 drops updates that come too fast, and nobody reads more than a few a second. It takes
 * no new picture of the painting before the last one was fetched.
 *
 * The other way go the user's orders. To stop is an order that the worker reads after each layer of the
 * network. When all iterations are done it waits for an order, inside core, whose optimiser goes on from
 * where it is if there are more to do. GIMP's own Cancel kills the whole process, which is why no image is
 * touched before the run has ended. */
#define G_LOG_DOMAIN "neural-style"

#include "job.h"

#include <glib.h>

enum { TICK_MS = 250 }; /* between two looks at the progress, and two pictures */

typedef struct Run {
    NstJob job;
    NstImage *result;
    NstError *error;
    NstStatus status;
    GMainLoop *loop;
    RunFeedback *watch;
    bool window;
    Report *report; /* NULL: none is wanted */

    GMutex lock; /* guards all of this part */
    NstForecast forecast;
    NstProgress latest;
    Snapshot *picture;    /* not yet shown; NULL: none */
    bool foreseen, fresh; /* the forecast, or latest, has come and has not been shown yet */
    bool can_go_on;       /* while the worker waits: may more iterations be granted? */
    RunOrder order;       /* RUN_KEEP or RUN_CANCEL once it was said */
    int more;             /* iterations that were granted */
    GCond told;           /* the order or more has changed */

    gint64 pictured; /* these are the worker's: when the last picture was taken; monotonic time, µs */
    gint64 waited;   /* µs that it stood still until the user had decided */
    int added;       /* iterations beyond the settings' */
} Run;

/* ---- In the worker ------------------------------------------------------------------------------------- */

static void keep_forecast(const NstForecast *forecast, void *data)
{
    Run *run = data;
    if (run->report)
        report_forecast(run->report, forecast);
    run_feedback_print_forecast(run->watch, forecast);
    g_mutex_lock(&run->lock);
    run->forecast = *forecast;
    run->foreseen = true;
    g_mutex_unlock(&run->lock);
}

static void keep_picture(Run *run, Snapshot *picture)
{
    g_mutex_lock(&run->lock);
    Snapshot *before = run->picture;
    run->picture = picture;
    g_mutex_unlock(&run->lock);
    snapshot_free(before);
}

/* A few pictures a second, and the last one in any case. */
static bool picture_is_due(Run *run, const NstProgress *progress)
{
    if (progress->scale == progress->scales && progress->iteration == progress->iterations)
        return true;
    g_mutex_lock(&run->lock);
    bool shown = !run->picture;
    g_mutex_unlock(&run->lock);
    return shown && g_get_monotonic_time() - run->pictured >= TICK_MS * 1000;
}

static void take_picture(Run *run, const NstProgress *progress)
{
    if (!run->window || !picture_is_due(run, progress))
        return;
    keep_picture(run, snapshot_of_progress(progress, RUN_WINDOW_SIDE));
    run->pictured = g_get_monotonic_time();
}

static bool is_stopped(void *data)
{
    Run *run = data;
    g_mutex_lock(&run->lock);
    bool stop = run->order != RUN_GO_ON;
    g_mutex_unlock(&run->lock);
    return stop;
}

static int keep_progress(const NstProgress *progress, void *data)
{
    Run *run = data;
    if (run->report)
        report_progress(run->report, progress);
    take_picture(run, progress);
    g_mutex_lock(&run->lock);
    run->latest = *progress;
    run->fresh = true;
    g_mutex_unlock(&run->lock);
    return is_stopped(run);
}

/* The user's time is none that the scale took. */
static void keep_scale(const NstScale *scale, void *data)
{
    Run *run = data;
    NstScale told = *scale;
    told.seconds -= (double)run->waited / G_USEC_PER_SEC;
    if (run->report)
        report_scale(run->report, &told);
    run_feedback_print_scale(run->watch, &told);
}

static gboolean ask(gpointer data);

/* Waits until the user has decided; the iterations that are to be added, 0 for none. */
static int wait_for_order(Run *run, bool can_go_on)
{
    gint64 began = g_get_monotonic_time();
    g_mutex_lock(&run->lock);
    run->can_go_on = can_go_on;
    if (run->order == RUN_GO_ON)
        g_idle_add(ask, run);
    while (run->order == RUN_GO_ON && run->more == 0)
        g_cond_wait(&run->told, &run->lock);
    int more = run->order == RUN_GO_ON ? run->more : 0;
    run->more = 0;
    g_mutex_unlock(&run->lock);
    run->waited += g_get_monotonic_time() - began;
    run->added += more;
    return more;
}

static int ask_for_more(void *data)
{
    Run *run = data;
    gint64 waited = run->waited;
    int more = wait_for_order(run, true);
    if (run->report)
        report_wait(run->report, run->waited - waited);
    return more;
}

static gboolean quit(gpointer loop)
{
    g_main_loop_quit(loop);
    return G_SOURCE_REMOVE;
}

/* Where nothing more was to be gained core asks for no more, and the user is asked here. */
static gpointer work(gpointer data)
{
    Run *run = data;
    if (run->window)
        keep_picture(run, snapshot_of(run->job.content, RUN_WINDOW_SIDE));
    run->status = nst_run(&run->job, run->result, run->error);
    if (run->status == NST_OK && run->window)
        wait_for_order(run, false); /* at once, if it was given already */
    g_idle_add(quit, run->loop);
    return NULL;
}

/* ---- In the main thread -------------------------------------------------------------------------------- */

static gboolean tick(gpointer data)
{
    Run *run = data;
    g_mutex_lock(&run->lock);
    NstForecast forecast = run->forecast;
    NstProgress now = run->latest;
    Snapshot *picture = run->picture;
    bool foreseen = run->foreseen, fresh = run->fresh;
    run->foreseen = run->fresh = false;
    run->picture = NULL;
    g_mutex_unlock(&run->lock);
    if (foreseen)
        run_feedback_forecast(run->watch, &forecast);
    if (fresh)
        run_feedback_progress(run->watch, &now);
    if (picture)
        run_feedback_picture(run->watch, picture);
    snapshot_free(picture);
    return G_SOURCE_CONTINUE;
}

/* The worker waits, unless an order has come meanwhile. */
static gboolean ask(gpointer data)
{
    Run *run = data;
    tick(run);
    g_mutex_lock(&run->lock);
    bool waits = run->order == RUN_GO_ON, can_go_on = run->can_go_on;
    NstProgress now = run->latest;
    g_mutex_unlock(&run->lock);
    if (!waits)
        return G_SOURCE_REMOVE;
    g_debug("done: iteration %d of %d, loss %.6g", now.iteration, now.iterations, now.loss);
    run_feedback_done(run->watch, can_go_on);
    return G_SOURCE_REMOVE;
}

static void told(RunOrder order, void *data)
{
    Run *run = data;
    g_mutex_lock(&run->lock);
    if (order == RUN_MORE)
        run->more = RUN_WINDOW_MORE;
    else
        run->order = order;
    g_cond_signal(&run->told);
    g_mutex_unlock(&run->lock);
}

/* "stopped at scale 2 of 3, iteration 12 of 40", "100 iterations more"; NULL: neither. */
static char *course_of(const Run *run, bool stopped)
{
    const NstProgress *last = &run->latest;
    GString *text = g_string_new(NULL);
    if (run->added > 0)
        g_string_append_printf(text, "%d iterations more", run->added);
    if (stopped)
        g_string_append_printf(text, "%sstopped at scale %d of %d, iteration %d of %d", text->len ? ", " : "",
                               last->scale, last->scales, last->iteration, last->iterations);
    return g_string_free(text, text->len == 0);
}

/* The run has ended, and the worker too: what was done becomes what the user wanted. */
static void conclude(Run *run, char **course)
{
    bool stopped = run->status == NST_CANCELLED;
    if (stopped && run->order == RUN_KEEP)
        run->status = NST_OK;
    else if (run->status == NST_OK && run->order == RUN_CANCEL)
        run->status = NST_CANCELLED;
    if (run->status != NST_OK)
        return;
    *course = course_of(run, stopped);
    if (run->report)
        report_course(run->report, stopped, run->added);
    run_feedback_end(run->watch, run->result);
}

/* The worker ends before this does, and whatever it has left for the main loop was dispatched by then. */
static void serve(Run *run)
{
    GThread *worker = g_thread_try_new("neural-style", work, run, NULL);
    if (!worker) {
        run->status = nst_fail(run->error, NST_NO_MEMORY, "The painting thread could not be started");
        return;
    }
    guint timer = g_timeout_add(TICK_MS, tick, run);
    g_main_loop_run(run->loop);
    g_source_remove(timer);
    g_thread_join(worker);
}

NstStatus job_run(const NstJob *job, RunFeedbackKind kind, Report *report, NstImage *result, char **course,
                  NstError *error)
{
    Run run = {.job = *job, .result = result, .error = error, .report = report};
    run.window = kind == RUN_FEEDBACK_WINDOW;
    run.job.progress = keep_progress;
    run.job.forecast = keep_forecast;
    run.job.scale = keep_scale;
    run.job.more = run.window ? ask_for_more : NULL;
    run.job.data = &run;
    run.loop = g_main_loop_new(NULL, FALSE);
    g_mutex_init(&run.lock);
    g_cond_init(&run.told);
    run.watch = run_feedback_new(kind, job, told, &run);

    *course = NULL;
    serve(&run);
    conclude(&run, course);
    run_feedback_free(run.watch);
    snapshot_free(run.picture);
    g_cond_clear(&run.told);
    g_mutex_clear(&run.lock);
    g_main_loop_unref(run.loop);
    return run.status;
}
