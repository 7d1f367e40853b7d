/* test_color.c: the maps of colours, by what they promise: the statistics of their results, recounted here.
 * Of all matrices that turn one covariance into another only one is symmetric and has no negative eigenvalue,
 * so these properties together show that it is the right one. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/picture/color.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"

#include <math.h>

static const double LUMA[3] = {0.2126, 0.7152, 0.0722};

static double luma_of(const float *rgb)
{
    return LUMA[0] * rgb[0] + LUMA[1] * rgb[1] + LUMA[2] * rgb[2];
}

static NstImage new_picture(int width, int height)
{
    NstImage image;
    g_assert_cmpint(nst_image_new(&image, width, height, NULL), ==, NST_OK);
    return image;
}

/* Colours about `mean`, spread along three directions of no particular kind. */
static NstImage cloud(unsigned seed, int width, int height, const double mean[3], double spread)
{
    NstImage image = new_picture(width, height);
    double way[3][3];
    for (int i = 0; i < 9; i++)
        way[i / 3][i % 3] = spread * hash_signed(seed, (uint32_t)i);
    for (size_t p = 0; p < nst_image_floats(&image) / 3; p++)
        for (int c = 0; c < 3; c++) {
            double value = mean[c];
            for (int k = 0; k < 3; k++)
                value += way[k][c] * hash_signed(seed + 1 + (unsigned)k, (uint32_t)p);
            image.rgb[3 * p + (size_t)c] = (float)value;
        }
    return image;
}

static NstImage flat(int width, int height, float red, float green, float blue)
{
    NstImage image = new_picture(width, height);
    for (size_t p = 0; p < nst_image_floats(&image); p += 3) {
        image.rgb[p] = red;
        image.rgb[p + 1] = green;
        image.rgb[p + 2] = blue;
    }
    return image;
}

/* By the definition, in two passes. */
static ColorStatistics counted(const NstImage *image)
{
    ColorStatistics s = {{0}, {{0}}};
    size_t pixels = nst_image_floats(image) / 3;
    for (size_t p = 0; p < pixels; p++)
        for (int c = 0; c < 3; c++)
            s.mean[c] += (double)image->rgb[3 * p + (size_t)c] / (double)pixels;
    for (size_t p = 0; p < pixels; p++)
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                s.covariance[i][j] += (image->rgb[3 * p + (size_t)i] - s.mean[i]) *
                                      (image->rgb[3 * p + (size_t)j] - s.mean[j]) / (double)pixels;
    return s;
}

static void assert_alike(const ColorStatistics *a, const ColorStatistics *b, double limit)
{
    double most = 0;
    for (int i = 0; i < 3; i++) {
        most = fmax(most, fabs(a->mean[i] - b->mean[i]));
        for (int j = 0; j < 3; j++)
            most = fmax(most, fabs(a->covariance[i][j] - b->covariance[i][j]));
    }
    g_test_message("statistics differ by up to %.2g", most);
    g_assert_cmpfloat(most, <=, limit);
}

static void assert_finite(const ColorMap *map)
{
    for (int i = 0; i < 3; i++) {
        g_assert_true(isfinite(map->offset[i]));
        for (int j = 0; j < 3; j++)
            g_assert_true(isfinite(map->matrix[i][j]));
    }
}

/* Symmetric, and by Sylvester's criterion without a negative eigenvalue. */
static void assert_symmetric(const ColorMap *map)
{
    const double(*m)[3] = map->matrix;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            g_assert_cmpfloat(fabs(m[i][j] - m[j][i]), <=, 1e-12);
    double second = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    double third = m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
                   m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
                   m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    g_assert_cmpfloat(m[0][0], >, 0);
    g_assert_cmpfloat(second, >, 0);
    g_assert_cmpfloat(third, >, 0);
}

static const double DUSK[3] = {0.42, 0.47, 0.55}, NOON[3] = {0.6, 0.45, 0.35};

/* Guards against statistics that are off by rounding, or by values outside 0..1. */
static void test_statistics(void)
{
    NstImage image = cloud(10, 61, 43, DUSK, 0.12);
    ColorStatistics got = color_statistics(&image), want = counted(&image);
    assert_alike(&got, &want, 1e-12);
    image.rgb[0] = -4;
    image.rgb[1] = INFINITY;
    image.rgb[2] = NAN;
    got = color_statistics(&image);
    image.rgb[0] = image.rgb[2] = 0;
    image.rgb[1] = 1;
    want = counted(&image);
    assert_alike(&got, &want, 1e-12);
    nst_image_free(&image);
}

