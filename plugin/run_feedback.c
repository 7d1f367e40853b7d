/* run_feedback.c: the same facts in three places: in GIMP's progress bar, which also tells the rest of GIMP that
 * something is going on, in the window, and on standard error.
 *
 * The time left follows from the speed so far, not from the forecast: it knows how busy the machine is. After
 * Continue it counts from there, or the time the user thought would count as work. */
#define G_LOG_DOMAIN "neural-style"

#include "run_feedback.h"

#include "forecast_text.h"
#include "host.h"
#include "ui/words.h"

#include <math.h>

enum {
    REPORT_US = 1000000, /* between two lines on standard error */
    SETTLE_US = 2000000, /* a forecast made before this is a guess */
};

/* Does the user want the picture kept when it is done, without being asked? */
#define KEEPS "neural-style-keep-when-done"

struct RunFeedback {
    RunFeedbackKind kind;
    const NstSettings *settings;
    NstForecast forecast;
    gint64 began, reported; /* when; monotonic time, µs */
    gint64 since;           /* the time left is reckoned from here; 0: from the next progress */
    double from, fraction;  /* that was done then, and is now */

    RunWindow *window; /* NULL: there is none */
    bool keeps;        /* as the window began with it */
    RunWindowFunc said;
    void *data;
};

/* As the window tells it. */
static void said(RunOrder order, void *data)
{
    RunFeedback *watch = data;
    if (order == RUN_MORE)
        watch->since = 0;
    else
        host_progress(watch->fraction, order == RUN_CANCEL ? _("Cancelling…") : _("Stopping…"));
    watch->said(order, watch->data);
}

static void open_window(RunFeedback *watch, const NstJob *job)
{
    watch->keeps = host_recall(KEEPS, true);
    watch->window = run_window_new(host_window_new(_("Neural Style Transfer: Painting")), job->content->width,
                                   job->content->height, watch->keeps, said, watch);
}

static void close_window(RunFeedback *watch)
{
    if (watch->window && run_window_keeps(watch->window) != watch->keeps)
        host_remember(KEEPS, !watch->keeps);
    run_window_free(watch->window);
}

RunFeedback *run_feedback_new(RunFeedbackKind kind, const NstJob *job, RunWindowFunc told, void *data)
{
    RunFeedback *watch = g_new0(RunFeedback, 1);
    *watch = (RunFeedback){.kind = kind, .settings = job->settings, .said = told, .data = data};
    watch->began = watch->reported = watch->since = g_get_monotonic_time();
    host_progress_begin(_("Painting…"));
    if (kind == RUN_FEEDBACK_WINDOW)
        open_window(watch, job);
    return watch;
}

void run_feedback_free(RunFeedback *watch)
{
    close_window(watch);
    host_progress_end();
    g_free(watch);
}

void run_feedback_print_forecast(const RunFeedback *watch, const NstForecast *forecast)
{
    if (watch->kind != RUN_FEEDBACK_SCRIPT)
        return;
    locale_t before = words_plain();
    char *text = forecast_text_full(forecast, watch->settings);
    g_printerr("neural-style: %s\n", text);
    g_free(text);
    words_again(before);
}

void run_feedback_print_scale(const RunFeedback *watch, const NstScale *scale)
{
    locale_t before = words_plain();
    char *text = forecast_text_scale(scale);
    if (watch->kind == RUN_FEEDBACK_SCRIPT)
        g_printerr("neural-style: %s\n", text);
    else
        g_debug("%s", text);
    g_free(text);
    words_again(before);
}

/* "12 s"; "" where it is too early to tell. */
static void time_left(RunFeedback *watch, double fraction, char text[FIGURE_SIZE])
{
    gint64 now = g_get_monotonic_time();
    text[0] = '\0';
    if (watch->since == 0) {
        watch->since = now;
        watch->from = fraction;
    }
    double elapsed = (double)(now - watch->since), done = fraction - watch->from;
    if (elapsed < SETTLE_US || done <= 0 || fraction >= 1)
        return;
    forecast_text_duration(ceil(elapsed / G_USEC_PER_SEC * (1 - fraction) / done), text);
}

