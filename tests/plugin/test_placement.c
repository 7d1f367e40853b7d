/* test_placement.c: above which layer a painting goes, in a stack of layers and groups that stands in for
 * GIMP's. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/again.h"
#include "plugin/host.h"
#include "plugin/placement.h"
#include "tests/support/check.h"

/* 1 holds 2 and 3, 4 holds 5 and 6, 6 holds 7; 8 and 9 are in no group. From top to bottom: 1, 8, 4, 9. */
static const struct {
    int parent, position;
} stack[] = {{0}, {-1, 0}, {1, 0}, {1, 1}, {-1, 2}, {4, 0}, {4, 1}, {6, 0}, {-1, 1}, {-1, 3}};

int host_parent(int layer)
{
    return stack[layer].parent;
}

int host_position(int layer)
{
    return stack[layer].position;
}

HostKind host_kind(int layer)
{
    return layer >= 1 && layer <= 9 ? HOST_LAYER : HOST_MISSING;
}

int host_image(int layer)
{
    return layer == 3 ? 200 : 100;
}

int again_named(const Again *again)
{
    return again->painting;
}

static int below(int content, int style)
{
    PluginCall call = {.image = 100, .content = content, .style = style};
    return placement_below(&call);
}

static void test_user(void)
{
    g_assert_cmpint(below(9, 8), ==, 8); /* the style lies higher */
    g_assert_cmpint(below(8, 9), ==, 8); /* or lower */
    g_assert_cmpint(below(9, 2), ==, 1); /* in a group that does */
    g_assert_cmpint(below(9, 7), ==, 4); /* in a group of a group */
    g_assert_cmpint(below(7, 8), ==, 8); /* the content in a group below it */
    g_assert_cmpint(below(7, 5), ==, 5); /* beside the content's group */
    g_assert_cmpint(below(5, 7), ==, 5); /* or lower there */
    g_assert_cmpint(below(7, 4), ==, 7); /* a group that holds the content */
    g_assert_cmpint(below(4, 7), ==, 4); /* a group that is the content */
    g_assert_cmpint(below(7, 9), ==, 7);
    g_assert_cmpint(below(9, -1), ==, 9); /* a file */
    g_assert_cmpint(below(9, 3), ==, 9);  /* another image */
}

static void test_script(void)
{
    PluginCall call = {.image = 100, .content = 9, .style = 8, .unwatched = true};
    g_assert_cmpint(placement_below(&call), ==, 9);
}

static void test_again(void)
{
    Again again = {.painting = 5};
    PluginCall call = {.image = 100, .content = 9, .style = 8, .again = &again};
    g_assert_cmpint(placement_below(&call), ==, 5);
}

/* Guards paintings whose neighbours were deleted while they were being painted. */
static void test_gone(void)
{
    g_assert_cmpint(below(99, 8), ==, -1);
    g_assert_cmpint(below(9, 99), ==, 9);
    Again again = {.painting = 99};
    PluginCall call = {.image = 100, .content = 9, .style = 8, .again = &again};
    g_assert_cmpint(placement_below(&call), ==, 9);
    call.content = 3; /* in another image */
    g_assert_cmpint(placement_below(&call), ==, -1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/placement/user", test_user);
    g_test_add_func("/placement/script", test_script);
    g_test_add_func("/placement/again", test_again);
    g_test_add_func("/placement/what is gone", test_gone);
    return g_test_run();
}
