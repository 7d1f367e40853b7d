/* test_named_settings.c: what the dialog keeps between sessions: named settings and the recent style files.
 * Whatever happens to the files, nothing is lost silently. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* seteuid */

#include "tests/support/check.h"
#include "ui/named_settings.h"
#include "ui/recent.h"
#include "ui/settings_file.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOBODY = 65534 };

static void check_same(const NstSettings *a, const NstSettings *b)
{
    char *first = nst_settings_print(a), *second = nst_settings_print(b);
    g_assert_cmpstr(first, ==, second);
    free(first);
    free(second);
}

/* Settings of which every row has a value other than its default. */
static NstSettings unusual(void)
{
    NstSettings settings;
    nst_settings_default(&settings);
    for (const NstSetting *row = nst_settings_table(); row->name; row++) {
        void *value = nst_setting_value(row, &settings);
        if (row->type == NST_SETTING_NUMBER)
            *(double *)value = row->min + (row->max - row->min) / 3;
        else if (row->type == NST_SETTING_INTEGER)
            *(int *)value = (int)row->max - 1;
        else if (row->type == NST_SETTING_CHOICE)
            *(int *)value = 1;
        else if (row->type == NST_SETTING_TEXT)
            g_strlcpy(value, row->text_kind == NST_TEXT_LAYERS ? "relu2_2:0.5" : "/it's \"a\" $(path) ü\n#/x",
                      NST_TEXT_SIZE);
    }
    return settings;
}

/* What a preset keeps of them. */
static NstSettings unusual_preset(void)
{
    NstSettings settings = unusual();
    for (const NstSetting *row = nst_settings_table(); row->name; row++)
        if (row->machine)
            nst_setting_default(row, &settings);
    return settings;
}

static NstSettings defaults(void)
{
    NstSettings settings;
    nst_settings_default(&settings);
    return settings;
}

/* Creates a file with that text in the folder. Returns its path, to be freed with g_free. */
static char *put(const char *folder, const char *file, const char *text, gssize length)
{
    char *path = g_build_filename(folder, file, NULL);
    g_assert_true(g_file_set_contents(path, text, length, NULL));
    return path;
}

static int count_files(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    int count = 0;
    g_assert_nonnull(dir);
    while (g_dir_read_name(dir))
        count++;
    g_dir_close(dir);
    return count;
}

/* ---- Settings in a file -------------------------------------------------------------------------------- */

static void test_round_trip(void)
{
    NstSettings written = unusual(), read = defaults();
    char *folder = temp_folder(), *path = g_build_filename(folder, "new", "deep", "file", NULL), *left_out;
    written.start_layer = 77;
    read.start_layer = 5;
    g_assert_cmpint(settings_file_write(path, SETTINGS_FILE_OWN, &written, NULL), ==, NST_OK);
    g_assert_cmpint(settings_file_read(path, SETTINGS_FILE_OWN, &read, &left_out, NULL), ==, NST_OK);
    g_assert_null(left_out);
    g_assert_cmpint(read.start_layer, ==, 5); /* an id means nothing in another session */
    written.start_layer = 5;
    check_same(&read, &written);
    g_free(path);
    temp_remove(folder);
}

/* Wherever the preset is in the file, it doesn't undo the file's other settings. */
static void test_preset_order(void)
{
    NstSettings read = defaults();
    char *left_out, *folder = temp_folder();
    char *path = put(folder, "file", "iterations=77\nstrength=12\npreset=draft\n", -1);
    g_assert_cmpint(settings_file_read(path, SETTINGS_FILE_OWN, &read, &left_out, NULL), ==, NST_OK);
    g_assert_null(left_out);
    g_assert_cmpint(read.iterations, ==, 77);
    g_assert_cmpfloat(read.strength, ==, 12);
    g_free(path);
    temp_remove(folder);
}

static void test_another_version(void)
{
    NstSettings read = defaults(), expected = defaults();
    char *left_out, *folder = temp_folder();
    char *path = put(folder, "file",
                     "# from the future\nbrush=wide\nstrength=70\niterations=many\ncolor=ultraviolet\n"
                     "start-layer=9\nseed='8'\n",
                     -1);
    expected.strength = 70;
    expected.seed = 8;
    g_assert_cmpint(settings_file_read(path, SETTINGS_FILE_OWN, &read, &left_out, NULL), ==, NST_OK);
    g_assert_cmpstr(left_out, ==, "brush=wide, iterations=many, color=ultraviolet");
    check_same(&read, &expected);
    g_free(left_out);
    g_free(path);
    temp_remove(folder);
}

