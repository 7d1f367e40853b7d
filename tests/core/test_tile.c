/* test_tile.c: the cutting itself, and its purpose: an objective in tiles has the losses and the gradient of
 * the whole picture. Hashed weights; pictures of smooth noise, so that no two places look alike and no map is
 * flat. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/loss/objective.h"
#include "core/loss/tile.h"
#include "core/network/conv_map.h"
#include "core/network/receptive_field.h"
#include "core/picture/mirror.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/made.h"
#include "tests/support/network.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { DEPTH = 11, SHALLOW = 7 }; /* down to relu5_1, down to relu3_3 */

static Weights *weights;
static Workers *crew;

/* ---- The cutting --------------------------------------------------------------------------------------- */

/* What the network sees around a position, computed from layers.h in another way than tile.c's: how far
 * beyond its own pixels a position of the deepest layer reaches. */
static int reach_of(int layers)
{
    int reach = 0;
    for (int layer = 0; layer < layers; layer++)
        reach += 1 << vgg16_layers[layer].block;
    return reach;
}

static int block_of(int layers)
{
    return vgg16_layers[layers - 1].block;
}

/* Every pixel of the picture is in exactly one own part. */
static void check_cover(const Tiling *t)
{
    size_t pixels = (size_t)t->across.side * (size_t)t->down.side;
    unsigned char *times = g_malloc0(pixels);
    for (int i = 0; i < tiling_count(t); i++) {
        Tile tile = tiling_tile(t, i);
        g_assert_cmpint(region_rows(&tile.own), >, 0);
        g_assert_cmpint(region_columns(&tile.own), >, 0);
        g_assert_true(tile.own.top >= 0 && tile.own.bottom <= t->down.side);
        g_assert_true(tile.own.left >= 0 && tile.own.right <= t->across.side);
        for (int y = tile.own.top; y < tile.own.bottom; y++)
            for (int x = tile.own.left; x < tile.own.right; x++)
                times[(size_t)y * (size_t)t->across.side + (size_t)x]++;
    }
    for (size_t i = 0; i < pixels; i++)
        g_assert_cmpint(times[i], ==, 1);
    g_free(times);
}

/* The halo contains all that is seen from the own part, or ends with the picture's mirror image. */
static void check_halo(const Tiling *t, const Tile *tile, int layers)
{
    int reach = reach_of(layers), position = 1 << block_of(layers), step = 4 * position;
    const Region *own = &tile->own, *whole = &tile->whole;
    int down = t->down.side + MIRROR_EDGE, across = t->across.side + MIRROR_EDGE;
    g_assert_true(whole->top == -MIRROR_EDGE || own->top - whole->top >= reach);
    g_assert_true(whole->left == -MIRROR_EDGE || own->left - whole->left >= reach);
    g_assert_true(whole->bottom == down || whole->bottom - own->bottom >= reach);
    g_assert_true(whole->right == across || whole->right - own->right >= reach);
    g_assert_true(whole->top >= -MIRROR_EDGE && whole->left >= -MIRROR_EDGE);
    g_assert_true(whole->bottom <= down && whole->right <= across);
    g_assert_cmpint((whole->top + MIRROR_EDGE) % step, ==, 0);
    g_assert_cmpint((whole->left + MIRROR_EDGE) % step, ==, 0);
    g_assert_cmpint(own->top % position, ==, 0);
    g_assert_cmpint(own->left % position, ==, 0);
}

/* At each layer: the own part lies within the tile's map, has the same size there as in the picture's, and
 * its positions in the two maps differ by the tile's place. */
