/* test_objective_gradient.c: the objective's value by its definition in loss.h, computed in double, and its
 * gradient by finite differences of that. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "objective_fixture.h"

#include "tests/support/plain.h"

#include <string.h>

/* ---- Features ------------------------------------------------------------------------------------------ */

/* A picture that the network by its definition has seen, and what it saw. */
typedef struct Seen {
    NstPooling pooling;
    int height, width;
    double *rgb, *features[VGG16_LAYERS];
} Seen;

static GPtrArray *all_seen;

static void seen_free(void *data)
{
    Seen *seen = data;
    g_free(seen->rgb);
    plain_features_free(seen->features);
    g_free(seen);
}

/* The features of a picture; owned by all_seen. They take nearly all of this program's time, and both kinds
 * of statistics look at the same pictures, so each picture's are computed once. */
static double *const *features_of(const PlainNetwork *net, int height, int width, const double *rgb)
{
    size_t count = 3 * (size_t)height * (size_t)width;
    for (guint i = 0; i < all_seen->len; i++) {
        const Seen *seen = g_ptr_array_index(all_seen, i);
        if (seen->pooling == net->pooling && seen->height == height && seen->width == width &&
            memcmp(seen->rgb, rgb, count * sizeof *rgb) == 0)
            return seen->features;
    }
    Seen *seen = g_new0(Seen, 1);
    *seen = (Seen){.pooling = net->pooling, .height = height, .width = width};
    seen->rgb = g_memdup2(rgb, count * sizeof *rgb);
    plain_features_within(net, height, width, rgb, seen->features);
    g_ptr_array_add(all_seen, seen);
    return seen->features;
}

/* ---- The definition ------------------------------------------------------------------------------------ */

typedef struct Plain {
    PlainNetwork net;
    ObjectiveSpec spec;
    double content_sum, style_sum;  /* of the layers' weights */
    double *const *target;          /* the content's features */
    double *painting[VGG16_LAYERS]; /* the style's statistics */
} Plain;

static size_t channels_of(int layer)
{
    return (size_t)vgg16_layers[layer].out_channels;
}

/* The Gram matrix; or the covariance, followed by the mean. */
static double *new_statistics(NstStatistics kind, int layer, int height, int width, const double *features)
{
    size_t channels = channels_of(layer), positions = plain_positions(layer, height, width);
    double *out = g_new(double, channels *channels + channels);
    if (kind == NST_STATISTICS_GRAM) {
        plain_gram(positions, channels, features, out);
    } else {
        plain_covariance(positions, channels, features, out);
        plain_mean(positions, channels, features, out + channels * channels);
    }
    return out;
}

static double style_apart(NstStatistics kind, size_t channels, const double *now, const double *painting)
{
    size_t square = channels * channels;
    double matrix = plain_distance(square, now, painting) / plain_squares(square, painting);
    return kind == NST_STATISTICS_GRAM ? matrix
                                       : (matrix + plain_distance(channels, now + square, painting + square) /
                                                       plain_squares(channels, painting + square)) /
                                             2;
}

static Plain plain_new(ObjectiveSpec spec)
{
    Plain p = {.net = plain_network_new(DEPTH, spec.pooling), .spec = spec};
    double *wide = new_doubles(COUNT, content.rgb), *wide_style = new_doubles(STYLE_COUNT, style.rgb);
    double *const *features = features_of(&p.net, STYLE_HEIGHT, STYLE_WIDTH, wide_style);
    p.target = features_of(&p.net, HEIGHT, WIDTH, wide);
    for (int layer = 0; layer < DEPTH; layer++) {
        p.content_sum += spec.content_layers[layer];
        p.style_sum += spec.style_layers[layer];
        if (spec.style_layers[layer] > 0)
            p.painting[layer] =
                new_statistics(spec.statistics, layer, STYLE_HEIGHT, STYLE_WIDTH, features[layer]);
    }
    g_free(wide);
    g_free(wide_style);
    return p;
}

static void plain_free(Plain *p)
{
    plain_network_free(&p->net);
    plain_features_free(p->painting);
}

static double plain_objective(void *data, const double *rgb)
{
    const Plain *p = data;
    double *const *features = features_of(&p->net, HEIGHT, WIDTH, rgb);
    double content_loss = 0, style_loss = 0;
    for (int layer = 0; layer < DEPTH; layer++) {
        size_t channels = channels_of(layer), count = plain_positions(layer, HEIGHT, WIDTH) * channels;
        if (p->spec.content_layers[layer] > 0)
            content_loss += p->spec.content_layers[layer] / p->content_sum *
                            plain_distance(count, features[layer], p->target[layer]) /
                            plain_squares(count, p->target[layer]);
        if (p->spec.style_layers[layer] > 0) {
            double *now = new_statistics(p->spec.statistics, layer, HEIGHT, WIDTH, features[layer]);
            style_loss += p->spec.style_layers[layer] / p->style_sum *
                          style_apart(p->spec.statistics, channels, now, p->painting[layer]);
            g_free(now);
        }
    }
    return p->spec.content_weight * content_loss + p->spec.style_weight * style_loss +
           p->spec.tv_weight * plain_tv(HEIGHT, WIDTH, rgb);
}

/* ---- The test ------------------------------------------------------------------------------------------ */

/* Guards gradient and value belonging together, whatever PyTorch may say. */
static void test_finite_differences(gconstpointer statistics)
{
    Oracle *oracle = oracle_open_committed();
    for (int pooling = 0; pooling < 2; pooling++) {
        ObjectiveSpec spec = spec_of(0.7, 20, 0.3);
        if (GPOINTER_TO_INT(statistics) == NST_STATISTICS_COVARIANCE)
            spec = with_covariance(spec);
        spec.pooling = (NstPooling)pooling;
        Setup s = setup_new(spec, crew, &style);
        Plain p = plain_new(spec);
        float *rgb = oracle_picture(oracle, spec.pooling), *drgb = g_new(float, COUNT);
        double *wide = new_doubles(COUNT, rgb);
        Losses losses;
        objective_evaluate(s.objective, rgb, &losses, drgb);
        float got = (float)losses.total, want = (float)plain_objective(&p, wide);
        check_close("total", 1, &got, &want, TOLERANCE);
        check_gradient(kind_name[pooling], plain_objective, &p, COUNT, rgb, drgb);
        g_free(wide);
        g_free(rgb);
        g_free(drgb);
        plain_free(&p);
        setup_free(&s);
    }
    oracle_close(oracle);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fixture_make();
    all_seen = g_ptr_array_new_with_free_func(seen_free);
    g_test_add_data_func("/objective/finite differences", GINT_TO_POINTER(NST_STATISTICS_GRAM),
                         test_finite_differences);
    g_test_add_data_func("/objective/finite differences, covariance",
                         GINT_TO_POINTER(NST_STATISTICS_COVARIANCE), test_finite_differences);
    int status = g_test_run();
    g_ptr_array_unref(all_seen);
    fixture_free();
    return status;
}
