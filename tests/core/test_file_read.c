/* test_file_read.c: only regular files are read, and only those of a sensible size; nothing waits, nothing
 * runs for ever, and what stands in the way is told as what it is. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/file_read.h"
#include "tests/support/check.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char *folder, *path;

static void put(const char *text)
{
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void assert_refused(const char *file, const char *expected)
{
    char *text = folder;
    size_t length;
    FileReader *reader = (void *)folder;
    const char *why = file_read(file, 100, &text, &length);
    g_test_message("%s: %s", file, why);
    g_assert_cmpstr(why, ==, expected);
    g_assert_null(text);
    g_assert_cmpstr(file_reader_open(&reader, file), ==, expected);
    g_assert_null(reader);
}

static void make_socket(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int made = socket(AF_UNIX, SOCK_STREAM, 0);
    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    g_assert_cmpint(bind(made, (const struct sockaddr *)&address, sizeof address), ==, 0);
    close(made);
}

static void test_refused(void)
{
    assert_refused(folder, "it is a folder");
    assert_refused(path, g_strerror(ENOENT));
    assert_refused("/dev/zero", "it is a device, not a file");
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    assert_refused(path, "it is a pipe, not a file");
    g_remove(path);
    make_socket();
    assert_refused(path, "it is a socket, not a file");
    g_remove(path);
}

static void test_bound(void)
{
    char *text;
    size_t length;
    put("12345");
    g_assert_cmpstr(file_read(path, 5, &text, &length), ==, NULL);
    g_assert_cmpstr(text, ==, "12345");
    g_assert_cmpuint(length, ==, 5);
    g_free(text);
    g_assert_cmpstr(file_read(path, 4, &text, &length), ==, "it is too large");
    g_assert_null(text);
    g_remove(path);
}

/* Somebody else writes to the file, or puts another in its place. */
static void test_meanwhile(void)
{
    FileReader *reader;
    char bytes[5];
    put("12345");
    g_assert_cmpstr(file_reader_open(&reader, path), ==, NULL);
    g_assert_true(file_reader_is_at(reader, path));
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_false(file_reader_is_at(reader, path));
    put("other");
    g_assert_false(file_reader_is_at(reader, path)); /* replaced, */
    g_assert_true(file_reader_unchanged(reader));    /* but not written to */
    char *hash = file_reader_hash(reader),
         *expected = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "12345", 5);
    g_assert_cmpstr(hash, ==, expected);
    g_assert_true(file_reader_get(reader, bytes, 3, 2));
    g_assert_cmpmem(bytes, 3, "345", 3);
    g_assert_false(file_reader_get(reader, bytes, 4, 2));
    file_reader_close(reader);

    g_assert_cmpstr(file_reader_open(&reader, path), ==, NULL);
    g_assert_cmpint(truncate(path, 2), ==, 0);
    g_assert_false(file_reader_unchanged(reader));
    g_assert_false(file_reader_get(reader, bytes, 5, 0));
    g_assert_null(file_reader_hash(reader));
    file_reader_close(reader);
    g_remove(path);
    g_free(hash);
    g_free(expected);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = temp_folder();
    path = g_build_filename(folder, "file", NULL);
    g_test_add_func("/file-read/refused", test_refused);
    g_test_add_func("/file-read/bound", test_bound);
    g_test_add_func("/file-read/meanwhile", test_meanwhile);
    int status = g_test_run();
    g_free(path);
    temp_remove(folder);
    return status;
}