static void check_layers(const Tile *tile, int layers)
{
    for (int layer = 0; layer < layers; layer++) {
        int block = vgg16_layers[layer].block;
        Region picture = tile_own_in_picture(tile, layer), inside = tile_own_in_tile(tile, layer);
        g_assert_cmpint(region_rows(&picture), ==, region_rows(&inside));
        g_assert_cmpint(region_columns(&picture), ==, region_columns(&inside));
        g_assert_cmpint(picture.top - inside.top, ==, tile->whole.top >> block);
        g_assert_cmpint(picture.left - inside.left, ==, tile->whole.left >> block);
        g_assert_true(inside.top >= 0 && inside.left >= 0);
        g_assert_cmpint(inside.bottom, <=, region_rows(&tile->whole) >> block);
        g_assert_cmpint(inside.right, <=, region_columns(&tile->whole) >> block);
    }
}

enum { LONGEST = 1000 + 2 * MIRROR_EDGE };

static void mark(bool marks[LONGEST], int begin, int end)
{
    for (int i = MAX(begin, 0); i < end; i++)
        marks[i] = true;
}

static void check_span(const Span *span, int side, const bool marks[LONGEST])
{
    for (int i = 0; i < side; i++)
        g_assert_true((i >= span->begin && i < span->end) == marks[i]);
}

/* The receptive field along a side, position by position: a wanted one sees its neighbours, and one of a
 * pooled map the two that it was made from. */
static void check_receptive_field(int side, Span own, int layers)
{
    static bool wanted[VGG16_LAYERS][LONGEST], seen[VGG16_LAYERS][LONGEST];
    FieldSpans spans = receptive_field_spans(side, own, layers);
    memset(wanted, 0, sizeof wanted);
    memset(seen, 0, sizeof seen);
    for (int layer = layers - 1; layer >= 0; layer--) {
        int block = vgg16_layers[layer].block, positions = side >> block;
        mark(wanted[layer], own.begin >> block, own.end >> block);
        for (int i = 0; i < positions; i++)
            if (wanted[layer][i])
                mark(seen[layer], i - 1, MIN(i + 2, positions));
        for (int i = 0; layer > 0 && i < positions; i++)
            if (seen[layer][i]) {
                int pixels = block - vgg16_layers[layer - 1].block;
                mark(wanted[layer - 1], i << pixels, (i + 1) << pixels);
            }
        check_span(&spans.wanted[layer], positions, wanted[layer]);
        check_span(&spans.seen[layer], positions, seen[layer]);
    }
}

/* All positions of each layer's map belong to a tile: odd sides leave pixels over, but no positions. */
static void check_positions(const Tiling *t, int layers)
{
    for (int layer = 0; layer < layers; layer++) {
        int block = vgg16_layers[layer].block;
        size_t sum = 0;
        for (int i = 0; i < tiling_count(t); i++) {
            Tile tile = tiling_tile(t, i);
            Region own = tile_own_in_picture(&tile, layer);
            sum += region_positions(&own);
        }
        g_assert_cmpuint(sum, ==, (size_t)(t->across.side >> block) * (size_t)(t->down.side >> block));
    }
}

/* Multiplications of one tile's convolutions by their definition. */
static double work_of(const Tile *tile, int layers)
{
    double work = 0;
    int height = region_rows(&tile->whole), width = region_columns(&tile->whole);
    Region own = tile_own_in_tile(tile, 0);
    ReceptiveField seen = receptive_field_of(height, width, &own, layers);
    for (int layer = 0; layer < layers; layer++) {
        const Vgg16Layer *l = &vgg16_layers[layer];
        Region written = conv_written(seen.wanted[layer], height >> l->block, width >> l->block);
        work += 9.0 * (double)region_positions(&written) * l->in_channels * l->out_channels;
    }
    return work;
}

