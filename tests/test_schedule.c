/* test_schedule.c: the sizes of a run, coarse to fine. */
#include "check.h"
#include "core/nst.h"
#include "core/schedule.h"

#include <math.h>
#include <stdlib.h>

static const int sides[] = {16, 17, 31, 32, 33, 64, 95, 96, 100, 191, 192, 193, 512, 1000, 2047, 4096, 30000};

/* What must hold for every plan. */
static void check_plan(int width, int height, int scales)
{
    Schedule s;
    schedule_plan(&s, width, height, scales);
    g_assert_cmpint(s.scales, >=, 1);
    g_assert_cmpint(s.scales, <=, scales > 0 ? scales : SCHEDULE_MAX);
    g_assert_cmpint(s.size[s.scales - 1].width, ==, width);
    g_assert_cmpint(s.size[s.scales - 1].height, ==, height);
    for (int k = 0; k < s.scales; k++) {
        double factor = ldexp(1, s.scales - 1 - k);
        g_assert_cmpint(s.size[k].width, >=, NST_MIN_SIDE);
        g_assert_cmpint(s.size[k].height, >=, NST_MIN_SIDE);
        g_assert_cmpfloat(fabs(s.size[k].width - width / factor), <=, 1);
        g_assert_cmpfloat(fabs(s.size[k].height - height / factor), <=, 1);
    }
    if (scales == 0)
        g_assert_true(s.scales == 1 || MAX(s.size[0].width, s.size[0].height) >= 128);
}

/* Guards sizes that fall under what the network bears, and a last scale that is not the content's. */
static void test_plan(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
        for (size_t k = 0; k < G_N_ELEMENTS(sides); k++)
            for (int scales = 0; scales <= SCHEDULE_MAX; scales++)
                check_plan(sides[i], sides[k], scales);
    Schedule s;
    schedule_plan(&s, 512, 384, 1);
    g_assert_cmpint(s.scales, ==, 1);
    schedule_plan(&s, 512, 384, 3);
    g_assert_cmpint(s.scales, ==, 3);
    g_assert_cmpint(s.size[0].width, ==, 128);
    g_assert_cmpint(s.size[1].height, ==, 192);
    schedule_plan(&s, 512, 384, 0); /* the coarsest is 128 */
    g_assert_cmpint(s.scales, ==, 3);
    schedule_plan(&s, 100, 100, 0);
    g_assert_cmpint(s.scales, ==, 1);
}

/* Guards a progress bar that jumps back, stops short or overshoots. */
static void test_fraction(void)
{
    enum { ITERATIONS = 7 };
    for (int scales = 0; scales <= 4; scales++) {
        Schedule s;
        schedule_plan(&s, 700, 333, scales);
        double last = 0;
        g_assert_cmpfloat(schedule_fraction(&s, 0, 0, ITERATIONS), ==, 0);
        for (int scale = 0; scale < s.scales; scale++)
            for (int i = 1; i <= ITERATIONS; i++) {
                double fraction = schedule_fraction(&s, scale, i, ITERATIONS);
                g_assert_cmpfloat(fraction, >, last);
                last = fraction;
            }
        g_assert_cmpfloat_with_epsilon(last, 1, 1e-12);
    }
}

static void check_fit(const Schedule *s, int scale, int width, int height)
{
    int w = width, h = height, longer = MAX(s->size[scale].width, s->size[scale].height);
    schedule_fit(s, scale, &w, &h);
    g_assert_cmpint(w, <=, width);
    g_assert_cmpint(h, <=, height);
    g_assert_cmpint(MIN(w, h), >=, NST_MIN_SIDE);
    if (MAX(width, height) <= longer)
        g_assert_true(w == width && h == height); /* never enlarged */
    else if (MIN(w, h) > NST_MIN_SIDE)
        g_assert_cmpint(MAX(w, h), ==, longer);
    g_assert_cmpfloat(fabs((double)w / h - (double)width / height) * h, <=, 1 + (double)width / height);
}

/* Guards styles that are stretched, enlarged, or shrunk to nothing. */
static void test_fit(void)
{
    Schedule s;
    schedule_plan(&s, 800, 600, 0);
    for (int scale = 0; scale < s.scales; scale++)
        for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
            for (size_t k = 0; k < G_N_ELEMENTS(sides); k++)
                check_fit(&s, scale, sides[i], sides[k]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schedule/plan", test_plan);
    g_test_add_func("/schedule/fraction", test_fraction);
    g_test_add_func("/schedule/style's size", test_fit);
    return g_test_run();
}
