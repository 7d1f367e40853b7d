/* report.c: collects core's facts as they come, and writes them as JSON with json-glib, which takes care of
 * quotes and decimal points. What a number can't express (a limit where there is none) is null.
 *
 * Whether the file can be written is checked beforehand, without writing: GIMP's Cancel kills the plug-in,
 * and nothing must be left behind. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report.h"

#include "core/base/file_write.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

struct Report {
    NstSettings settings;
    NstImage content, style; /* only their sizes */
    int threads;
    NstForecast forecast;
    GArray *scales;   /* of NstScale */
    GPtrArray *curve; /* a GArray of double for each scale: the best loss after each iteration */
    GDateTime *started;
    gint64 began, ended; /* monotonic time, µs */
    double peak;         /* of the process, in bytes */
    bool stopped;
    int added;
};

NstStatus report_check(const char *path, NstError *error)
{
    return file_write_check(path, error);
}

Report *report_new(const NstJob *job, int threads)
{
    Report *report = g_new0(Report, 1);
    report->settings = *job->settings;
    report->content = (NstImage){job->content->width, job->content->height, NULL};
    report->style = (NstImage){job->style->width, job->style->height, NULL};
    report->threads = threads;
    report->scales = g_array_new(FALSE, FALSE, sizeof(NstScale));
    report->curve = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    report->started = g_date_time_new_now_local();
    report->began = report->ended = g_get_monotonic_time();
    return report;
}

void report_free(Report *report)
{
    if (!report)
        return;
    g_array_unref(report->scales);
    g_ptr_array_unref(report->curve);
    g_date_time_unref(report->started);
    g_free(report);
}

void report_forecast(Report *report, const NstForecast *forecast)
{
    report->forecast = *forecast;
}

void report_progress(Report *report, const NstProgress *progress)
{
    while (report->curve->len < (guint)progress->scale)
        g_ptr_array_add(report->curve, g_array_new(FALSE, FALSE, sizeof(double)));
    g_array_append_val(g_ptr_array_index(report->curve, progress->scale - 1), progress->loss);
}

void report_scale(Report *report, const NstScale *scale)
{
    g_array_append_val(report->scales, *scale);
    report->ended = g_get_monotonic_time();
    report->peak = nst_memory_peak();
}

void report_wait(Report *report, int64_t waited)
{
    report->began += waited;
}

void report_course(Report *report, bool stopped, int added)
{
    report->stopped = stopped;
    report->added = added;
}

/* ---- As JSON ------------------------------------------------------------------------------------------- */

/* json-glib (1.6, and maybe others) adds ".0" to any number without a point, so that 1e30 becomes "1e+30.0",
 * which is not JSON. Such a number is changed by its last bit, and then has a point. */
static double with_point(double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_dtostr(text, sizeof text, value);
    return strchr(text, 'e') && !strchr(text, '.') ? nextafter(value, 0) : value;
}

static void add_number(JsonBuilder *json, double value)
{
    if (isfinite(value))
        json_builder_add_double_value(json, with_point(value));
    else
        json_builder_add_null_value(json);
}

static void put_number(JsonBuilder *json, const char *name, double value)
{
    json_builder_set_member_name(json, name);
    add_number(json, value);
}

/* Of bytes, pixels and the like. */
static void put_count(JsonBuilder *json, const char *name, double value)
{
    json_builder_set_member_name(json, name);
    if (isfinite(value))
        json_builder_add_int_value(json, (gint64)value);
    else
        json_builder_add_null_value(json);
}

/* File names may be in any encoding, JSON is UTF-8. */
static void put_text(JsonBuilder *json, const char *name, const char *value)
{
    char *valid = g_utf8_make_valid(value, -1);
    json_builder_set_member_name(json, name);
    json_builder_add_string_value(json, valid);
    g_free(valid);
}

static void begin(JsonBuilder *json, const char *name)
{
    json_builder_set_member_name(json, name);
    json_builder_begin_object(json);
}

