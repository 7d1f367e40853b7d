/* test_styles_found.c: which picture a name means, in folders made for the test. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/styles_found.h"
#include "tests/support/check.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *scratch;
static StyleFolders folders;

static void put(const char *folder, const char *file, const char *content)
{
    char *path = g_build_filename(folder, file, NULL);
    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, content, -1, NULL));
    g_free(path);
}

static void empty(const char *folder)
{
    GDir *files = g_dir_open(folder, 0, NULL);
    for (const char *file; files && (file = g_dir_read_name(files));) {
        char *path = g_build_filename(folder, file, NULL);
        g_assert_cmpint(g_remove(path), ==, 0);
        g_free(path);
    }
    if (files)
        g_dir_close(files);
}

static void begin(void)
{
    empty(folders.built_in);
    empty(folders.own[0]);
    empty(folders.own[1]);
    put(folders.built_in, "swirls.jpg", "built-in");
    put(folders.built_in, "ink.jpg", "built-in");
    put(folders.built_in, "unknown.jpg", "no style of ours");
}

static void check_names(const char *expected)
{
    char *names = styles_found_names(&folders);
    g_assert_cmpstr(names, ==, expected);
    g_free(names);
}

static void check_path(const char *value, const char *folder, const char *file)
{
    char *path = styles_found_path(value, &folders);
    char *expected = folder ? g_build_filename(folder, file, NULL) : g_strdup(file);
    g_assert_cmpstr(path, ==, expected);
    g_free(expected);
    g_free(path);
}

/* The built-in ones in the table's order, without those whose file is missing; then the user's by name. */
static void test_list(void)
{
    begin();
    check_names("swirls, ink");
    put(folders.own[0], "zebra.png", "own");
    put(folders.own[1], "Ærø.JPEG", "own");
    put(folders.own[1], "apple.webp", "own");
    put(folders.own[0], "notes.txt", "no picture");
    put(folders.own[0], ".hidden.png", "hidden");
    check_names("swirls, ink, apple, zebra, Ærø");
}

/* A built-in name means the same picture everywhere, whatever the user's folders hold; the first folder's
 * file counts. */
static void test_hiding(void)
{
    begin();
    put(folders.own[0], "swirls.png", "own");
    put(folders.own[0], "mine.png", "own");
    put(folders.own[1], "mine.jpg", "own");
    check_names("swirls, ink, mine");
    check_path("swirls", folders.built_in, "swirls.jpg");
    check_path("mine", folders.own[0], "mine.png");
    put(folders.own[0], "mine.jpg", "own");
    check_path("mine", folders.own[0], "mine.jpg"); /* the first by name */
}

/* A message lists so many, however many there are. */
static void test_names(void)
{
    begin();
    for (int i = 0; i < 30; i++) {
        char *file = g_strdup_printf("own-%02d.png", i);
        put(folders.own[0], file, "own");
        g_free(file);
    }
    char *names = styles_found_names(&folders);
    g_assert_true(g_str_has_prefix(names, "swirls, ink, own-00, "));
    g_assert_true(g_str_has_suffix(names, "own-17, …"));
    g_free(names);
}

/* What is no name stays the path that it is. */
static void test_paths(void)
{
    begin();
    put(folders.own[0], "a.b.png", "own");
    check_path("a.b", folders.own[0], "a.b.png");
    check_path("swirls.jpg", NULL, "swirls.jpg");
    check_path("/somewhere/swirls", NULL, "/somewhere/swirls");
    check_path("./swirls", NULL, "./swirls");
    check_path("nowhere", NULL, "nowhere");
    check_path("", NULL, "");
}

static void check_added(const char *path, const char *name, const char *content)
{
    StyleFound found;
    char *copy = NULL;
    g_assert_true(styles_found_add(path, &folders, &found));
    g_assert_cmpstr(found.name, ==, name);
    check_path(name, folders.own[0], strrchr(found.path, '/') + 1);
    g_assert_true(g_file_get_contents(found.path, &copy, NULL, NULL));
    g_assert_cmpstr(copy, ==, content);
    g_free(copy);
    styles_found_clear(&found);
}

/* A dropped picture is copied under a name that is free; nothing is ever written over. */
static void test_add(void)
{
    begin();
    StyleFound found;
    char *path = g_build_filename(scratch, "swirls.PNG", NULL),
         *text = g_build_filename(scratch, "text.txt", NULL);
    put(scratch, "swirls.PNG", "\x89PNG dropped");
    put(scratch, "text.png", "no picture");
    put(scratch, "text.txt", "no picture");
    check_added(path, "swirls-2", "\x89PNG dropped");
    check_added(path, "swirls-2", "\x89PNG dropped"); /* the same picture again */
    put(scratch, "swirls.PNG", "\x89PNG another");
    check_added(path, "swirls-3", "\x89PNG another");
    check_names("swirls, ink, swirls-2, swirls-3");
    g_assert_false(styles_found_add(text, &folders, &found));
    g_assert_null(found.name);
    g_assert_false(styles_found_add("/nowhere/at-all.png", &folders, &found));
    g_assert_null(found.name);
    g_free(text);
    text = g_build_filename(scratch, "text.png", NULL); /* called a picture */
    g_assert_false(styles_found_add(text, &folders, &found));
    g_assert_null(found.name);
    g_free(text);
    text = g_build_filename(scratch, "pipe.png", NULL); /* which nobody writes to */
    g_assert_cmpint(mkfifo(text, 0600), ==, 0);
    g_assert_false(styles_found_add(text, &folders, &found));
    g_assert_null(found.name);
    check_names("swirls, ink, swirls-2, swirls-3");
    g_free(text);
    g_free(path);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    scratch = temp_folder();
    folders = (StyleFolders){
        .built_in = g_build_filename(scratch, "built-in", NULL),
        .own = {g_build_filename(scratch, "data", NULL), g_build_filename(scratch, "gimp", NULL)}};
    g_test_add_func("/styles/list", test_list);
    g_test_add_func("/styles/hiding", test_hiding);
    g_test_add_func("/styles/paths", test_paths);
    g_test_add_func("/styles/names", test_names);
    g_test_add_func("/styles/add", test_add);
    int failed = g_test_run();
    temp_remove(scratch);
    return failed;
}
