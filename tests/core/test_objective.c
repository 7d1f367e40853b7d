/* test_objective.c: the whole objective and its gradient with respect to the picture, with hashed weights:
 * style at relu1_1 ... relu5_1 with unequal weights, content at two layers, total variation. */
#include "core/loss/objective.h"
#include "tests/check.h"
#include "tests/network.h"
#include "tests/oracle.h"
#include "tests/plain.h"
#include "tests/units.h"

#include <math.h>
#include <string.h>

/* As in make_oracle.py. */
enum { HEIGHT = 19, WIDTH = 26, COUNT = HEIGHT * WIDTH * 3, CONTENT_STREAM = 500 };
enum {
    STYLE_HEIGHT = 23,
    STYLE_WIDTH = 17,
    STYLE_COUNT = STYLE_HEIGHT * STYLE_WIDTH * 3,
    STYLE_STREAM = 501
};
enum { DEPTH = 11 }; /* down to relu5_1 */

/* A network that is less deep computes less of what lies around the picture: other squares of the transform
 * are whole, which rounds otherwise. */
static const double ROUNDING = 1e-6;

static const char *const kind_name[] = {"max", "average"};
static const char content_list[] = "relu4_2,relu2_2:0.5";
static const char style_list[] = "relu1_1:0.2,relu2_1,relu3_1:0.7,relu4_1:1.3,relu5_1:2";

static Weights *weights;
static Workers *crew;
static NstImage content, style;

static ObjectiveSpec spec_of(double content_weight, double style_weight, double tv_weight)
{
    ObjectiveSpec spec = {
        .content_weight = content_weight, .style_weight = style_weight, .tv_weight = tv_weight};
    g_assert_cmpint(vgg16_layers_parse(content_list, spec.content_layers, NULL), ==, NST_OK);
    g_assert_cmpint(vgg16_layers_parse(style_list, spec.style_layers, NULL), ==, NST_OK);
    return spec;
}

/* With covariances: of relu5_1's one position here there is none. */
static ObjectiveSpec with_covariance(ObjectiveSpec spec)
{
    spec.statistics = NST_STATISTICS_COVARIANCE;
    spec.style_layers[DEPTH - 1] = 0;
    return spec;
}

/* A network and an objective on it, on the two test pictures. */
typedef struct Setup {
    Vgg16 *net;
    Objective *objective;
} Setup;

static Setup setup_new(ObjectiveSpec spec, NstPooling pooling, Workers *workers, const NstImage *painting)
{
    NstError error = {0};
    spec.pooling = pooling;
    Setup s = {.net = vgg16_new(weights, objective_depth(&spec), pooling, workers, &error)};
    g_assert_nonnull(s.net);
    NstStatus status = objective_new(&s.objective, s.net, &spec, &objective_whole, &content, painting, &error);
    g_assert_cmpstr(error.message, ==, "");
    g_assert_cmpint(status, ==, NST_OK);
    return s;
}

static void setup_free(Setup *s)
{
    objective_free(s->objective);
    vgg16_free(s->net);
}

static float *oracle_picture(const Oracle *oracle, NstPooling pooling)
{
    return new_unit((unsigned)oracle_values(oracle, 1, "objective/%s/seed", kind_name[pooling])[0], COUNT);
}

/* name: of the answers. */
static void check_against_oracle(const Oracle *oracle, const char *name, ObjectiveSpec spec,
                                 NstPooling pooling)
{
    Setup s = setup_new(spec, pooling, crew, &style);
    float *rgb = oracle_picture(oracle, pooling), *drgb = g_new(float, COUNT);
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
    for (int pooling = 0; pooling < 2; pooling++)
        check_against_oracle(oracle, kind_name[pooling], spec, (NstPooling)pooling);
    check_against_oracle(oracle, "covariance", with_covariance(spec), NST_POOLING_MAX);
    oracle_close(oracle);
}

/* Guards the processors that the developer's is not: each kind of vector unit against PyTorch, and their
 * gradients against each other. */
