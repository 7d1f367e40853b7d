/* test_resample.c: resizing, and going from scale to scale. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/picture/enlarge.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/oracle.h"

#include <math.h>
#include <string.h>

/* A picture whose three channels are f(x, y), half of that, and a quarter. */
static NstImage drawn(int width, int height, double (*f)(int x, int y))
{
    NstImage image;
    g_assert_cmpint(nst_image_new(&image, width, height, NULL), ==, NST_OK);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++)
                image.rgb[((size_t)y * (size_t)width + (size_t)x) * 3 + (size_t)c] =
                    (float)ldexp(f(x, y), -c);
    return image;
}

static NstImage resized(const NstImage *in, int width, int height)
{
    NstImage out;
    NstError error = {0};
    g_assert_cmpint(nst_image_resample(in, width, height, &out, &error), ==, NST_OK);
    g_assert_cmpint(out.width, ==, width);
    g_assert_cmpint(out.height, ==, height);
    return out;
}

static float value(const NstImage *image, int x, int y, int c)
{
    return image->rgb[((size_t)y * (size_t)image->width + (size_t)x) * 3 + (size_t)c];
}

static double constant(int x, int y)
{
    (void)x;
    (void)y;
    return 0.4;
}

static double ramp(int x, int y)
{
    return 0.1 + 0.01 * x + 0.004 * y;
}

static double checker(int x, int y)
{
    return (x + y) % 2;
}

static double step(int x, int y)
{
    (void)y;
    return x >= 20;
}

static const int sizes[][4] = {{32, 24, 16, 12}, {33, 21, 20, 13}, {20, 17, 47, 40}, {40, 30, 1, 1},
                               {1, 1, 9, 5},     {16, 300, 5, 17}, {97, 31, 96, 32}};

/* Guards against weights that don't add up to one, especially at the edges: a flat picture stays flat. */
static void test_constant(void)
{
    for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
        NstImage in = drawn(sizes[k][0], sizes[k][1], constant), out = resized(&in, sizes[k][2], sizes[k][3]);
        for (size_t i = 0; i < nst_image_floats(&out); i++)
            g_assert_cmpfloat_with_epsilon(out.rgb[i], ldexp(0.4, -(int)(i % 3)), 1e-6);
        nst_image_free(&in);
        nst_image_free(&out);
    }
}

/* Guards against a shift of half a pixel, the classical fault: a slope must stay where it is. Checked away
 * from the edges, where the slope ends, and to a fiftieth of a pixel, since a widened kernel samples at
 * uneven places. */
static void test_ramp(void)
{
    static const int cases[][4] = {{60, 40, 30, 20}, {60, 40, 90, 80}, {60, 40, 47, 33}, {60, 40, 15, 40}};
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        NstImage in = drawn(60, 40, ramp), out = resized(&in, cases[k][2], cases[k][3]);
        double across = 60.0 / out.width, down = 40.0 / out.height;
        int margin_x = (int)ceil(2 * fmax(across, 1) / across) + 1,
            margin_y = (int)ceil(2 * fmax(down, 1) / down) + 1;
        for (int y = margin_y; y < out.height - margin_y; y++)
            for (int x = margin_x; x < out.width - margin_x; x++) {
                double want = 0.1 + 0.01 * ((x + 0.5) * across - 0.5) + 0.004 * ((y + 0.5) * down - 0.5);
                g_assert_cmpfloat_with_epsilon(value(&out, x, y, 0), want, 2e-4);
                g_assert_cmpfloat_with_epsilon(value(&out, x, y, 2), want / 4, 5e-5);
            }
        nst_image_free(&in);
        nst_image_free(&out);
    }
}

/* Guards against aliasing: a checker too fine for the result must turn grey, not into a coarser pattern. */
static void test_checker(void)
{
    static const int cases[][2] = {{32, 32}, {31, 29}, {21, 21}, {13, 10}};
    NstImage in = drawn(64, 64, checker);
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        NstImage out = resized(&in, cases[k][0], cases[k][1]);
        for (int y = 2; y < out.height - 2; y++)
            for (int x = 2; x < out.width - 2; x++)
                g_assert_cmpfloat_with_epsilon(value(&out, x, y, 0), 0.5, 0.01);
        nst_image_free(&out);
    }
    nst_image_free(&in);
}

/* Guards against values outside 0..1: the kernel overshoots at a step, and a float picture may hold
 * anything. */
static void test_clamped(void)
{
    NstImage in = drawn(40, 40, step), out = resized(&in, 77, 61);
    for (size_t i = 0; i < nst_image_floats(&out); i++)
        g_assert_true(out.rgb[i] >= 0 && out.rgb[i] <= 1);
    nst_image_free(&out);

    in.rgb[0] = NAN;
    in.rgb[300] = INFINITY;
    in.rgb[600] = -1e30f;
    static const int to[][2] = {{40, 40}, {20, 20}, {80, 80}};
    for (size_t k = 0; k < G_N_ELEMENTS(to); k++) {
        out = resized(&in, to[k][0], to[k][1]);
        for (size_t i = 0; i < nst_image_floats(&out); i++)
            g_assert_true(out.rgb[i] >= 0 && out.rgb[i] <= 1);
        nst_image_free(&out);
    }
    nst_image_free(&in);
}

/* Guards the same size: the result is a copy. */
static void test_same_size(void)
{
    NstImage in = drawn(31, 17, ramp), out = resized(&in, 31, 17);
    g_assert_true(out.rgb != in.rgb);
    g_assert_cmpmem(in.rgb, nst_image_floats(&in) * 4, out.rgb, nst_image_floats(&out) * 4);
    nst_image_free(&in);
    nst_image_free(&out);
}

