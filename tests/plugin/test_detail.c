/* test_detail.c: added to anything, the layer gives back what is fine in a picture, and nothing of its large
 * forms or its colours. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/detail.h"
#include "tests/support/check.h"

#include <math.h>

enum { WIDTH = 256, HEIGHT = 128 };

/* A slope of light over the whole picture, in orange, and on its right half stripes two pixels wide. */
static float slope(int x)
{
    return 0.3F + 0.3F * (float)x / WIDTH;
}

static float stripe(int x)
{
    return x < WIDTH / 2 ? 0 : x / 2 % 2 ? 0.1F : -0.1F;
}

static void draw(NstImage *picture)
{
    g_assert_cmpint(nst_image_new(picture, WIDTH, HEIGHT, NULL), ==, NST_OK);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        float light = slope(i % WIDTH) + stripe(i % WIDTH);
        picture->rgb[3 * i] = light + 0.1F;
        picture->rgb[3 * i + 1] = light;
        picture->rgb[3 * i + 2] = light - 0.1F;
    }
}

/* The most that the layer differs from half and the stripes in columns `from` to `to`. */
static double worst(const NstImage *detail, int from, int to)
{
    double most = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = from; x < to; x++)
            for (int c = 0; c < 3; c++)
                most = fmax(most, fabs(detail->rgb[3 * (y * WIDTH + x) + c] - 0.5 - stripe(x)));
    return most;
}

static void test_stripes(void)
{
    NstImage picture, detail;
    draw(&picture);
    g_assert_cmpint(detail_new(&picture, &detail, NULL), ==, NST_OK);
    g_assert_cmpint(detail.width * 1000 + detail.height, ==, WIDTH * 1000 + HEIGHT);
    g_assert_cmpfloat(worst(&detail, 16, WIDTH / 2 - 16), <, 0.002); /* plain: half, the slope is gone */
    g_assert_cmpfloat(worst(&detail, WIDTH / 2 + 16, WIDTH - 16), <, 0.01); /* the stripes, and only they */
    nst_image_free(&detail);
    nst_image_free(&picture);
}

/* The smallest picture that is painted, and values that leave no room. */
static void test_small(void)
{
    NstImage picture, detail;
    g_assert_cmpint(nst_image_new(&picture, 16, 16, NULL), ==, NST_OK);
    for (size_t i = 0; i < nst_image_floats(&picture); i++)
        picture.rgb[i] = i / 3 % 2 ? 1 : 0;
    g_assert_cmpint(detail_new(&picture, &detail, NULL), ==, NST_OK);
    for (size_t i = 0; i < nst_image_floats(&detail); i++)
        g_assert_true(detail.rgb[i] >= 0 && detail.rgb[i] <= 1);
    nst_image_free(&detail);
    nst_image_free(&picture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/detail/stripes", test_stripes);
    g_test_add_func("/detail/small", test_small);
    return g_test_run();
}
