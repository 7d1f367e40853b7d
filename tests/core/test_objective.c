/* test_objective.c: the whole objective: its values and gradient against PyTorch, its weights, and what must
 * not change it. test_objective_gradient.c checks the gradient by finite differences. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "objective_fixture.h"

#include "tests/support/units.h"

#include <string.h>

/* A shallower network computes less of what lies around the picture: other squares of the transform are
 * whole, which rounds differently. */
static const double ROUNDING = 1e-6;

/* name: of PyTorch's answers. */
static void check_against_oracle(const Oracle *oracle, const char *name, ObjectiveSpec spec)
{
    Setup s = setup_new(spec, crew, &style);
    float *rgb = oracle_picture(oracle, spec.pooling), *drgb = g_new(float, COUNT);
    Losses losses;
    objective_evaluate(s.objective, rgb, &losses, drgb);
    const float *want = oracle_values(oracle, 4, "objective/%s/losses", name);
    const double got[4] = {losses.content, losses.style, losses.tv, losses.total};
    for (int i = 0; i < 4; i++) {
        float narrow = (float)got[i];
        check_close("loss", 1, &narrow, &want[i], TOLERANCE);
    }
    char *gradient = g_strdup_printf("objective/%s/gradient", name);
    oracle_check(oracle, gradient, COUNT, drgb, TOLERANCE);
    g_free(gradient);
    g_free(rgb);
    g_free(drgb);
    setup_free(&s);
}

/* Guards the numbers that a run minimises, and the gradient it follows. */
static void test_oracle(void)
{
    Oracle *oracle = oracle_open_committed();
    ObjectiveSpec spec = spec_of(1, 10, 0.05);
    check_against_oracle(oracle, "covariance", with_covariance(spec));
    for (int pooling = 0; pooling < 2; pooling++) {
        spec.pooling = (NstPooling)pooling;
        check_against_oracle(oracle, kind_name[pooling], spec);
    }
    oracle_close(oracle);
}

/* Guards processors other than the developer's: each kind of vector unit against PyTorch, and their gradients
 * against each other. */
static void test_vector_units(void)
{
    Oracle *oracle = oracle_open_committed();
    float *rgb = oracle_picture(oracle, NST_POOLING_MAX), *best = g_new(float, COUNT),
          *other = g_new(float, COUNT);
    Losses losses;
    Setup s = setup_new(spec_of(1, 10, 0.05), crew, &style);
    objective_evaluate(s.objective, rgb, &losses, best);
    setup_free(&s);
    for (int unit = 0; unit < UNITS; unit++) {
        g_test_message("%s", unit_choose(unit)->name);
        s = setup_new(spec_of(1, 10, 0.05), crew, &style);
        objective_evaluate(s.objective, rgb, &losses, other);
        check_close("gradient, against the best unit", COUNT, other, best, 1e-4);
        oracle_check(oracle, "objective/max/gradient", COUNT, other, TOLERANCE);
        setup_free(&s);
    }
    unit_forget();
    g_free(rgb);
    g_free(best);
    g_free(other);
    oracle_close(oracle);
}

static Losses losses_at(const Setup *s, const float *rgb)
{
    float *drgb = g_new(float, COUNT);
    Losses losses;
    objective_evaluate(s->objective, rgb, &losses, drgb);
    g_free(drgb);
    return losses;
}

/* Guards the zeros: a target has no loss against itself; a flat picture has no variation. */
static void test_zeros(void)
{
    Setup s = setup_new(spec_of(1, 10, 1), crew, &content);
    Losses losses = losses_at(&s, content.rgb);
    g_assert_cmpfloat(losses.content, ==, 0);
    g_assert_cmpfloat(losses.style, ==, 0);
    float *flat = g_new(float, COUNT);
    for (int i = 0; i < COUNT; i++)
        flat[i] = 0.3f;
    g_assert_cmpfloat(losses_at(&s, flat).tv, ==, 0);
    g_free(flat);
    setup_free(&s);
}

/* Guards a loss without weight, which must cost no layers and leave no trace; and each weight, which must
 * scale its own loss and nothing else. */
