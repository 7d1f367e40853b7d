/* test_thumbnail.c: a picture read a few rows at a time, compared with the same read at once. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/thumbnail.h"

#include "plugin/pixels.h"

#include <string.h>

/* More rows than are read in one go, and not a multiple of any factor. */
enum { WIDTH = 1201, HEIGHT = 601 };

static GeglBuffer *buffer_of(int channels, const GeglRectangle *place)
{
    const Babl *format = babl_format(channels == 4 ? "R'G'B'A u8" : "R'G'B' u8");
    GeglBuffer *buffer = gegl_buffer_new(place, format);
    size_t count = (size_t)place->width * (size_t)place->height * (size_t)channels;
    guint8 *values = g_malloc(count);
    for (size_t i = 0; i < count; i++)
        values[i] = (guint8)((i * 2654435761u) >> 11);
    gegl_buffer_set(buffer, place, 0, format, values, GEGL_AUTO_ROWSTRIDE);
    g_free(values);
    return buffer;
}

/* In the smallest possible steps. */
static Thumbnail *read_wanted(const ThumbnailWanted *wanted, int *steps)
{
    NstError error = {0};
    Thumbnail *picture = NULL;
    ThumbnailReader *reader;
    g_assert_cmpint(thumbnail_begin(&reader, wanted, &error), ==, NST_OK);
    for (*steps = 0; !picture; ++*steps)
        g_assert_cmpint(thumbnail_read(reader, 0, &picture, &error), ==, NST_OK);
    thumbnail_end(reader);
    g_assert_cmpstr(error.message, ==, "");
    return picture;
}

static Thumbnail *read_reduced(GeglBuffer *buffer, const GeglRectangle *area, int side, int *steps)
{
    return read_wanted(
        &(ThumbnailWanted){
            .buffer = buffer, .area = *area, .format = pixels_srgb(), .side = side, .what = "The layer"},
        steps);
}

/* To the bit: the preview of a picture that is small enough starts from what the run starts from. */
static void check_whole(int channels)
{
    GeglRectangle place = {0, 0, WIDTH, HEIGHT}, area = {1, 2, WIDTH - 1, HEIGHT - 2};
    GeglBuffer *buffer = buffer_of(channels, &place);
    Pixels pixels = {0};
    int steps;
    Thumbnail *picture = read_reduced(buffer, &area, 1024, &steps);
    g_assert_cmpint(pixels_read(buffer, &area, pixels_srgb(), "The layer", &pixels, NULL), ==, NST_OK);
    g_assert_cmpint(steps, >, area.height); /* each row is finished in a step of its own */
    g_assert_cmpint(picture->factor, ==, 1);
    g_assert_cmpint(picture->image.width, ==, area.width);
    g_assert_cmpint(picture->image.height, ==, area.height);
    size_t count = nst_image_floats(&picture->image);
    g_assert_cmpmem(picture->image.rgb, count * sizeof(float), pixels.image.rgb, count * sizeof(float));
    for (size_t i = 0; i < count / 3; i++)
        g_assert_cmpfloat(picture->alpha[i], ==, pixels.alpha ? pixels.alpha[i] : 1);
    pixels_free(&pixels);
    thumbnail_unref(picture);
    g_object_unref(buffer);
}

static void test_opaque(void)
{
    check_whole(3);
}

static void test_alpha(void)
{
    check_whole(4);
}

/* The mean of a box, as far as it lies within the whole picture. */
static double box_mean(const NstImage *whole, int factor, int x, int y, int c)
{
    double sum = 0;
    int count = 0;
    for (int v = y * factor; v < MIN((y + 1) * factor, whole->height); v++)
        for (int u = x * factor; u < MIN((x + 1) * factor, whole->width); u++, count++)
            sum += whole->rgb[3 * ((size_t)v * (size_t)whole->width + (size_t)u) + (size_t)c];
    return sum / count;
}

/* Each pixel is the mean of its box, at the edges too, composited over what shows through before that. */
static void test_reduces(void)
{
    GeglRectangle area = {0, 0, WIDTH, HEIGHT};
    GeglBuffer *buffer = buffer_of(4, &area);
    Pixels pixels = {0};
    int steps;
    Thumbnail *picture = read_reduced(buffer, &area, 300, &steps);
    g_assert_cmpint(pixels_read(buffer, &area, pixels_srgb(), "The layer", &pixels, NULL), ==, NST_OK);
    g_assert_cmpint(picture->factor, ==, 4);
    g_assert_cmpint(picture->width, ==, WIDTH);
    g_assert_cmpint(picture->height, ==, HEIGHT);
    g_assert_cmpint(picture->image.width, ==, 301);
    g_assert_cmpint(picture->image.height, ==, 151);
    const float *value = picture->image.rgb;
    for (int y = 0; y < 151; y++)
        for (int x = 0; x < 301; x++)
            for (int c = 0; c < 3; c++)
                g_assert_cmpfloat_with_epsilon(*value++, box_mean(&pixels.image, 4, x, y, c), 1e-5);
    pixels_free(&pixels);
    thumbnail_unref(picture);
    g_object_unref(buffer);
}

