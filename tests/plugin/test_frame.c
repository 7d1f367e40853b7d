/* test_frame.c: frames of drawn pictures, with the noise of JPEG, which files have; and pictures without
 * one. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/frame.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { WIDTH = 160, HEIGHT = 120 };

typedef guint8 Canvas[HEIGHT][WIDTH][3];

static void fill(Canvas canvas, GeglRectangle area, guint8 r, guint8 g, guint8 b)
{
    for (int y = area.y; y < area.y + area.height; y++)
        for (int x = area.x; x < area.x + area.width; x++)
            memcpy(canvas[y][x], (guint8[]){r, g, b}, 3);
}

/* Strokes: patches of all colours. */
static void paint(Canvas canvas, GeglRectangle area)
{
    GRand *random = g_rand_new_with_seed(1);
    for (int y = area.y; y < area.y + area.height; y += 4)
        for (int x = area.x; x < area.x + area.width; x += 8) {
            GeglRectangle stroke = {x, y, MIN(8, area.x + area.width - x), MIN(4, area.y + area.height - y)};
            /* Not in the call: compilers differ in which argument comes first. */
            guint8 blue = (guint8)g_rand_int_range(random, 0, 256);
            guint8 green = (guint8)g_rand_int_range(random, 0, 256);
            guint8 red = (guint8)g_rand_int_range(random, 0, 256);
            fill(canvas, stroke, red, green, blue);
        }
    g_rand_free(random);
}

static const GeglRectangle whole = {0, 0, WIDTH, HEIGHT};

static GeglBuffer *loaded(const char *path)
{
    GeglBuffer *buffer = NULL;
    GeglNode *graph = gegl_node_new();
    GeglNode *load = gegl_node_new_child(graph, "operation", "gegl:load", "path", path, NULL);
    GeglNode *sink =
        gegl_node_new_child(graph, "operation", "gegl:buffer-sink", "buffer", &buffer, "format", NULL, NULL);
    gegl_node_link(load, sink);
    gegl_node_process(sink);
    g_object_unref(graph);
    g_assert_nonnull(buffer);
    return buffer;
}

/* Once through a JPEG file, whose noise is strongest where a frame ends. */
static GeglBuffer *as_jpeg(Canvas canvas)
{
    char *folder = g_dir_make_tmp("frame-XXXXXX", NULL),
         *path = g_build_filename(folder, "picture.jpg", NULL);
    GeglBuffer *buffer = gegl_buffer_new(&whole, babl_format("R'G'B' u8"));
    gegl_buffer_set(buffer, &whole, 0, babl_format("R'G'B' u8"), canvas, GEGL_AUTO_ROWSTRIDE);
    GeglNode *graph = gegl_node_new();
    GeglNode *source = gegl_node_new_child(graph, "operation", "gegl:buffer-source", "buffer", buffer, NULL);
    GeglNode *save =
        gegl_node_new_child(graph, "operation", "gegl:jpg-save", "path", path, "quality", 80, NULL);
    gegl_node_link(source, save);
    gegl_node_process(save);
    g_object_unref(graph);
    g_object_unref(buffer);
    buffer = loaded(path);
    g_unlink(path);
    g_rmdir(folder);
    g_free(path);
    g_free(folder);
    return buffer;
}

/* The picture is what is left: nothing of its frame, and of itself at most `slack` lines less a side. */
static void assert_inside(Canvas canvas, GeglRectangle picture, int slack)
{
    GeglBuffer *buffer = as_jpeg(canvas);
    GeglRectangle in = frame_inside(buffer);
    int lost[4] = {in.x - picture.x, in.y - picture.y, picture.x + picture.width - in.x - in.width,
                   picture.y + picture.height - in.y - in.height};
    g_test_message("%d,%d %dx%d", in.x, in.y, in.width, in.height);
    for (int side = 0; side < 4; side++) {
        g_assert_cmpint(lost[side], >=, 0);
        g_assert_cmpint(lost[side], <=, slack);
    }
    g_object_unref(buffer);
}

static bool no_jpeg(void)
{
    bool missing = !gegl_has_operation("gegl:jpg-save") || !gegl_has_operation("gegl:load");
    if (missing)
        g_test_skip("this GEGL neither saves nor loads JPEG files");
    return missing;
}