/* The file is refused with its name and a reason; neither the settings nor the file change. */
static void check_refused(const char *text, gsize length, const char *reason)
{
    NstSettings read = unusual(), before = unusual();
    NstError error = {0};
    char *left_out = NULL, *after = NULL, *folder = temp_folder();
    char *path = put(folder, "damaged", text, (gssize)length);
    gsize after_length;
    g_assert_cmpint(settings_file_read(path, SETTINGS_FILE_OWN, &read, &left_out, &error), ==, NST_BAD_FILE);
    g_assert_null(left_out);
    g_test_message("%s", error.message);
    g_assert_nonnull(strstr(error.message, path));
    g_assert_nonnull(strstr(error.message, reason));
    check_same(&read, &before);
    g_assert_true(g_file_get_contents(path, &after, &after_length, NULL));
    g_assert_cmpmem(after, after_length, text, length);
    g_free(after);
    g_free(path);
    temp_remove(folder);
}

static void test_damaged(void)
{
    static const char binary[] = "strength=70\n\0\xff\xfe", cut[] = "strength=70\nstyle-file='/a/b";
    static const char other[] = "{ \"strength\": 70 }", comment[] = "# nothing else\n";
    char *large = g_strnfill(1 << 17, 'x');
    check_refused("", 0, "empty");
    check_refused(binary, sizeof binary - 1, "not a text");
    check_refused(cut, sizeof cut - 1, "quot");
    check_refused(other, sizeof other - 1, "no setting");
    check_refused(comment, sizeof comment - 1, "empty");
    check_refused(large, 1 << 17, "too large");
    g_free(large);
}

static void test_missing(void)
{
    NstSettings read = unusual(), before = unusual();
    NstError error = {0};
    char *left_out;
    g_assert_cmpint(settings_file_read("/no/such/file", SETTINGS_FILE_OWN, &read, &left_out, &error), ==,
                    NST_BAD_FILE);
    g_assert_nonnull(strstr(error.message, "/no/such/file"));
    check_same(&read, &before);
}

/* Guards against a preset from somebody else that has a file overwritten, or takes all of a machine: it names
 * these settings in vain. One of an earlier version, which holds their defaults, needs no remark. */
static void test_machine(void)
{
    NstSettings read = defaults(), mine = unusual(), written;
    char *left_out, *text,
        *folder = temp_folder(),
        *path = put(folder, "evil.settings",
                    "iterations=7\nreport='/elsewhere/.bashrc'\nthreads=200 memory-limit=1\n", -1);
    g_assert_cmpint(named_settings_read(folder, "evil", &read, &left_out, NULL), ==, NST_OK);
    g_assert_cmpint(read.iterations, ==, 7);
    g_assert_cmpstr(read.report, ==, "");
    g_assert_cmpint(read.threads, ==, 0);
    g_assert_cmpint(read.memory_limit, ==, 0);
    g_assert_cmpstr(left_out, ==, "report=/elsewhere/.bashrc, threads=200, memory-limit=1");
    g_free(left_out);
    g_free(path);

    path = put(folder, "old.settings", "iterations=8\nreport=''\nthreads=0\nmemory-limit=0\n", -1);
    written = read = mine;
    g_assert_cmpint(named_settings_read(folder, "old", &read, &left_out, NULL), ==, NST_OK);
    g_assert_null(left_out);
    written.iterations = 8;
    check_same(&read, &written);
    g_free(path);

    g_assert_cmpint(named_settings_write(folder, "mine", &mine, NULL), ==, NST_OK);
    path = g_build_filename(folder, "mine.settings", NULL);
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    for (const NstSetting *row = nst_settings_table(); row->name; row++) {
        char *line = g_strdup_printf("\n%s=", row->name);
        bool kept = row->type != NST_SETTING_LAYER && !row->machine;
        g_assert_cmpint(strstr(text, line) != NULL, ==, kept);
        g_free(line);
    }
    g_free(text);
    g_free(path);
    temp_remove(folder);
}

/* Guards against waiting for a pipe, and against reading a device until there is no memory. */
static void test_not_a_file(void)
{
    char *folder = temp_folder(), *pipe = g_build_filename(folder, "pipe", NULL);
    const char *const paths[] = {pipe, "/dev/zero", folder}, *const why[] = {"a pipe", "a device",
                                                                             "a folder"};
    g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
    for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
        NstSettings read = defaults();
        NstError error = {0};
        char *left_out, **recent = recent_read(paths[i]);
        g_assert_null(recent[0]);
        g_strfreev(recent);
        g_assert_cmpint(settings_file_read(paths[i], SETTINGS_FILE_OWN, &read, &left_out, &error), ==,
                        NST_BAD_FILE);
        g_test_message("%s", error.message);
        g_assert_nonnull(strstr(error.message, why[i]));
    }
    g_free(pipe);
    temp_remove(folder);
}

