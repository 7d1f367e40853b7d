/* trace.c: a timed run of core, for quality.py: the loss after each iteration, and when it was reached.
 *
 * Prints lines of words: "settings NAME=VALUE ...", "weights PATH", then during the run
 *     iteration SCALE ITERATION SECONDS LOSS
 *     done SECONDS                              the settings' iterations are painted; `more` ones follow
 *     scale SCALE WIDTH HEIGHT STYLE_WIDTH STYLE_HEIGHT OPTIMIZER LOSS
 *
 * Seconds count from the call. A scale's line comes after its iterations, with its final loss. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include "core/weights/weights.h"
#include "measure.h"
#include "painting.h"
#include "scene.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Trace {
    double began;
    int more; /* iterations of the last scale beyond those of the settings */
    bool done;
} Trace;

static double seconds(const Trace *trace)
{
    return seconds_now() - trace->began;
}

static int tell_iteration(const NstProgress *p, void *data)
{
    printf("iteration %d %d %.4f %.9g\n", p->scale, p->iteration, seconds(data), p->loss);
    return 0;
}

static void tell_scale(const NstScale *s, void *data)
{
    (void)data;
    printf("scale %d %d %d %d %d %s %.9g\n", s->scale, s->width, s->height, s->style_width, s->style_height,
           s->optimizer == NST_OPTIMIZER_ADAM ? "adam" : "lbfgs", s->end.total);
}

static void tell_done(Trace *trace)
{
    if (!trace->done)
        printf("done %.4f\n", seconds(trace));
    trace->done = true;
}

static int more(void *data)
{
    Trace *trace = data;
    int iterations = trace->done ? 0 : trace->more;
    tell_done(trace);
    return iterations;
}

/* Replaces empty layer settings by the network's default layers. */
static void name_layers(NstSettings *settings, const char *path)
{
    NstError error = {0};
    Weights *weights;
    if (weights_open(&weights, path, &error) != NST_OK)
        die("%s", error.message);
    if (!settings->content_layers[0])
        g_strlcpy(settings->content_layers, weights_content_layers(weights), sizeof settings->content_layers);
    weights_close(weights);
}

static void tell_inputs(Painting *painting)
{
    const char *weights = painting->settings.weights[0] ? painting->settings.weights : painting->weights;
    name_layers(&painting->settings, weights);
    char *settings = nst_settings_print(&painting->settings);
    if (!settings)
        die("there is no memory for the settings");
    printf("settings %s\n", settings);
    printf("weights %s\n", weights);
    free(settings);
}

/* In float32, as it was evaluated: 8 bits would change the loss. */
static void write_floats(const char *path, const NstImage *image)
{
    size_t count = nst_image_floats(image);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(image->rgb, sizeof(float), count, file) != count || fclose(file) != 0)
        die("%s can't be written: %s", path, g_strerror(errno));
}

/* Here OUT is not a PPM file but the result as float32 [H, W, 3]. */
int trace(int count, char **arguments)
{
    enum { MOST_MORE = 100000 };
    Painting painting;
    NstImage result;
    NstError error = {0};
    Trace trace = {0};
    bool asks = count > 1 && strcmp(arguments[0], "--more") == 0;
    int skipped = asks ? 2 : 0;
    trace.more = asks ? parse_whole(arguments[1], "--more", 0, MOST_MORE) : 0;
    painting_read(&painting, "trace [--more ITERATIONS]", count - skipped, arguments + skipped);
    tell_inputs(&painting);
    painting.job.progress = tell_iteration;
    painting.job.scale = tell_scale;
    painting.job.more = more;
    painting.job.data = &trace;
    trace.began = seconds_now();
    NstNetwork *network = network_for(&painting.settings);
    if (nst_run(network, &painting.job, &result, &error) != NST_OK)
        die("%s", error.message);
    nst_close(network);
    tell_done(&trace);
    write_floats(painting.out, &result);
    nst_image_free(&result);
    painting_free(&painting);
    return 0;
}
