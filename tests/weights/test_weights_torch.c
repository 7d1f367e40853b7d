/* test_weights_torch.c: the readers of PyTorch's two formats, compared with PyTorch. reference/torch_files.py
 * makes PyTorch write files, and writes beside each what torch.load reads from it. The numbers must be the
 * same to the last bit.
 *
 * The same script writes malicious files. Each must be refused within a second and in little memory, with a
 * message that says what is wrong, and the command it tries to run must not have run.
 *
 * Without python3-torch the tests are skipped; without ../shared (NST_SHARED) its files are left out. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "weights/import/tensor_file.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* For the whole program, once PyTorch has written its files: far below what the files claim. */
enum { MEMORY_LIMIT_MIB = 384 };

static char *folder;
static char *reason;     /* to skip the tests; NULL: none */
static bool have_shared; /* whether ../shared has files */

/* ---- Preparing ----------------------------------------------------------------------------------------- */

static char *shared_path(void)
{
    const char *given = g_getenv("NST_SHARED");
    return given ? g_strdup(given) : source_path("../shared");
}

static bool python_has_torch(void)
{
    int status = 1;
    bool ran =
        g_spawn_command_line_sync("/usr/bin/python3 -c 'import numpy, torch'", NULL, NULL, &status, NULL);
    return ran && g_spawn_check_wait_status(status, NULL);
}

/* Where the script fails though its libraries are there, the test fails; it isn't skipped. */
static void write_files(const char *shared)
{
    char *script = source_path("tests/reference/torch_files.py"), *said = NULL;
    char *argv[] = {(char *)"/usr/bin/python3", (char *)"-B", script, folder, (char *)shared, NULL};
    int status = 1;
    GError *error = NULL;
    g_spawn_sync(NULL, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said, &status, &error);
    g_assert_no_error(error);
    if (!g_spawn_check_wait_status(status, NULL))
        g_error("%s: %s", script, said);
    g_free(said);
    g_free(script);
}

static void prepare(void)
{
    if (!python_has_torch()) {
        reason = g_strdup("no python3-torch, python3-numpy");
        return;
    }
    char *shared = shared_path(), *inside = g_build_filename(shared, "weight-files", NULL);
    have_shared = g_file_test(inside, G_FILE_TEST_IS_DIR);
    write_files(have_shared ? shared : NULL);
    g_free(inside);
    g_free(shared);
    if (!SANITIZED) { /* the sanitizer itself maps terabytes */
        struct rlimit limit = {.rlim_cur = (rlim_t)MEMORY_LIMIT_MIB << 20, .rlim_max = RLIM_INFINITY};
        g_assert_cmpint(setrlimit(RLIMIT_AS, &limit), ==, 0);
    }
}

static bool skipped(void)
{
    if (reason)
        g_test_skip(reason);
    return reason != NULL;
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_zip(const char *path)
{
    char begin[2] = {0};
    FILE *file = g_fopen(path, "rb");
    g_assert_nonnull(file);
    bool zip = fread(begin, 1, sizeof begin, file) == sizeof begin && memcmp(begin, "PK", 2) == 0;
    fclose(file);
    return zip;
}

/* Calls `visit` for each of the folder's files with that ending that this build can read, in order. Returns
 * how many there are. */
static int each_file(const char *ending, void (*visit)(const char *path))
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name; (name = g_dir_read_name(dir));)
        if (g_str_has_suffix(name, ending))
            g_ptr_array_add(names, g_build_filename(folder, name, NULL));
    g_dir_close(dir);
    g_ptr_array_sort(names, by_name);
    int count = 0;
    for (guint i = 0; i < names->len; i++)
        if (HAVE_LIBZIP || !is_zip(names->pdata[i])) {
            visit(names->pdata[i]);
            count++;
        }
    g_ptr_array_unref(names);
    return count;
}

/* The path with another ending: NAME.want for NAME.pth. The caller frees it. */
static char *beside(const char *path, const char *ending)
{
    char *stem = g_strndup(path, (gsize)(strrchr(path, '.') - path));
    char *other = g_strconcat(stem, ending, NULL);
    g_free(stem);
    return other;
}

static GByteArray *load(const char *path)
{
    char *bytes = NULL;
    gsize size = 0;
    GError *error = NULL;
    g_file_get_contents(path, &bytes, &size, &error);
    g_assert_no_error(error);
    return g_byte_array_new_take((guint8 *)bytes, size);
}

/* ---- What must be read --------------------------------------------------------------------------------- */

/* The sides as NAME.want writes them; the caller frees it. */
static char *sides_text(const TensorEntry *entry)
{
    GString *text = g_string_new("");
    for (int i = 0; i < entry->rank; i++)
        g_string_append_printf(text, "%s%zu", i ? "," : "", entry->side[i]);
    return g_string_free(text, FALSE);
}

