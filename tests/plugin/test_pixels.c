/* test_pixels.c: between GEGL's buffers and core's pictures, without any GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/pixels.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 20, HEIGHT = 150 }; /* higher than two of the bands that pixels.c reads */
#define GRID (1.0 / 65535)         /* the step to which pixels.c rounds values */

static GeglBuffer *buffer_of(const char *format, const Babl *space, int width, int height, const void *values)
{
    GeglRectangle whole = {0, 0, width, height};
    const Babl *full = babl_format_with_space(format, space);
    GeglBuffer *buffer = gegl_buffer_new(&whole, full);
    gegl_buffer_set(buffer, &whole, 0, full, values, GEGL_AUTO_ROWSTRIDE);
    return buffer;
}

/* Reads all of a buffer, and asserts success. */
static Pixels read_all(GeglBuffer *buffer)
{
    Pixels pixels = {0};
    NstError error = {0};
    NstStatus status =
        pixels_read(buffer, gegl_buffer_get_extent(buffer), pixels_srgb(), "The layer", &pixels, &error);
    g_assert_cmpstr(error.message, ==, "");
    g_assert_cmpint(status, ==, NST_OK);
    return pixels;
}

static void assert_colour(const float *rgb, double r, double g, double b, double tolerance)
{
    g_assert_cmpfloat_with_epsilon(rgb[0], r, tolerance);
    g_assert_cmpfloat_with_epsilon(rgb[1], g, tolerance);
    g_assert_cmpfloat_with_epsilon(rgb[2], b, tolerance);
}

static void test_opaque(void)
{
    const guint8 values[2][3] = {{0, 51, 255}, {102, 204, 153}};
    GeglBuffer *buffer = buffer_of("R'G'B' u8", NULL, 2, 1, values);
    Pixels pixels = read_all(buffer);
    g_assert_null(pixels.alpha);
    assert_colour(pixels.image.rgb, 0, 0.2, 1, GRID);
    assert_colour(pixels.image.rgb + 3, 0.4, 0.8, 0.6, GRID);
    pixels_free(&pixels);
    g_object_unref(buffer);
}

/* Guards against leftover colours of transparent pixels, which would count as much as visible ones. */
static void test_transparent(void)
{
    const float values[4][4] = {
        {0.2f, 0.4f, 0.6f, 1}, {0.8f, 0.2f, 0.0f, 0.5f}, {1, 1, 1, 0}, {NAN, INFINITY, -5, 0}};
    const double mean[3] = {0.4, 1.0 / 3, 0.4}; /* (first + half the second) / 1.5 */
    GeglBuffer *buffer = buffer_of("R'G'B'A float", NULL, 4, 1, values);
    Pixels pixels = read_all(buffer);
    const float *rgb = pixels.image.rgb;
    assert_colour(rgb, 0.2, 0.4, 0.6, GRID);
    assert_colour(rgb + 3, (0.8 + mean[0]) / 2, (0.2 + mean[1]) / 2, (0.0 + mean[2]) / 2, GRID);
    assert_colour(rgb + 6, mean[0], mean[1], mean[2], GRID);
    assert_colour(rgb + 9, mean[0], mean[1], mean[2], GRID);
    for (int i = 0; i < 4; i++)
        g_assert_cmpfloat_with_epsilon(pixels.alpha[i], values[i][3], GRID);
    pixels_free(&pixels);
    g_object_unref(buffer);
}

/* Guards against babl's choice of a conversion, which varies from time to time, showing in the result: values
 * that come in slightly off are read as the same, and values that go out are far from where rounding to 8 or
 * 16 bits could go either way. */