static void test_weights(void)
{
    ObjectiveSpec content_only = spec_of(2, 0, 0), style_only = spec_of(0, 3, 0), tv_only = spec_of(0, 0, 5);
    g_assert_cmpint(objective_depth(&content_only), ==, 9);
    g_assert_cmpint(objective_depth(&style_only), ==, DEPTH);
    g_assert_cmpint(objective_depth(&tv_only), ==, 1);

    float *rgb = new_unit(77, COUNT);
    Setup all = setup_new(spec_of(2, 3, 5), crew, &style);
    Losses sum = losses_at(&all, rgb);
    const ObjectiveSpec specs[3] = {content_only, style_only, tv_only};
    for (int i = 0; i < 3; i++) {
        Setup s = setup_new(specs[i], crew, &style);
        Losses part = losses_at(&s, rgb);
        const double want[3] = {i == 0 ? sum.content : 0, i == 1 ? sum.style : 0, i == 2 ? sum.tv : 0};
        g_assert_cmpfloat_with_epsilon(part.content, want[0], 1e-12);
        g_assert_cmpfloat_with_epsilon(part.style, want[1], 1e-12);
        g_assert_cmpfloat_with_epsilon(part.tv, want[2], 1e-12);
        g_assert_cmpfloat_with_epsilon(part.total, 2 * want[0] + 3 * want[1] + 5 * want[2], 1e-9);
        setup_free(&s);
    }
    g_assert_cmpfloat_with_epsilon(sum.total, 2 * sum.content + 3 * sum.style + 5 * sum.tv, 1e-9);
    setup_free(&all);
    g_free(rgb);
}

/* Guards the style losses of the layers: each equals the style loss with that layer alone, and their mean,
 * weighted by the layers' weights, is the style loss. */
static void test_style_layers(void)
{
    ObjectiveSpec spec = spec_of(0, 3, 0);
    float *rgb = new_unit(78, COUNT);
    Setup all = setup_new(spec, crew, &style);
    Losses sum = losses_at(&all, rgb);
    double shares = 0, mean = 0;
    int used = 0;
    for (int layer = 0; layer < VGG16_LAYERS; layer++) {
        ObjectiveSpec one = spec;
        memset(one.style_layers, 0, sizeof one.style_layers);
        one.style_layers[layer] = spec.style_layers[layer];
        shares += spec.style_layers[layer];
        mean += spec.style_layers[layer] * sum.style_layer[layer];
        if (spec.style_layers[layer] > 0) {
            Setup s = setup_new(one, crew, &style);
            g_assert_cmpfloat_with_epsilon(sum.style_layer[layer], losses_at(&s, rgb).style,
                                           ROUNDING * sum.style_layer[layer]);
            setup_free(&s);
            used++;
        } else {
            g_assert_cmpfloat(sum.style_layer[layer], ==, 0);
        }
    }
    g_assert_cmpint(used, >, 1);
    g_assert_cmpfloat_with_epsilon(sum.style, mean / shares, 1e-12);
    setup_free(&all);
    g_free(rgb);
}

/* Guards determinism: the same bits from any number of workers, and from the second call as from the
 * first. */
static void test_worker_counts(void)
{
    float *rgb = new_unit(77, COUNT), *first = g_new(float, COUNT), *again = g_new(float, COUNT);
    Losses one, other;
    for (int count = 1; count <= 5; count++) {
        Workers *workers = made_workers(count);
        Setup s = setup_new(spec_of(1, 10, 0.05), workers, &style);
        if (count == 1)
            objective_evaluate(s.objective, rgb, &one, first);
        objective_evaluate(s.objective, rgb, &other, again);
        g_assert_cmpfloat(one.total, ==, other.total);
        g_assert_cmpmem(first, COUNT * 4, again, COUNT * 4);
        setup_free(&s);
        workers_free(workers);
    }
    g_free(rgb);
    g_free(first);
    g_free(again);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    fixture_make();
    g_test_add_func("/objective/against PyTorch", test_oracle);
    g_test_add_func("/objective/any vector unit", test_vector_units);
    g_test_add_func("/objective/zeros", test_zeros);
    g_test_add_func("/objective/weights", test_weights);
    g_test_add_func("/objective/style layer by layer", test_style_layers);
    g_test_add_func("/objective/any number of workers", test_worker_counts);
    int status = g_test_run();
    fixture_free();
    return status;
}