/* The figures that the plans of memory and time use. */
static void check_figures(const Tiling *t, int layers)
{
    int rows = 0, columns = 0, own_rows = 0, own_columns = 0;
    double work = 0;
    for (int i = 0; i < tiling_count(t); i++) {
        Tile tile = tiling_tile(t, i);
        rows = MAX(rows, region_rows(&tile.whole));
        columns = MAX(columns, region_columns(&tile.whole));
        own_rows = MAX(own_rows, region_rows(&tile.own));
        own_columns = MAX(own_columns, region_columns(&tile.own));
        work += work_of(&tile, layers);
    }
    g_assert_cmpint(cut_most_own(&t->down), ==, own_rows);
    g_assert_cmpint(cut_most_own(&t->across), ==, own_columns);
    g_assert_cmpint(cut_most(&t->down), ==, rows);
    g_assert_cmpint(cut_most(&t->across), ==, columns);
    g_assert_cmpfloat(tiling_work(t, layers), ==, work);
}

static double most_of(const Tiling *t)
{
    return (double)cut_most(&t->down) * cut_most(&t->across);
}

static void check_tiling(int width, int height, int layers, double most)
{
    Tiling t = tiling_within(width, height, layers, most);
    g_assert_cmpint(t.across.side, ==, width);
    g_assert_cmpint(t.down.side, ==, height);
    check_cover(&t);
    check_figures(&t, layers);
    check_positions(&t, layers);
    for (int i = 0; i < tiling_count(&t); i++) {
        Tile tile = tiling_tile(&t, i);
        check_halo(&t, &tile, layers);
        check_layers(&tile, layers);
        Region own = tile_own_in_tile(&tile, 0);
        check_receptive_field(region_rows(&tile.whole), (Span){own.top, own.bottom}, layers);
        check_receptive_field(region_columns(&tile.whole), (Span){own.left, own.right}, layers);
    }
    Tiling finest = tiling_within(width, height, layers, 1);
    g_assert_true(most_of(&t) <= most || most < most_of(&finest)); /* kept whenever that is possible */
    g_assert_cmpfloat(most_of(&finest), <=, most_of(&t));
    if (most >= (width + 2.0 * MIRROR_EDGE) * (height + 2.0 * MIRROR_EDGE))
        g_assert_cmpint(tiling_count(&t), ==, 1);
}

/* Guards the cutting, by counting: no pixel and no position is missing or counted twice, halos are wide
 * enough, figures are right and limits kept. */
static void test_cutting(void)
{
    static const int sizes[][2] = {{16, 16},   {17, 300},  {300, 17},  {64, 64},  {65, 129},
                                   {128, 128}, {129, 129}, {191, 63},  {255, 97}, {256, 33},
                                   {257, 255}, {301, 73},  {1000, 16}, {19, 999}};
    static const int depths[] = {1, 2, 3, 4, 5, 7, 8, 9, 11, 13};
    static const double limits[] = {1, 300, 1000, 3000, 5000, 10000, 20000, 40000, INFINITY};
    for (size_t size = 0; size < G_N_ELEMENTS(sizes); size++)
        for (size_t depth = 0; depth < G_N_ELEMENTS(depths); depth++)
            for (size_t limit = 0; limit < G_N_ELEMENTS(limits); limit++)
                check_tiling(sizes[size][0], sizes[size][1], depths[depth], limits[limit]);
}

/* Guards the search for the cheapest tiling: larger tiles allowed never means more work. */
static void test_room(void)
{
    static const int sizes[][2] = {{301, 257}, {1500, 97}, {640, 480}, {129, 1000}};
    for (size_t size = 0; size < G_N_ELEMENTS(sizes); size++)
        for (int layers = 1; layers <= VGG16_LAYERS; layers++) {
            double before = INFINITY;
            Tiling finest = tiling_within(sizes[size][0], sizes[size][1], layers, 1);
            for (double most = most_of(&finest); most < 1e6; most *= 1.07) {
                Tiling t = tiling_within(sizes[size][0], sizes[size][1], layers, most);
                g_assert_cmpfloat(tiling_work(&t, layers), <=, before);
                before = tiling_work(&t, layers);
            }
        }
}

/* ---- Tiles and the whole ------------------------------------------------------------------------------- */

