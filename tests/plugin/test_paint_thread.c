/* test_paint_thread.c: what passes between the thread that paints and the main one, which serves the user: an
 * order is obeyed in the very iteration in which it is given, the thread waits for one when it is done and at
 * no other time, and the record and the report get what was really done. The painting is a stand-in, and so
 * is the window: both follow a script. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/paint_thread.h"

#include <glib.h>
#include <string.h>

enum { ITERATIONS = 10, THINKING_MS = 30 };

/* What the user and core do. Iterations count over both scales. */
typedef struct Script {
    int at;          /* in this iteration (0: in none) ... */
    RunOrder order;  /* ... the user gives this order */
    int more;        /* how often the user continues, each time the painting is done; */
    RunOrder at_end; /* and then this order */
    bool converges;  /* the loss no longer improves */
    bool no_better;  /* no step lowers the loss */
    bool fails;
} Script;

/* What came of it. */
typedef struct Story {
    int painted, asked; /* iterations; how often the window was done */
    bool could_go_on;   /* when it was last done */
    ShownPixels shown;  /* the last picture, with its scale and iteration as its size */
    double waited;      /* µs, as reported */
    double seconds;     /* of the last scale, as reported */
    bool stopped;       /* as reported */
    int added;          /* as reported */
    PaintCourse course;
    int scenes, room; /* how many are there now, and the widest that there was */
} Story;

static Script script;
static Story story;
static const ShownWith shown_with;
static GThread *main_thread;

static GMutex lock; /* guards the next */
static GCond changed;
static bool ordered;

static void assert_main(bool main)
{
    g_assert_true((g_thread_self() == main_thread) == main);
}

/* ---- The user ------------------------------------------------------------------------------------------ */

struct RunFeedback {
    RunWindowFunc ordered;
    void *data;
    RunOrder order; /* the one the user will give */
};

static RunFeedback feedback;

static gboolean give_order(gpointer data)
{
    (void)data;
    feedback.ordered(script.order, feedback.data);
    g_mutex_lock(&lock);
    ordered = true;
    g_cond_signal(&changed);
    g_mutex_unlock(&lock);
    return G_SOURCE_REMOVE;
}

/* In the painting thread: returns when the user has given the order. */
static void wait_until_ordered(void)
{
    g_idle_add(give_order, NULL);
    g_mutex_lock(&lock);
    while (!ordered)
        g_cond_wait(&changed, &lock);
    g_mutex_unlock(&lock);
}

static gboolean decide(gpointer data)
{
    (void)data;
    feedback.ordered(feedback.order, feedback.data);
    return G_SOURCE_REMOVE;
}

RunFeedback *run_feedback_new(RunFeedbackKind kind, const NstJob *job, RunWindowFunc func, void *data)
{
    (void)kind, (void)job;
    assert_main(true);
    feedback = (RunFeedback){.ordered = func, .data = data};
    return &feedback;
}

void run_feedback_done(RunFeedback *given, bool can_go_on)
{
    assert_main(true);
    given->order = story.asked++ < script.more ? RUN_MORE : script.at_end;
    story.could_go_on = can_go_on;
    g_timeout_add(THINKING_MS, decide, NULL);
}

void run_feedback_picture(RunFeedback *given, const ShownPixels *picture)
{
    (void)given;
    assert_main(true);
    story.shown = *picture;
}

NstSize run_feedback_room(const RunFeedback *given)
{
    (void)given;
    assert_main(true);
    return (NstSize){300, 200};
}

void run_feedback_forecast(RunFeedback *given, const NstForecast *forecast)
{
    (void)given, (void)forecast;
    assert_main(true);
}

void run_feedback_progress(RunFeedback *given, const NstProgress *progress)
{
    (void)given, (void)progress;
    assert_main(true);
}

void run_feedback_print_forecast(const RunFeedback *given, const NstForecast *forecast)
{
    (void)given, (void)forecast;
}

void run_feedback_print_scale(const RunFeedback *given, const NstScale *scale)
{
    (void)given, (void)scale;
}

void run_feedback_end(RunFeedback *given, const NstImage *result)
{
    (void)given, (void)result;
}

void run_feedback_free(RunFeedback *given)
{
    g_assert_true(given == &feedback);
    assert_main(true);
}

/* ---- The painting -------------------------------------------------------------------------------------- */

/* Returns what the progress callback does: not zero stops the run. */
static int iterate(const NstJob *job, int scale, int iteration, int iterations)
{
    assert_main(false);
    if (++story.painted == script.at)
        wait_until_ordered();
    return job->progress(
        &(NstProgress){.scale = scale, .scales = 2, .iteration = iteration, .iterations = iterations},
        job->data);
}