/* ---- What can't be written ----------------------------------------------------------------------------- */

/* Writing fails with a reason, and the old settings under that name are unchanged. */
static void check_not_written(const char *folder, const char *reason)
{
    NstSettings old = unusual_preset(), other = defaults(), read = defaults();
    NstError error = {0};
    char *left_out;
    int files = count_files(folder);
    g_assert_cmpint(named_settings_write(folder, "mine", &other, &error), ==, NST_BAD_FILE);
    g_test_message("%s", error.message);
    g_assert_nonnull(strstr(error.message, reason));
    g_assert_cmpint(named_settings_read(folder, "mine", &read, &left_out, NULL), ==, NST_OK);
    check_same(&read, &old);
    g_assert_cmpint(count_files(folder), ==, files);
}

static char *folder_with_mine(void)
{
    NstSettings settings = unusual();
    char *folder = temp_folder();
    g_assert_cmpint(named_settings_write(folder, "mine", &settings, NULL), ==, NST_OK);
    return folder;
}

/* A limit on the file size stands for a full disk. */
static void test_full_disk(void)
{
    char *folder = folder_with_mine();
    struct rlimit before, full = {16, RLIM_INFINITY};
    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
    full.rlim_max = before.rlim_max;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &full), ==, 0);
    NstSettings settings = defaults();
    NstError error = {0};
    NstStatus status = named_settings_write(folder, "mine", &settings, &error);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0); /* or the test couldn't report */
    signal(SIGXFSZ, handler);
    g_assert_cmpint(status, ==, NST_BAD_FILE);
    g_test_message("%s", error.message);

    NstSettings old = unusual_preset(), read = defaults();
    char *left_out;
    g_assert_cmpint(named_settings_read(folder, "mine", &read, &left_out, NULL), ==, NST_OK);
    check_same(&read, &old);
    g_assert_cmpint(count_files(folder), ==, 1);
    temp_remove(folder);
}

/* Root may write anywhere, so the test switches to another user. */
static void test_read_only_folder(void)
{
    char *folder = folder_with_mine();
    bool root = geteuid() == 0;
    g_assert_cmpint(g_chmod(folder, 0555), ==, 0);
    if (root) {
        char *path = g_build_filename(folder, "mine.settings", NULL);
        g_assert_cmpint(g_chmod(path, 0444), ==, 0);
        g_free(path);
        g_assert_cmpint(seteuid(NOBODY), ==, 0);
    }
    check_not_written(folder, "mine");
    NstError error = {0};
    NstStatus deleted = named_settings_delete(folder, "mine", &error);
    if (root)
        g_assert_cmpint(seteuid(0), ==, 0);
    g_assert_cmpint(deleted, ==, NST_BAD_FILE);
    g_assert_nonnull(strstr(error.message, "mine"));
    g_assert_true(named_settings_exists(folder, "mine"));
    g_assert_cmpint(g_chmod(folder, 0755), ==, 0);
    temp_remove(folder);
}

static void test_no_folder(void)
{
    NstSettings settings = defaults();
    NstError error = {0};
    char *folder = temp_folder(), *file = put(folder, "file", "x", 1),
         *inside = g_build_filename(file, "in", NULL);
    g_assert_cmpint(named_settings_write(inside, "mine", &settings, &error), ==, NST_BAD_FILE);
    g_assert_nonnull(strstr(error.message, "folder"));
    g_free(inside);
    g_free(file);
    temp_remove(folder);
}

/* ---- Names --------------------------------------------------------------------------------------------- */

static void check_name(const char *folder, const char *name)
{
    NstSettings written = unusual_preset(), read = defaults();
    char *left_out;
    g_assert_false(named_settings_exists(folder, name));
    g_assert_cmpint(named_settings_write(folder, name, &written, NULL), ==, NST_OK);
    g_assert_true(named_settings_exists(folder, name));
    char **names = named_settings_names(folder);
    g_assert_cmpstr(names[0], ==, name);
    g_assert_null(names[1]);
    g_strfreev(names);
    g_assert_cmpint(named_settings_read(folder, name, &read, &left_out, NULL), ==, NST_OK);
    check_same(&read, &written);
    g_assert_cmpint(named_settings_delete(folder, name, NULL), ==, NST_OK);
    g_assert_false(named_settings_exists(folder, name));
    g_assert_cmpint(count_files(folder), ==, 0);
}