/* Noise on a coarse grid, smooth between its points, and some on each pixel. */
static NstImage smooth_noise(unsigned seed, int width, int height)
{
    enum { GRID = 9 };
    NstImage image;
    g_assert_cmpint(nst_image_new(&image, width, height, NULL), ==, NST_OK);
    float *value = image.rgb;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (unsigned c = 0; c < 3; c++, value++) {
                float u = (float)(x % GRID) / GRID, v = (float)(y % GRID) / GRID, corner[4];
                for (int i = 0; i < 4; i++)
                    corner[i] = hash_unit(seed + c, (uint32_t)((y / GRID + i / 2) * 4096 + x / GRID + i % 2));
                *value = 0.8f * ((1 - v) * ((1 - u) * corner[0] + u * corner[1]) +
                                 v * ((1 - u) * corner[2] + u * corner[3])) +
                         0.2f * hash_unit(seed + c + 3, (uint32_t)(y * width + x));
            }
    return image;
}

/* Prefix of style layers whose means and covariances count, not their Gram matrices. */
#define COVARIANCES "covariances:"

static ObjectiveSpec spec_of(const char *style_layers, const char *content_layers)
{
    bool covariances = g_str_has_prefix(style_layers, COVARIANCES);
    style_layers += covariances ? strlen(COVARIANCES) : 0;
    ObjectiveSpec spec = {
        .content_weight = *content_layers ? 1 : 0, .style_weight = *style_layers ? 10 : 0, .tv_weight = 0.1};
    g_assert_cmpint(vgg16_layers_parse(content_layers, spec.content_layers, NULL), ==, NST_OK);
    g_assert_cmpint(vgg16_layers_parse(style_layers, spec.style_layers, NULL), ==, NST_OK);
    spec.statistics = covariances ? NST_STATISTICS_COVARIANCE : NST_STATISTICS_GRAM;
    return spec;
}

static const char shallow_style[] = "relu1_1,relu2_1,relu3_1", shallow_content[] = "relu3_3";
static const char deep_style[] = "relu1_1,relu2_1,relu3_1,relu4_1,relu5_1", deep_content[] = "relu4_2";

/* One comparison. */
typedef struct Case {
    const char *style_layers, *content_layers; /* empty: no such loss */
    int width, height, style_width, style_height;
    NstPooling pooling;
    double tile_pixels;
    int kept_tiles;
} Case;

enum { ALL = OBJECTIVE_KEEP_ALL, NONE = 0, SOME = 2 };

/* A network, the three pictures and the spec of an objective. */
typedef struct Scene {
    ObjectiveSpec spec;
    Vgg16 *net;
    NstImage content, picture, style;
} Scene;

static Scene scene_new(const Case *c, unsigned seed, Workers *workers)
{
    Scene s = {.spec = spec_of(c->style_layers, c->content_layers),
               .content = smooth_noise(10, c->width, c->height),
               .picture = smooth_noise(seed, c->width, c->height),
               .style = smooth_noise(30, c->style_width, c->style_height)};
    s.spec.pooling = c->pooling;
    s.net = made_vgg16(weights, objective_depth(&s.spec), workers);
    return s;
}

static void scene_free(Scene *s)
{
    vgg16_free(s->net);
    nst_image_free(&s->content);
    nst_image_free(&s->picture);
    nst_image_free(&s->style);
}

typedef struct Evaluated {
    Losses losses;
    float *gradient;
    int tiles;
} Evaluated;

/* The last of that many evaluations. */
static Evaluated evaluate(const Scene *s, const ObjectivePlan *plan, int times)
{
    NstError error = {0};
    Objective *objective;
    NstStatus status = objective_new(&objective, s->net, &s->spec, plan, &s->content, &s->style, &error);
    g_assert_cmpstr(error.message, ==, "");
    g_assert_cmpint(status, ==, NST_OK);
    Evaluated e = {.gradient = g_new(float, nst_image_floats(&s->picture)),
                   .tiles = objective_work(&s->spec, plan, s->picture.width, s->picture.height).tiles};
    for (int i = 0; i < times; i++)
        objective_evaluate(objective, s->picture.rgb, &e.losses, e.gradient);
    objective_free(objective);
    return e;
}

