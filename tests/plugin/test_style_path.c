/* test_style_path.c: what is wrong with a path is said as it is, and not that there is no such file. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* setresuid */
#include "plugin/style_path.h"
#include "tests/support/check.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *scratch;

static char *in_scratch(const char *name)
{
    return g_build_filename(scratch, name, NULL);
}

/* Frees the path. NULL: there must be no problem. */
static void check_problem(char *path, const char *expected)
{
    char *problem = style_path_problem(path);
    g_test_message("%s: %s", path, problem ? problem : "fine");
    if (expected)
        g_assert_nonnull(problem);
    if (expected && !strstr(problem, expected))
        g_error("“%s” doesn't say “%s”", problem, expected);
    if (!expected)
        g_assert_null(problem);
    g_free(problem);
    g_free(path);
}

static void test_problems(void)
{
    char *file = in_scratch("sky.png"), *folder = in_scratch("folder"), *pipe = in_scratch("pipe");
    char *link = in_scratch("link.png");
    g_assert_true(g_file_set_contents(file, "a picture", -1, NULL));
    g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
    g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
    g_assert_cmpint(symlink("gone.png", link), ==, 0);
    check_problem(file, NULL);
    check_problem(folder, "a folder");
    check_problem(pipe, "a pipe");
    check_problem(link, "a link");
    check_problem(g_strdup("/dev/null"), "a device");
    check_problem(in_scratch("nowhere.png"), "no such file");
    check_problem(in_scratch("sky.png/sky.png"), "sky.png” is not a folder");
    check_problem(g_strdup("smb://elsewhere/sky.png"), "not on this computer");
    check_problem(g_strdup("file://elsewhere/sky.png"), "not on this computer");
}

/* Root may read everything, so the test looks as somebody else. */
static void test_closed(void)
{
    char *folder = in_scratch("closed"), *inside = in_scratch("closed/sky.png"),
         *file = in_scratch("own.png");
    uid_t before = geteuid();
    g_assert_cmpint(g_mkdir(folder, 0755), ==, 0);
    g_assert_true(g_file_set_contents(inside, "a picture", -1, NULL));
    g_assert_true(g_file_set_contents(file, "a picture", -1, NULL));
    g_assert_cmpint(g_chmod(folder, 0), ==, 0);
    g_assert_cmpint(g_chmod(file, 0), ==, 0);
    g_assert_cmpint(g_chmod(scratch, 0755), ==, 0);
    if (before == 0)
        g_assert_cmpint(setresuid(65534, 65534, 0), ==, 0); /* access() goes by the real one */
    check_problem(g_strdup(inside), "closed”");
    check_problem(g_strdup(file), "no permission to read it");
    if (before == 0)
        g_assert_cmpint(setresuid(0, 0, 0), ==, 0);
    g_assert_cmpint(g_chmod(folder, 0700), ==, 0);
    g_free(file);
    g_free(inside);
    g_free(folder);
}

static void check_address(const char *text, const char *expected)
{
    char *path = style_path_of_address(text);
    g_assert_cmpstr(path, ==, expected);
    g_free(path);
}

static void test_addresses(void)
{
    check_address("file:///pictures/a%20sky.png", "/pictures/a sky.png");
    check_address("file://localhost/sky.png", "/sky.png");
    check_address("file://elsewhere/sky.png", NULL);
    check_address("smb://elsewhere/sky.png", NULL);
    check_address("/pictures/a%20sky.png", NULL);
    check_address("swirls", NULL);
    check_address("file.png", NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    scratch = g_dir_make_tmp("style-path.XXXXXX", NULL);
    g_test_add_func("/style path/problems", test_problems);
    g_test_add_func("/style path/closed to the user", test_closed);
    g_test_add_func("/style path/addresses", test_addresses);
    int failed = g_test_run();
    char *argv_rm[] = {(char *)"rm", (char *)"-r", scratch, NULL};
    g_spawn_sync(NULL, argv_rm, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    g_free(scratch);
    return failed;
}
