/* forecast_text.c: a forecast is good to a few per cent at best, so a figure has at most two units, and the
 * smaller one is dropped as soon as it would claim more than is known. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast_text.h"

#include "ui/words.h"

#include <glib.h>
#include <math.h>

static const double MINUTE = 60, HOUR = 3600;
static const double MIB = 1 << 20, GIB = 1 << 30;

/* both, large: formats of the two units, and of the large one alone where the small would be 0. */
static void two_units(double count, int small_in_large, const char *both, const char *large,
                      char text[FIGURE_SIZE])
{
    double whole = floor(count / small_in_large), rest = count - whole * small_in_large;
    if (rest > 0)
        g_snprintf(text, FIGURE_SIZE, both, whole, rest);
    else
        g_snprintf(text, FIGURE_SIZE, large, whole);
}

void forecast_text_duration(double seconds, char text[FIGURE_SIZE])
{
    double rounded = MAX(round(seconds), 1);
    if (rounded < MINUTE)
        g_snprintf(text, FIGURE_SIZE, _("%.0f s"), rounded);
    else if (rounded < HOUR)
        two_units(rounded, 60, _("%.0f min %.0f s"), _("%.0f min"), text);
    else
        two_units(round(seconds / MINUTE), 60, _("%.0f h %.0f min"), _("%.0f h"), text);
}

void forecast_text_memory(double bytes, char text[FIGURE_SIZE])
{
    double mib = MAX(round(bytes / MIB), 1);
    if (mib < GIB / MIB)
        g_snprintf(text, FIGURE_SIZE, _("%.0f MiB"), mib);
    else
        g_snprintf(text, FIGURE_SIZE, _("%.1f GiB"), bytes / GIB);
}

char *forecast_text_short(const NstForecast *forecast)
{
    char time[FIGURE_SIZE], memory[FIGURE_SIZE];
    forecast_text_duration(forecast->seconds, time);
    forecast_text_memory(forecast->bytes, memory);
    return g_strdup_printf(_("About %s, %s of memory"), time, memory);
}

char *forecast_text_full(const NstForecast *forecast, const NstSettings *settings)
{
    char time[FIGURE_SIZE], memory[FIGURE_SIZE], limit[FIGURE_SIZE];
    GString *text = g_string_new(NULL);

    forecast_text_duration(forecast->seconds, time);
    forecast_text_memory(forecast->bytes, memory);
    forecast_text_memory(forecast->limit, limit);
    g_string_printf(text, "about %s and %s of memory (limit %s); %d evaluations", time, memory, limit,
                    forecast->evaluations);
    if (forecast->tiles > 1)
        g_string_append_printf(text, "; painted in %d tiles", forecast->tiles);
    if (forecast->optimizer == NST_OPTIMIZER_LBFGS && forecast->history < NST_HISTORY)
        g_string_append_printf(text, "; L-BFGS remembers %d steps", forecast->history);
    if (forecast->optimizer == NST_OPTIMIZER_ADAM && settings->optimizer == NST_OPTIMIZER_LBFGS)
        g_string_append(text, "; by Adam, since L-BFGS would not fit");
    return g_string_free(text, FALSE);
}

static void add_losses(GString *text, const char *name, double start, double end)
{
    g_string_append_printf(text, "%s %.3g to %.3g", name, start, end);
}

char *forecast_text_scale(const NstScale *scale)
{
    const Losses *start = &scale->start, *end = &scale->end;
    GString *text = g_string_new(NULL);
    g_string_printf(text, "scale %d of %d (%d×%d), iterations: %d in %.1f s; ", scale->scale, scale->scales,
                    scale->width, scale->height, scale->iterations, scale->seconds);
    add_losses(text, "loss", start->total, end->total);
    add_losses(text, "; content", start->content, end->content);
    add_losses(text, ", style", start->style, end->style);
    const char *before = " (";
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        if (start->style_layer[layer] > 0) {
            g_string_append(text, before);
            add_losses(text, vgg16_layers[layer].name, start->style_layer[layer], end->style_layer[layer]);
            before = ", ";
        }
    g_string_append(text, *before == ',' ? ")" : "");
    add_losses(text, ", tv", start->tv, end->tv);
    return g_string_free(text, FALSE);
}
