/* figures.c: the child that paints or plans, and the parent that reads its line. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figures.h"

#include "child.h"
#include "core/base/memory.h"
#include "measure.h"
#include "pictures.h"
#include "scene.h"

#include <math.h>
#include <stdio.h>

/* One line, written and read only here. */
#define FIELDS "%d %d %d %d %lf %lf %lf %lf %lf"

/* The largest side of the style: typical for a picture file of a painting, however large the photograph. */
enum { STYLE_MOST = 1024 };

typedef struct Taken {
    Figures figures;
    bool forecast_known;
    double last_progress; /* time of the last callback; 0: none yet */
    GArray *times;        /* seconds from one progress callback to the next */
} Taken;

static void take_forecast(const NstForecast *forecast, void *data)
{
    Taken *taken = data;
    taken->figures.forecast = *forecast;
    taken->forecast_known = true;
}

/* An iteration is one evaluation and the optimiser's own arithmetic, so the time between two callbacks is
 * what an evaluation costs within a run. The first callback is not measured from the start, since the targets
 * and L-BFGS's additional evaluation come before it. An L-BFGS iteration whose first step is rejected
 * evaluates again, but that is rare. */
static int take_time(const NstProgress *progress, void *data)
{
    (void)progress;
    Taken *taken = data;
    double now = seconds_now();
    double time = now - taken->last_progress;
    if (taken->last_progress > 0)
        g_array_append_val(taken->times, time);
    taken->last_progress = now;
    return 0;
}

static void read_settings(const char *text, NstSettings *settings)
{
    NstError error = {0};
    nst_settings_default(settings);
    settings->method = NST_METHOD_GATYS; /* whose iterations are counted and timed */
    if (nst_settings_parse(text, settings, &error) != NST_OK)
        die("%s", error.message);
}

static void tell(const Figures *figures)
{
    const NstForecast *f = &figures->forecast;
    printf("%d %d %d %d %.17g %.17g %.17g %.17g %.17g\n", f->tiles, (int)f->optimizer, f->history,
           f->evaluations, f->bytes, f->limit, f->seconds, figures->iteration_seconds, figures->peak_mib);
}

/* The run returns its forecast; if it doesn't, the forecast is computed after the peak has been read. */
static void paint(NstJob *job, Taken *taken)
{
    NstImage result;
    NstError error = {0};
    job->progress = take_time;
    job->forecast = take_forecast;
    job->data = taken;
    NstNetwork *network = network_for(job->settings);
    if (nst_run(network, job, &result, &error) != NST_OK)
        die("%s", error.message);
    taken->figures.peak_mib = peak_mib();
    nst_image_free(&result);
    if (!taken->forecast_known && nst_forecast(network, job, &taken->figures.forecast, &error) != NST_OK)
        die("%s", error.message);
    nst_close(network);
}

int serve_run(int count, char **arguments)
{
    int width, height;
    NstSettings settings;
    if (count != 2)
        die("paint takes WIDTHxHEIGHT SETTINGS");
    parse_sides(arguments[0], &width, &height);
    read_settings(arguments[1], &settings);
    memory_give_back(); /* as the plug-in does */
    NstImage content = picture_new(CONTENT_PICTURE, width, height);
    NstImage style = picture_new(STYLE_PICTURE, MIN(width, STYLE_MOST), MIN(height, STYLE_MOST));
    NstJob job = {.content = &content, .style = &style, .settings = &settings};
    Taken taken = {.times = g_array_new(FALSE, FALSE, sizeof(double))};
    paint(&job, &taken);
    int times = (int)taken.times->len;
    taken.figures.iteration_seconds =
        times > 0 ? median(times, (double *)(void *)taken.times->data) : INFINITY;
    tell(&taken.figures);
    g_array_unref(taken.times);
    nst_image_free(&content);
    nst_image_free(&style);
    return 0;
}

/* Even a picture that doesn't fit at all has figures; the message that contains them goes to standard
 * error. */
int serve_plan(int count, char **arguments)
{
    NstImage content = {0}, style;
    NstSettings settings;
    NstError error = {0};
    Figures figures = {0};
    if (count != 2)
        die("forecast takes WIDTHxHEIGHT SETTINGS");
    parse_sides(arguments[0], &content.width, &content.height);
    style = (NstImage){MIN(content.width, STYLE_MOST), MIN(content.height, STYLE_MOST), NULL};
    read_settings(arguments[1], &settings);
    NstJob job = {.content = &content, .style = &style, .settings = &settings};
    NstNetwork *network = network_for(&settings);
    NstStatus status = nst_forecast(network, &job, &figures.forecast, &error);
    if (status == NST_NO_MEMORY)
        fprintf(stderr, "bench: %s\n", error.message);
    else if (status != NST_OK)
        die("%s", error.message);
    tell(&figures);
    nst_close(network);
    return 0;
}

static Figures figures_from(const char *what, int width, int height, const char *settings)
{
    Figures figures;
    NstForecast *f = &figures.forecast;
    int optimizer;
    char *size = g_strdup_printf("%dx%d", width, height);
    Child *child = child_self((const char *[]){what, size, settings, NULL});
    char *line = child_read_line(child);
    if (sscanf(line, FIELDS, &f->tiles, &optimizer, &f->history, &f->evaluations, &f->bytes, &f->limit,
               &f->seconds, &figures.iteration_seconds, &figures.peak_mib) != 9)
        die("%s answered \"%s\", which are not its figures", what, line);
    f->optimizer = (NstOptimizer)optimizer;
    child_end(child);
    g_free(line);
    g_free(size);
    return figures;
}

Figures figures_of_run(int width, int height, const char *settings)
{
    return figures_from("paint", width, height, settings);
}

Figures figures_of_plan(int width, int height, const char *settings)
{
    return figures_from("forecast", width, height, settings);
}

const char *optimizer_name(const NstForecast *forecast)
{
    return forecast->optimizer == NST_OPTIMIZER_ADAM ? "adam" : "lbfgs";
}
