/* test_style_size.c: a style that fits is read whole, to the bit; of one that doesn't as much as a run looks
 * at, so that its size alone never decides. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/style_size.h"

#include <math.h>

enum { WIDTH = 1200, HEIGHT = 900 };

static NstSettings settings_of(const char *text)
{
    NstSettings settings;
    nst_settings_default(&settings);
    g_assert_cmpint(nst_settings_parse(text, &settings, NULL), ==, NST_OK);
    return settings;
}

/* Slow waves, which no reducing changes. */
static GeglBuffer *waves(int width, int height)
{
    GeglRectangle whole = {0, 0, width, height};
    GeglBuffer *buffer = gegl_buffer_new(&whole, babl_format("R'G'B' float"));
    float *row = g_new(float, 3 * width);
    for (int y = 0; y < height; y++) {
        for (int i = 0; i < 3 * width; i++)
            row[i] = (float)(0.5 + 0.4 * sin(6.0 * (i / 3) / width + 4.0 * y / height + i % 3));
        gegl_buffer_set(buffer, GEGL_RECTANGLE(0, y, width, 1), 0, NULL, row, GEGL_AUTO_ROWSTRIDE);
    }
    g_free(row);
    return buffer;
}

static StyleSource begin(GeglBuffer *buffer, const char *text, NstSize content)
{
    NstSettings settings = settings_of(text);
    static char title[] = "It";
    StyleSource source = {.buffer = buffer, .colors = pixels_srgb(), .title = title};
    style_size_begin(&source, &settings, content);
    return source;
}

static void test_whole(void)
{
    GeglBuffer *buffer = waves(WIDTH, HEIGHT);
    StyleSource source = begin(buffer, "", (NstSize){160, 120});
    Pixels whole, read;
    g_assert_cmpint(source.factor, ==, 1);
    g_assert_cmpint(style_size_read(&source, &read, NULL), ==, NST_OK);
    g_assert_cmpint(pixels_read(buffer, gegl_buffer_get_extent(buffer), pixels_srgb(), "It", &whole, NULL),
                    ==, NST_OK);
    size_t bytes = nst_image_floats(&whole.image) * sizeof(float);
    g_assert_cmpmem(read.image.rgb, bytes, whole.image.rgb, bytes);
    pixels_free(&read);
    pixels_free(&whole);
    g_object_unref(buffer);
}

/* Guards a refusal of a small picture because of a large style. */
static void test_reduced(void)
{
    static const char *const texts[] = {"memory-limit=1", "method=gatys memory-limit=1"};
    GeglBuffer *buffer = waves(WIDTH, HEIGHT);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        StyleSource source = begin(buffer, texts[i], (NstSize){80, 60});
        NstSettings settings = settings_of(texts[i]);
        int side = nst_style_side(&settings, (NstSize){80, 60}, (NstSize){WIDTH, HEIGHT});
        Pixels pixels = {0}, whole = {0};
        g_test_message("looked at: %d, factor %d of at most %d", side, source.factor, source.most);
        g_assert_cmpint(source.factor, >, 1);
        g_assert_cmpint(style_size_read(&source, &pixels, NULL), ==, NST_OK);
        g_assert_cmpint(pixels.image.width, <, WIDTH);
        g_assert_cmpint(pixels.image.width, >=, side);
        NstImage expected = {0};
        g_assert_cmpint(
            pixels_read(buffer, gegl_buffer_get_extent(buffer), pixels_srgb(), "It", &whole, NULL), ==,
            NST_OK);
        g_assert_cmpint(
            nst_image_resample(&whole.image, pixels.image.width, pixels.image.height, &expected, NULL), ==,
            NST_OK);
        for (size_t k = 0; k < nst_image_floats(&expected); k++)
            g_assert_cmpfloat_with_epsilon(pixels.image.rgb[k], expected.rgb[k], 0.02);
        nst_image_free(&expected);
        pixels_free(&whole);
        pixels_free(&pixels);
    }
    g_object_unref(buffer);
}

/* What a run looks at is never reduced, however little room there is. */
static void test_looked_at(void)
{
    GeglBuffer *buffer = waves(100, 80);
    StyleSource source = begin(buffer, "memory-limit=1", (NstSize){160, 120});
    g_assert_cmpint(source.factor, ==, 1);
    g_assert_cmpint(source.most, ==, 1);
    NstSettings settings = settings_of("method=gatys");
    g_assert_cmpint(nst_style_side(&settings, (NstSize){160, 120}, (NstSize){9000, 6000}), ==, 160);
    g_object_unref(buffer);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gegl_init(NULL, NULL);
    g_test_add_func("/style size/whole", test_whole);
    g_test_add_func("/style size/reduced", test_reduced);
    g_test_add_func("/style size/looked at", test_looked_at);
    int status = g_test_run();
    gegl_exit();
    return status;
}
