/* large.c: whole runs on a picture too large for the allowed memory, compared with a small one: does it fit,
 * and does a pixel cost the same?
 *
 * A run of minutes is slowed by any other load on the machine, while a run of seconds may escape it. So the
 * small one runs before and after, each time for many iterations. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include "figures.h"
#include "measure.h"
#include "scene.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    SMALL_SIDE = 512, /* also measured, if the picture is larger than this */
    SMALL_ITERATIONS = 41,
    MOST_MIB = 16777216,
    MOST_ITERATIONS = 5000
};

/* The layers that can be chosen. */
typedef struct Choice {
    const char *name, *settings;
} Choice;

static const Choice choices[] = {{"default", ""}, {"deep", DEEP_LAYERS}};

static void print_row(int width, int height, int limit, int iterations, const Choice *choice)
{
    char *settings =
        g_strdup_printf("scales=1 iterations=%d memory-limit=%d %s", iterations, limit, choice->settings);
    Figures figures = figures_of_run(width, height, settings);
    const NstForecast *forecast = &figures.forecast;
    double seconds = figures.iteration_seconds;
    if (!isfinite(seconds))
        die("the run at %d x %d ended before its second iteration: nothing to measure", width, height);
    printf("%d,%d,%d,%s,%d,%s,%.4f,%.3f,%.0f,%.0f\n", width, height, limit, choice->name, forecast->tiles,
           optimizer_name(forecast), seconds, seconds * 1e6 / width / height, forecast->bytes / MIB,
           figures.peak_mib);
    fflush(stdout);
    g_free(settings);
}

int large(int count, char **arguments)
{
    if (count > 4)
        die("large takes SIZE MEMORY_MIB ITERATIONS LAYERS");
    int width, height;
    parse_sides(count > 0 ? arguments[0] : "4096x4096", &width, &height);
    int limit = parse_whole(count > 1 ? arguments[1] : "2048", "MEMORY_MIB", 1, MOST_MIB);
    int iterations = parse_whole(count > 2 ? arguments[2] : "4", "ITERATIONS", 2, MOST_ITERATIONS);
    const char *layers = count > 3 ? arguments[3] : NULL;
    if (layers && strcmp(layers, "default") != 0 && strcmp(layers, "deep") != 0)
        die("LAYERS is default or deep, not \"%s\"", layers);
    puts("width,height,limit_mib,layers,tiles,optimizer,seconds_per_evaluation,us_per_pixel,predicted_mib,"
         "peak_mib");
    for (size_t i = 0; i < G_N_ELEMENTS(choices); i++) {
        if (layers && strcmp(layers, choices[i].name) != 0)
            continue;
        bool beside = width > SMALL_SIDE || height > SMALL_SIDE;
        if (beside)
            print_row(SMALL_SIDE, SMALL_SIDE, limit, SMALL_ITERATIONS, &choices[i]);
        print_row(width, height, limit, iterations, &choices[i]);
        if (beside)
            print_row(SMALL_SIDE, SMALL_SIDE, limit, SMALL_ITERATIONS, &choices[i]);
    }
    return 0;
}