/* Guards margins and frames against being painted, each side's own. */
static void test_frames(void)
{
    static Canvas canvas;
    static const guint8 colours[][3] = {{255, 255, 255}, {0, 0, 0}, {120, 90, 60}};
    static const GeglRectangle pictures[] = {
        {12, 9, 130, 100}, {0, 20, WIDTH, 80}, {25, 0, 110, HEIGHT}, {10, 0, 150, HEIGHT}, {8, 8, 144, 104}};
    if (no_jpeg())
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(colours); i++)
        for (gsize k = 0; k < G_N_ELEMENTS(pictures); k++) {
            fill(canvas, whole, colours[i][0], colours[i][1], colours[i][2]);
            paint(canvas, pictures[k]);
            assert_inside(canvas, pictures[k], 2);
        }
    fill(canvas, whole, 255, 255, 255); /* one frame within the other's rows */
    fill(canvas, (GeglRectangle){20, 0, 120, HEIGHT}, 0, 0, 0);
    paint(canvas, (GeglRectangle){20, 12, 120, 90});
    assert_inside(canvas, (GeglRectangle){20, 12, 120, 90}, 2);
}

/* Guards what is part of a picture: nothing of these is cut off. */
static void test_no_frame(void)
{
    static Canvas canvas;
    if (no_jpeg())
        return;
    paint(canvas, whole);
    assert_inside(canvas, whole, 0);
    fill(canvas, whole, 255, 255, 255); /* blank paper */
    assert_inside(canvas, whole, 0);
    for (int i = 0; i < 60; i++) /* a drawing: a line across it, and one down */
        fill(canvas, (GeglRectangle){30 + i, 30 + i / 2, 2, 2}, 0, 0, 0);
    fill(canvas, (GeglRectangle){70, 20, 1, 80}, 0, 0, 0);
    assert_inside(canvas, whole, 0);
    fill(canvas, whole, 120, 170, 220); /* a plain sky over a sea, up to a straight horizon */
    paint(canvas, (GeglRectangle){0, 28, WIDTH, HEIGHT - 28});
    assert_inside(canvas, whole, 0);
    fill(canvas, whole, 255, 255, 255); /* margins of more than half of each side */
    paint(canvas, (GeglRectangle){50, 35, 60, 50});
    assert_inside(canvas, whole, 0);
}

/* Guards small pictures against lines that are not there. */
static void test_small(void)
{
    GeglRectangle area = {3, 5, 31, 400};
    GeglBuffer *buffer = gegl_buffer_new(&area, babl_format("R'G'B'A u8"));
    GeglRectangle in = frame_inside(buffer);
    g_assert_true(gegl_rectangle_equal(&in, &area));
    g_object_unref(buffer);
}

/* Guards transparent margins, whose hidden colours count for nothing; in a picture that begins elsewhere. */
static void test_transparent(void)
{
    GeglRectangle area = {-7, 4, 80, 60}, picture = {3, 14, 60, 40};
    GeglBuffer *buffer = gegl_buffer_new(&area, babl_format("R'G'B'A float"));
    for (int y = 4; y < 64; y++)
        for (int x = -7; x < 73; x++) {
            bool in = x >= 3 && x < 63 && y >= 14 && y < 54;
            float wave = 0.5F + 0.5F * sinf((float)(x * 3 + y * 5)), pixel[4] = {wave, 1 - wave, wave, in};
            gegl_buffer_set(buffer, GEGL_RECTANGLE(x, y, 1, 1), 0, babl_format("R'G'B'A float"), pixel,
                            GEGL_AUTO_ROWSTRIDE);
        }
    GeglRectangle inside = frame_inside(buffer);
    g_assert_true(gegl_rectangle_equal(&inside, &picture));
    g_object_unref(buffer);
}

/* Guards the built-in styles, some of which are flat, or ink on paper. */
static void test_styles(void)
{
    GDir *folder = g_dir_open(SOURCE_ROOT "/ui/styles", 0, NULL);
    g_assert_nonnull(folder);
    for (const char *name; (name = g_dir_read_name(folder)) && !no_jpeg();) {
        if (!g_str_has_suffix(name, ".jpg"))
            continue;
        char *path = g_build_filename(SOURCE_ROOT "/ui/styles", name, NULL);
        GeglBuffer *buffer = loaded(path);
        GeglRectangle in = frame_inside(buffer);
        g_test_message("%s: %d,%d %dx%d", name, in.x, in.y, in.width, in.height);
        g_assert_true(gegl_rectangle_equal(&in, gegl_buffer_get_extent(buffer)));
        g_object_unref(buffer);
        g_free(path);
    }
    g_dir_close(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gegl_init(NULL, NULL);
    g_test_add_func("/frame/frames", test_frames);
    g_test_add_func("/frame/no frame", test_no_frame);
    g_test_add_func("/frame/small", test_small);
    g_test_add_func("/frame/transparent", test_transparent);
    g_test_add_func("/frame/built-in styles", test_styles);
    int result = g_test_run();
    gegl_exit();
    return result;
}
