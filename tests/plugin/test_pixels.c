/* test_pixels.c: between GEGL's buffers and core's pictures, without any GIMP. */
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
    NstStatus status = pixels_read(buffer, gegl_buffer_get_extent(buffer), "The layer", &pixels, &error);
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
    g_assert_cmpint(pixels_write(buffer, &pixels.image, NULL, NULL), ==, NST_OK);
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
    NstStatus status =
        pixels_read(buffer, gegl_buffer_get_extent(buffer), "The layer “sky”", &pixels, &error);
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
    g_assert_cmpint(pixels_read(buffer, &area, "The layer", &pixels, NULL), ==, NST_OK);
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
    g_assert_cmpint(pixels_write(buffer, &image, alpha, NULL), ==, NST_OK);
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
    g_test_add_func("/pixels/gray", test_gray);
    g_test_add_func("/pixels/area", test_area);
    g_test_add_func("/pixels/copy", test_copy);
    g_test_add_func("/pixels/write", test_write);
    int failed = g_test_run();
    gegl_exit();
    return failed;
}