/* ---- Kinks --------------------------------------------------------------------------------------------- */

/* A kink is a value so near to 0, or to another one of its pooling window, that a tile's rounding changes the
 * way its gradient takes. Then the gradients differ by more than rounding, and neither is wrong. */

/* Takes a part of the picture forward, of which `own` is wanted. */
static Vgg16Pass *pass_of(const Scene *s, const Region *part, const Region *own)
{
    const NstImage *p = &s->picture;
    int rows = region_rows(part), columns = region_columns(part);
    Vgg16Taps taps = {{false}}; /* everywhere */
    for (int layer = 0; layer < vgg16_depth(s->net); layer++)
        taps.at[layer] = true;
    Vgg16Pass *pass = made_pass(s->net, &taps, s->spec.pooling, rows, columns);
    float *rgb = g_new(float, 3 * region_positions(part));
    mirror_copy(p->rgb, p->height, p->width, part, rgb);
    vgg16_load(pass, rows, columns, rgb, 3 * (size_t)columns);
    g_free(rgb);
    vgg16_focus(pass, own, vgg16_depth(s->net));
    vgg16_forward(pass, vgg16_depth(s->net));
    return pass;
}

/* Which way the gradient takes at a value: is the ReLU open, and, where it is pooled, is the value the
 * largest of its four? */
static int ways_at(const Vgg16Pass *pass, int layer, int y, int x, int channel, bool pooled)
{
    int columns = vgg16_columns(pass, layer), channels = vgg16_layers[layer].out_channels;
    const float *f = vgg16_features(pass, layer);
    float value = f[(y * columns + x) * channels + channel];
    int open = value > 0;
    if (!pooled)
        return open;
    for (int i = 0; i < 4; i++) {
        int row = MIN(y / 2 * 2 + i / 2, vgg16_rows(pass, layer) - 1),
            column = MIN(x / 2 * 2 + i % 2, columns - 1);
        if (f[(row * columns + column) * channels + channel] > value)
            return open;
    }
    return open + 2;
}

/* Does the next layer see what a position is pooled to? At a border the others of its four may be no part
 * of that. */
static bool is_pooled(const ReceptiveField *field, int layers, int layer, int y, int x)
{
    return layer + 1 < layers && vgg16_layers[layer + 1].block > vgg16_layers[layer].block &&
           region_holds(&field->seen[layer + 1], y / 2, x / 2);
}

/* How many of the values that a tile's losses depend on have another way than in the whole picture. */
static int kinks_of(const Vgg16Pass *whole, const Vgg16Pass *part, const Tile *tile, int layers)
{
    int kinks = 0;
    Region own = tile_own_in_tile(tile, 0);
    ReceptiveField receptive =
        receptive_field_of(region_rows(&tile->whole), region_columns(&tile->whole), &own, layers);
    for (int layer = 0; layer < layers; layer++) {
        const Region *wanted = &receptive.wanted[layer];
        int block = vgg16_layers[layer].block;
        int down = (tile->whole.top + MIRROR_EDGE) >> block,
            right = (tile->whole.left + MIRROR_EDGE) >> block;
        for (int y = wanted->top; y < wanted->bottom; y++)
            for (int x = wanted->left; x < wanted->right; x++) {
                bool pooled = is_pooled(&receptive, layers, layer, y, x);
                for (int c = 0; c < vgg16_layers[layer].out_channels; c++)
                    kinks += ways_at(part, layer, y, x, c, pooled) !=
                             ways_at(whole, layer, y + down, x + right, c, pooled);
            }
    }
    return kinks;
}

