/* run_feedback.c: the same facts in three places: in GIMP's progress bar, which also shows the rest of GIMP
 * that something is under way, in the window, and on standard error.
 *
 * The time left follows from the speed so far, not from the forecast: it reflects how busy the machine is.
 * After Continue it counts from there, or the time the user thought would count as work. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "run_feedback.h"

#include "forecast_text.h"
#include "host.h"
#include "ui/words.h"

#include <math.h>

enum {
    PRINT_US = 1000000,  /* between two lines on standard error */
    SETTLE_US = 2000000, /* a forecast made before this is a guess */
};

/* Does the user want the picture kept when it is done, without being asked? */
#define KEEPS "neural-style-keep-when-done"

/* The window's size. */
#define SIZE "neural-style-run-size"

struct RunFeedback {
    RunFeedbackKind kind;
    const NstSettings *settings;
    NstForecast forecast;
    gint64 began, printed; /* when; monotonic time, µs */
    gint64 since;          /* the time left is estimated from here on; 0: from the next progress on */
    double from, fraction; /* of the work, done then and now */

    RunWindow *window; /* NULL: there is none */
    bool keeps;        /* the window's answer when it opened */
    RunWindowFunc ordered;
    void *data;
};

/* The window's callback. */
static void take_order(RunOrder order, void *data)
{
    RunFeedback *feedback = data;
    if (order == RUN_MORE)
        feedback->since = 0;
    else
        host_progress(feedback->fraction, order == RUN_CANCEL ? _("Cancelling…") : _("Stopping…"));
    feedback->ordered(order, feedback->data);
}

static bool recall_keeps(void)
{
    char *text = host_recall(KEEPS);
    bool keeps = !text || *text == '1';
    g_free(text);
    return keeps;
}

static void open_window(RunFeedback *feedback, const NstJob *job)
{
    char *size = host_recall(SIZE);
    feedback->keeps = recall_keeps();
    feedback->window =
        run_window_new(host_window_new(_("Neural Style Transfer: Painting")), job->content->width,
                       job->content->height, size, feedback->keeps, take_order, feedback);
    g_free(size);
}

static void close_window(RunFeedback *feedback)
{
    if (!feedback->window)
        return;
    char *size = run_window_size(feedback->window);
    host_remember(SIZE, size);
    if (run_window_keeps(feedback->window) != feedback->keeps)
        host_remember(KEEPS, feedback->keeps ? "0" : "1");
    run_window_free(feedback->window);
    g_free(size);
}

RunFeedback *run_feedback_new(RunFeedbackKind kind, const NstJob *job, RunWindowFunc ordered, void *data)
{
    RunFeedback *feedback = g_new0(RunFeedback, 1);
    *feedback = (RunFeedback){.kind = kind, .settings = job->settings, .ordered = ordered, .data = data};
    feedback->began = feedback->printed = feedback->since = g_get_monotonic_time();
    host_progress_begin(_("Painting…"));
    if (kind == RUN_FEEDBACK_WINDOW)
        open_window(feedback, job);
    return feedback;
}

void run_feedback_free(RunFeedback *feedback)
{
    close_window(feedback);
    host_progress_end();
    g_free(feedback);
}

void run_feedback_print_forecast(const RunFeedback *feedback, const NstForecast *forecast)
{
    if (feedback->kind != RUN_FEEDBACK_SCRIPT)
        return;
    locale_t before = words_plain();
    char *text = forecast_text_full(forecast, feedback->settings);
    g_printerr("neural-style: %s\n", text);
    g_free(text);
    words_again(before);
}

void run_feedback_print_scale(const RunFeedback *feedback, const NstScale *scale)
{
    locale_t before = words_plain();
    char *text = forecast_text_scale(scale);
    if (feedback->kind == RUN_FEEDBACK_SCRIPT)
        g_printerr("neural-style: %s\n", text);
    else
        g_debug("%s", text);
    g_free(text);
    words_again(before);
}

/* Before so much of the work is done the time left would be a guess too. */
static const double LEAST_DONE = 0.02;

/* "12 s"; "" while it is too early to say. */
static void time_left(RunFeedback *feedback, double fraction, char text[FIGURE_SIZE])
{
    gint64 now = g_get_monotonic_time();
    text[0] = '\0';
    if (feedback->since == 0) {
        feedback->since = now;
        feedback->from = fraction;
    }
    double elapsed = (double)(now - feedback->since), done = fraction - feedback->from;
    if (elapsed < SETTLE_US || done < LEAST_DONE || fraction >= 1)
        return;
    forecast_text_duration(ceil(elapsed / G_USEC_PER_SEC * (1 - fraction) / done), text);
}

