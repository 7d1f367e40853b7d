/* test_schedule.c: the sizes of a run, coarse to fine, and the iterations of each. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/nst.h"
#include "core/plan/run_plan.h"
#include "core/plan/schedule.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdlib.h>

static const int sides[] = {16, 17, 31, 32, 33, 64, 95, 96, 100, 191, 192, 193, 512, 1000, 2047, 4096, 30000};

static NstSettings settings_of(const char *text)
{
    NstSettings settings;
    nst_settings_default(&settings);
    g_assert_cmpint(nst_settings_parse(text, &settings, NULL), ==, NST_OK);
    return settings;
}

static Schedule planned(int width, int height, const char *text)
{
    NstSettings settings = settings_of(text);
    Schedule s;
    schedule_plan(&s, width, height, &settings);
    return s;
}

/* What must hold for every plan, of a picture that is small enough to be painted at its own size. */
static void check_plan(int width, int height, int scales)
{
    NstSettings settings = settings_of("");
    Schedule s;
    settings.scales = scales;
    schedule_plan(&s, width, height, &settings);
    if (scales == 0 && MAX(width, height) > 512)
        return; /* test_brush */
    g_assert_cmpint(s.scales, >=, 1);
    g_assert_cmpint(s.scales, <=, scales > 0 ? scales : SCHEDULE_MAX);
    g_assert_cmpint(s.scale[s.scales - 1].width, ==, width);
    g_assert_cmpint(s.scale[s.scales - 1].height, ==, height);
    for (int k = 0; k < s.scales; k++) {
        double factor = ldexp(1, s.scales - 1 - k);
        g_assert_cmpint(s.scale[k].width, >=, NST_MIN_SIDE);
        g_assert_cmpint(s.scale[k].height, >=, NST_MIN_SIDE);
        g_assert_cmpfloat(fabs(s.scale[k].width - width / factor), <=, 1);
        g_assert_cmpfloat(fabs(s.scale[k].height - height / factor), <=, 1);
    }
    if (scales == 0)
        g_assert_true(s.scales == 1 || MAX(s.scale[0].width, s.scale[0].height) >= 128);
}

/* Guards against scales that are too small for the network, and a last scale other than the content's
 * size. */
static void test_plan(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
        for (size_t k = 0; k < G_N_ELEMENTS(sides); k++)
            for (int scales = 0; scales <= SCHEDULE_MAX; scales++)
                check_plan(sides[i], sides[k], scales);
    Schedule s = planned(512, 384, "scales=1");
    g_assert_cmpint(s.scales, ==, 1);
    s = planned(512, 384, "scales=3");
    g_assert_cmpint(s.scales, ==, 3);
    g_assert_cmpint(s.scale[0].width, ==, 128);
    g_assert_cmpint(s.scale[1].height, ==, 192);
    s = planned(512, 384, ""); /* the coarsest is 128 */
    g_assert_cmpint(s.scales, ==, 3);
    s = planned(100, 100, "");
    g_assert_cmpint(s.scales, ==, 1);
}