static int kinks_between(const Scene *s, double tile_pixels)
{
    int layers = vgg16_depth(s->net), kinks = 0;
    int edge = MIRROR_EDGE, height = s->picture.height, width = s->picture.width;
    Region everything = {-edge, -edge, height + edge, width + edge},
           within = {edge, edge, height + edge, width + edge};
    Vgg16Pass *whole = pass_of(s, &everything, &within);
    Tiling t = tiling_within(s->picture.width, s->picture.height, layers, tile_pixels);
    for (int i = 0; i < tiling_count(&t); i++) {
        Tile tile = tiling_tile(&t, i);
        Region own = tile_own_in_tile(&tile, 0);
        Vgg16Pass *part = pass_of(s, &tile.whole, &own);
        kinks += kinks_of(whole, part, &tile, layers);
        vgg16_pass_free(part);
    }
    vgg16_pass_free(whole);
    return kinks;
}

/* ---- Comparing ----------------------------------------------------------------------------------------- */

static void check_loss(const char *what, double got, double want)
{
    g_test_message("  %s %.9g, whole %.9g", what, got, want);
    g_assert_cmpfloat(fabs(got - want), <=, 1e-6 * fabs(want));
}

/* Near the borders of tiles and everywhere else: no value differs by more than rounding. */
static void check_seams(const Case *c, const float *tiled, const float *whole)
{
    size_t count = 3 * (size_t)c->width * (size_t)c->height;
    double largest = 0, difference = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs((double)whole[i]));
        difference = fmax(difference, fabs((double)tiled[i] - whole[i]));
    }
    g_test_message("  largest difference %.2g of the largest gradient", difference / largest);
    g_assert_cmpfloat(difference, <=, 1e-4 * largest);
}

static void check_losses(const Losses *got, const Losses *want)
{
    check_loss("content", got->content, want->content);
    check_loss("style", got->style, want->style);
    check_loss("tv", got->tv, want->tv);
    check_loss("total", got->total, want->total);
}

/* In tiles, where leftovers of the first time would show in the second. (Those of the whole picture would in
 * test_objective.c, as another result.) */
enum { ONCE = 1, TWICE };

/* With one picture; false: kinks make the gradients differ. */
static bool check_picture(const Case *c, unsigned seed)
{
    ObjectivePlan cut = {c->tile_pixels, c->kept_tiles};
    Scene s = scene_new(c, seed, crew);
    Evaluated whole = evaluate(&s, &objective_whole, ONCE), tiled = evaluate(&s, &cut, TWICE);
    size_t count = nst_image_floats(&s.picture);
    bool close = relative_error(count, tiled.gradient, whole.gradient) <= 1e-5;
    int kinks = close ? 0 : kinks_between(&s, c->tile_pixels);
    g_test_message("%d x %d, style %d x %d, %s, %s, %s: %d tiles, %d kinks", c->width, c->height,
                   c->style_width, c->style_height, c->style_layers, c->content_layers,
                   c->kept_tiles == ALL    ? "kept"
                   : c->kept_tiles == NONE ? "not kept"
                                           : "some kept",
                   tiled.tiles, kinks);
    check_losses(&tiled.losses, &whole.losses);
    if (kinks == 0) {
        check_close("gradient", count, tiled.gradient, whole.gradient, 1e-5);
        check_seams(c, tiled.gradient, whole.gradient);
    }
    g_assert_cmpint(kinks, <=, 8); /* more are not chance */
    g_free(whole.gradient);
    g_free(tiled.gradient);
    scene_free(&s);
    return kinks == 0;
}

static void check_case(const Case *c, unsigned first)
{
    enum { PICTURES = 12 };
    unsigned picture = 0;
    while (picture < PICTURES && !check_picture(c, first + 10 * picture))
        picture++;
    g_assert_cmpuint(picture, <, PICTURES);
}

/* With sanitizers, which take twenty times as long, only the case in the middle. `seed` is the first
 * picture's: on our processors one without kinks, which would have it all done again with another. */