/* Asserts that the entry is what NAME.want says at *at, in a line and then numbers, and moves *at past
 * them. */
static void check_entry(TensorFile *file, size_t index, const guint8 **at, const guint8 *end)
{
    const guint8 *line_end = memchr(*at, '\n', (size_t)(end - *at));
    g_assert_nonnull(line_end);
    char *line = g_strndup((const char *)*at, (gsize)(line_end - *at));
    char **column = g_strsplit(line, "|", 3); /* name, sides, readable */
    const TensorEntry *entry = &file->entry[index];
    char *sides = sides_text(entry);
    g_assert_cmpstr(entry->name, ==, column[0]);
    g_assert_cmpstr(sides, ==, column[1]);
    *at = line_end + 1;

    NstError error = {0};
    float *values = g_new(float, entry->count + 1);
    NstStatus status = tensor_file_read(file, index, values, &error);
    if (column[2][0] == '1') {
        g_assert_cmpstr(error.message, ==, "");
        g_assert_cmpint(status, ==, NST_OK);
        g_assert_cmpuint((size_t)(end - *at), >=, entry->count * 4);
        g_assert_cmpmem(values, entry->count * 4, *at, entry->count * 4);
        *at += entry->count * 4;
    } else {
        g_assert_cmpint(status, ==, NST_BAD_FILE);
        g_assert_nonnull(strstr(error.message, entry->name));
    }
    g_free(values);
    g_free(sides);
    g_strfreev(column);
    g_free(line);
}

static void check_file(const char *path)
{
    NstError error = {0};
    TensorFile *file;
    NstStatus status = tensor_file_open(&file, path, &error);
    g_assert_cmpstr(error.message, ==, "");
    g_assert_cmpint(status, ==, NST_OK);
    char *want_path = beside(path, ".want");
    GByteArray *want = load(want_path);
    const guint8 *at = want->data, *end = at + want->len;
    for (size_t i = 0; i < file->count; i++)
        check_entry(file, i, &at, end);
    g_assert_true(at == end);
    g_test_message("%s: %s, %zu tensors", path + strlen(folder) + 1, file->format->name, file->count);
    tensor_file_close(file);
    g_byte_array_unref(want);
    g_free(want_path);
}

/* Guards everything that can be read: types, views, parameters, both formats, all protocols, old files. */
static void test_good(void)
{
    if (!skipped())
        g_assert_cmpint(each_file(".pth", check_file), >=, HAVE_LIBZIP ? 30 : 15);
}

/* Guards against forgetting the real files above. */
static void test_shared(void)
{
    if (skipped())
        return;
    if (!have_shared) {
        g_test_skip("no weight-files in ../shared (NST_SHARED)");
        return;
    }
    char *path = g_build_filename(folder, "shared-legacy-vgg19-normalised-conv2_1.pth", NULL);
    check_file(path);
    TensorFile *file;
    g_assert_cmpint(tensor_file_open(&file, path, NULL), ==, NST_OK);
    g_assert_cmpuint(file->count, ==, 8);
    g_assert_cmpstr(file->entry[6].name, ==, "9.weight");
    g_assert_cmpuint(file->entry[6].count, ==, 128 * 64 * 9);
    tensor_file_close(file);
    g_free(path);
}

/* ---- What must be refused ------------------------------------------------------------------------------ */

/* Opens the file and reads all its tensors. NST_OK: it was accepted, all of it. */
static NstStatus take(const char *path, NstError *error)
{
    TensorFile *file;
    NstStatus status = tensor_file_open(&file, path, error);
    g_assert_true((file == NULL) == (status != NST_OK));
    for (size_t i = 0; status == NST_OK && i < file->count; i++) {
        float *values = g_try_new(float, file->entry[i].count + 1);
        g_assert_nonnull(values);
        status = tensor_file_read(file, i, values, error);
        g_free(values);
    }
    tensor_file_close(file);
    return status;
}

/* Asserts that a refusal helps: the right status, the file's name, clean text. */
static void check_refusal(const char *path, NstStatus status, const NstError *error)
{
    char *name = g_path_get_basename(path);
    g_assert_cmpint(status, ==, NST_BAD_FILE);
    g_assert_nonnull(strstr(error->message, name));
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
    for (const char *c = error->message; *c; c++)
        g_assert_false(g_ascii_iscntrl(*c));
    g_free(name);
}

