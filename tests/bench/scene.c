/* scene.c: the only part of the benchmark that knows how core builds an objective. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include "core/base/memory.h"
#include "core/loss/objective.h"
#include "core/nst.h"
#include "measure.h"
#include "pictures.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdlib.h>

struct Scene {
    Workers *workers;
    Weights *weights;
    Vgg16 *net;
    Objective *objective;
    NstImage content, painted;
    float *gradient;
};

static void read_spec(ObjectiveSpec *spec, NstSettings *settings)
{
    NstError error = {0};
    nst_settings_default(settings);
    if (nst_settings_parse(DEEP_LAYERS " " LOSS_WEIGHTS, settings, &error) != NST_OK ||
        vgg16_layers_parse(settings->content_layers, spec->content_layers, &error) != NST_OK ||
        vgg16_layers_parse(settings->style_layers, spec->style_layers, &error) != NST_OK)
        die("%s", error.message);
    spec->content_weight = settings->content_weight;
    spec->style_weight = settings->style_weight;
    spec->tv_weight = settings->tv_weight;
    spec->statistics = (NstStatistics)settings->statistics;
    spec->pooling = (NstPooling)settings->pooling;
}

/* An evaluation covers the whole picture, without tiles. Without this check the system would promise the
 * memory, and kill some process, perhaps another, once it is used. */
static void check_memory(int side)
{
    NstSettings settings;
    NstForecast forecast;
    NstError error = {0};
    ObjectiveSpec spec;
    read_spec(&spec, &settings);
    settings.method = NST_METHOD_GATYS;
    settings.scales = 1;
    settings.optimizer = NST_OPTIMIZER_ADAM; /* uses the least memory; here there is no optimiser at all */
    double available = memory_available();
    if (isfinite(available))
        settings.memory_limit = (int)(available / MIB);
    settings.threads = 1;
    NstImage picture = {.width = side, .height = side};
    NstJob job = {.content = &picture, .style = &picture, .settings = &settings};
    NstNetwork *network = network_for(&settings);
    NstStatus status = nst_forecast(network, &job, &forecast, &error);
    if (status != NST_OK)
        die("%s", error.message);
    if (forecast.tiles > 1 || forecast.bytes > available)
        die("%d x %d pixels don't fit into the free memory as a whole", side, side);
    nst_close(network);
}

char *built_in_weights(void)
{
    return source_path("weights/default.safetensors");
}

NstNetwork *network_for(const NstSettings *settings)
{
    NstNetwork *network;
    NstError error = {0};
    char *built_in = built_in_weights();
    if (nst_open(&network, settings->weights[0] ? settings->weights : built_in,
                 settings->threads > 0 ? settings->threads : (int)g_get_num_processors(), &error) != NST_OK)
        die("%s", error.message);
    g_free(built_in);
    return network;
}

static void open_network(Scene *scene, int layers, int workers)
{
    NstError error = {0};
    char *path = built_in_weights();
    NstStatus status = workers_new(&scene->workers, workers, &error);
    if (status == NST_OK)
        status = weights_open(&scene->weights, path, &error);
    if (status == NST_OK)
        status = vgg16_new(&scene->net, scene->weights, layers, scene->workers, &error);
    if (status != NST_OK)
        die("%s", error.message);
    if (workers_count(scene->workers) != workers)
        die("the system allows only %d of %d threads", workers_count(scene->workers), workers);
    g_free(path);
}

Scene *scene_new(int side, int workers)
{
    Scene *scene = g_new0(Scene, 1);
    ObjectiveSpec spec;
    NstSettings settings;
    NstError error = {0};
    check_memory(side);
    read_spec(&spec, &settings);
    open_network(scene, objective_depth(&spec), workers);
    scene->content = picture_new(CONTENT_PICTURE, side, side);
    NstImage style = picture_new(STYLE_PICTURE, side, side);
    if (objective_new(&scene->objective, scene->net, &spec, &objective_whole, &scene->content, &style,
                      &error) != NST_OK)
        die("%s", error.message);
    nst_image_free(&style);
    scene->painted = picture_new(PAINTED_PICTURE, side, side);
    scene->gradient = memory_floats(nst_image_floats(&scene->painted));
    if (!scene->gradient)
        die("there is no memory for the gradient of %d x %d pixels", side, side);
    return scene;
}

void scene_free(Scene *scene)
{
    objective_free(scene->objective);
    vgg16_free(scene->net);
    weights_close(scene->weights);
    workers_free(scene->workers);
    nst_image_free(&scene->content);
    nst_image_free(&scene->painted);
    free(scene->gradient);
    g_free(scene);
}

double scene_evaluate(Scene *scene)
{
    Losses losses;
    objective_evaluate(scene->objective, scene->painted.rgb, &losses, scene->gradient);
    return losses.total;
}

double scene_flops(int side)
{
    ObjectiveSpec spec;
    NstSettings settings;
    double flops = 0;
    read_spec(&spec, &settings);
    for (int layer = 0; layer < objective_depth(&spec); layer++) {
        const Vgg16Layer *l = &vgg16_layers[layer];
        double positions = (double)(side >> l->block) * (side >> l->block);
        flops += 2 * (2.0 * 9 * l->in_channels * l->out_channels * positions);
    }
    return flops;
}