static void test_names(void)
{
    static const char *const names[] = {
        "Van Gogh", "../../etc/passwd", "/",    ".", "..",         "a\nb", "50 % blue",
        "%2F",      "«Звёздная ночь»",  "星夜", "🌌", "a.settings", "~",    "-rf *"};
    char *folder = temp_folder(), *longest = g_strnfill(NAMED_SETTINGS_NAME_LENGTH, '/');
    GString *wide = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        check_name(folder, names[i]);
    check_name(folder, longest);
    for (int i = 0; i < NAMED_SETTINGS_NAME_LENGTH; i++)
        g_string_append(wide, "🌌"); /* four bytes each */
    check_name(folder, wide->str);
    g_string_free(wide, TRUE);
    g_free(longest);
    temp_remove(folder);
}

static void test_names_refused(void)
{
    NstSettings settings = defaults();
    char *folder = temp_folder(), *long_name = g_strnfill(NAMED_SETTINGS_NAME_LENGTH + 1, 'x');
    NstError error = {0};
    g_assert_cmpint(named_settings_write(folder, "", &settings, &error), ==, NST_BAD_ARGUMENT);
    g_assert_cmpint(named_settings_write(folder, long_name, &settings, &error), ==, NST_BAD_ARGUMENT);
    g_assert_nonnull(strstr(error.message, "50"));
    g_assert_cmpint(named_settings_write(folder, "\xff", &settings, &error), ==, NST_BAD_ARGUMENT);
    g_assert_cmpint(count_files(folder), ==, 0);
    g_free(long_name);
    temp_remove(folder);
}

/* A damaged file, or files that aren't ours, don't hide the others. */
static void test_list(void)
{
    NstSettings settings = defaults();
    char *folder = temp_folder();
    g_free(put(folder, "broken.settings", "\xff", 1));
    g_free(put(folder, "%zz.settings", "x", 1));
    g_free(put(folder, ".settings", "x", 1));
    g_free(put(folder, "notes.txt", "x", 1));
    g_assert_cmpint(named_settings_write(folder, "b", &settings, NULL), ==, NST_OK);
    g_assert_cmpint(named_settings_write(folder, "a", &settings, NULL), ==, NST_OK);
    char **names = named_settings_names(folder), *all = g_strjoinv("|", names);
    g_assert_cmpstr(all, ==, "a|b|broken");
    g_free(all);
    g_strfreev(names);
    names = named_settings_names("/no/such/folder");
    g_assert_null(names[0]);
    g_strfreev(names);
    temp_remove(folder);
}

/* ---- Files used last ----------------------------------------------------------------------------------- */

static void check_recent(const char *list, const char *expected)
{
    char **paths = recent_read(list);
    GString *names = g_string_new(NULL);
    for (char **path = paths; *path; path++) {
        char *name = g_path_get_basename(*path);
        g_string_append_printf(names, "%s%s", names->len ? " " : "", name);
        g_free(name);
    }
    g_assert_cmpstr(names->str, ==, expected);
    g_string_free(names, TRUE);
    g_strfreev(paths);
}

static void use(const char *folder, const char *list, const char *file)
{
    char *path = put(folder, file, "x", 1);
    recent_add(list, path);
    g_free(path);
}

static void test_recent(void)
{
    static const char *const files[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
    char *folder = temp_folder(), *list = g_build_filename(folder, "new", "list", NULL);
    check_recent(list, "");
    for (guint i = 0; i < G_N_ELEMENTS(files); i++)
        use(folder, list, files[i]);
    check_recent(list, "9 8 7 6 5 4 3 2");
    use(folder, list, "5");
    check_recent(list, "5 9 8 7 6 4 3 2");
    char *gone = g_build_filename(folder, "9", NULL);
    g_assert_cmpint(g_remove(gone), ==, 0);
    check_recent(list, "5 8 7 6 4 3 2");
    use(folder, list, "9"); /* as if a drive were back: the file wasn't forgotten, and is listed once */
    check_recent(list, "9 5 8 7 6 4 3 2");
    g_assert_true(g_file_set_contents(list, "\xff\n", -1, NULL));
    check_recent(list, "");
    g_free(gone);
    g_free(list);
    temp_remove(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/settings-file/round-trip", test_round_trip);
    g_test_add_func("/settings-file/preset-order", test_preset_order);
    g_test_add_func("/settings-file/another-version", test_another_version);
    g_test_add_func("/settings-file/damaged", test_damaged);
    g_test_add_func("/settings-file/missing", test_missing);
    g_test_add_func("/settings-file/not-a-file", test_not_a_file);
    g_test_add_func("/saved/machine", test_machine);
    g_test_add_func("/saved/full-disk", test_full_disk);
    g_test_add_func("/saved/read-only-folder", test_read_only_folder);
    g_test_add_func("/saved/no-folder", test_no_folder);
    g_test_add_func("/saved/names", test_names);
    g_test_add_func("/saved/names-refused", test_names_refused);
    g_test_add_func("/saved/list", test_list);
    g_test_add_func("/recent/list", test_recent);
    return g_test_run();
}
