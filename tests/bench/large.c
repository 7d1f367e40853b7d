/* large.c: whole runs on a picture that is too large for the memory it may take, beside the same on a small
 * one: does it fit, and does a pixel cost the same? */
#include "commands.h"

#include "figures.h"
#include "measure.h"
#include "scene.h"

#include <math.h>
#include <stdio.h>

enum {
    SMALL_SIDE = 512, /* measured too, unless SIDE is no larger */
    MOST_MIB = 16777216,
    MOST_ITERATIONS = 5000
};

static void print_row(int side, int limit, int iterations, const char *name, const char *layers)
{
    char *settings = g_strdup_printf("scales=1 iterations=%d memory-limit=%d %s", iterations, limit, layers);
    Figures figures = figures_of_run(side, side, settings);
    const NstForecast *forecast = &figures.forecast;
    double seconds = figures.iteration_seconds;
    if (!isfinite(seconds))
        die("the run at %d ended before its second iteration: nothing to measure", side);
    printf("%d,%d,%s,%d,%s,%.4f,%.3f,%.0f,%.0f\n", side, limit, name, forecast->tiles,
           optimizer_name(forecast), seconds, seconds * 1e6 / side / side, forecast->bytes / MIB,
           figures.peak_mib);
    g_free(settings);
}

int large(int count, char **arguments)
{
    if (count > 3)
        die("large takes SIDE MEMORY_MIB ITERATIONS");
    int side = parse_side(count > 0 ? arguments[0] : "4096");
    int limit = parse_whole(count > 1 ? arguments[1] : "2048", "MEMORY_MIB", 1, MOST_MIB);
    int iterations = parse_whole(count > 2 ? arguments[2] : "2", "ITERATIONS", 2, MOST_ITERATIONS);
    puts("size,limit_mib,layers,tiles,optimizer,seconds_per_evaluation,us_per_pixel,predicted_mib,peak_mib");
    const int sides[] = {SMALL_SIDE, side};
    for (size_t i = side > SMALL_SIDE ? 0 : 1; i < G_N_ELEMENTS(sides); i++) {
        print_row(sides[i], limit, iterations, "default", "");
        print_row(sides[i], limit, iterations, "deep", DEEP_LAYERS);
    }
    return 0;
}
