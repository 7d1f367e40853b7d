/* test_shown_pixels.c: what a scene shows, compared with GEGL, which composes GIMP's layers: the content with
 * its layer mask, and above it the result, covered by the content's alpha and the selection. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/shown_pixels.h"

#include "plugin/pixels.h"
#include "plugin/thumbnail.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 40, HEIGHT = 24, COUNT = WIDTH * HEIGHT };

/* ---- Pictures ------------------------------------------------------------------------------------------ */

/* A value 0..1 that depends on the pixel, the channel and a seed. */
static float noise(int pixel, int channel, int seed)
{
    guint32 hash = ((guint32)pixel * 4 + (guint32)channel) * 2654435761u ^ (guint32)seed * 40503u;
    return (float)((hash ^ hash >> 15) * 2246822519u >> 16) / 65535;
}

/* [H, W, 4] of the format. The caller unrefs it. */
static GeglBuffer *buffer_of(const char *format, const float *values)
{
    GeglRectangle all = {0, 0, WIDTH, HEIGHT};
    GeglBuffer *buffer = gegl_buffer_new(&all, babl_format(format));
    gegl_buffer_set(buffer, &all, 0, babl_format(format), values, GEGL_AUTO_ROWSTRIDE);
    return buffer;
}

static Thumbnail *thumbnail_of(const char *format, const float *values, const Babl *read)
{
    GeglRectangle all = {0, 0, WIDTH, HEIGHT};
    GeglBuffer *buffer = buffer_of(format, values);
    ThumbnailWanted wanted = {.buffer = buffer, .area = all, .format = read, .side = 1024, .what = "It"};
    Thumbnail *picture;
    g_assert_cmpint(thumbnail_new(&picture, &wanted, NULL), ==, NST_OK);
    g_object_unref(buffer);
    return picture;
}

typedef struct Case {
    bool alpha, selection, mask, gray, cut;
} Case;

/* What the pictures are made of: [H, W, 4] and [H, W]. */
typedef struct Made {
    float content[4 * COUNT], selection[COUNT], mask[COUNT];
    NstImage result;
} Made;

static void make(Made *made, Case is)
{
    g_assert_cmpint(nst_image_new(&made->result, WIDTH, HEIGHT, NULL), ==, NST_OK);
    for (int i = 0; i < COUNT; i++) {
        for (int c = 0; c < 3; c++) {
            made->content[4 * i + c] = noise(i, is.gray ? 0 : c, 1);
            made->result.rgb[3 * i + c] = noise(i, c, 2);
        }
        made->content[4 * i + 3] = is.alpha ? (float)(i % WIDTH) / (WIDTH - 1) : 1;
        made->selection[i] = is.selection ? (float)(i / WIDTH) / (HEIGHT - 1) : 1;
        made->mask[i] = is.mask ? noise(i / 7, 0, 3) : 1;
    }
}

/* ---- What GEGL makes of them --------------------------------------------------------------------------- */

/* The result as a layer of the image stores it. */
static void store(const NstImage *result, bool gray, float *rgba)
{
    const Babl *rgb = babl_format("R'G'B' float"), *stored = babl_format(gray ? "Y' float" : "R'G'B' float");
    float middle[3 * COUNT];
    babl_process(babl_fish(rgb, stored), result->rgb, middle, COUNT);
    babl_process(babl_fish(stored, babl_format("R'G'B'A float")), middle, rgba, COUNT);
}

/* Newer GEGLs call gegl_node_connect_to deprecated, older ones don't have what should replace it. */
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

/* `above`, with its alpha, over `below`, in linear light. */
static GeglBuffer *over(GeglBuffer *below, GeglBuffer *above)
{
    GeglBuffer *out = NULL;
    GeglNode *graph = gegl_node_new();
    GeglNode *under = gegl_node_new_child(graph, "operation", "gegl:buffer-source", "buffer", below, NULL);
    GeglNode *upper = gegl_node_new_child(graph, "operation", "gegl:buffer-source", "buffer", above, NULL);
    GeglNode *mix = gegl_node_new_child(graph, "operation", "gegl:over", NULL);
    GeglNode *sink = gegl_node_new_child(graph, "operation", "gegl:buffer-sink", "buffer", &out, NULL);
    gegl_node_link_many(under, mix, sink, NULL);
    gegl_node_connect_to(upper, "output", mix, "aux");
    gegl_node_process(sink);
    g_object_unref(graph);
    return out;
}

