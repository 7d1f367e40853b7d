/* test_match.c: matching as a whole, and the guides laid from it. Hashed weights, and mostly a brush of 4,
 * with which the finest scale is 96 px long. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/match/match.h"
#include "core/match/matched.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/made.h"
#include "tests/support/network.h"
#include "tests/support/run_pictures.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder;
static Weights *weights;
static const MatchSpec coarse = {.brush = 4, .variety = 0.5, .style_scale = 1};
static const MatchPlace everywhere = {0, 0, 1, 1};

/* A crew and a network of its own. */
typedef struct Studio {
    Workers *crew;
    Vgg16 *net;
} Studio;

static Studio studio_new(int workers)
{
    Studio studio = {.crew = made_workers(workers)};
    studio.net = made_vgg16(weights, MATCH_LAYERS, studio.crew);
    return studio;
}

static void studio_free(Studio *studio)
{
    vgg16_free(studio->net);
    workers_free(studio->crew);
}

static Match *matched(const Studio *studio, const MatchSpec *spec, const NstImage *content,
                      const NstImage *style)
{
    Match *match;
    g_assert_cmpint(match_new(&match, studio->net, spec, content, style, NULL, NULL, NULL), ==, NST_OK);
    g_assert_nonnull(match);
    return match;
}

static NstImage guide_of(const Studio *studio, const Match *match, const NstImage *content,
                         const MatchPlace *place, const NstImage *style, double detail)
{
    NstImage guide;
    g_assert_cmpint(match_guide(match, studio->crew, content, place, style, detail, &guide, NULL), ==,
                    NST_OK);
    assert_valid(&guide, content->width, content->height);
    return guide;
}

/* All of it. */
static NstImage guide(const Studio *studio, const MatchSpec *spec, const NstImage *content,
                      const NstImage *style, double detail)
{
    Match *match = matched(studio, spec, content, style);
    NstImage picture = guide_of(studio, match, content, &everywhere, style, detail);
    match_free(match);
    return picture;
}

/* A part of a picture. */
static NstImage cut_out(const NstImage *picture, int left, int top, int width, int height)
{
    NstImage part = new_picture(width, height);
    for (int y = 0; y < height; y++)
        memcpy(pixel_at(&part, 0, y), pixel_at(picture, left, top + y), 3 * (size_t)width * sizeof(float));
    return part;
}

/* ---- What is matched ----------------------------------------------------------------------------------- */

/* Guards that a spot is found where there is one: in itself, a painting finds each cell's own place, and
 * what is laid is the painting, to the bit where neighbours agree. */
static void test_itself(void)
{
    Studio studio = studio_new(2);
    NstImage painting = scene(96, 72);
    float *noise = new_signed(1, 0.2F, nst_image_floats(&painting));
    for (size_t i = 0; i < nst_image_floats(&painting); i++)
        painting.rgb[i] = CLAMP(painting.rgb[i] + noise[i], 0, 1);
    MatchSpec free_choice = {.brush = 4, .variety = 0, .style_scale = 1};
    Match *match = matched(&studio, &free_choice, &painting, &painting);
    NstImage laid = guide_of(&studio, match, &painting, &everywhere, &painting, 0);
    int cells = (int)grid_cells(match->grid.content), own = 0, same = 0;
    for (int i = 0; i < cells; i++)
        own += match->spot[i] == i;
    for (int i = 0; i < 96 * 72; i++)
        same += memcmp(laid.rgb + 3 * i, painting.rgb + 3 * i, 3 * sizeof(float)) == 0;
    g_test_message("%d of %d cells, %d of %d pixels", own, cells, same, 96 * 72);
    g_assert_cmpint(own, >=, cells * 95 / 100);
    g_assert_cmpint(same, >=, 96 * 72 * 85 / 100);
    g_free(noise);
    nst_image_free(&painting);
    nst_image_free(&laid);
    match_free(match);
    studio_free(&studio);
}