static bool paint_scale(const NstJob *job, int scale)
{
    int done = 0, iterations = ITERATIONS;
    bool stopped = false;
    while (!stopped && done < iterations) {
        done++;
        stopped = iterate(job, scale, done, iterations) != 0;
        if (!stopped && done == iterations && scale == 2 && job->more && !script.converges)
            iterations += job->more(job->data);
    }
    job->scale(&(NstScale){.scale = scale,
                           .iterations = done,
                           .seconds = 100,
                           .start.total = 2,
                           .end.total = script.no_better ? 2 : 1},
               job->data);
    return stopped;
}

NstStatus nst_run(NstNetwork *network, const NstJob *job, NstImage *result, NstError *error)
{
    (void)network;
    job->forecast(&(NstForecast){.seconds = 5}, job->data);
    if (script.fails)
        return nst_fail(error, NST_BAD_FILE, "It fails");
    bool stopped = paint_scale(job, 1) || paint_scale(job, 2);
    *result = (NstImage){16, 16, NULL};
    return stopped ? NST_CANCELLED : NST_OK;
}

/* Pictures, whose size says how far the painting is; and scenes, whose size is the room they are made for. */
struct ShownScene {
    int width, height;
};

NstStatus nst_progress_picture(const NstProgress *progress, int side, NstImage *picture, NstError *error)
{
    (void)side, (void)error;
    assert_main(false);
    *picture = (NstImage){progress->scale, progress->iteration, NULL};
    return NST_OK;
}

void nst_image_free(NstImage *image)
{
    *image = (NstImage){0};
}

NstSize shown_fit(NstSize picture, NstSize room)
{
    (void)picture;
    return room;
}

NstStatus shown_scene_new(ShownScene **out, const ShownWith *with, int width, int height, NstError *error)
{
    (void)error;
    assert_main(false);
    g_assert_true(with == &shown_with);
    *out = g_new(ShownScene, 1);
    **out = (ShownScene){width, height};
    story.scenes++;
    story.room = MAX(story.room, width);
    return NST_OK;
}

void shown_scene_free(ShownScene *scene)
{
    story.scenes -= scene != NULL;
    g_free(scene);
}

static NstStatus picture_new(ShownPixels **out, int scale, int iteration)
{
    assert_main(false);
    *out = g_new(ShownPixels, 1);
    **out = (ShownPixels){scale, iteration, NULL};
    return NST_OK;
}

NstStatus shown_scene_now(const ShownScene *scene, ShownPixels **out, NstError *error)
{
    (void)scene, (void)error;
    return picture_new(out, 0, 0);
}

NstStatus shown_scene_with(const ShownScene *scene, const NstImage *result, ShownPixels **out,
                           NstError *error)
{
    (void)scene, (void)error;
    return picture_new(out, result->width, result->height);
}

void shown_pixels_free(ShownPixels *pixels)
{
    g_free(pixels);
}

/* ---- The report ---------------------------------------------------------------------------------------- */

struct Report {
    int unused;
};

void report_forecast(Report *report, const NstForecast *forecast)
{
    (void)report, (void)forecast;
}

void report_progress(Report *report, const NstProgress *progress)
{
    (void)report, (void)progress;
}

void report_scale(Report *report, const NstScale *scale)
{
    (void)report;
    story.seconds = scale->seconds;
}

void report_wait(Report *report, int64_t waited)
{
    (void)report;
    story.waited += (double)waited;
}

void report_course(Report *report, bool stopped, int added)
{
    (void)report;
    story.stopped = stopped;
    story.added = added;
}

/* ---- The tests ----------------------------------------------------------------------------------------- */

/* Runs the script, and checks the status, the iterations painted and the course (NULL: none). */
static void run(RunFeedbackKind kind, Script wanted, NstStatus status, int painted, const char *course)
{
    NstImage content = {16, 16, NULL}, result = {0};
    NstJob job = {.content = &content};
    NstError error = {0};
    Report report = {0};
    script = wanted;
    story = (Story){0};
    ordered = false;
    g_assert_cmpint(paint_thread_run(NULL, &job, kind, &shown_with, &report, &result, &story.course, &error),
                    ==, status);
    g_assert_cmpint(story.painted, ==, painted);
    g_assert_cmpstr(story.course.text, ==, course);
    g_assert_cmpint(story.scenes, ==, 0);         /* all of them are freed */
    g_assert_false(g_main_context_pending(NULL)); /* nothing is left that refers to the run */
    g_free(story.course.text);
}

/* Guards against a picture that is as it was, called a success: that is known, unless the user wants it. */
static void test_no_better(void)
{
    run(RUN_FEEDBACK_SCRIPT, (Script){0}, NST_OK, 2 * ITERATIONS, NULL);
    g_assert_false(story.course.no_better);
    run(RUN_FEEDBACK_SCRIPT, (Script){.no_better = true}, NST_OK, 2 * ITERATIONS, NULL);
    g_assert_true(story.course.no_better);
    run(RUN_FEEDBACK_WINDOW, (Script){.at = 2, .order = RUN_KEEP, .no_better = true}, NST_OK, 2,
        "stopped at scale 1 of 2, iteration 2 of 10");
    g_assert_false(story.course.no_better);
}