static void check_cases(size_t count, const Case *cases, unsigned seed)
{
    bool few = SANITIZED;
    for (size_t i = few ? count / 2 : 0; i < count; i += few ? count : 1)
        check_case(&cases[i], seed);
}

/* Guards the halo's width, the borders' alignment and the rounding of odd sides, three blocks deep: the
 * smallest tiles there are, remainders of a single pixel, strips, tiles of several shapes. */
static void test_shallow(void)
{
    static const Case cases[] = {
        {shallow_style, shallow_content, 96, 96, 80, 80, NST_POOLING_MAX, 1, ALL},
        {shallow_style, shallow_content, 97, 65, 81, 49, NST_POOLING_AVERAGE, 1, NONE},
        {shallow_style, shallow_content, 129, 81, 65, 97, NST_POOLING_MAX, 1, NONE},
        {shallow_style, shallow_content, 65, 129, 77, 50, NST_POOLING_MAX, 5000, ALL},
        {shallow_style, shallow_content, 131, 103, 130, 61, NST_POOLING_AVERAGE, 6000, ALL},
        {shallow_style, shallow_content, 300, 19, 16, 250, NST_POOLING_MAX, 1, ALL},
        {shallow_style, shallow_content, 17, 289, 290, 17, NST_POOLING_MAX, 2000, SOME},
        {shallow_style, shallow_content, 193, 129, 64, 64, NST_POOLING_AVERAGE, 12000, NONE},
        {shallow_style, shallow_content, 223, 158, 94, 135, NST_POOLING_MAX, 10000, ALL},
        {shallow_style, shallow_content, 50, 49, 150, 149, NST_POOLING_MAX, 4000,
         NONE}, /* only the style is cut */
        {"relu1_2,relu2_2", "relu2_1", 75, 58, 61, 67, NST_POOLING_MAX, 1, ALL},
        {"relu1_1", "relu1_2", 67, 41, 43, 59, NST_POOLING_MAX, 1, SOME},
        /* the default: content layers at several depths */
        {"relu1_1:4,relu2_1,relu3_1", "relu1_1,relu2_1,relu3_1", 131, 97, 99, 77, NST_POOLING_MAX, 1, ALL},
        {"relu1_1:4,relu2_1,relu3_1", "relu1_1,relu2_1,relu3_1", 101, 135, 77, 99, NST_POOLING_MAX, 4000,
         SOME},
        {"relu1_1:4,relu2_1,relu3_1", "relu1_1,relu2_1,relu3_1", 97, 131, 77, 99, NST_POOLING_AVERAGE, 1,
         NONE},
    };
    check_cases(G_N_ELEMENTS(cases), cases, 70);
}

/* Guards the same five blocks deep, where a position is sixteen pixels. */
static void test_deep(void)
{
    static const Case cases[] = {
        {deep_style, deep_content, 257, 129, 97, 113, NST_POOLING_MAX, 1, ALL},
        {deep_style, deep_content, 129, 257, 113, 207, NST_POOLING_AVERAGE, 1, NONE},
        {deep_style, deep_content, 300, 47, 33, 211, NST_POOLING_MAX, 1, NONE},
        {deep_style, deep_content, 219, 155, 120, 90, NST_POOLING_MAX, 30000, SOME},
        {deep_style, "relu5_1,relu2_2", 175, 289, 90, 120, NST_POOLING_AVERAGE, 40000, ALL},
    };
    check_cases(G_N_ELEMENTS(cases), cases, 40);
}

/* Guards against means of a single tile, in place of all tiles' together. */
static void test_covariance(void)
{
    static const char layers[] = COVARIANCES "relu1_1,relu2_1,relu3_1";
    static const Case cases[] = {
        {layers, shallow_content, 131, 97, 99, 77, NST_POOLING_MAX, 1, ALL},
        {layers, "", 97, 131, 77, 99, NST_POOLING_AVERAGE, 5000, NONE},
    };
    check_cases(G_N_ELEMENTS(cases), cases, 70);
}

