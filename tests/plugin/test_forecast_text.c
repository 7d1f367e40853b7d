/* test_forecast_text.c: what a run takes, as text. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/forecast_text.h"

#include <glib.h>

static void test_duration(void)
{
    const struct {
        double seconds;
        const char *text;
    } cases[] = {
        {0, "1 s"},    {0.4, "1 s"},        {12.4, "12 s"},      {59.4, "59 s"},        {59.6, "1 min"},
        {60, "1 min"}, {61, "1 min 1 s"},   {200, "3 min 20 s"}, {3599, "59 min 59 s"}, {3599.7, "1 h"},
        {3600, "1 h"}, {7500, "2 h 5 min"}, {7199, "2 h"},       {360000, "100 h"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        char text[FIGURE_SIZE];
        forecast_text_duration(cases[i].seconds, text);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

static void test_memory(void)
{
    const double mib = 1 << 20;
    const struct {
        double bytes;
        const char *text;
    } cases[] = {
        {0, "1 MiB"},
        {mib, "1 MiB"},
        {450.3 * mib, "450 MiB"},
        {1023.4 * mib, "1023 MiB"},
        {1023.6 * mib, "1.0 GiB"},
        {1024 * mib, "1.0 GiB"},
        {3277 * mib, "3.2 GiB"},
        {12000 * mib, "11.7 GiB"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        char text[FIGURE_SIZE];
        forecast_text_memory(cases[i].bytes, text);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

/* No figure is too long for its buffer, whatever the forecast. */
static void test_absurd(void)
{
    char text[FIGURE_SIZE];
    forecast_text_duration(1e12, text);
    g_assert_cmpstr(text, ==, "277777777 h 47 min");
    forecast_text_memory(1e24, text);
    g_assert_true(g_str_has_suffix(text, " GiB"));
}

static void assert_full(const NstForecast *forecast, NstOptimizer wanted, const char *expected)
{
    NstSettings settings;
    nst_settings_default(&settings);
    settings.optimizer = wanted;
    char *text = forecast_text_full(forecast, &settings);
    g_assert_cmpstr(text, ==, expected);
    g_free(text);
}

static void test_lines(void)
{
    const double mib = 1 << 20;
    NstForecast forecast = {.seconds = 35,
                            .bytes = 450 * mib,
                            .limit = 12000 * mib,
                            .evaluations = 48,
                            .tiles = 1,
                            .optimizer = NST_OPTIMIZER_LBFGS,
                            .history = NST_HISTORY};
    char *text = forecast_text_short(&forecast);
    g_assert_cmpstr(text, ==, "About 35 s, 450 MiB of memory");
    g_free(text);
    assert_full(&forecast, NST_OPTIMIZER_LBFGS,
                "about 35 s and 450 MiB of memory (limit 11.7 GiB); 48 evaluations");
    forecast.history = 3;
    assert_full(
        &forecast, NST_OPTIMIZER_LBFGS,
        "about 35 s and 450 MiB of memory (limit 11.7 GiB); 48 evaluations; L-BFGS remembers 3 steps");
    forecast.tiles = 6;
    forecast.optimizer = NST_OPTIMIZER_ADAM;
    forecast.history = 0;
    assert_full(&forecast, NST_OPTIMIZER_ADAM,
                "about 35 s and 450 MiB of memory (limit 11.7 GiB); 48 evaluations; painted in 6 tiles");
    assert_full(
        &forecast, NST_OPTIMIZER_LBFGS,
        "about 35 s and 450 MiB of memory (limit 11.7 GiB); 48 evaluations; painted in 6 tiles; by Adam, "
        "since L-BFGS would not fit");
}

/* Only the layers that the style uses are named. */
static void test_scale(void)
{
    NstScale scale = {.scale = 2,
                      .scales = 3,
                      .width = 256,
                      .height = 192,
                      .iterations = 40,
                      .seconds = 2.14,
                      .start = {.total = 5.321, .content = 0, .style = 0.35},
                      .end = {.total = 0.4123, .content = 0.301, .style = 0.00661, .tv = 0.0212}};
    char *text = forecast_text_scale(&scale);
    g_assert_cmpstr(
        text, ==,
        "scale 2 of 3 (256×192), iterations: 40 in 2.1 s; loss 5.32 to 0.412; content 0 to 0.301, style "
        "0.35 to 0.00661, tv 0 to 0.0212");
    g_free(text);
    scale.start.style_layer[0] = 0.2;
    scale.start.style_layer[4] = 0.5;
    scale.end.style_layer[0] = 0.001;
    text = forecast_text_scale(&scale);
    g_assert_true(g_str_has_suffix(text,
                                   "style 0.35 to 0.00661 (relu1_1 0.2 to 0.001, relu3_1 0.5 to 0), tv 0 to "
                                   "0.0212"));
    g_free(text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/figures/duration", test_duration);
    g_test_add_func("/figures/memory", test_memory);
    g_test_add_func("/figures/absurd", test_absurd);
    g_test_add_func("/figures/lines", test_lines);
    g_test_add_func("/figures/scale", test_scale);
    return g_test_run();
}
