/* test_readme.c: what the dialog's Help shows of the README: its words without the marks, and with the tables
 * inserted. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"
#include "ui/readme.h"

#include <string.h>

/* Writes each piece as "<block span text>". */
static void note(const char *text, ReadmeBlock block, ReadmeSpan span, void *data)
{
    g_string_append_printf(data, "<%c%c %s>", "phil"[block], "-sec"[span], text);
}

static void check_pieces(const char *markdown, const char *expected)
{
    GString *told = g_string_new(NULL);
    readme_walk(markdown, note, told);
    g_assert_cmpstr(told->str, ==, expected);
    g_string_free(told, TRUE);
}

static void test_blocks(void)
{
    check_pieces("", "");
    check_pieces("one\ntwo\n\nthree", "<p- one two><p- \n><p- three><p- \n>");
    check_pieces("# A\ntext\n## B", "<h- A><h- \n><p- text><p- \n><h- B><h- \n>");
    check_pieces("1. one\n   and\n2. two\n", "<i- 1. one and><i- \n><i- 2. two><i- \n>");
    check_pieces("- one\n  and\n\nafter", "<i- • one and><i- \n><p- after><p- \n>");
    check_pieces("before\n```sh\n# *a*\n\n- `b`\n```\nafter",
                 "<p- before><p- \n><lc # *a*><lc \n><lc ><lc \n><lc - `b`><lc \n><p- after><p- \n>");
    check_pieces("![a picture](a.png)\n<!-- a mark -->\ntext", "<p- text><p- \n>");
    check_pieces("| a | b |", "<lc | a | b |><lc \n>");
}

static void test_spans(void)
{
    check_pieces("a **b** *c* `d*e` f", "<p- a ><ps b><p-  ><pe c><p-  ><pc d*e><p-  f><p- \n>");
    check_pieces("*[a](b)", "<p- *><p- a><p- \n>");
    check_pieces("see [the table](#a), [b] and 2 * 3",
                 "<p- see ><p- the table><p- , ><p- [b] and 2 ><p- * 3><p- \n>");
    check_pieces("**a\nb**", "<ps a b><p- \n>");
}

static void test_parts(void)
{
    const char text[] = "a\n<!-- x -->\nb\n<!-- y -->\nc\n<!-- /y -->\n<!-- /x -->\nd\n";
    char *part = readme_part(text, "x");
    g_assert_cmpstr(part, ==, "b\n<!-- y -->\nc\n<!-- /y -->\n");
    part = readme_replace(part, "y", "e\n");
    part = readme_replace(part, "z", "f\n");
    g_assert_cmpstr(part, ==, "b\n<!-- y -->\ne\n<!-- /y -->\n");
    g_free(part);
    g_assert_null(readme_part(text, "z"));
    g_assert_null(readme_part("<!-- x -->\nno end", "x"));
}

static void gather(const char *text, ReadmeBlock block, ReadmeSpan span, void *data)
{
    (void)block;
    if (span != README_CODE)
        g_string_append(data, text);
}

/* The help part of the README itself: no Markdown is left, and what users look for is there. */
static void test_readme(void)
{
    static const char *const marks[] = {"**", "](", "<!--", "`", "\n#", "\n|", "\n- "};
    static const char *const words[] = {"\nFrom the menu\n", "Stop and keep", "\nSettings\n", "\nPresets\n"};
    char *path = source_path("README.md"), *markdown = NULL;
    GString *told = g_string_new(NULL);
    g_assert_true(g_file_get_contents(path, &markdown, NULL, NULL));
    char *help = readme_part(markdown, "help");
    g_assert_nonnull(help);
    help = readme_replace(help, "settings", "- **strength**: how strongly\n");
    help = readme_replace(help, "presets", "- **draft**: a quick look\n");
    readme_walk(help, gather, told);
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
        g_assert_null(strstr(told->str, marks[i]));
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        g_assert_nonnull(strstr(told->str, words[i]));
    g_assert_nonnull(strstr(told->str, "\n• strength: how strongly\n"));
    g_assert_nonnull(strstr(told->str, "\n• draft: a quick look\n"));
    g_string_free(told, TRUE);
    g_free(help);
    g_free(markdown);
    g_free(path);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/readme/blocks", test_blocks);
    g_test_add_func("/readme/spans", test_spans);
    g_test_add_func("/readme/parts", test_parts);
    g_test_add_func("/readme/the README", test_readme);
    return g_test_run();
}