static void check_bad(const char *path)
{
    char *why_path = beside(path, ".why"), *ran = g_build_filename(folder, "ran", NULL), *why = NULL;
    g_assert_true(g_file_get_contents(why_path, &why, NULL, NULL));
    NstError error = {0};
    clock_t began = clock(); /* processor time, for the machine may be busy */
    NstStatus status = take(path, &error);
    if (status == NST_OK)
        g_error("%s was accepted", path);
    double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
    g_test_message("%.3f s: %s", seconds, error.message + strlen("The weights file “") + strlen(folder) + 1);
    check_refusal(path, status, &error);
    if (!strstr(error.message, why))
        g_error("%s: “%s” doesn't say “%s”", path, error.message, why);
    g_assert_cmpfloat(seconds, <, SANITIZED ? 10 : 1);
    g_assert_false(g_file_test(ran, G_FILE_TEST_EXISTS));
    g_free(why);
    g_free(ran);
    g_free(why_path);
}

/* Guards users and their machines against files that call functions, make false claims, or expand. prepare()
 * has limited the memory: beyond that an allocation fails, and the refusal has the wrong status. */
static void test_bad(void)
{
    if (skipped())
        return;
    g_assert_cmpint(each_file(".bad", check_bad), >=, HAVE_LIBZIP ? 250 : 120);
    struct rusage usage;
    g_assert_cmpint(getrusage(RUSAGE_SELF, &usage), ==, 0);
    g_test_message("at most %ld MiB in memory", usage.ru_maxrss / 1024);
}

/* ---- Damage -------------------------------------------------------------------------------------------- */

typedef struct Victim {
    char *good, *path; /* the intact file; the damaged one */
    GByteArray *bytes; /* the intact file's, to be damaged */
} Victim;

static Victim victim(const char *name)
{
    Victim v = {.good = g_build_filename(folder, name, NULL),
                .path = g_build_filename(folder, "damaged", NULL)};
    v.bytes = load(v.good);
    return v;
}

static void victim_clear(Victim *v)
{
    g_byte_array_unref(v->bytes);
    g_free(v->good);
    g_free(v->path);
}

static void write_damaged(const Victim *v, size_t size)
{
    GError *error = NULL;
    g_file_set_contents_full(v->path, (const char *)v->bytes->data, (gssize)size, G_FILE_SET_CONTENTS_NONE,
                             0600, &error);
    g_assert_no_error(error);
}

/* Guards against a download that was cut off. */
static void test_cut(gconstpointer name)
{
    if (skipped())
        return;
    Victim v = victim(name);
    for (size_t part = 0; part < 64; part++) {
        NstError error = {0};
        write_damaged(&v, v.bytes->len * part / 64);
        NstStatus status = take(v.path, &error);
        if (status == NST_OK)
            g_error("%s cut at %zu/64 was accepted", (const char *)name, part);
        check_refusal(v.path, status, &error);
    }
    NstError error = {0};
    write_damaged(&v, v.bytes->len - 1);
    check_refusal(v.path, take(v.path, &error), &error);
    victim_clear(&v);
}

/* Guards against a file that shrinks while it is open, which killed the process when it was mapped. */
static void test_shrinks(gconstpointer name)
{
    if (skipped())
        return;
    Victim v = victim(name);
    TensorFile *file;
    NstStatus status = NST_OK;
    NstError error = {0};
    write_damaged(&v, v.bytes->len);
    g_assert_cmpint(tensor_file_open(&file, v.path, NULL), ==, NST_OK);
    g_assert_cmpint(tensor_file_unchanged(file, NULL), ==, NST_OK);
    g_assert_cmpint(truncate(v.path, 100), ==, 0);
    for (size_t i = 0; status == NST_OK && i < file->count; i++) {
        float *values = g_new(float, file->entry[i].count + 1);
        status = tensor_file_read(file, i, values, &error);
        g_free(values);
    }
    if (status != NST_OK) /* or libzip has read it before */
        check_refusal(v.path, status, &error);
    g_assert_cmpint(tensor_file_unchanged(file, NULL), ==, NST_BAD_FILE);
    tensor_file_close(file);
    victim_clear(&v);
}

/* Guards against a hash of another file than the one that is used, if one is put in its place. */
static void test_replaced(gconstpointer name)
{
    if (skipped())
        return;
    Victim v = victim(name);
    TensorFile *file;
    char *hash, *expected = g_compute_checksum_for_data(G_CHECKSUM_SHA256, v.bytes->data, v.bytes->len);
    write_damaged(&v, v.bytes->len);
    g_assert_cmpint(tensor_file_open(&file, v.path, NULL), ==, NST_OK);
    g_assert_cmpint(g_unlink(v.path), ==, 0);
    write_damaged(&v, 100);
    g_assert_cmpint(tensor_file_hash(file, &hash, NULL), ==, NST_OK);
    g_assert_cmpstr(hash, ==, expected);
    for (size_t i = 0; i < file->count; i++) {
        float *values = g_new(float, file->entry[i].count + 1);
        g_assert_cmpint(tensor_file_read(file, i, values, NULL), ==, NST_OK);
        g_free(values);
    }
    tensor_file_close(file);
    victim_clear(&v);
    g_free(expected);
    g_free(hash);
}