static void put_versions(JsonBuilder *json, const char *host)
{
    char *glib = g_strdup_printf("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
    begin(json, "versions");
    put_text(json, "neural-style", NST_VERSION);
    put_text(json, "host", host);
    put_text(json, "glib", glib);
    put_text(json, "vector-unit", nst_vector_unit());
    json_builder_end_object(json);
    g_free(glib);
}

static void put_setting(JsonBuilder *json, const NstSetting *row, NstSettings *settings)
{
    const void *value = nst_setting_value(row, settings);
    char choice[64] = "";
    switch (row->type) {
    case NST_SETTING_NUMBER:
        put_number(json, row->name, *(const double *)value);
        break;
    case NST_SETTING_INTEGER:
    case NST_SETTING_LAYER:
        put_count(json, row->name, *(const int *)value);
        break;
    case NST_SETTING_CHOICE:
        nst_setting_choice(row->values, *(const int *)value, choice, sizeof choice);
        put_text(json, row->name, choice);
        break;
    case NST_SETTING_TEXT:
        put_text(json, row->name, value);
        break;
    }
}

static void put_settings(JsonBuilder *json, NstSettings settings)
{
    begin(json, "settings");
    for (const NstSetting *row = nst_settings_table(); row->name; row++)
        put_setting(json, row, &settings);
    json_builder_end_object(json);
}

static void put_size(JsonBuilder *json, const char *name, int width, int height)
{
    begin(json, name);
    put_count(json, "width", width);
    put_count(json, "height", height);
    json_builder_end_object(json);
}

static void put_weights(JsonBuilder *json, const NstForecast *forecast)
{
    begin(json, "weights");
    put_text(json, "file", forecast->weights);
    put_text(json, "provenance", forecast->provenance);
    json_builder_end_object(json);
}

static void put_costs(JsonBuilder *json, const Report *report)
{
    begin(json, "seconds");
    put_number(json, "forecast", report->forecast.seconds);
    put_number(json, "taken", (double)(report->ended - report->began) / G_USEC_PER_SEC);
    json_builder_end_object(json);
    begin(json, "bytes");
    put_count(json, "forecast", report->forecast.bytes);
    put_count(json, "limit", report->forecast.limit);
    put_count(json, "peak", report->peak);
    json_builder_end_object(json);
}

static void put_losses(JsonBuilder *json, const char *name, const Losses *losses)
{
    begin(json, name);
    put_number(json, "total", losses->total);
    put_number(json, "content", losses->content);
    put_number(json, "style", losses->style);
    put_number(json, "tv", losses->tv);
    begin(json, "style-layers");
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        if (losses->style_layer[layer] > 0)
            put_number(json, vgg16_layers[layer].name, losses->style_layer[layer]);
    json_builder_end_object(json);
    json_builder_end_object(json);
}

static void put_curve(JsonBuilder *json, const Report *report, guint index)
{
    json_builder_set_member_name(json, "curve");
    json_builder_begin_array(json);
    const GArray *curve = index < report->curve->len ? g_ptr_array_index(report->curve, index) : NULL;
    for (guint i = 0; curve && i < curve->len; i++)
        add_number(json, g_array_index(curve, double, i));
    json_builder_end_array(json);
}

static void put_scale(JsonBuilder *json, const Report *report, guint index)
{
    const NstScale *scale = &g_array_index(report->scales, NstScale, index);
    json_builder_begin_object(json);
    put_count(json, "width", scale->width);
    put_count(json, "height", scale->height);
    put_size(json, "style", scale->style_width, scale->style_height);
    put_count(json, "tiles", scale->tiles);
    put_text(json, "optimizer", scale->optimizer == NST_OPTIMIZER_ADAM ? "adam" : "lbfgs");
    put_count(json, "history", scale->history);
    put_count(json, "iterations", scale->iterations);
    put_count(json, "evaluations", scale->evaluations);
    put_number(json, "seconds", scale->seconds);
    put_losses(json, "start", &scale->start);
    put_losses(json, "end", &scale->end);
    put_curve(json, report, (guint)scale->scale - 1);
    json_builder_end_object(json);
}

static bool improved(const Report *report)
{
    for (guint i = 0; i < report->scales->len; i++)
        if (nst_scale_improved(&g_array_index(report->scales, NstScale, i)))
            return true;
    return false;
}

static void put_all(JsonBuilder *json, const Report *report, const char *host)
{
    char *started = g_date_time_format_iso8601(report->started);
    json_builder_begin_object(json);
    put_text(json, "started", started);
    put_versions(json, host);
    put_settings(json, report->settings);
    put_weights(json, &report->forecast);
    put_size(json, "content", report->content.width, report->content.height);
    put_size(json, "style", report->style.width, report->style.height);
    put_count(json, "threads", report->threads);
    put_costs(json, report);
    put_count(json, "iterations-added", report->added);
    json_builder_set_member_name(json, "improved");
    json_builder_add_boolean_value(json, improved(report));
    json_builder_set_member_name(json, "stopped");
    json_builder_add_boolean_value(json, report->stopped);
    json_builder_set_member_name(json, "scales");
    json_builder_begin_array(json);
    for (guint i = 0; i < report->scales->len; i++)
        put_scale(json, report, i);
    json_builder_end_array(json);
    json_builder_end_object(json);
    g_free(started);
}

static char *text_of(const Report *report, const char *host)
{
    JsonBuilder *json = json_builder_new();
    put_all(json, report, host);
    JsonNode *root = json_builder_get_root(json);
    char *text = json_to_string(root, TRUE);
    json_node_unref(root);
    g_object_unref(json);
    return text;
}

NstStatus report_write(const Report *report, const char *host, const char *path, NstError *error)
{
    char *text = text_of(report, host), *line = g_strconcat(text, "\n", NULL);
    NstStatus status = file_write(path, line, strlen(line), error);
    g_free(line);
    g_free(text);
    return status;
}
