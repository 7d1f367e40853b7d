/* test_weights_found.c: which file the setting `weights` means, in data folders made for the test. GLib reads
 * their paths once, so they are set before anything uses them. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin/weights_found.h"
#include "tests/support/check.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

/* folder/DATA/neural-style/weights/FILE, which the caller frees with g_free. */
static char *place(const char *data, const char *file)
{
    return g_build_filename(folder, data, "neural-style", "weights", file, NULL);
}

static void put(const char *data, const char *file)
{
    char *path = place(data, file), *parent = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, "x", 1, NULL));
    g_free(parent);
    g_free(path);
}

static void take_away(const char *data)
{
    char *path = place(data, "");
    GDir *files = g_dir_open(path, 0, NULL);
    for (const char *file; files && (file = g_dir_read_name(files));) {
        char *inside = place(data, file);
        g_assert_cmpint(g_remove(inside), ==, 0);
        g_free(inside);
    }
    if (files)
        g_dir_close(files);
    g_free(path);
}

/* Each test starts with nothing installed. */
static void clear(void)
{
    take_away("own");
    take_away("shared");
    take_away("common");
}

/* The names, in order, separated by spaces. */
static void check_list(const char *names)
{
    GPtrArray *list = weights_found_list("/plug-in/default");
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(text, "%s%s", i ? " " : "", ((WeightsFound *)list->pdata[i])->name);
    g_assert_cmpstr(text->str, ==, names);
    g_string_free(text, TRUE);
    g_ptr_array_unref(list);
}

/* data NULL: `file` is the path itself. */
static void check_meaning(const char *value, const char *name, const char *data, const char *file)
{
    WeightsFound found;
    NstError error = {0};
    char *path = data ? place(data, file) : g_strdup(file);
    g_assert_cmpint(weights_found_resolve(value, "/plug-in/default", &found, &error), ==, NST_OK);
    g_assert_cmpstr(found.name, ==, name);
    g_assert_cmpstr(found.path, ==, path);
    weights_found_clear(&found);
    g_free(path);
}

static void test_nothing_installed(void)
{
    clear();
    check_list("built-in");
    check_meaning("", "built-in", NULL, "/plug-in/default");
    check_meaning("built-in", "built-in", NULL, "/plug-in/default");
}

static void test_order(void)
{
    clear();
    put("own", "zebra.safetensors");
    put("own", "a b.safetensors");
    check_list("built-in a b zebra");
    check_meaning("", "built-in", NULL, "/plug-in/default");
    put("common", "imagenet.safetensors");
    check_list("imagenet built-in a b zebra");
    check_meaning("", "imagenet", "common", "imagenet.safetensors");
    check_meaning("built-in", "built-in", NULL, "/plug-in/default");
    check_meaning("a b", "a b", "own", "a b.safetensors");
}

static void test_own_first(void)
{
    clear();
    put("common", "imagenet.safetensors");
    check_meaning("imagenet", "imagenet", "common", "imagenet.safetensors");
    put("shared", "imagenet.safetensors");
    check_meaning("imagenet", "imagenet", "shared", "imagenet.safetensors");
    put("own", "imagenet.safetensors");
    check_meaning("imagenet", "imagenet", "own", "imagenet.safetensors");
    check_list("imagenet built-in");
}

/* No file can pass for the plug-in's own, and downloads and hidden files are not listed. */
static void test_left_out(void)
{
    clear();
    put("own", "built-in.safetensors");
    put("own", "other.h5");
    put("own", "imagenet.safetensors.new");
    put("own", ".hidden.safetensors");
    put("own", ".safetensors");
    put("own", "\xff.safetensors");
    check_list("built-in");
    check_meaning("built-in", "built-in", NULL, "/plug-in/default");
}

static void test_path(void)
{
    clear();
    put("own", "mine.safetensors");
    check_meaning("/a/mine", "/a/mine", NULL, "/a/mine");
    check_meaning("./mine", "./mine", NULL, "./mine");
    check_meaning("mine.safetensors", "mine.safetensors", NULL, "mine.safetensors");
    check_meaning("mine", "mine", "own", "mine.safetensors");
}

static void test_unknown(void)
{
    clear();
    put("own", "mine.safetensors");
    WeightsFound found;
    NstError error = {0};
    g_assert_cmpint(weights_found_resolve("imagenet", "/plug-in/default", &found, &error), ==,
                    NST_BAD_ARGUMENT);
    g_assert_nonnull(strstr(error.message, "“imagenet”"));
    g_assert_nonnull(strstr(error.message, "built-in, mine"));
    g_assert_null(found.name);
    g_assert_null(found.path);
}

int main(int argc, char **argv)
{
    folder = temp_folder();
    char *own = g_build_filename(folder, "own", NULL);
    char *others = g_strdup_printf("%s/shared:%s/common", folder, folder);
    g_setenv("XDG_DATA_HOME", own, TRUE);
    g_setenv("XDG_DATA_DIRS", others, TRUE);
    g_free(others);
    g_free(own);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/weights-found/nothing-installed", test_nothing_installed);
    g_test_add_func("/weights-found/order", test_order);
    g_test_add_func("/weights-found/own-first", test_own_first);
    g_test_add_func("/weights-found/left-out", test_left_out);
    g_test_add_func("/weights-found/path", test_path);
    g_test_add_func("/weights-found/unknown", test_unknown);
    int failed = g_test_run();
    temp_remove(folder);
    return failed;
}