static void test_vector_units(void)
{
    Oracle *oracle = oracle_open_committed();
    float *rgb = oracle_picture(oracle, NST_POOLING_MAX), *best = g_new(float, COUNT),
          *other = g_new(float, COUNT);
    Losses losses;
    Setup s = setup_new(spec_of(1, 10, 0.05), NST_POOLING_MAX, crew, &style);
    objective_evaluate(s.objective, rgb, &losses, best);
    setup_free(&s);
    for (int unit = 0; unit < UNITS; unit++) {
        g_test_message("%s", unit_choose(unit)->name);
        s = setup_new(spec_of(1, 10, 0.05), NST_POOLING_MAX, crew, &style);
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

/* The objective by its definition in loss.h. */
typedef struct Plain {
    PlainNetwork net;
    ObjectiveSpec spec;
    double content_sum, style_sum;                         /* of the layers' weights */
    double *target[VGG16_LAYERS], *painting[VGG16_LAYERS]; /* the style's statistics */
} Plain;

static size_t channels_of(int layer)
{
    return (size_t)vgg16_layers[layer].out_channels;
}

/* The Gram matrix; or the covariance, and behind it the mean. */
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

static Plain plain_new(ObjectiveSpec spec, NstPooling pooling)
{
    Plain p = {.net = plain_network_new(DEPTH, pooling), .spec = spec};
    double *wide = new_doubles(COUNT, content.rgb), *features[VGG16_LAYERS];
    plain_features_within(&p.net, HEIGHT, WIDTH, wide, p.target);
    g_free(wide);
    wide = new_doubles(STYLE_COUNT, style.rgb);
    plain_features_within(&p.net, STYLE_HEIGHT, STYLE_WIDTH, wide, features);
    g_free(wide);
    for (int layer = 0; layer < DEPTH; layer++) {
        p.content_sum += spec.content_layers[layer];
        p.style_sum += spec.style_layers[layer];
        if (spec.style_layers[layer] > 0)
            p.painting[layer] =
                new_statistics(spec.statistics, layer, STYLE_HEIGHT, STYLE_WIDTH, features[layer]);
    }
    plain_features_free(features);
    return p;
}

static void plain_free(Plain *p)
{
    plain_network_free(&p->net);
    plain_features_free(p->target);
    plain_features_free(p->painting);
}

static double plain_objective(void *data, const double *rgb)
{
    const Plain *p = data;
    double *features[VGG16_LAYERS], content_loss = 0, style_loss = 0;
    plain_features_within(&p->net, HEIGHT, WIDTH, rgb, features);
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
    plain_features_free(features);
    return p->spec.content_weight * content_loss + p->spec.style_weight * style_loss +
           p->spec.tv_weight * plain_tv(HEIGHT, WIDTH, rgb);
}

/* Guards gradient and value belonging together, whatever PyTorch may say. */
static void test_finite_differences(gconstpointer statistics)
{
    Oracle *oracle = oracle_open_committed();
    for (int pooling = 0; pooling < 2; pooling++) {
        ObjectiveSpec spec = spec_of(0.7, 20, 0.3);
        if (GPOINTER_TO_INT(statistics) == NST_STATISTICS_COVARIANCE)
            spec = with_covariance(spec);
        Setup s = setup_new(spec, (NstPooling)pooling, crew, &style);
        Plain p = plain_new(spec, (NstPooling)pooling);
        float *rgb = oracle_picture(oracle, (NstPooling)pooling), *drgb = g_new(float, COUNT);
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

static Losses losses_at(const Setup *s, const float *rgb)
{
    float *drgb = g_new(float, COUNT);
    Losses losses;
    objective_evaluate(s->objective, rgb, &losses, drgb);
    g_free(drgb);
    return losses;
}

/* Guards the losses' zero: each target has none of its own loss; a flat picture has no variation. */
static void test_zeros(void)
{
    Setup s = setup_new(spec_of(1, 10, 1), NST_POOLING_MAX, crew, &content);
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

/* Guards a loss without weight: it must cost no layers and leave no trace, and the weights must scale what
 * they say they scale. */
static void test_weights(void)
{
    ObjectiveSpec content_only = spec_of(2, 0, 0), style_only = spec_of(0, 3, 0), tv_only = spec_of(0, 0, 5);
    g_assert_cmpint(objective_depth(&content_only), ==, 9);
    g_assert_cmpint(objective_depth(&style_only), ==, DEPTH);
    g_assert_cmpint(objective_depth(&tv_only), ==, 1);

    float *rgb = new_unit(77, COUNT);
    Setup all = setup_new(spec_of(2, 3, 5), NST_POOLING_MAX, crew, &style);
    Losses sum = losses_at(&all, rgb);
    const ObjectiveSpec specs[3] = {content_only, style_only, tv_only};
    for (int i = 0; i < 3; i++) {
        Setup s = setup_new(specs[i], NST_POOLING_MAX, crew, &style);
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

/* Guards the style's losses layer by layer: each is what the style's loss is with that layer alone, and their
 * mean by the layers' weights is the loss. */
static void test_style_layers(void)
{
    ObjectiveSpec spec = spec_of(0, 3, 0);
    float *rgb = new_unit(78, COUNT);
    Setup all = setup_new(spec, NST_POOLING_MAX, crew, &style);
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
            Setup s = setup_new(one, NST_POOLING_MAX, crew, &style);
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

/* Guards determinism: the same bits from any number of workers, and from the second call as from
 * the first. */
static void test_worker_counts(void)
{
    float *rgb = new_unit(77, COUNT), *first = g_new(float, COUNT), *again = g_new(float, COUNT);
    Losses one, other;
    for (int count = 1; count <= 5; count++) {
        Workers *workers = workers_new(count, NULL);
        g_assert_nonnull(workers);
        Setup s = setup_new(spec_of(1, 10, 0.05), NST_POOLING_MAX, workers, &style);
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
    crew = workers_new(2, NULL);
    g_assert_nonnull(crew);
    char *folder = temp_folder(), *path = g_build_filename(folder, "weights.safetensors", NULL);
    network_write(path, DEPTH, NETWORK_METADATA);
    weights = weights_open(path, NULL);
    g_assert_nonnull(weights);
    content = (NstImage){WIDTH, HEIGHT, new_unit(CONTENT_STREAM, COUNT)};
    style = (NstImage){STYLE_WIDTH, STYLE_HEIGHT, new_unit(STYLE_STREAM, STYLE_COUNT)};

    g_test_add_func("/objective/against PyTorch", test_oracle);
    g_test_add_func("/objective/any vector unit", test_vector_units);
    g_test_add_data_func("/objective/finite differences", GINT_TO_POINTER(NST_STATISTICS_GRAM),
                         test_finite_differences);
    g_test_add_data_func("/objective/finite differences, covariance",
                         GINT_TO_POINTER(NST_STATISTICS_COVARIANCE), test_finite_differences);
    g_test_add_func("/objective/zeros", test_zeros);
    g_test_add_func("/objective/weights", test_weights);
    g_test_add_func("/objective/style layer by layer", test_style_layers);
    g_test_add_func("/objective/any number of workers", test_worker_counts);
    int status = g_test_run();
    g_free(content.rgb);
    g_free(style.rgb);
    weights_close(weights);
    workers_free(crew);
    g_free(path);
    temp_remove(folder);
    return status;
}