/* A ribbon is not reduced below the height that core can paint. */
static void test_ribbon(void)
{
    GeglRectangle area = {0, 0, WIDTH, 40};
    GeglBuffer *buffer = buffer_of(3, &area);
    int steps;
    Thumbnail *picture = read_reduced(buffer, &area, 100, &steps);
    g_assert_cmpint(picture->factor, ==, 2);
    g_assert_cmpint(picture->image.height, ==, 20);
    thumbnail_unref(picture);
    g_object_unref(buffer);
}

/* The reader returns the earlier picture itself, as long as it has the same pixels. */
static void check_again(GeglBuffer *buffer, const GeglRectangle *area, Thumbnail *before, bool same)
{
    int steps;
    ThumbnailWanted wanted = {.buffer = buffer,
                              .area = *area,
                              .format = pixels_srgb(),
                              .side = 1024,
                              .before = before,
                              .what = "The layer"};
    Thumbnail *picture = read_wanted(&wanted, &steps);
    g_assert_true((picture == before) == same);
    thumbnail_unref(picture);
}

static void set(GeglBuffer *buffer, int x, int y, float value)
{
    float color[4] = {value, 0.25f, 0, 1};
    gegl_buffer_set(buffer, GEGL_RECTANGLE(x, y, 1, 1), 0, babl_format("R'G'B'A float"), color,
                    4 * sizeof(float));
}

static void test_again(void)
{
    GeglRectangle area = {0, 0, 40, 30}, wider = {0, 0, 41, 30}, left = {0, 0, 20, 30};
    GeglBuffer *buffer = buffer_of(3, &wider);
    int steps;
    Thumbnail *before = read_reduced(buffer, &area, 1024, &steps);
    check_again(buffer, &area, before, true);
    check_again(buffer, &wider, before, false);
    check_again(buffer, &left, before, false);
    set(buffer, 40, 9, 0.5f); /* beside it */
    check_again(buffer, &area, before, true);
    set(buffer, 39, 0, 0.5f); /* in its first row */
    check_again(buffer, &area, before, false);
    thumbnail_unref(before);
    before = read_reduced(buffer, &area, 1024, &steps);
    set(buffer, 0, 29, 0.5f); /* in its last */
    check_again(buffer, &area, before, false);
    thumbnail_unref(before);
    g_object_unref(buffer);
}

/* A selection is an amount: a half is read as a half. */
static void test_light(void)
{
    GeglRectangle area = {0, 0, 40, 30};
    const Babl *format = babl_format("Y u8");
    GeglBuffer *buffer = gegl_buffer_new(&area, format);
    guint8 values[40 * 30];
    int steps;
    for (int i = 0; i < 40 * 30; i++)
        values[i] = (guint8)(i % 256);
    gegl_buffer_set(buffer, &area, 0, format, values, GEGL_AUTO_ROWSTRIDE);
    ThumbnailWanted wanted = {
        .buffer = buffer, .area = area, .format = pixels_light(), .side = 1024, .what = "It"};
    Thumbnail *picture = read_wanted(&wanted, &steps);
    for (int i = 0; i < 40 * 30; i++)
        for (int c = 0; c < 3; c++)
            g_assert_cmpfloat_with_epsilon(picture->image.rgb[3 * i + c], (float)(i % 256) / 255, 1e-5f);
    thumbnail_unref(picture);
    g_object_unref(buffer);
}

static void test_empty(void)
{
    GeglRectangle area = {0, 0, 40, 30};
    GeglBuffer *buffer = gegl_buffer_new(&area, babl_format("R'G'B'A u8"));
    NstError error = {0};
    Thumbnail *picture = NULL;
    ThumbnailReader *reader;
    ThumbnailWanted wanted = {
        .buffer = buffer, .area = area, .format = pixels_srgb(), .side = 1024, .what = "The layer “sky”"};
    g_assert_cmpint(thumbnail_begin(&reader, &wanted, &error), ==, NST_OK);
    g_assert_cmpint(thumbnail_read(reader, 0, &picture, &error), ==, NST_BAD_ARGUMENT);
    g_assert_null(picture);
    g_assert_cmpstr(error.message, ==, "The layer “sky” is empty: it is fully transparent");
    thumbnail_end(reader);
    g_object_unref(buffer);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    gegl_init(NULL, NULL);
    g_test_add_func("/reduced/opaque", test_opaque);
    g_test_add_func("/reduced/alpha", test_alpha);
    g_test_add_func("/reduced/reduces", test_reduces);
    g_test_add_func("/reduced/ribbon", test_ribbon);
    g_test_add_func("/reduced/again", test_again);
    g_test_add_func("/reduced/light", test_light);
    g_test_add_func("/reduced/empty", test_empty);
    int status = g_test_run();
    gegl_exit();
    return status;
}
