/* test_painting_name.c: what a painting's layer is called: the style first, no file endings, short. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/painting_name.h"
#include "tests/support/check.h"

static void check_name(const char *style, const char *content, const char *expected)
{
    char *name = painting_name_new(style, content);
    g_assert_cmpstr(name, ==, expected);
    g_free(name);
}

static void test_names(void)
{
    check_name("starry_night.jpg", "golden_gate.JPEG", "Starry Night · golden_gate");
    check_name("sky", "town", "Sky · town");
    check_name("Bild von Anna", "IMG_2041.png", "Bild von Anna · IMG_2041");
    check_name("zebra.png", "town v1.5", "Zebra · town v1.5");
    check_name("état_d'âme.webp", "Mr. Smith", "État D'âme · Mr. Smith");
    check_name(".jpg", "a.verylong", ".jpg · a.verylong");
}

/* Characters are counted, not bytes, and none is cut in half. */
static void test_long(void)
{
    check_name("Звёздная ночь над Роной", "бвгдежзийклмнопрстуфхцчшщ",
               "Звёздная ночь над Роной · бвгдежзийклмнопрстуфхцч…");
    check_name("a style with a very long name indeed", "x", "A style with a very lon… · x");
}

static void test_title(void)
{
    g_assert_cmpstr(painting_name_title("knife"), ==, "Palette knife");
    g_assert_null(painting_name_title("zebra"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/painting_name/names", test_names);
    g_test_add_func("/painting_name/long", test_long);
    g_test_add_func("/painting_name/title", test_title);
    return g_test_run();
}