void run_feedback_forecast(RunFeedback *watch, const NstForecast *forecast)
{
    char time[FIGURE_SIZE];
    watch->forecast = *forecast;
    forecast_text_duration(forecast->seconds, time);
    char *text = g_strdup_printf(_("Painting, about %s"), time), *lines = g_strconcat(text, "\n", NULL);
    host_progress(0, text);
    if (watch->window)
        run_window_progress(watch->window, 0, lines);
    g_free(lines);
    g_free(text);
}

/* "Scale 2 of 3 (1024×768), iteration 12 of 40", and in the window's second line the time left. */
static void show_in_window(const RunFeedback *watch, const NstProgress *now, const char *left)
{
    char *where = g_strdup_printf(_("Scale %d of %d (%d×%d), iteration %d of %d"), now->scale, now->scales,
                                  now->width, now->height, now->iteration, now->iterations);
    char *rest = *left ? g_strdup_printf(_("%s left"), left) : g_strdup("");
    char *text = g_strconcat(where, "\n", rest, NULL);
    run_window_progress(watch->window, now->fraction, text);
    g_free(text);
    g_free(rest);
    g_free(where);
}

static void show_in_bar(const NstProgress *now, const char *left)
{
    char *text = *left ? g_strdup_printf(_("Painting at %d×%d, %s left"), now->width, now->height, left)
                       : g_strdup_printf(_("Painting at %d×%d"), now->width, now->height);
    host_progress(now->fraction, text);
    g_free(text);
}

static void print_progress(RunFeedback *watch, const NstProgress *now)
{
    gint64 time = g_get_monotonic_time();
    char left[FIGURE_SIZE];
    if (time - watch->reported < REPORT_US)
        return;
    watch->reported = time;
    locale_t before = words_plain();
    time_left(watch, now->fraction, left);
    g_printerr("neural-style: %3.0f %%, scale %d of %d (%d×%d), iteration %d of %d, loss %.4g%s%s%s\n",
               100 * now->fraction, now->scale, now->scales, now->width, now->height, now->iteration,
               now->iterations, now->loss, *left ? ", " : "", left, *left ? " left" : "");
    words_again(before);
}

void run_feedback_progress(RunFeedback *watch, const NstProgress *now)
{
    char left[FIGURE_SIZE];
    watch->fraction = now->fraction;
    time_left(watch, now->fraction, left);
    if (!watch->window || now->fraction < 1) /* GIMP would drop the text that comes right after it */
        show_in_bar(now, left);
    if (watch->window)
        show_in_window(watch, now, left);
    if (watch->kind == RUN_FEEDBACK_SCRIPT)
        print_progress(watch, now);
}

void run_feedback_picture(RunFeedback *watch, const Snapshot *picture)
{
    if (watch->window)
        run_window_picture(watch->window, picture->width, picture->height, picture->rgb);
}

void run_feedback_done(RunFeedback *watch, bool can_go_on)
{
    if (!watch->window || run_window_keeps(watch->window)) {
        watch->said(RUN_KEEP, watch->data);
        return;
    }
    host_progress(1, _("Done: the picture is waiting in its window"));
    run_window_done(watch->window, can_go_on);
}

void run_feedback_end(RunFeedback *watch, const NstImage *result)
{
    char forecast[FIGURE_SIZE];
    if (watch->kind != RUN_FEEDBACK_SCRIPT)
        return;
    locale_t before = words_plain();
    forecast_text_duration(watch->forecast.seconds, forecast);
    g_printerr("neural-style: painted %d×%d in %.1f s (forecast %s)\n", result->width, result->height,
               (double)(g_get_monotonic_time() - watch->began) / G_USEC_PER_SEC, forecast);
    words_again(before);
}