/* Guards the promise of any number of workers, for the match and for the guide with its detail. */
static void test_worker_counts(void)
{
    NstImage content = scene(150, 100), style = texture(90, 130), first = {0};
    for (int workers = 1; workers <= 3; workers += SANITIZED ? 2 : 1) {
        Studio studio = studio_new(workers);
        NstImage picture = guide(&studio, &coarse, &content, &style, 0.5);
        if (workers == 1) {
            first = picture;
        } else {
            g_assert_true(same_bytes(&first, &picture));
            nst_image_free(&picture);
        }
        studio_free(&studio);
    }
    nst_image_free(&content);
    nst_image_free(&style);
    nst_image_free(&first);
}

/* How unevenly the painting is used: the sum of squares of the shares that blocks of 4 x 4 spots have. */
static double concentration(const Match *match)
{
    enum { SIDE = 4 };
    CellGrid painting = match->grid.painting;
    int across = painting.width / SIDE + 1, blocks = across * (painting.height / SIDE + 1);
    double *share = g_new0(double, blocks), sum = 0, cells = (double)grid_cells(match->grid.content);
    for (int i = 0; i < (int)cells; i++)
        share[grid_y(painting, match->spot[i]) / SIDE * across + grid_x(painting, match->spot[i]) / SIDE] +=
            1 / cells;
    for (int i = 0; i < blocks; i++)
        sum += share[i] * share[i];
    g_free(share);
    return sum;
}

/* Guards variety: with more of it, the painting is used more evenly. */
static void test_variety(void)
{
    Studio studio = studio_new(2);
    NstImage content = scene(192, 144), style = texture(192, 144);
    double before = INFINITY;
    for (int variety = 0; variety <= 1; variety++) {
        MatchSpec spec = {.brush = 2, .variety = variety, .style_scale = 1};
        Match *match = matched(&studio, &spec, &content, &style);
        double now = concentration(match);
        g_test_message("variety %d: %g", variety, now);
        g_assert_cmpfloat(now, <, before);
        before = now;
        match_free(match);
    }
    nst_image_free(&content);
    nst_image_free(&style);
    studio_free(&studio);
}

/* ---- Guides -------------------------------------------------------------------------------------------- */

/* Guards the preview at full size: a part's guide is what the whole one has there, to the bit, except where
 * detail can't see what lies beyond the part. */
static void test_parts(void)
{
    enum { WIDTH = 160, HEIGHT = 120, LEFT = 37, TOP = 20, WIDE = 104, HIGH = 96 };
    MatchSpec spec = {.brush = SANITIZED ? 6 : 1, .variety = 0.5, .style_scale = 1};
    Studio studio = studio_new(2);
    NstImage content = scene(WIDTH, HEIGHT), style = texture(90, 130),
             part = cut_out(&content, LEFT, TOP, WIDE, HIGH);
    MatchPlace place = {(double)LEFT / WIDTH, (double)TOP / HEIGHT, (double)(LEFT + WIDE) / WIDTH,
                        (double)(TOP + HIGH) / HEIGHT};
    Match *match = matched(&studio, &spec, &content, &style);
    for (int detail = 0; detail <= (SANITIZED ? 0 : 1); detail++) {
        NstImage whole = guide_of(&studio, match, &content, &everywhere, &style, detail),
                 laid = guide_of(&studio, match, &part, &place, &style, detail);
        int edge = detail ? 9 * WIDTH / match->grid.content.width + 4 : 0;
        NstImage want = cut_out(&whole, LEFT + edge, TOP + edge, WIDE - 2 * edge, HIGH - 2 * edge),
                 got = cut_out(&laid, edge, edge, WIDE - 2 * edge, HIGH - 2 * edge);
        g_assert_true(same_bytes(&want, &got));
        nst_image_free(&whole);
        nst_image_free(&laid);
        nst_image_free(&want);
        nst_image_free(&got);
    }
    match_free(match);
    nst_image_free(&content);
    nst_image_free(&style);
    nst_image_free(&part);
    studio_free(&studio);
}

/* Guards that a brush has a size in the picture: a guide three times as large, made smaller, is the small
 * one. */