/* [H, W, 4]: sRGB and alpha. result: whether it is there. */
static void compose(const Made *made, Case is, bool result, float *expected)
{
    GeglRectangle all = {0, 0, WIDTH, HEIGHT};
    float content[4 * COUNT], above[4 * COUNT];
    store(&made->result, is.gray, above);
    for (int i = 0; i < COUNT; i++) {
        for (int c = 0; c < 3; c++)
            content[4 * i + c] = made->content[4 * i + c];
        content[4 * i + 3] = made->content[4 * i + 3] * made->mask[i];
        above[4 * i + 3] = result ? made->content[4 * i + 3] * made->selection[i] : 0;
        above[4 * i + 3] *= is.cut ? made->mask[i] : 1;
    }
    GeglBuffer *below = buffer_of("R'G'B'A float", content), *layer = buffer_of("R'G'B'A float", above);
    GeglBuffer *mixed = over(below, layer);
    gegl_buffer_get(mixed, &all, 1, babl_format("R'G'B'A float"), expected, GEGL_AUTO_ROWSTRIDE,
                    GEGL_ABYSS_NONE);
    g_object_unref(mixed);
    g_object_unref(layer);
    g_object_unref(below);
}

/* ---- The tests ----------------------------------------------------------------------------------------- */

/* To within one of 255, since a colour is rounded after it was multiplied. */
static void assert_near(uint32_t pixel, const float expected[4])
{
    float alpha = expected[3];
    g_assert_cmpfloat_with_epsilon((double)(pixel >> 24), 255 * alpha, 0.51);
    for (int c = 0; c < 3; c++)
        g_assert_cmpfloat_with_epsilon((double)(pixel >> (16 - 8 * c) & 255), 255 * alpha * expected[c],
                                       1.01);
}

static void check(Case is)
{
    static Made made;
    static float now[4 * COUNT], with[4 * COUNT];
    make(&made, is);
    Thumbnail *content = thumbnail_of("R'G'B'A float", made.content, pixels_srgb());
    Thumbnail *selection = is.selection ? thumbnail_of("Y float", made.selection, pixels_light()) : NULL;
    Thumbnail *mask = is.mask ? thumbnail_of("Y float", made.mask, pixels_light()) : NULL;
    ShownWith shown = {
        .content = content, .selection = selection, .mask = mask, .cut = is.cut, .gray = is.gray};
    ShownScene *scene;
    ShownPixels *before, *after;
    g_assert_cmpint(shown_scene_new(&scene, &shown, WIDTH, HEIGHT, NULL), ==, NST_OK);
    g_assert_cmpint(shown_scene_now(scene, &before, NULL), ==, NST_OK);
    g_assert_cmpint(shown_scene_with(scene, &made.result, &after, NULL), ==, NST_OK);
    compose(&made, is, false, now);
    compose(&made, is, true, with);
    for (int i = 0; i < COUNT; i++) {
        assert_near(before->argb[i], now + 4 * i);
        assert_near(after->argb[i], with + 4 * i);
    }
    shown_pixels_free(before);
    shown_pixels_free(after);
    shown_scene_free(scene);
    thumbnail_unref(content);
    thumbnail_unref(selection);
    thumbnail_unref(mask);
    nst_image_free(&made.result);
}

static void test_each(void)
{
    for (int bits = 0; bits < 32; bits++) {
        Case is = {bits & 1, bits & 2, bits & 4, bits & 8, bits & 16};
        g_test_message("alpha %d, selection %d, mask %d, gray %d, cut %d", is.alpha, is.selection, is.mask,
                       is.gray, is.cut);
        check(is);
    }
}

/* Where the result covers everything it is shown as it is, to the bit. */
static void test_alone(void)
{
    static Made made;
    static unsigned char bytes[3 * COUNT];
    make(&made, (Case){0});
    Thumbnail *content = thumbnail_of("R'G'B'A float", made.content, pixels_srgb());
    ShownScene *scene;
    ShownPixels *after;
    g_assert_cmpint(shown_scene_new(&scene, &(ShownWith){.content = content}, WIDTH, HEIGHT, NULL), ==,
                    NST_OK);
    g_assert_cmpint(shown_scene_with(scene, &made.result, &after, NULL), ==, NST_OK);
    nst_image_bytes(&made.result, bytes);
    for (size_t i = 0; i < COUNT; i++)
        g_assert_cmphex(after->argb[i], ==,
                        0xff000000u | (uint32_t)bytes[3 * i] << 16 | (uint32_t)bytes[3 * i + 1] << 8 |
                            bytes[3 * i + 2]);
    shown_pixels_free(after);
    shown_scene_free(scene);
    thumbnail_unref(content);
    nst_image_free(&made.result);
}

/* Guards a preview with other colours than the layer will have: a picture in Adobe RGB, with lights above
 * white, and a result as core returns it, in the picture's own colours and without the lights. Both are shown
 * as babl converts them; on a light so bright nothing of a stroke is seen. */