void run_feedback_forecast(RunFeedback *feedback, const NstForecast *forecast)
{
    char time[FIGURE_SIZE];
    feedback->forecast = *forecast;
    forecast_text_duration(forecast->seconds, time);
    char *text = g_strdup_printf(_("Painting, about %s"), time);
    host_progress(0, text);
    if (feedback->window)
        run_window_progress(feedback->window, 0, text, NULL);
    g_free(text);
}

/* "Scale 2 of 3 (1024×768), iteration 12 of 40" */
static char *where_it_is(const NstProgress *now)
{
    if (now->matching)
        return g_strdup(_("Finding the strokes that suit each spot"));
    return g_strdup_printf(_("Scale %d of %d (%d×%d), iteration %d of %d"), now->scale, now->scales,
                           now->width, now->height, now->iteration, now->iterations);
}

/* Not before it is done: 99.9 % is 99 %. */
static int percent(const NstProgress *now)
{
    return (int)floor(100 * CLAMP(now->fraction, 0, 1));
}

static void show_in_window(const RunFeedback *feedback, const NstProgress *now, const char *left)
{
    char *details = where_it_is(now);
    char *text = *left ? g_strdup_printf(_("%d %%, %s left"), percent(now), left)
                       : g_strdup_printf(_("%d %%"), percent(now));
    run_window_progress(feedback->window, now->fraction, text, details);
    g_free(text);
    g_free(details);
}

static void show_in_bar(const NstProgress *now, const char *left)
{
    char *text = *left ? g_strdup_printf(_("Painting: %d %%, %s left"), percent(now), left)
                       : g_strdup_printf(_("Painting: %d %%"), percent(now));
    host_progress(now->fraction, text);
    g_free(text);
}

static void print_progress(RunFeedback *feedback, const NstProgress *now)
{
    gint64 time = g_get_monotonic_time();
    char left[FIGURE_SIZE];
    if (time - feedback->printed < PRINT_US)
        return;
    feedback->printed = time;
    locale_t before = words_plain();
    time_left(feedback, now->fraction, left);
    if (now->matching)
        g_printerr("neural-style: %3.0f %%, matching%s%s%s\n", 100 * now->fraction, *left ? ", " : "", left,
                   *left ? " left" : "");
    else
        g_printerr("neural-style: %3.0f %%, scale %d of %d (%d×%d), iteration %d of %d, loss %.4g%s%s%s\n",
                   100 * now->fraction, now->scale, now->scales, now->width, now->height, now->iteration,
                   now->iterations, now->loss, *left ? ", " : "", left, *left ? " left" : "");
    words_again(before);
}

void run_feedback_progress(RunFeedback *feedback, const NstProgress *now)
{
    char left[FIGURE_SIZE];
    feedback->fraction = now->fraction;
    time_left(feedback, now->fraction, left);
    if (!feedback->window || now->fraction < 1) /* at 1 GIMP would drop the text that comes right after */
        show_in_bar(now, left);
    if (feedback->window)
        show_in_window(feedback, now, left);
    if (feedback->kind == RUN_FEEDBACK_SCRIPT)
        print_progress(feedback, now);
}

void run_feedback_picture(RunFeedback *feedback, const ShownPixels *picture)
{
    if (feedback->window)
        run_window_picture(feedback->window, picture->width, picture->height, picture->argb);
}

NstSize run_feedback_room(const RunFeedback *feedback)
{
    NstSize room = {0};
    if (feedback->window)
        run_window_room(feedback->window, &room.width, &room.height);
    return room;
}

void run_feedback_done(RunFeedback *feedback, bool can_go_on)
{
    if (!feedback->window || run_window_keeps(feedback->window)) {
        feedback->ordered(RUN_KEEP, feedback->data);
        return;
    }
    host_progress(1, _("Done: the picture is waiting in its window"));
    run_window_done(feedback->window, can_go_on);
}

void run_feedback_end(RunFeedback *feedback, const NstImage *result)
{
    char forecast[FIGURE_SIZE];
    if (feedback->kind != RUN_FEEDBACK_SCRIPT)
        return;
    locale_t before = words_plain();
    forecast_text_duration(feedback->forecast.seconds, forecast);
    g_printerr("neural-style: painted %d×%d in %.1f s (forecast %s)\n", result->width, result->height,
               (double)(g_get_monotonic_time() - feedback->began) / G_USEC_PER_SEC, forecast);
    words_again(before);
}