/* Guards the promise of `match`: the content's mean and covariance, without a rotation of hues. */
static void test_match(void)
{
    for (unsigned seed = 20; seed < 60; seed += 5) {
        NstImage style = cloud(seed, 50, 40, DUSK, 0.13), content = cloud(seed + 100, 37, 61, NOON, 0.1);
        ColorStatistics from = color_statistics(&style), to = color_statistics(&content);
        ColorMap map = color_match(&from, &to);
        assert_symmetric(&map);
        color_apply(&map, &style);
        ColorStatistics got = counted(&style);
        assert_alike(&got, &to, 1e-6);
        nst_image_free(&style);
        nst_image_free(&content);
    }
}

/* Guards against changing what needs no change. */
static void test_itself(void)
{
    NstImage image = cloud(30, 50, 40, NOON, 0.1);
    ColorStatistics s = color_statistics(&image);
    ColorMap map = color_match(&s, &s);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            g_assert_cmpfloat(fabs(map.matrix[i][j] - (i == j)), <=, 1e-9);
    nst_image_free(&image);
}

/* Guards pictures that are all gray, all one colour, or one pixel: nothing may blow up, and the mean must be
 * right. */
static void test_degenerate(void)
{
    NstImage pictures[] = {cloud(40, 30, 30, NOON, 0.1),    flat(16, 16, 0.2f, 0.5f, 0.7f),
                           flat(16, 16, 0, 0, 0),           flat(16, 16, 1, 1, 1),
                           flat(1, 1, 0.25f, 0.5f, 0.125f), cloud(41, 30, 30, DUSK, 0.1)};
    ColorMap gray = color_gray();
    color_apply(&gray, &pictures[5]);
    for (size_t i = 0; i < G_N_ELEMENTS(pictures); i++)
        for (size_t k = 0; k < G_N_ELEMENTS(pictures); k++) {
            ColorStatistics from = color_statistics(&pictures[i]), to = color_statistics(&pictures[k]);
            ColorMap maps[] = {color_match(&from, &to), color_match_gray(&from, &to)};
            for (int m = 0; m < 2; m++) {
                NstImage mapped = new_picture(pictures[i].width, pictures[i].height);
                for (size_t v = 0; v < nst_image_floats(&mapped); v++)
                    mapped.rgb[v] = pictures[i].rgb[v];
                assert_finite(&maps[m]);
                color_apply(&maps[m], &mapped);
                ColorStatistics got = counted(&mapped);
                double gray_mean = LUMA[0] * to.mean[0] + LUMA[1] * to.mean[1] + LUMA[2] * to.mean[2];
                for (int c = 0; c < 3; c++)
                    g_assert_cmpfloat(fabs(got.mean[c] - (m ? gray_mean : to.mean[c])), <=, 1e-6);
                nst_image_free(&mapped);
            }
        }
    for (size_t i = 0; i < G_N_ELEMENTS(pictures); i++)
        nst_image_free(&pictures[i]);
}

/* Guards a gray style from a JPEG file: its rounding must not become coloured noise. Along gray it takes on
 * the content's deviation, and what little colour it has grows at most tenfold. */
static void test_nearly_gray(void)
{
    NstImage style = new_picture(64, 64), content = cloud(50, 64, 64, NOON, 0.15);
    for (size_t p = 0; p < nst_image_floats(&style) / 3; p++) {
        float value = 0.5f + 0.3f * hash_signed(51, (uint32_t)p);
        for (size_t c = 0; c < 3; c++)
            style.rgb[3 * p + c] = value + hash_signed(52, (uint32_t)(3 * p + c)) / 510;
    }
    ColorStatistics from = color_statistics(&style), to = color_statistics(&content);
    ColorMap map = color_match(&from, &to);
    color_apply(&map, &style);
    double most = 0;
    for (uint32_t way = 0; way < 1000; way++) {
        double in[3], before = 0, after = 0;
        for (uint32_t c = 0; c < 3; c++)
            before += pow(in[c] = hash_signed(53, 3 * way + c), 2);
        for (int i = 0; i < 3; i++)
            after += pow(map.matrix[i][0] * in[0] + map.matrix[i][1] * in[1] + map.matrix[i][2] * in[2], 2);
        most = fmax(most, sqrt(after / before));
    }
    g_test_message("a colour moves by at most %.3g times as much", most);
    g_assert_cmpfloat(most, <=, 10 + 1e-6);
    g_assert_cmpfloat(most, >, 9.9);
    ColorStatistics got = counted(&style);
    double along = 0, wanted = 0;
    for (int i = 0; i < 9; i++) {
        along += got.covariance[i / 3][i % 3];
        wanted += to.covariance[i / 3][i % 3];
    }
    g_assert_cmpfloat(fabs(along / wanted - 1), <=, 0.02);
    nst_image_free(&style);
    nst_image_free(&content);
}