/* Whether two files hold the same tensors with the same numbers. */
static bool same_content(const char *one, const char *other)
{
    TensorFile *file[2];
    g_assert_cmpint(tensor_file_open(&file[0], one, NULL), ==, NST_OK);
    g_assert_cmpint(tensor_file_open(&file[1], other, NULL), ==, NST_OK);
    bool same = file[0]->count == file[1]->count;
    for (size_t i = 0; same && i < file[0]->count; i++) {
        const TensorEntry *entry = &file[0]->entry[i];
        same = strcmp(entry->name, file[1]->entry[i].name) == 0 && entry->count == file[1]->entry[i].count;
        float *values[2] = {g_new(float, entry->count + 1), g_new(float, entry->count + 1)};
        for (int k = 0; same && k < 2; k++)
            same = tensor_file_read(file[k], i, values[k], NULL) == NST_OK;
        same = same && memcmp(values[0], values[1], entry->count * sizeof(float)) == 0;
        g_free(values[0]);
        g_free(values[1]);
    }
    tensor_file_close(file[0]);
    tensor_file_close(file[1]);
    return same;
}

/* Guards against everything nobody thought of: 1 to 16 bits flipped. Either the file is accepted, or the
 * refusal names it; a zip archive, which has checksums, is accepted only with all its numbers intact. */
static void test_flips(gconstpointer name)
{
    if (skipped())
        return;
    enum { ROUNDS = 2000, SEED = 77 };
    Victim v = victim(name);
    bool checksums = strstr(name, "zip") != NULL;
    int taken = 0;
    for (guint32 round = 0; round < ROUNDS; round++) {
        guint32 flips = round % 2 ? 1 + hash32(SEED, round) % 16 : 1, place[16];
        for (guint32 i = 0; i < flips; i++) {
            place[i] = hash32(SEED + 1 + i, round) % (8 * v.bytes->len);
            v.bytes->data[place[i] / 8] ^= (guint8)(1 << place[i] % 8);
        }
        NstError error = {0};
        write_damaged(&v, v.bytes->len);
        NstStatus status = take(v.path, &error);
        if (status != NST_OK)
            check_refusal(v.path, status, &error);
        else if (++taken && checksums && !same_content(v.good, v.path))
            g_error("round %u: the damage went unnoticed", round);
        for (guint32 i = 0; i < flips; i++)
            v.bytes->data[place[i] / 8] ^= (guint8)(1 << place[i] % 8);
    }
    g_test_message("%d of %d damaged files were accepted", taken, ROUNDS);
    g_assert_cmpint(taken, <, ROUNDS);
    victim_clear(&v);
}

/* Guards the build without libzip, which must say so. */
static void test_without_libzip(void)
{
    if (skipped())
        return;
    char *path = g_build_filename(folder, "plain-2-zip.pth", NULL);
    NstError error = {0};
    check_refusal(path, take(path, &error), &error);
    g_assert_nonnull(strstr(error.message, "libzip"));
    g_free(path);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = temp_folder();
    prepare();
    g_test_add_func("/weights/torch/as PyTorch reads them", test_good);
    g_test_add_func("/weights/torch/real files", test_shared);
    g_test_add_func("/weights/torch/hostile files", test_bad);
    g_test_add_data_func("/weights/torch/legacy/cut off", "damage-legacy.pth", test_cut);
    g_test_add_data_func("/weights/torch/legacy/flipped bits", "damage-legacy.pth", test_flips);
    g_test_add_data_func("/weights/torch/legacy/cut off while open", "damage-legacy.pth", test_shrinks);
    g_test_add_data_func("/weights/torch/legacy/replaced", "damage-legacy.pth", test_replaced);
    if (HAVE_LIBZIP) {
        g_test_add_data_func("/weights/torch/zip/cut off while open", "damage-zip.pth", test_shrinks);
        g_test_add_data_func("/weights/torch/zip/replaced", "damage-zip.pth", test_replaced);
        g_test_add_data_func("/weights/torch/zip/cut off", "damage-zip.pth", test_cut);
        g_test_add_data_func("/weights/torch/zip/flipped bits", "damage-zip.pth", test_flips);
    } else {
        g_test_add_func("/weights/torch/zip/without libzip", test_without_libzip);
    }
    int result = g_test_run();
    temp_remove(folder);
    g_free(reason);
    return result;
}