static void test_sizes(void)
{
    Studio studio = studio_new(2);
    NstImage content = scene(96, 64), large = scene(288, 192), style = texture(120, 90), smaller;
    Match *match = matched(&studio, &coarse, &content, &style);
    NstImage small_guide = guide_of(&studio, match, &content, &everywhere, &style, 0),
             large_guide = guide_of(&studio, match, &large, &everywhere, &style, 0);
    g_assert_cmpint(nst_image_resample(&large_guide, 96, 64, &smaller, NULL), ==, NST_OK);
    double apart = mean_square(&smaller, &small_guide), from_content = mean_square(&content, &small_guide);
    g_test_message("apart %g, from the content %g", apart, from_content);
    g_assert_cmpfloat(apart, <, 0.05 * from_content);
    nst_image_free(&content);
    nst_image_free(&large);
    nst_image_free(&style);
    nst_image_free(&smaller);
    nst_image_free(&small_guide);
    nst_image_free(&large_guide);
    match_free(match);
    studio_free(&studio);
}

/* Guards detail: the more of it, the nearer the guide comes to the content's edges. */
static void test_detail(void)
{
    Studio studio = studio_new(2);
    NstImage content = scene(96, 64), style = texture(120, 90);
    Match *match = matched(&studio, &coarse, &content, &style);
    double before = INFINITY;
    for (int detail = 0; detail <= 2; detail++) {
        NstImage laid = guide_of(&studio, match, &content, &everywhere, &style, 0.5 * detail);
        double apart = mean_square(&laid, &content);
        g_test_message("detail %g: %g", 0.5 * detail, apart);
        g_assert_cmpfloat(apart, <, before);
        before = apart;
        nst_image_free(&laid);
    }
    nst_image_free(&content);
    nst_image_free(&style);
    match_free(match);
    studio_free(&studio);
}

/* Product of a picture's slopes along a row with those `lag` further, as a share of their squares. */
static double correlation(const NstImage *picture, int lag)
{
    double sum = 0, squares = 0;
    for (int y = 0; y < picture->height; y++)
        for (int x = 0; x + lag + 1 < picture->width; x++) {
            double here = pixel_at(picture, x + 1, y)[1] - pixel_at(picture, x, y)[1],
                   there = pixel_at(picture, x + lag + 1, y)[1] - pixel_at(picture, x + lag, y)[1];
            sum += here * there;
            squares += here * here;
        }
    return sum / squares;
}

/* Guards plain areas against a grid: the guide for a plain sky repeats no more at the side of a cell, or at
 * multiples of it, than between them. The painting is noise, which repeats nothing by itself. */
static void test_no_grid(void)
{
    enum { CELL = 5, WIDTH = 56 * CELL, HEIGHT = 42 * CELL, LAGS = 4, BESIDE = 2 };
    MatchSpec spec = {.brush = 2, .variety = 0.5, .style_scale = 1};
    Studio studio = studio_new(2);
    NstImage content = new_picture(WIDTH, HEIGHT), style = new_picture(WIDTH, HEIGHT);
    hash_fill_unit(5, nst_image_floats(&style), style.rgb);
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        for (int c = 0; c < 3; c++)
            content.rgb[3 * i + c] = 0.4F + 0.1F * (float)c + 0.1F * (float)i / (WIDTH * HEIGHT);
    NstImage laid = guide(&studio, &spec, &content, &style, 0);
    for (int lag = CELL; lag <= LAGS * CELL; lag += CELL) {
        double around = fmax(fabs(correlation(&laid, lag - BESIDE)), fabs(correlation(&laid, lag + BESIDE)));
        g_test_message("lag %d: %g, around %g", lag, correlation(&laid, lag), around);
        g_assert_cmpfloat(fabs(correlation(&laid, lag)), <, 2 * around + 0.015);
    }
    nst_image_free(&content);
    nst_image_free(&style);
    nst_image_free(&laid);
    studio_free(&studio);
}

/* ---- Odd pictures -------------------------------------------------------------------------------------- */

static NstImage constant(int width, int height, float value)
{
    NstImage picture = new_picture(width, height);
    for (size_t i = 0; i < nst_image_floats(&picture); i++)
        picture.rgb[i] = value;
    return picture;
}

static NstImage gray_texture(int width, int height)
{
    NstImage picture = texture(width, height);
    for (size_t i = 0; i < nst_image_floats(&picture); i += 3)
        picture.rgb[i] = picture.rgb[i + 2] = picture.rgb[i + 1];
    return picture;
}

/* Guards divisions by what may be zero, and sides of few cells: every one of these gives a picture, as
 * content and as painting. */