/* Guards the gray that the style takes on: the content's mean and deviation, with channels equal to the
 * bit. */
static void test_match_gray(void)
{
    NstImage style = cloud(60, 50, 40, DUSK, 0.13), content = cloud(65, 37, 61, NOON, 0.1);
    ColorStatistics from = color_statistics(&style), to = color_statistics(&content);
    ColorMap map = color_match_gray(&from, &to), gray = color_gray();
    color_apply(&map, &style);
    color_apply(&gray, &content);
    for (size_t p = 0; p < nst_image_floats(&style); p += 3)
        g_assert_true(style.rgb[p] == style.rgb[p + 1] && style.rgb[p] == style.rgb[p + 2]);
    ColorStatistics got = counted(&style), want = counted(&content);
    assert_alike(&got, &want, 1e-6);
    nst_image_free(&style);
    nst_image_free(&content);
}

/* Guards the colours that come back: luminance as painted, chroma as in the content to the last bits where it
 * fits; where it doesn't, the same hue with less chroma, but no less than necessary. */
static void test_restore(void)
{
    NstImage content = cloud(70, 80, 60, NOON, 0.25), painted = new_picture(80, 60);
    int kept = 0, reduced = 0;
    for (size_t p = 0; p < nst_image_floats(&painted); p += 3) {
        for (size_t c = 0; c < 3; c++)
            content.rgb[p + c] = fminf(fmaxf(content.rgb[p + c], 0), 1);
        painted.rgb[p] = painted.rgb[p + 1] = painted.rgb[p + 2] = hash_unit(75, (uint32_t)p);
    }
    float *gray = g_memdup2(painted.rgb, nst_image_floats(&painted) * sizeof(float));
    color_restore(&content, &painted);
    for (size_t p = 0; p < nst_image_floats(&painted); p += 3) {
        const float *from = content.rgb + p, *got = painted.rgb + p;
        double luma = luma_of(from), y = gray[p], share = 0, whole = 0;
        bool at_edge = false, fits = true;
        g_assert_cmpfloat(fabs(luma_of(got) - y), <=, 1e-6);
        for (int c = 0; c < 3; c++) {
            double chroma = from[c] - luma;
            g_assert_true(got[c] >= 0 && got[c] <= 1);
            fits = fits && y + chroma >= 0 && y + chroma <= 1;
            at_edge = at_edge || got[c] < 1e-6 || got[c] > 1 - 1e-6;
            share += (got[c] - y) * chroma;
            whole += chroma * chroma;
        }
        share = fits ? 1 : share / whole;
        for (int c = 0; c < 3; c++)
            g_assert_cmpfloat(fabs(got[c] - y - share * (from[c] - luma)), <=, 1e-6);
        g_assert_true(fits || (at_edge && share < 1 && share >= 0));
        kept += fits;
        reduced += !fits;
    }
    g_test_message("%d colours fit, %d don't", kept, reduced);
    g_assert_cmpint(MIN(kept, reduced), >, 500);
    g_free(gray);
    nst_image_free(&content);
    nst_image_free(&painted);
}

/* Guards gray paintings: the slope along any gray direction is that of the original gradient. */
static void test_gray_gradient(void)
{
    enum { PIXELS = 100 };
    float *gradient = new_signed(80, 1, 3 * PIXELS), *way = new_signed(81, 1, 3 * PIXELS);
    for (size_t i = 0; i < 3 * PIXELS; i++)
        way[i] = way[i - i % 3];
    double slope = dot(3 * PIXELS, gradient, way);
    color_gray_gradient(PIXELS, gradient);
    g_assert_cmpfloat(fabs(dot(3 * PIXELS, gradient, way) - slope), <=, 1e-5);
    for (size_t i = 0; i < 3 * PIXELS; i++)
        g_assert_true(gradient[i] == gradient[i - i % 3]);
    g_free(gradient);
    g_free(way);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/color/statistics", test_statistics);
    g_test_add_func("/color/match takes on mean and covariance, hues unturned", test_match);
    g_test_add_func("/color/match with itself", test_itself);
    g_test_add_func("/color/gray, flat and tiny pictures", test_degenerate);
    g_test_add_func("/color/nearly gray", test_nearly_gray);
    g_test_add_func("/color/gray takes on mean and deviation", test_match_gray);
    g_test_add_func("/color/chroma comes back", test_restore);
    g_test_add_func("/color/gradient of gray", test_gray_gradient);
    return g_test_run();
}
