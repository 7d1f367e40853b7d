/* paint_thread.c: core paints in a thread; the main thread runs a main loop, and only it talks to GIMP, whose
 * wire is not thread-safe, and to GTK. The painting thread leaves its latest progress behind a lock, and a
 * timer passes it on: GIMP 3 drops updates that come too fast, and nobody reads more than a few a second. It
 * takes no new picture of the painting before the last one was fetched.
 *
 * The user's orders go the other way. The painting thread reads the order to stop after each layer of the
 * network. When all iterations are done it waits for an order, inside core, whose optimiser continues from
 * where it is if there are more to do. GIMP's own Cancel kills the whole process, which is why nothing in the
 * image changes before the run has ended. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "paint_thread.h"

#include <glib.h>

enum {
    TICK_MS = 250, /* between two looks at the progress, and two pictures */
    FIRST = 400,   /* pixels each way that the first picture is made for: the window may not be placed yet */
    LAST = 1024,   /* at least, the last one: the window may grow yet */
};

typedef struct PaintThread {
    NstNetwork *network;
    NstJob job;
    NstImage *result;
    NstError *error;
    NstStatus status;
    GMainLoop *loop;
    RunFeedback *feedback;
    bool window;
    const ShownWith *with; /* where there is a window */
    Report *report;        /* NULL: there is none */

    GMutex lock; /* guards all of this part */
    NstForecast forecast;
    NstProgress latest;
    ShownPixels *picture;          /* not yet shown; NULL: none */
    bool forecast_new, latest_new; /* they have come and have not been shown yet */
    bool can_go_on;                /* while the thread waits: may more iterations be granted? */
    RunOrder order;                /* RUN_KEEP or RUN_CANCEL once the user has given it */
    int more;                      /* iterations that were granted */
    GCond ordered;                 /* order or more has changed */
    NstSize room;                  /* of the window, for a picture; 0: not yet known */

    ShownScene *scene; /* these are the painting thread's own; NULL: not yet made */
    NstSize fitted;    /* for which it was */
    gint64 pictured;   /* the painting thread's own: when it took the last picture; monotonic time, µs */
    gint64 waited;     /* µs that it stood still until the user had decided */
    int added;         /* iterations beyond the settings' */
    bool improved;     /* some scale has lowered its loss */
} PaintThread;

/* ---- In the painting thread ---------------------------------------------------------------------------- */

static void keep_forecast(const NstForecast *forecast, void *data)
{
    PaintThread *run = data;
    if (run->report)
        report_forecast(run->report, forecast);
    run_feedback_print_forecast(run->feedback, forecast);
    g_mutex_lock(&run->lock);
    run->forecast = *forecast;
    run->forecast_new = true;
    g_mutex_unlock(&run->lock);
}

static void keep_picture(PaintThread *run, ShownPixels *picture)
{
    g_mutex_lock(&run->lock);
    ShownPixels *before = run->picture;
    run->picture = picture;
    g_mutex_unlock(&run->lock);
    shown_pixels_free(before);
}

static bool is_last(const NstProgress *progress)
{
    return progress->scale == progress->scales && progress->iteration == progress->iterations;
}

/* A few pictures a second, and the last one in any case. */
static bool picture_is_due(PaintThread *run, const NstProgress *progress)
{
    if (is_last(progress))
        return true;
    g_mutex_lock(&run->lock);
    bool shown = !run->picture;
    g_mutex_unlock(&run->lock);
    return shown && g_get_monotonic_time() - run->pictured >= TICK_MS * 1000;
}

/* The scene for as much room as there is now, and at least that; NULL: there is no memory for it. */
static const ShownScene *scene_for(PaintThread *run, int least)
{
    const NstImage *content = run->job.content;
    g_mutex_lock(&run->lock);
    NstSize room = run->room;
    g_mutex_unlock(&run->lock);
    room = (NstSize){MAX(room.width, least), MAX(room.height, least)};
    if (run->scene && room.width == run->fitted.width && room.height == run->fitted.height)
        return run->scene;
    NstSize size = shown_fit((NstSize){content->width, content->height}, room);
    shown_scene_free(g_steal_pointer(&run->scene));
    run->fitted = room;
    shown_scene_new(&run->scene, run->with, size.width, size.height, NULL);
    return run->scene;
}

