/* test_file_write.c: a file is written whole or not at all, whatever happens meanwhile, and never through
 * a link. Built twice: file_write_named is for file systems where a file must have a name from the
 * beginning. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* seteuid */

#include "core/base/file_write.h"
#include "tests/support/check.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOBODY = 65534, LARGE = 1 << 20 };

static char *folder, *path;

static int count_files(void)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    int count = 0;
    while (g_dir_read_name(dir))
        count++;
    g_dir_close(dir);
    return count;
}

static void assert_holds(const char *file, const char *text)
{
    char *found;
    g_assert_true(g_file_get_contents(file, &found, NULL, NULL));
    g_assert_cmpstr(found, ==, text);
    g_free(found);
}

static void put(const char *file, const char *text)
{
    g_assert_true(g_file_set_contents(file, text, -1, NULL));
}

static void assert_refused(const char *file, const char *why)
{
    NstError error = {0};
    g_assert_cmpint(file_write_check(file, NULL), ==, NST_BAD_FILE);
    g_assert_cmpint(file_write(file, "new", 3, &error), ==, NST_BAD_FILE);
    g_test_message("%s", error.message);
    g_assert_nonnull(strstr(error.message, file));
    g_assert_nonnull(strstr(error.message, why));
}

static void assert_written(void)
{
    NstError error = {0};
    g_assert_cmpint(file_write_check(path, &error), ==, NST_OK);
    g_assert_cmpint(file_write(path, "new", 3, &error), ==, NST_OK);
    assert_holds(path, "new");
}

static mode_t mode_of(const char *file)
{
    GStatBuf about;
    g_assert_cmpint(g_lstat(file, &about), ==, 0);
    return about.st_mode;
}

/* ---- What is there already ----------------------------------------------------------------------------- */

static void test_permissions(void)
{
    mode_t before = umask(027);
    assert_written();
    g_assert_cmpuint(mode_of(path) & 07777, ==, 0640);
    g_assert_cmpint(g_chmod(path, 0604), ==, 0);
    assert_written();
    g_assert_cmpuint(mode_of(path) & 07777, ==, 0604);
    umask(before);
    g_assert_cmpint(count_files(), ==, 1);
    g_remove(path);
}

/* A report that is a link to somebody's file: the link is replaced, and the file stays. */
static void test_links(void)
{
    char *other = g_build_filename(folder, "other", NULL),
         *missing = g_build_filename(folder, "missing", NULL);
    put(other, "precious");
    g_assert_cmpint(symlink(other, path), ==, 0);
    assert_written();
    g_assert_true(S_ISREG(mode_of(path)));
    assert_holds(other, "precious");
    g_remove(path);

    g_assert_cmpint(symlink(missing, path), ==, 0);
    assert_written();
    g_assert_true(S_ISREG(mode_of(path)));
    g_assert_false(g_file_test(missing, G_FILE_TEST_EXISTS));
    g_remove(path);
    g_remove(other);
    g_assert_cmpint(count_files(), ==, 0);
    g_free(missing);
    g_free(other);
}

static void test_refused(void)
{
    char *missing = g_build_filename(folder, "missing", "file", NULL),
         *slash = g_strconcat(folder, "/", NULL);
    assert_refused(folder, "it is a folder");
    assert_refused(slash, "it is a folder");
    assert_refused(missing, g_strerror(ENOENT));
    assert_refused("/dev/full", "not a regular file");
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    assert_refused(path, "not a regular file");
    g_assert_true(S_ISFIFO(mode_of(path)));
    g_remove(path);
    g_assert_cmpint(count_files(), ==, 0);
    g_free(slash);
    g_free(missing);
}

/* Root may write anywhere, so the test switches to another user. */
static void test_protected(void)
{
    bool root = geteuid() == 0;
    put(path, "old");
    g_assert_cmpint(g_chmod(path, 0444), ==, 0);
    g_assert_cmpint(g_chmod(folder, 0777), ==, 0);
    if (root)
        g_assert_cmpint(seteuid(NOBODY), ==, 0);
    assert_refused(path, g_strerror(EACCES));
    if (root)
        g_assert_cmpint(seteuid(0), ==, 0);
    assert_holds(path, "old");
    g_remove(path);
}

/* ---- What happens meanwhile ---------------------------------------------------------------------------- */

/* A limit on the file size stands for a full disk. */
static void test_full_disk(void)
{
    struct rlimit before, full;
    NstError error = {0};
    put(path, "old");
    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
    full = (struct rlimit){2, before.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &full), ==, 0);
    NstStatus status = file_write(path, "new", 3, &error);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0); /* or the test couldn't report */
    signal(SIGXFSZ, handler);
    g_assert_cmpint(status, ==, NST_BAD_FILE);
    g_assert_nonnull(strstr(error.message, path));
    assert_holds(path, "old");
    g_assert_cmpint(count_files(), ==, 1);
    g_remove(path);
}

static void test_abandoned(void)
{
    FileWriter *writer;
    put(path, "old");
    g_assert_cmpint(file_writer_new(&writer, path, NULL), ==, NST_OK);
    file_writer_put(writer, "new", 3);
    file_writer_abandon(writer);
    file_writer_abandon(NULL);
    assert_holds(path, "old");
    g_assert_cmpint(count_files(), ==, 1);
    g_remove(path);
}

/* Writes the same file again and again until it is stopped. */
G_GNUC_NORETURN static void write_for_ever(char byte)
{
    char *bytes = g_strnfill(LARGE, byte);
    for (;;) {
        FileWriter *writer;
        if (file_writer_new(&writer, path, NULL) != NST_OK)
            _exit(1);
        for (int i = 0; i < 4; i++)
            file_writer_put(writer, bytes + i * (LARGE / 4), LARGE / 4);
        file_writer_finish(writer, NULL);
    }
}

static void stop_at_random(int by, GRand *random)
{
    pid_t child = fork();
    if (child == 0)
        write_for_ever((char)g_rand_int_range(random, 'a', 'z'));
    g_usleep((gulong)g_rand_int_range(random, 500, 8000));
    int how;
    kill(child, by);
    g_assert_cmpint(waitpid(child, &how, 0), ==, child);
    g_assert_true(WIFSIGNALED(how) && WTERMSIG(how) == by);
}

static void assert_whole(void)
{
    char *bytes;
    gsize length;
    g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    g_assert_cmpuint(length, ==, LARGE);
    for (gsize i = 1; i < length; i++)
        if (bytes[i] != bytes[0])
            g_error("two files in one");
    g_free(bytes);
}

/* Guards against the remains of an interrupted import, tens of megabytes each. */
static void test_interrupted(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    GRand *random = g_rand_new_with_seed(20);
    char *first = g_strnfill(LARGE, 'A');
    put(path, first);
    for (int i = 0; i < 60; i++) {
        stop_at_random(signals[i % 3], random);
        g_assert_cmpint(count_files(), ==, 1);
        assert_whole();
    }
    g_remove(path);
    g_free(first);
    g_rand_free(random);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = temp_folder();
    path = g_build_filename(folder, "file", NULL);
    g_test_add_func("/file-write/permissions", test_permissions);
    g_test_add_func("/file-write/links", test_links);
    g_test_add_func("/file-write/refused", test_refused);
    g_test_add_func("/file-write/protected", test_protected);
    g_test_add_func("/file-write/full disk", test_full_disk);
    g_test_add_func("/file-write/abandoned", test_abandoned);
    g_test_add_func("/file-write/interrupted", test_interrupted);
    int status = g_test_run();
    g_free(path);
    temp_remove(folder);
    return status;
}