static void test_unwatched(void)
{
    for (RunFeedbackKind kind = RUN_FEEDBACK_SCRIPT; kind <= RUN_FEEDBACK_BAR; kind++) {
        run(kind, (Script){.at_end = RUN_CANCEL}, NST_OK, 2 * ITERATIONS, NULL);
        g_assert_cmpint(story.asked, ==, 0);
        g_assert_cmpint(story.shown.width, ==, 0);
    }
}

static void test_keep(void)
{
    run(RUN_FEEDBACK_WINDOW, (Script){.at_end = RUN_KEEP}, NST_OK, 2 * ITERATIONS, NULL);
    g_assert_cmpint(story.asked, ==, 1);
    g_assert_true(story.could_go_on);
    g_assert_cmpint(story.shown.width, ==, 2);
    g_assert_cmpint(story.shown.height, ==, ITERATIONS);
    g_assert_cmpint(story.room, ==, 1024); /* the last, for a window that grows while it waits */
    g_assert_false(story.stopped);
}

static void test_stop_and_keep(void)
{
    run(RUN_FEEDBACK_WINDOW, (Script){.at = 3, .order = RUN_KEEP}, NST_OK, 3,
        "stopped at scale 1 of 2, iteration 3 of 10");
    g_assert_cmpint(story.asked, ==, 0);
    g_assert_true(story.stopped);
    g_assert_cmpint(story.added, ==, 0);
}

static void test_cancel(void)
{
    run(RUN_FEEDBACK_WINDOW, (Script){.at = 13, .order = RUN_CANCEL}, NST_CANCELLED, 13, NULL);
    g_assert_cmpint(story.asked, ==, 0);
}

static void test_cancel_at_end(void)
{
    run(RUN_FEEDBACK_WINDOW, (Script){.at_end = RUN_CANCEL}, NST_CANCELLED, 2 * ITERATIONS, NULL);
}

/* The time the user takes to decide counts neither as the scale's nor as the run's. */
static void test_continue(void)
{
    run(RUN_FEEDBACK_WINDOW, (Script){.more = 2, .at_end = RUN_KEEP}, NST_OK,
        2 * ITERATIONS + 2 * RUN_WINDOW_MORE, "200 iterations more");
    g_assert_cmpint(story.asked, ==, 3);
    g_assert_cmpint(story.shown.height, ==, ITERATIONS + 2 * RUN_WINDOW_MORE);
    g_assert_cmpint(story.added, ==, 200);
    g_assert_false(story.stopped);
    g_assert_cmpfloat(story.waited, >=, 3 * THINKING_MS * 1000);
    g_assert_cmpfloat(story.seconds, ==, 100 - story.waited / G_USEC_PER_SEC);
}

static void test_stop_after_continue(void)
{
    run(RUN_FEEDBACK_WINDOW, (Script){.more = 1, .at = 25, .order = RUN_KEEP}, NST_OK, 25,
        "100 iterations more, stopped at scale 2 of 2, iteration 15 of 110");
    g_assert_true(story.stopped);
}

/* The user is asked although core doesn't ask. */
static void test_converged(void)
{
    run(RUN_FEEDBACK_WINDOW, (Script){.converges = true, .at_end = RUN_KEEP}, NST_OK, 2 * ITERATIONS, NULL);
    g_assert_cmpint(story.asked, ==, 1);
    g_assert_false(story.could_go_on);
    run(RUN_FEEDBACK_WINDOW, (Script){.converges = true, .at_end = RUN_CANCEL}, NST_CANCELLED, 2 * ITERATIONS,
        NULL);
}

/* A failure waits for nobody. */
static void test_failure(void)
{
    run(RUN_FEEDBACK_WINDOW, (Script){.fails = true}, NST_BAD_FILE, 0, NULL);
    g_assert_cmpint(story.asked, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    main_thread = g_thread_self();
    g_test_add_func("/job/unwatched", test_unwatched);
    g_test_add_func("/job/no better", test_no_better);
    g_test_add_func("/job/keep", test_keep);
    g_test_add_func("/job/stop-and-keep", test_stop_and_keep);
    g_test_add_func("/job/cancel", test_cancel);
    g_test_add_func("/job/cancel-at-end", test_cancel_at_end);
    g_test_add_func("/job/continue", test_continue);
    g_test_add_func("/job/stop-after-continue", test_stop_after_continue);
    g_test_add_func("/job/converged", test_converged);
    g_test_add_func("/job/failure", test_failure);
    return g_test_run();
}
