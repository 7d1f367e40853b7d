/* objective_fixture.h: what the tests of the objective share: two pictures, a network with hashed weights,
 * and a spec with the style at relu1_1 ... relu5_1 with unequal weights, the content at two layers, and total
 * variation. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_CORE_OBJECTIVE_FIXTURE_H
#define TESTS_CORE_OBJECTIVE_FIXTURE_H

#include "core/loss/objective.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/network.h"
#include "tests/support/oracle.h"
#include "tests/support/units.h"

/* As in make_oracle.py. */
enum { HEIGHT = 19, WIDTH = 26, COUNT = HEIGHT * WIDTH * 3, CONTENT_STREAM = 500 };
enum {
    STYLE_HEIGHT = 23,
    STYLE_WIDTH = 17,
    STYLE_COUNT = STYLE_HEIGHT * STYLE_WIDTH * 3,
    STYLE_STREAM = 501
};
enum { DEPTH = 11 }; /* down to relu5_1 */

static const char *const kind_name[] = {"max", "average"};

static Weights *weights;
static Workers *crew; /* of two */
static NstImage content, style;

/* Makes the four above. */
static inline void fixture_make(void)
{
    crew = made_workers(2);
    char *folder = temp_folder(), *path = g_build_filename(folder, "weights.safetensors", NULL);
    network_write(path, DEPTH, NETWORK_METADATA);
    weights = made_weights(path);
    g_free(path);
    temp_remove(folder); /* weights stay mapped */
    content = (NstImage){WIDTH, HEIGHT, new_unit(CONTENT_STREAM, COUNT)};
    style = (NstImage){STYLE_WIDTH, STYLE_HEIGHT, new_unit(STYLE_STREAM, STYLE_COUNT)};
}

/* The crew's networks by depth, made once: transforming the kernels takes longer than most cases. */
static struct CrewsNet {
    Vgg16 *net;
    const Simd *unit; /* another vector unit wants its kernels in another order */
} crews_net[DEPTH + 1];

static inline Vgg16 *net_of_crew(int depth)
{
    struct CrewsNet *kept = &crews_net[depth];
    const Simd *unit = simd_best();
    if (kept->net && kept->unit == unit)
        return kept->net;
    vgg16_free(kept->net);
    *kept = (struct CrewsNet){made_vgg16(weights, depth, crew), unit};
    return kept->net;
}

static inline void fixture_free(void)
{
    for (int depth = 0; depth <= DEPTH; depth++)
        vgg16_free(crews_net[depth].net);
    g_free(content.rgb);
    g_free(style.rgb);
    weights_close(weights);
    workers_free(crew);
}

static inline ObjectiveSpec spec_of(double content_weight, double style_weight, double tv_weight)
{
    static const char content_list[] = "relu4_2,relu2_2:0.5",
                      style_list[] = "relu1_1:0.2,relu2_1,relu3_1:0.7,relu4_1:1.3,relu5_1:2";
    ObjectiveSpec spec = {
        .content_weight = content_weight, .style_weight = style_weight, .tv_weight = tv_weight};
    g_assert_cmpint(vgg16_layers_parse(content_list, spec.content_layers, NULL), ==, NST_OK);
    g_assert_cmpint(vgg16_layers_parse(style_list, spec.style_layers, NULL), ==, NST_OK);
    return spec;
}

/* With covariances, which relu5_1 doesn't have here: its map is a single position. */
static inline ObjectiveSpec with_covariance(ObjectiveSpec spec)
{
    spec.statistics = NST_STATISTICS_COVARIANCE;
    spec.style_layers[DEPTH - 1] = 0;
    return spec;
}

/* A network and an objective on it, for the content picture and a painting. */
typedef struct Setup {
    Vgg16 *net;
    bool own_net;
    Objective *objective;
} Setup;

static inline Setup setup_new(ObjectiveSpec spec, Workers *workers, const NstImage *painting)
{
    NstError error = {0};
    int depth = objective_depth(&spec);
    Setup s = {.net = workers == crew ? net_of_crew(depth) : made_vgg16(weights, depth, workers),
               .own_net = workers != crew};
    g_assert_nonnull(s.net);
    NstStatus status =
        objective_new(&s.objective, s.net, &spec, &objective_whole, &content, painting, &error);
    g_assert_cmpstr(error.message, ==, "");
    g_assert_cmpint(status, ==, NST_OK);
    return s;
}

static inline void setup_free(Setup *s)
{
    objective_free(s->objective);
    if (s->own_net)
        vgg16_free(s->net);
}

/* The picture that PyTorch was asked about. */
static inline float *oracle_picture(const Oracle *oracle, NstPooling pooling)
{
    return new_unit((unsigned)oracle_values(oracle, 1, "objective/%s/seed", kind_name[pooling])[0], COUNT);
}

#endif