static void test_odd_pictures(void)
{
    Studio studio = studio_new(2);
    NstImage odd[] = {constant(30, 20, 0.5F), gray_texture(50, 40), texture(16, 16),
                      texture(16, 640),       scene(640, 17),       constant(40, 64, 0)};
    size_t count = G_N_ELEMENTS(odd);
    for (size_t i = SANITIZED ? count : 0; i < 2 * count; i++) { /* each with itself and with the next */
        const NstImage *content = &odd[i % count], *style = &odd[(i + i / count) % count];
        NstImage picture = guide(&studio, &coarse, content, style, 1); /* asserts that all is in 0..1 */
        nst_image_free(&picture);
    }
    for (size_t i = 0; i < count; i++)
        nst_image_free(&odd[i]);
    studio_free(&studio);
}

/* Guards pictures that leave 0..1, as colours brought to another picture's do. */
static void test_out_of_range(void)
{
    Studio studio = studio_new(2);
    NstImage content = scene(64, 48), style = texture(48, 64);
    for (size_t i = 0; i < nst_image_floats(&content); i++)
        content.rgb[i] = 3 * content.rgb[i] - 1;
    for (size_t i = 0; i < nst_image_floats(&style); i++)
        style.rgb[i] = 3 * style.rgb[i] - 1;
    NstImage picture = guide(&studio, &coarse, &content, &style, 0.5);
    nst_image_free(&picture);
    nst_image_free(&content);
    nst_image_free(&style);
    studio_free(&studio);
}

/* ---- Progress, and stopping ---------------------------------------------------------------------------- */

typedef struct Seen {
    int calls, longer_side;
    double fraction;
} Seen;

static void see(void *data, double fraction, const NstImage *laid)
{
    Seen *seen = data;
    seen->calls++;
    g_assert_cmpfloat(fraction, >, seen->fraction);
    g_assert_cmpint(MAX(laid->width, laid->height), >=, seen->longer_side);
    assert_valid(laid, laid->width, laid->height);
    seen->fraction = fraction;
    seen->longer_side = MAX(laid->width, laid->height);
}

/* Yes from the question number `asked` on. */
static bool stop_after(void *data)
{
    int *left = data;
    return --*left < 0;
}

/* Guards Stop: whatever is going on, matching ends, with what the scales so far have given. */
static void test_stopped(void)
{
    Studio studio = studio_new(2);
    NstImage content = scene(64, 48), style = texture(48, 64);
    int questions = 0, stops = 0, halves = 0;
    for (NstStatus status = NST_CANCELLED; status == NST_CANCELLED;
         questions += SANITIZED ? 37 : 11, stops++) {
        studio_free(&studio); /* a crew remembers that it was stopped */
        studio = studio_new(2);
        int left = questions;
        Match *match;
        Seen seen = {0};
        workers_stop_when(studio.crew, stop_after, &left);
        status = match_new(&match, studio.net, &coarse, &content, &style, see, &seen, NULL);
        g_assert_true(status == NST_OK || status == NST_CANCELLED);
        g_assert_true((match != NULL) == (seen.calls > 0));
        g_assert_true((status == NST_OK) == (seen.calls == MATCH_SCALES));
        halves += match && status == NST_CANCELLED;
        if (match && status == NST_CANCELLED) {
            workers_stop_when(studio.crew, NULL, NULL);
            NstImage picture = guide_of(&studio, match, &content, &everywhere, &style, 0);
            nst_image_free(&picture);
        }
        match_free(match);
    }
    g_test_message("stopped %d times, %d of them with a match", stops, halves);
    g_assert_cmpint(stops, >, SANITIZED ? 2 : 6);
    g_assert_cmpint(halves, >, SANITIZED ? 1 : 3);
    nst_image_free(&content);
    nst_image_free(&style);
    studio_free(&studio);
}

/* ---- Memory -------------------------------------------------------------------------------------------- */

static double address_space(void)
{
    char *text;
    g_assert_true(g_file_get_contents("/proc/self/statm", &text, NULL, NULL));
    double bytes = g_ascii_strtod(text, NULL) * (double)sysconf(_SC_PAGESIZE);
    g_free(text);
    return bytes;
}

/* How the child ends: numbers that neither abort nor exit uses. */
enum { DONE = 10, NO_MEMORY, OTHER };