static void test_own_colours(void)
{
    static Made made;
    static float own[4 * COUNT], now[4 * COUNT], with[4 * COUNT];
    GeglRectangle all = {0, 0, WIDTH, HEIGHT};
    const Babl *format = babl_format_with_space("R'G'B'A float", babl_space("Adobish"));
    make(&made, (Case){0});
    memcpy(made.content, (float[]){2.5f, 3, 1.75f, 1}, 4 * sizeof(float));
    for (int i = 0; i < COUNT; i++) {
        memcpy(own + 4 * i, made.result.rgb + 3 * i, 3 * sizeof(float));
        own[4 * i + 3] = 1;
    }
    for (int c = 0; c < 3; c++)
        own[c] += made.content[c] - 1;
    babl_process(babl_fish(format, babl_format("R'G'B'A float")), made.content, now, COUNT);
    babl_process(babl_fish(format, babl_format("R'G'B'A float")), own, with, COUNT);

    GeglBuffer *buffer = gegl_buffer_new(&all, format);
    gegl_buffer_set(buffer, &all, 0, format, made.content, GEGL_AUTO_ROWSTRIDE);
    ThumbnailWanted wanted = {
        .buffer = buffer, .area = all, .format = pixels_colors(buffer), .beyond = true, .side = 1024};
    Thumbnail *content;
    ShownScene *scene;
    ShownPixels *before, *after;
    g_assert_cmpint(thumbnail_new(&content, &wanted, NULL), ==, NST_OK);
    g_assert_cmpfloat_with_epsilon(content->beyond.rgb[1], 2, 1e-5);
    g_assert_cmpfloat(content->beyond.rgb[3], ==, 0);
    g_assert_cmpint(shown_scene_new(&scene, &(ShownWith){.content = content}, WIDTH, HEIGHT, NULL), ==,
                    NST_OK);
    g_assert_cmpint(shown_scene_now(scene, &before, NULL), ==, NST_OK);
    g_assert_cmpint(shown_scene_with(scene, &made.result, &after, NULL), ==, NST_OK);
    for (int i = 0; i < COUNT; i++) {
        for (int c = 0; c < 3; c++) {
            now[4 * i + c] = fminf(fmaxf(now[4 * i + c], 0), 1);
            with[4 * i + c] = fminf(fmaxf(with[4 * i + c], 0), 1);
        }
        assert_near(before->argb[i], now + 4 * i);
        assert_near(after->argb[i], with + 4 * i);
    }
    g_assert_cmphex(after->argb[0], ==, 0xffffffffu);
    shown_pixels_free(before);
    shown_pixels_free(after);
    shown_scene_free(scene);
    thumbnail_unref(content);
    g_object_unref(buffer);
    nst_image_free(&made.result);
}

/* A part is shown with its own place in the selection: the right half of it is selected, and of a part around
 * its edge again the right half. */
static void test_part(void)
{
    static Made made;
    make(&made, (Case){0});
    for (int i = 0; i < COUNT; i++)
        made.selection[i] = i % WIDTH >= WIDTH / 2;
    Thumbnail *part = thumbnail_of("R'G'B'A float", made.content, pixels_srgb());
    Thumbnail *selection = thumbnail_of("Y float", made.selection, pixels_light());
    ShownWith with = {
        .content = part, .selection = selection, .left = 0.25, .top = 0.25, .right = 0.75, .bottom = 0.75};
    ShownScene *scene;
    ShownPixels *before, *after;
    g_assert_cmpint(shown_scene_new(&scene, &with, WIDTH, HEIGHT, NULL), ==, NST_OK);
    g_assert_cmpint(shown_scene_now(scene, &before, NULL), ==, NST_OK);
    g_assert_cmpint(shown_scene_with(scene, &made.result, &after, NULL), ==, NST_OK);
    for (int y = 0; y < HEIGHT; y++) {
        const uint32_t *old = before->argb + y * WIDTH, *new = after->argb + y *WIDTH;
        g_assert_cmpmem(old, 17 * sizeof *old, new, 17 * sizeof *new);
        for (int x = 23; x < WIDTH; x++) {
            const float *rgb = made.result.rgb + 3 * (y * WIDTH + x);
            assert_near(new[x], (float[]){rgb[0], rgb[1], rgb[2], 1});
        }
    }
    shown_pixels_free(before);
    shown_pixels_free(after);
    shown_scene_free(scene);
    thumbnail_unref(part);
    thumbnail_unref(selection);
    nst_image_free(&made.result);
}

static void test_fit(void)
{
    const struct {
        NstSize picture, room, fits;
    } cases[] = {{{1200, 900}, {400, 400}, {400, 300}},
                 {{900, 1200}, {413, 416}, {312, 416}},
                 {{96, 72}, {400, 300}, {400, 300}},
                 {{5000, 16}, {300, 300}, {300, 1}}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        NstSize fits = shown_fit(cases[i].picture, cases[i].room);
        g_assert_cmpint(fits.width, ==, cases[i].fits.width);
        g_assert_cmpint(fits.height, ==, cases[i].fits.height);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gegl_init(NULL, NULL);
    g_test_add_func("/shown/each", test_each);
    g_test_add_func("/shown/alone", test_alone);
    g_test_add_func("/shown/own colours", test_own_colours);
    g_test_add_func("/shown/part", test_part);
    g_test_add_func("/shown/fit", test_fit);
    int status = g_test_run();
    gegl_exit();
    return status;
}