/* Guards the kernels, against an independent implementation: Pillow's, which widens them as it shrinks. */
static void test_oracle(void)
{
    static const int cases[][4] = {
        {32, 24, 16, 12}, {33, 21, 20, 13}, {20, 17, 47, 40}, {64, 64, 9, 9}, {20, 17, 11, 40}};
    Oracle *oracle = oracle_open_committed();
    for (size_t k = 0; k < G_N_ELEMENTS(cases); k++) {
        const int *s = cases[k];
        size_t count = (size_t)s[2] * (size_t)s[3];
        NstImage in;
        g_assert_cmpint(nst_image_new(&in, s[0], s[1], NULL), ==, NST_OK);
        for (size_t i = 0; i < nst_image_floats(&in); i++)
            in.rgb[i] = 0.3f + 0.4f * hash_unit((uint32_t)s[0], (uint32_t)(i / 3));
        NstImage out = resized(&in, s[2], s[3]);
        float *channel = g_new(float, count);
        for (size_t c = 0; c < 3; c++) {
            for (size_t i = 0; i < count; i++)
                channel[i] = out.rgb[3 * i + c];
            char *name = g_strdup_printf("resize/%dx%d-%dx%d", s[0], s[1], s[2], s[3]);
            oracle_check(oracle, name, count, channel, 1e-5);
            g_free(name);
        }
        g_free(channel);
        nst_image_free(&in);
        nst_image_free(&out);
    }
    oracle_close(oracle);
}

/* Details that half the size can't hold, well inside 0..1. */
static double detailed(int x, int y)
{
    return 0.3 + 0.4 * hash_unit((uint32_t)x, (uint32_t)y);
}

static NstImage enlarged(const NstImage *small, const NstImage *start, int width, int height)
{
    NstError error = {0};
    NstImage picture = resized(small, small->width, small->height); /* a copy */
    g_assert_cmpint(picture_enlarge(&picture, start, width, height, &error), ==, NST_OK);
    g_assert_cmpint(picture.width, ==, width);
    g_assert_cmpint(picture.height, ==, height);
    return picture;
}

/* What was not painted comes back unchanged, with odd sizes and starts of other sizes too; what was changed
 * evenly is changed by as much. */
static void test_enlarge_details(void)
{
    static const int cases[][4] = {{40, 30, 20, 15}, {41, 33, 21, 17}, {64, 48, 32, 24}};
    static const float shifts[] = {0, 0.05f, -0.05f};
    for (size_t k = 0; k < G_N_ELEMENTS(cases) * G_N_ELEMENTS(shifts); k++) {
        const int *s = cases[k / G_N_ELEMENTS(shifts)];
        float shift = shifts[k % G_N_ELEMENTS(shifts)];
        NstImage start = drawn(s[0], s[1], detailed), small = resized(&start, s[2], s[3]);
        for (size_t i = 0; i < nst_image_floats(&small); i++)
            small.rgb[i] += shift;
        NstImage picture = enlarged(&small, &start, s[0], s[1]);
        for (size_t i = 0; i < nst_image_floats(&picture); i++)
            g_assert_cmpfloat_with_epsilon(picture.rgb[i], fminf(1, fmaxf(0, start.rgb[i] + shift)), 1e-6);
        nst_image_free(&start);
        nst_image_free(&small);
        nst_image_free(&picture);
    }
}

/* Noise has no details that could come back, and a picture of the right size is left alone. */
static void test_enlarge_plain(void)
{
    NstImage start = drawn(40, 30, detailed), small = drawn(20, 15, detailed);
    NstImage plain = resized(&small, 40, 30), picture = enlarged(&small, NULL, 40, 30);
    g_assert_cmpmem(plain.rgb, nst_image_floats(&plain) * sizeof(float), picture.rgb,
                    nst_image_floats(&picture) * sizeof(float));
    nst_image_free(&picture);
    picture = enlarged(&small, &start, 20, 15);
    g_assert_cmpmem(small.rgb, nst_image_floats(&small) * sizeof(float), picture.rgb,
                    nst_image_floats(&picture) * sizeof(float));
    nst_image_free(&picture);
    nst_image_free(&plain);
    nst_image_free(&small);
    nst_image_free(&start);
}

static void test_enlarge_clamped(void)
{
    NstImage start = drawn(40, 30, checker), small = drawn(20, 15, constant);
    NstImage picture = enlarged(&small, &start, 40, 30);
    for (size_t i = 0; i < nst_image_floats(&picture); i++)
        g_assert_true(picture.rgb[i] >= 0 && picture.rgb[i] <= 1);
    /* 0.4 in place of the checker's grey of 0.5: its black is then below 0, and its white 0.9. */
    g_assert_cmpfloat(value(&picture, 20, 14, 0), ==, 0);
    g_assert_cmpfloat_with_epsilon(value(&picture, 21, 14, 0), 0.9, 0.02);
    nst_image_free(&picture);
    nst_image_free(&small);
    nst_image_free(&start);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/resample/constant", test_constant);
    g_test_add_func("/resample/ramp", test_ramp);
    g_test_add_func("/resample/fine checker", test_checker);
    g_test_add_func("/resample/clamped", test_clamped);
    g_test_add_func("/resample/same size", test_same_size);
    g_test_add_func("/resample/against Pillow", test_oracle);
    g_test_add_func("/enlarge/details come back", test_enlarge_details);
    g_test_add_func("/enlarge/without a start", test_enlarge_plain);
    g_test_add_func("/enlarge/clamped", test_enlarge_clamped);
    return g_test_run();
}