/* Guards the rounds that are skipped where a loss has no weight. */
static void test_one_loss(void)
{
    static const Case cases[] = {
        {"", shallow_content, 131, 97, 40, 40, NST_POOLING_MAX, 1, ALL},
        {"", shallow_content, 97, 131, 40, 40, NST_POOLING_AVERAGE, 1, NONE},
        {shallow_style, "", 131, 97, 99, 77, NST_POOLING_MAX, 1, ALL},
        {shallow_style, "", 97, 131, 77, 99, NST_POOLING_AVERAGE, 1, NONE},
        {"relu1_1", shallow_content, 113, 66, 50, 50, NST_POOLING_MAX, 1, ALL}, /* the content is deeper */
        {shallow_style, "relu1_2", 66, 113, 50, 50, NST_POOLING_MAX, 1, SOME},  /* the style is deeper */
        {"", "", 67, 70, 50, 50, NST_POOLING_MAX, 1, ALL},
    };
    check_cases(G_N_ELEMENTS(cases), cases, 70);
}

/* Guards content features that are computed again: with one tile they are the same to the bit as kept ones,
 * where both losses are equally deep and so see equally far around the picture. */
static void test_not_kept(void)
{
    Case c = {shallow_style, "relu3_1", 67, 53, 49, 71, NST_POOLING_MAX, INFINITY, NONE};
    ObjectivePlan not_kept = {INFINITY, NONE};
    Scene s = scene_new(&c, 40, crew);
    Evaluated a = evaluate(&s, &objective_whole, TWICE), b = evaluate(&s, &not_kept, TWICE);
    size_t bytes = nst_image_floats(&s.picture) * sizeof(float);
    g_assert_cmpfloat(a.losses.total, ==, b.losses.total);
    g_assert_cmpmem(a.gradient, bytes, b.gradient, bytes);
    g_free(a.gradient);
    g_free(b.gradient);
    scene_free(&s);
}

/* Guards determinism in tiles: the same bits from any number of workers. */
static void test_worker_counts(void)
{
    Case c = {shallow_style, shallow_content, 67, 53, 33, 41, NST_POOLING_MAX, 4000, NONE};
    ObjectivePlan plan = {c.tile_pixels, c.kept_tiles};
    Evaluated first = {0};
    for (int count = 1; count <= 3; count++) {
        Workers *workers = made_workers(count);
        Scene s = scene_new(&c, 40, workers);
        Evaluated again = evaluate(&s, &plan, TWICE);
        size_t bytes = nst_image_floats(&s.picture) * sizeof(float);
        g_assert_cmpint(again.tiles, >, 4);
        if (count == 1)
            first = again;
        g_assert_cmpfloat(first.losses.total, ==, again.losses.total);
        g_assert_cmpmem(first.gradient, bytes, again.gradient, bytes);
        if (count > 1)
            g_free(again.gradient);
        scene_free(&s);
        workers_free(workers);
    }
    g_free(first.gradient);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    crew = made_workers(2);
    char *folder = temp_folder(), *path = g_build_filename(folder, "weights.safetensors", NULL);
    network_write(path, DEPTH, NETWORK_METADATA);
    weights = made_weights(path);

    g_test_add_func("/tile/cutting", test_cutting);
    g_test_add_func("/tile/more room is never slower", test_room);
    g_test_add_func("/tile/three blocks", test_shallow);
    g_test_add_func("/tile/five blocks", test_deep);
    g_test_add_func("/tile/covariance", test_covariance);
    g_test_add_func("/tile/one loss alone", test_one_loss);
    g_test_add_func("/tile/content not kept", test_not_kept);
    g_test_add_func("/tile/any number of workers", test_worker_counts);
    int status = g_test_run();
    weights_close(weights);
    workers_free(crew);
    g_free(path);
    temp_remove(folder);
    return status;
}