/* Without memory there is none, and the next may have it. */
static void take_picture(PaintThread *run, const NstProgress *progress)
{
    ShownPixels *picture = NULL;
    NstImage painted = {0};
    if (!run->window || !picture_is_due(run, progress))
        return;
    const ShownScene *scene = scene_for(run, is_last(progress) ? LAST : 1);
    int side = MAX(run->fitted.width, run->fitted.height);
    if (scene && nst_progress_picture(progress, side, &painted, NULL) == NST_OK)
        shown_scene_with(scene, &painted, &picture, NULL);
    nst_image_free(&painted);
    keep_picture(run, picture);
    run->pictured = g_get_monotonic_time();
}

/* The content, before anything is painted. */
static void take_content(PaintThread *run)
{
    ShownPixels *picture = NULL;
    const ShownScene *scene = scene_for(run, FIRST);
    if (scene)
        shown_scene_now(scene, &picture, NULL);
    keep_picture(run, picture);
}

static bool is_stopped(void *data)
{
    PaintThread *run = data;
    g_mutex_lock(&run->lock);
    bool stop = run->order != RUN_GO_ON;
    g_mutex_unlock(&run->lock);
    return stop;
}

static int keep_progress(const NstProgress *progress, void *data)
{
    PaintThread *run = data;
    if (run->report && !progress->matching)
        report_progress(run->report, progress);
    take_picture(run, progress);
    g_mutex_lock(&run->lock);
    run->latest = *progress;
    run->latest_new = true;
    g_mutex_unlock(&run->lock);
    return is_stopped(run);
}

/* The time that the user took to decide is not the scale's. */
static void keep_scale(const NstScale *scale, void *data)
{
    PaintThread *run = data;
    NstScale painted = *scale;
    painted.seconds -= (double)run->waited / G_USEC_PER_SEC;
    run->improved = run->improved || nst_scale_improved(scale);
    if (run->report)
        report_scale(run->report, &painted);
    run_feedback_print_scale(run->feedback, &painted);
}

static gboolean ask(gpointer data);

/* Waits until the user has decided. Returns how many iterations to add; 0: none. */
static int wait_for_order(PaintThread *run, bool can_go_on)
{
    gint64 began = g_get_monotonic_time();
    g_mutex_lock(&run->lock);
    run->can_go_on = can_go_on;
    if (run->order == RUN_GO_ON)
        g_idle_add(ask, run);
    while (run->order == RUN_GO_ON && run->more == 0)
        g_cond_wait(&run->ordered, &run->lock);
    int more = run->order == RUN_GO_ON ? run->more : 0;
    run->more = 0;
    g_mutex_unlock(&run->lock);
    run->waited += g_get_monotonic_time() - began;
    run->added += more;
    return more;
}