static void test_jitter(void)
{
    const float values[2][3] = {{0.2f, 0.4f, 0.6f}, {0.2f + 2e-6f, 0.4f - 2e-6f, 0.6f + 2e-6f}};
    GeglBuffer *buffer = buffer_of("R'G'B' float", NULL, 2, 1, values);
    Pixels pixels = read_all(buffer);
    float *rgb = pixels.image.rgb, back[6];
    g_assert_cmpmem(rgb, 3 * sizeof(float), rgb + 3, 3 * sizeof(float));
    g_assert_cmpfloat(rgb[0], ==, 51.0f / 255);

    for (int i = 0; i < 6; i++)
        rgb[i] = ((float)i + 0.5f) / 255; /* between two 8 bit values */
    g_assert_cmpint(pixels_write(buffer, &pixels.image, &pixels, NULL), ==, NST_OK);
    gegl_buffer_get(buffer, NULL, 1.0, NULL, back, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    for (int i = 0; i < 6; i++)
        g_assert_cmpfloat_with_epsilon(remainder(back[i], GRID), 0, GRID / 100);
    pixels_free(&pixels);
    g_object_unref(buffer);
}

static void test_empty(void)
{
    const guint8 values[2][4] = {{255, 255, 255, 0}, {9, 9, 9, 0}};
    GeglBuffer *buffer = buffer_of("R'G'B'A u8", NULL, 2, 1, values);
    Pixels pixels = {0};
    NstError error = {0};
    NstStatus status = pixels_read(buffer, gegl_buffer_get_extent(buffer), pixels_srgb(), "The layer “sky”",
                                   &pixels, &error);
    g_assert_cmpint(status, ==, NST_BAD_ARGUMENT);
    g_assert_nonnull(strstr(error.message, "“sky” is empty"));
    g_assert_null(pixels.image.rgb);
    g_assert_null(pixels.alpha);
    g_object_unref(buffer);
}

/* 64 128 192 in Adobe RGB (1998) is -0.2665 0.5060 0.7670 in sRGB; values outside 0..1 are clamped. */
static void test_space(void)
{
    const guint8 value[3] = {64, 128, 192};
    GeglBuffer *buffer = buffer_of("R'G'B' u8", babl_space("Adobish"), 1, 1, value);
    Pixels pixels = read_all(buffer);
    assert_colour(pixels.image.rgb, 0, 0.5060, 0.7670, 2e-3);
    pixels_free(&pixels);
    g_object_unref(buffer);
}

/* The floats that a buffer holds, by its own curve or in light, with an alpha if it has one: where an alpha
 * goes, babl sometimes takes a way by light that cuts off what is below black. */
static const Babl *plain_format(const Babl *format)
{
    bool light = babl_get_model_flags(babl_format_get_model(format)) & BABL_MODEL_FLAG_LINEAR;
    const char *opaque = light ? "RGB float" : "R'G'B' float",
               *alpha = light ? "RGBA float" : "R'G'B'A float";
    return babl_format_with_space(babl_format_has_alpha(format) ? alpha : opaque, format);
}

/* Guards the numbers themselves: a picture is painted in its own colours, and written back it is the same to
 * a step of 16 bits, and floats to the digit, whatever its space, with an alpha and without. */
static void assert_comes_back(GeglBuffer *buffer, double tolerance)
{
    const Babl *plain = plain_format(gegl_buffer_get_format(buffer));
    size_t count = (size_t)babl_format_get_n_components(plain) * WIDTH * HEIGHT;
    float *before = g_new(float, count), *after = g_new(float, count);
    Pixels pixels = {0};
    gegl_buffer_get(buffer, NULL, 1.0, plain, before, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    g_assert_cmpint(
        pixels_read(buffer, gegl_buffer_get_extent(buffer), pixels_colors(buffer), "It", &pixels, NULL), ==,
        NST_OK);
    for (size_t i = 0; i < nst_image_floats(&pixels.image); i++)
        g_assert_true(pixels.image.rgb[i] >= 0 && pixels.image.rgb[i] <= 1);
    g_assert_cmpint(pixels_write(buffer, &pixels.image, &pixels, NULL), ==, NST_OK);
    gegl_buffer_get(buffer, NULL, 1.0, plain, after, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    for (size_t i = 0; i < count; i++)
        g_assert_cmpfloat_with_epsilon(after[i], before[i], tolerance);
    pixels_free(&pixels);
    g_free(before);
    g_free(after);
}

static void test_own_colours(void)
{
    static const struct {
        const char *format;
        double tolerance, least, most; /* least, most: of the values */
    } cases[] = {{"R'G'B' u8", 1e-7, 0, 1},          {"R'G'B' u16", 1.01 * GRID, 0, 1},
                 {"R'G'B'A u16", 1.01 * GRID, 0, 1}, {"RGB u16", 1.01 * GRID, 0, 1},
                 {"R~G~B~A u16", 1e-4, 0, 1},        {"R'G'B'A float", 1e-4, -0.3, 7.94},
                 {"RGB float", 1e-4, -0.3, 7.94},    {"RGBA float", 1e-4, -0.3, 7.94}};
    static const char *const spaces[] = {"sRGB", "Adobish", "ProPhoto", "Rec2020"};
    float *values = g_new(float, 4 * WIDTH * HEIGHT);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        for (size_t space = 0; space < G_N_ELEMENTS(spaces); space++) {
            g_test_message("%s of %s", cases[i].format, spaces[space]);
            const Babl *format = babl_format_with_space(cases[i].format, babl_space(spaces[space]));
            bool light = babl_get_model_flags(babl_format_get_model(format)) & BABL_MODEL_FLAG_LINEAR;
            for (int k = 0; k < 4 * WIDTH * HEIGHT; k++)
                values[k] = k % 4 == 3 ? 1
                                       : (float)(cases[i].least +
                                                 (cases[i].most - cases[i].least) * ((k * 37) % 1001) / 1000);
            GeglRectangle whole = {0, 0, WIDTH, HEIGHT};
            GeglBuffer *buffer = gegl_buffer_new(&whole, format);
            gegl_buffer_set(buffer, &whole, 0,
                            babl_format_with_space(light ? "RGBA float" : "R'G'B'A float", format), values,
                            GEGL_AUTO_ROWSTRIDE);
            assert_comes_back(buffer, cases[i].tolerance);
            g_object_unref(buffer);
        }
    g_free(values);
}

/* What is beyond is kept apart, and where nothing is there is no memory for it. */
static void test_beyond(void)
{
    const float values[3][4] = {{7.94f, 0.5f, -0.3f, 1}, {INFINITY, NAN, 0.25f, 1}, {9, 9, 9, 0}};
    GeglBuffer *buffer = buffer_of("R'G'B'A float", NULL, 3, 1, values);
    Pixels pixels = read_all(buffer);
    assert_colour(pixels.image.rgb, 1, 0.5, 0, GRID);
    assert_colour(pixels.beyond, 6.94, 0, -0.3, 1e-6);
    g_assert_true(isinf(pixels.beyond[3]));
    assert_colour(pixels.beyond + 6, 0, 0, 0, 1e-9); /* invisible */
    pixels.image.rgb[0] = 0.5f;                      /* a dark stroke on the light */
    g_assert_cmpint(pixels_write(buffer, &pixels.image, &pixels, NULL), ==, NST_OK);
    float back[12];
    gegl_buffer_get(buffer, NULL, 1.0, NULL, back, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    assert_colour(back, 7.44, 0.5, -0.3, 1e-4);
    pixels_free(&pixels);
    g_object_unref(buffer);

    const float tame[4] = {0, 1, 0.5f, 1};
    buffer = buffer_of("R'G'B'A float", NULL, 1, 1, tame);
    pixels = read_all(buffer);
    g_assert_null(pixels.beyond);
    pixels_free(&pixels);
    g_object_unref(buffer);
}

/* Numbers of light are not what the network knows, in whatever space: they are painted by sRGB's curve. */
static void test_light(void)
{
    const float half[3] = {0.5f, 0.5f, 0.5f};
    const Babl *linear = babl_space_with_trc(babl_space("sRGB"), babl_trc("linear"));
    const struct {
        const char *format;
        const Babl *space;
    } cases[] = {{"RGB float", NULL}, {"R'G'B' float", linear}, {"RGB float", babl_space("ProPhoto")}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GeglBuffer *buffer = buffer_of(cases[i].format, cases[i].space, 1, 1, half);
        Pixels pixels = {0};
        g_assert_cmpint(
            pixels_read(buffer, gegl_buffer_get_extent(buffer), pixels_colors(buffer), "It", &pixels, NULL),
            ==, NST_OK);
        assert_colour(pixels.image.rgb, 0.7354, 0.7354, 0.7354, 1e-4);
        pixels_free(&pixels);
        g_object_unref(buffer);
    }
}

static void test_gray(void)
{
    const guint8 values[2] = {51, 204};
    GeglBuffer *buffer = buffer_of("Y' u8", NULL, 2, 1, values);
    Pixels pixels = read_all(buffer);
    assert_colour(pixels.image.rgb, 0.2, 0.2, 0.2, 2 * GRID);
    assert_colour(pixels.image.rgb + 3, 0.8, 0.8, 0.8, 2 * GRID);
    pixels_free(&pixels);
    g_object_unref(buffer);
}

/* Each pixel encodes its place: red its column, green its row. */
static GeglBuffer *map_of_places(void)
{
    float *values = g_new(float, WIDTH *HEIGHT * 4);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        values[4 * i] = (float)(i % WIDTH) / WIDTH;
        values[4 * i + 1] = (float)(i / WIDTH) / HEIGHT;
        values[4 * i + 2] = 0.5f;
        values[4 * i + 3] = 1;
    }
    GeglBuffer *buffer = buffer_of("R'G'B'A float", NULL, WIDTH, HEIGHT, values);
    g_free(values);
    return buffer;
}

static void test_area(void)
{
    GeglBuffer *buffer = map_of_places();
    GeglRectangle area = {5, 7, 11, 140};
    Pixels pixels = {0};
    g_assert_cmpint(pixels_read(buffer, &area, pixels_srgb(), "The layer", &pixels, NULL), ==, NST_OK);
    g_assert_cmpint(pixels.image.width, ==, area.width);
    g_assert_cmpint(pixels.image.height, ==, area.height);
    for (int y = 0; y < area.height; y++) {
        for (int x = 0; x < area.width; x++) {
            const float *rgb = pixels.image.rgb + 3 * (y * area.width + x);
            assert_colour(rgb, (double)(x + area.x) / WIDTH, (double)(y + area.y) / HEIGHT, 0.5, GRID);
        }
    }
    pixels_free(&pixels);
    g_object_unref(buffer);
}

static void test_copy(void)
{
    GeglBuffer *buffer = map_of_places();
    GeglRectangle area = {5, 7, 11, 140};
    GeglBuffer *copy = pixels_copy(buffer, &area);
    const GeglRectangle *extent = gegl_buffer_get_extent(copy);
    g_assert_cmpint(extent->x, ==, 0);
    g_assert_cmpint(extent->y, ==, 0);
    g_assert_cmpint(extent->width, ==, area.width);
    g_assert_cmpint(extent->height, ==, area.height);
    g_assert_true(gegl_buffer_get_format(copy) == gegl_buffer_get_format(buffer));
    g_object_unref(buffer); /* the copy must not need it */
    Pixels pixels = read_all(copy);
    assert_colour(pixels.image.rgb, 5.0 / WIDTH, 7.0 / HEIGHT, 0.5, GRID);
    pixels_free(&pixels);
    g_object_unref(copy);
}

static void test_write(void)
{
    NstImage image = {0};
    float *alpha = g_new(float, WIDTH *HEIGHT);
    GeglRectangle whole = {0, 0, WIDTH, HEIGHT};
    GeglBuffer *buffer = gegl_buffer_new(&whole, babl_format("R'G'B'A u16"));
    float *back = g_new(float, WIDTH *HEIGHT * 4);

    g_assert_cmpint(nst_image_new(&image, WIDTH, HEIGHT, NULL), ==, NST_OK);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        alpha[i] = (float)(i % 7) / 6;
        for (int c = 0; c < 3; c++)
            image.rgb[3 * i + c] = (float)((i + c) % 11) / 10;
    }
    g_assert_cmpint(pixels_write(buffer, &image, &(Pixels){.alpha = alpha, .colors = pixels_srgb()}, NULL),
                    ==, NST_OK);
    gegl_buffer_get(buffer, &whole, 1.0, babl_format("R'G'B'A float"), back, GEGL_AUTO_ROWSTRIDE,
                    GEGL_ABYSS_NONE);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        const float *rgb = image.rgb + 3 * i;
        assert_colour(back + 4 * i, rgb[0], rgb[1], rgb[2], 2 * GRID);
        g_assert_cmpfloat_with_epsilon(back[4 * i + 3], alpha[i], 2 * GRID);
    }
    g_free(back);
    g_free(alpha);
    nst_image_free(&image);
    g_object_unref(buffer);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gegl_init(NULL, NULL);
    g_test_add_func("/pixels/opaque", test_opaque);
    g_test_add_func("/pixels/transparent", test_transparent);
    g_test_add_func("/pixels/jitter", test_jitter);
    g_test_add_func("/pixels/empty", test_empty);
    g_test_add_func("/pixels/space", test_space);
    g_test_add_func("/pixels/own colours", test_own_colours);
    g_test_add_func("/pixels/beyond white and black", test_beyond);
    g_test_add_func("/pixels/light", test_light);
    g_test_add_func("/pixels/gray", test_gray);
    g_test_add_func("/pixels/area", test_area);
    g_test_add_func("/pixels/copy", test_copy);
    g_test_add_func("/pixels/write", test_write);
    int failed = g_test_run();
    gegl_exit();
    return failed;
}