/* Guards against a progress bar that jumps back, stops short or overshoots. */
static void test_fraction(void)
{
    enum { ITERATIONS = 7 };
    static const char *const texts[] = {"", "scales=1", "scales=2 refinement=1", "scales=4 refinement=0.1"};
    for (size_t text = 0; text < G_N_ELEMENTS(texts); text++) {
        Schedule s = planned(700, 333, texts[text]);
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

static void check_fit(const ScheduleScale *scale, double style_scale, int width, int height)
{
    int w = width, h = height, longer = (int)lround(style_scale * MAX(scale->width, scale->height));
    schedule_fit(scale, style_scale, &w, &h);
    g_assert_cmpint(w, <=, width);
    g_assert_cmpint(h, <=, height);
    g_assert_cmpint(MIN(w, h), >=, NST_MIN_SIDE);
    if (MAX(width, height) <= longer)
        g_assert_true(w == width && h == height); /* never enlarged */
    else if (MIN(w, h) > NST_MIN_SIDE)
        g_assert_cmpint(MAX(w, h), ==, longer);
    g_assert_cmpfloat(fabs((double)w / h - (double)width / height) * h, <=, 1 + (double)width / height);
}

/* Guards against styles that are stretched, enlarged, or shrunk to nothing. */
static void test_fit(void)
{
    static const double style_scales[] = {1, 0.1, 0.5, 1.7, 4};
    Schedule s = planned(800, 600, "");
    for (int scale = 0; scale < s.scales; scale++)
        for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
            for (size_t k = 0; k < G_N_ELEMENTS(sides); k++)
                for (size_t j = 0; j < G_N_ELEMENTS(style_scales); j++)
                    check_fit(&s.scale[scale], style_scales[j], sides[i], sides[k]);
}

/* Guards fine scales: they get fewer iterations than coarse ones, by the refinement, but never next to
 * none. */
static void test_iterations(void)
{
    Schedule s = planned(1024, 768, "iterations=80 refinement=0.5 scales=4"), other;
    static const int halves[] = {80, 40, 20, 10};
    g_assert_cmpint(s.scales, ==, (int)G_N_ELEMENTS(halves));
    for (int k = 0; k < s.scales; k++)
        g_assert_cmpint(s.scale[k].iterations, ==, halves[k]);
    s = planned(1024, 768, "iterations=7 refinement=1 scales=4");
    other = planned(1024, 768, "iterations=2 refinement=0.05 scales=4");
    Schedule least = planned(1024, 768, "iterations=40 refinement=0.05 scales=4");
    for (int k = 0; k < s.scales; k++) {
        g_assert_cmpint(s.scale[k].iterations, ==, 7);
        g_assert_cmpint(other.scale[k].iterations, ==, 2);
        g_assert_cmpint(least.scale[k].iterations, ==, k ? 4 : 40);
    }
}

static int longer(const ScheduleScale *scale)
{
    return MAX(scale->width, scale->height);
}

/* Guards the brush: strokes have a size beside the picture, so a large picture is painted at the sizes that
 * a small one is, and a brush twice as large halves them; but with scales set, or begun with noise, it has
 * the picture's own size. */
static void test_brush(void)
{
    static const int pictures[][2] = {{512, 384}, {2048, 1536}, {3000, 4000}, {1000, 999}};
    for (size_t i = 0; i < G_N_ELEMENTS(pictures); i++)
        for (double brush = 1; brush <= 4; brush *= 2) {
            char text[64];
            g_snprintf(text, sizeof text, "brush-size=%g", brush);
            Schedule s = planned(pictures[i][0], pictures[i][1], text);
            g_assert_cmpint(s.scales, ==, 3);
            g_assert_cmpint(longer(&s.scale[0]), ==, (int)(128 / brush));
            g_assert_cmpint(longer(&s.scale[2]), ==, (int)(512 / brush));
        }
    Schedule fine = planned(512, 384, "brush-size=0.5"), large = planned(4096, 4096, "brush-size=0.5");
    g_assert_cmpint(fine.scales, ==, 2); /* 256 and the picture's own 512 */
    g_assert_cmpint(fine.scale[0].width, ==, 256);
    g_assert_cmpint(large.scale[large.scales - 1].width, ==, 1024);
    Schedule set = planned(1024, 768, "scales=2"), noise = planned(1024, 768, "start=noise");
    g_assert_cmpint(set.scale[1].width, ==, 1024);
    g_assert_cmpint(noise.scale[noise.scales - 1].width, ==, 1024);
    g_assert_cmpint(noise.scale[0].width, ==, 128);
}

static MatchScale finest_cells(int width, int height, const char *text)
{
    NstSettings settings = settings_of(text);
    const NstImage content = {width, height, NULL}, style = {480, 300, NULL};
    RunPlan plan;
    run_plan_whole(&(NstJob){.content = &content, .style = &style, .settings = &settings}, &plan);
    g_assert_true(plan.guide.wanted);
    return match_scale(&plan.guide.spec, MATCH_SCALES - 1, width, height, style.width, style.height);
}

/* Guards the painter's cells, which are a share of a stroke: they go with the brush down to half its size,
 * and the painting has as many however broad it is laid. (Cells of one size under finer strokes showed
 * through, so that the strokes of a large painting hardly changed from 0.5 to 1.) */
static void test_cells(void)
{
    int one = finest_cells(1024, 768, "method=painter").content.width;
    g_assert_cmpint(one, ==, 112);
    g_assert_cmpint(finest_cells(1024, 768, "method=painter brush-size=2").content.width, ==, one / 2);
    MatchScale half = finest_cells(1024, 768, "method=painter brush-size=0.5"),
               quarter = finest_cells(4096, 3072, "method=painter brush-size=0.25");
    g_assert_cmpint(half.content.width, ==, 2 * one);
    g_assert_cmpint(half.painting.width, ==, one);
    g_assert_cmpint(quarter.content.width, ==, half.content.width);
    g_assert_cmpint(finest_cells(512, 384, "method=painter brush-size=0.5").content.width, ==, 128);
}

/* Guards a preview's size: that of its scale, or what was asked for where the brush paints at less. */
static void test_preview(void)
{
    NstSize whole = {2048, 1536}, tiny = {100, 80};
    Schedule s = planned(whole.width, whole.height, "");
    schedule_preview(&s, 200);
    NstSize size = schedule_preview_size(&s, 200, whole);
    g_assert_true(size.width == 256 && size.height == 192);
    s = planned(whole.width, whole.height, "brush-size=4");
    schedule_preview(&s, 300);
    size = schedule_preview_size(&s, 300, whole);
    g_assert_true(s.scales == 3 && size.width == 300 && size.height == 225);
    s = planned(tiny.width, tiny.height, "");
    schedule_preview(&s, 300);
    size = schedule_preview_size(&s, 300, tiny);
    g_assert_true(size.width == tiny.width && size.height == tiny.height);
}

/* Guards the limit on the longer side, and the proportions under it. */
static void test_limit(void)
{
    Schedule s = planned(6000, 4000, "size-limit=1500 scales=2");
    g_assert_cmpint(s.scale[s.scales - 1].width, ==, 1500);
    g_assert_cmpint(s.scale[s.scales - 1].height, ==, 1000);
    s = planned(4000, 6000, "size-limit=1500 scales=1");
    g_assert_cmpint(s.scale[0].height, ==, 1500);
    s = planned(1500, 1000, "size-limit=1500 scales=2"); /* at the limit */
    g_assert_cmpint(s.scale[s.scales - 1].width, ==, 1500);
    s = planned(6000, 4000, "size-limit=300"); /* less than the brush's */
    g_assert_cmpint(s.scale[s.scales - 1].width, ==, 300);
    s = planned(16000, 160, "size-limit=100"); /* would be a single row of pixels */
    g_assert_cmpint(s.scale[s.scales - 1].height, ==, NST_MIN_SIDE);
    g_assert_cmpint(s.scale[s.scales - 1].width, ==, 1600);
}

/* Guards a part against getting other iterations than the picture that it is part of. */
static void test_part(void)
{
    Schedule whole = planned(1024, 768, "scales=4"), s = whole;
    schedule_part(&s, 2, 300, 201);
    g_assert_cmpint(s.scales, ==, 2);
    g_assert_cmpint(s.scale[0].width, ==, 150);
    g_assert_cmpint(s.scale[0].height, ==, 101);
    g_assert_cmpint(s.scale[1].width, ==, 300);
    for (int k = 0; k < 2; k++)
        g_assert_cmpint(s.scale[k].iterations, ==, whole.scale[2 + k].iterations);
    s = whole;
    schedule_part(&s, 2, 300, 20); /* half of it is too small */
    g_assert_cmpint(s.scales, ==, 1);
    g_assert_cmpint(s.scale[0].iterations, ==, whole.scale[3].iterations);
    s = planned(200, 200, "scales=1");
    schedule_part(&s, 2, 100, 100);
    g_assert_cmpint(s.scales, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schedule/plan", test_plan);
    g_test_add_func("/schedule/iterations", test_iterations);
    g_test_add_func("/schedule/brush", test_brush);
    g_test_add_func("/schedule/cells", test_cells);
    g_test_add_func("/schedule/preview", test_preview);
    g_test_add_func("/schedule/size limit", test_limit);
    g_test_add_func("/schedule/part", test_part);
    g_test_add_func("/schedule/fraction", test_fraction);
    g_test_add_func("/schedule/style's size", test_fit);
    return g_test_run();
}