static int ask_for_more(void *data)
{
    PaintThread *run = data;
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

/* Where the loss no longer improves core doesn't ask for more iterations, and the user is asked here. */
static gpointer work(gpointer data)
{
    PaintThread *run = data;
    if (run->window)
        take_content(run);
    run->status = nst_run(run->network, &run->job, run->result, run->error);
    if (run->status == NST_OK && run->window)
        wait_for_order(run, false); /* not at all, if the order has come already */
    g_idle_add(quit, run->loop);
    return NULL;
}

/* ---- In the main thread -------------------------------------------------------------------------------- */

static gboolean tick(gpointer data)
{
    PaintThread *run = data;
    g_mutex_lock(&run->lock);
    NstForecast forecast = run->forecast;
    NstProgress now = run->latest;
    ShownPixels *picture = run->picture;
    bool forecast_new = run->forecast_new, latest_new = run->latest_new;
    run->forecast_new = run->latest_new = false;
    run->picture = NULL;
    run->room = run_feedback_room(run->feedback);
    g_mutex_unlock(&run->lock);
    if (forecast_new)
        run_feedback_forecast(run->feedback, &forecast);
    if (latest_new)
        run_feedback_progress(run->feedback, &now);
    if (picture)
        run_feedback_picture(run->feedback, picture);
    shown_pixels_free(picture);
    return G_SOURCE_CONTINUE;
}

/* The painting thread waits, unless an order has come meanwhile. */
static gboolean ask(gpointer data)
{
    PaintThread *run = data;
    tick(run);
    g_mutex_lock(&run->lock);
    bool waits = run->order == RUN_GO_ON, can_go_on = run->can_go_on;
    NstProgress now = run->latest;
    g_mutex_unlock(&run->lock);
    if (!waits)
        return G_SOURCE_REMOVE;
    g_debug("done: iteration %d of %d, loss %.6g", now.iteration, now.iterations, now.loss);
    run_feedback_done(run->feedback, can_go_on);
    return G_SOURCE_REMOVE;
}

static void take_order(RunOrder order, void *data)
{
    PaintThread *run = data;
    g_mutex_lock(&run->lock);
    if (order == RUN_MORE)
        run->more = RUN_WINDOW_MORE;
    else
        run->order = order;
    g_cond_signal(&run->ordered);
    g_mutex_unlock(&run->lock);
}

/* "stopped at scale 2 of 3, iteration 12 of 40", "100 iterations more", or both; NULL: neither. */
static char *course_of(const PaintThread *run, bool stopped)
{
    const NstProgress *last = &run->latest;
    GString *text = g_string_new(NULL);
    if (run->added > 0)
        g_string_append_printf(text, "%d iterations more", run->added);
    if (stopped && last->matching)
        g_string_append(text, "stopped while matching");
    else if (stopped)
        g_string_append_printf(text, "%sstopped at scale %d of %d, iteration %d of %d", text->len ? ", " : "",
                               last->scale, last->scales, last->iteration, last->iterations);
    return g_string_free(text, text->len == 0);
}

/* The run has ended, and its thread too: its status becomes what the user ordered. */
static void conclude(PaintThread *run, PaintCourse *course)
{
    bool stopped = run->status == NST_CANCELLED;
    if (stopped && run->order == RUN_KEEP)
        run->status = NST_OK;
    else if (run->status == NST_OK && run->order == RUN_CANCEL)
        run->status = NST_CANCELLED;
    if (run->status != NST_OK)
        return;
    *course = (PaintCourse){course_of(run, stopped), !stopped && !run->improved};
    if (run->report)
        report_course(run->report, stopped, run->added);
    run_feedback_end(run->feedback, run->result);
}

/* The thread ends before this does, and the main loop has dispatched by then all that it left there. */
static void serve(PaintThread *run)
{
    GThread *thread = g_thread_try_new("neural-style", work, run, NULL);
    if (!thread) {
        run->status = nst_fail(run->error, NST_NO_MEMORY, "The painting thread could not be started");
        return;
    }
    guint timer = g_timeout_add(TICK_MS, tick, run);
    g_main_loop_run(run->loop);
    g_source_remove(timer);
    g_thread_join(thread);
}

NstStatus paint_thread_run(NstNetwork *network, const NstJob *job, RunFeedbackKind kind,
                           const ShownWith *with, Report *report, NstImage *result, PaintCourse *course,
                           NstError *error)
{
    PaintThread run = {
        .network = network, .job = *job, .result = result, .error = error, .with = with, .report = report};
    run.window = kind == RUN_FEEDBACK_WINDOW;
    run.job.progress = keep_progress;
    run.job.forecast = keep_forecast;
    run.job.scale = keep_scale;
    run.job.more = run.window ? ask_for_more : NULL;
    run.job.data = &run;
    run.loop = g_main_loop_new(NULL, FALSE);
    g_mutex_init(&run.lock);
    g_cond_init(&run.ordered);
    run.feedback = run_feedback_new(kind, job, take_order, &run);
    run.room = run_feedback_room(run.feedback);

    *course = (PaintCourse){0};
    serve(&run);
    conclude(&run, course);
    run_feedback_free(run.feedback);
    shown_pixels_free(run.picture);
    shown_scene_free(run.scene);
    g_cond_clear(&run.ordered);
    g_mutex_clear(&run.lock);
    g_main_loop_unref(run.loop);
    return run.status;
}