/* In a process of its own, which may use that many bytes more. Never returns. */
static void match_confined(const NstImage *content, const NstImage *style, double bytes)
{
    NstError error = {0};
    Match *match;
    NstImage picture;
    Studio studio = studio_new(1);
    double most = address_space() + bytes;
    struct rlimit limit = {(rlim_t)most, (rlim_t)most};
    alarm(60);
    if (setrlimit(RLIMIT_AS, &limit) != 0)
        _exit(OTHER);
    NstStatus status = match_new(&match, studio.net, &coarse, content, style, NULL, NULL, &error);
    if (status == NST_OK)
        status = match_guide(match, studio.crew, content, &everywhere, style, 0.5, &picture, &error);
    _exit(status == NST_OK ? DONE : status == NST_NO_MEMORY && error.message[0] ? NO_MEMORY : OTHER);
}

static int confined(const NstImage *content, const NstImage *style, double bytes)
{
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0)
        match_confined(content, style, bytes);
    int status;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFEXITED(status));
    g_assert_true(WEXITSTATUS(status) == DONE || WEXITSTATUS(status) == NO_MEMORY);
    return WEXITSTATUS(status);
}

/* Guards the forecast, and allocations that fail: what it says is enough; with less, some allocation or
 * other fails, and is reported; half is never enough. */
static void test_confined(void)
{
    NstImage content = scene(150, 100), style = texture(90, 130);
    double slack = 8 << 20; /* large arrays begin at multiples of 2 MiB */
    double scratch = (double)match_scratch() * sizeof(float);
    double bytes = fmax(match_bytes(NULL, &coarse, 150, 100, 90, 130) + scratch,
                        match_guide_bytes(&coarse, 150, 100, 90, 130));
    g_assert_cmpint(confined(&content, &style, bytes + slack), ==, DONE);
    for (double share = 0; share <= 0.5; share += 0.1)
        g_assert_cmpint(confined(&content, &style, share * bytes), ==, NO_MEMORY);
    nst_image_free(&content);
    nst_image_free(&style);
}

/* Guards what the forecast is made of: larger pictures cost matching nothing but their resizing. */
static void test_cost(void)
{
    g_assert_cmpfloat(match_network_work(&coarse, 400, 300, 500, 500), ==,
                      match_network_work(&coarse, 4000, 3000, 5000, 5000));
    g_assert_cmpfloat(match_search_work(&coarse, 400, 300, 500, 500), ==,
                      match_search_work(&coarse, 4000, 3000, 5000, 5000));
    MatchSpec fine = coarse;
    fine.brush = 1;
    g_assert_cmpfloat(match_search_work(&fine, 400, 300, 500, 500), >,
                      5 * match_search_work(&coarse, 400, 300, 500, 500));
    g_assert_cmpfloat(match_guide_bytes(&fine, 4000, 3000, 500, 500), >=, 4000.0 * 3000 * 12);
}

int main(int argc, char **argv)
{
    run_pictures_begin(&argc, &argv);
    folder = temp_folder();
    char *path = g_build_filename(folder, "weights.safetensors", NULL);
    network_write(path, MATCH_LAYERS, NETWORK_METADATA);
    weights = made_weights(path);
    if (!SANITIZED) /* AddressSanitizer takes terabytes of address space, so no limit can be set */
        g_test_add_func("/match/memory", test_confined);
    g_test_add_func("/match/a painting in itself", test_itself);
    g_test_add_func("/match/any number of workers", test_worker_counts);
    g_test_add_func("/match/variety", test_variety);
    g_test_add_func("/match/parts", test_parts);
    g_test_add_func("/match/sizes", test_sizes);
    g_test_add_func("/match/detail", test_detail);
    if (!SANITIZED) /* it looks at the picture, in paths that the others take too */
        g_test_add_func("/match/no grid", test_no_grid);
    g_test_add_func("/match/odd pictures", test_odd_pictures);
    g_test_add_func("/match/colours out of range", test_out_of_range);
    g_test_add_func("/match/stopped", test_stopped);
    g_test_add_func("/match/cost", test_cost);
    int status = run_pictures_end();
    weights_close(weights);
    g_free(path);
    temp_remove(folder);
    return status;
}
