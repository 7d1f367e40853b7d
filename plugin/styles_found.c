/* styles_found.c: names are looked up each time, in three folders; so a picture that the user has just put
 * there is found. Which files are pictures is for GIMP to find out: those with a usual ending are listed,
 * and only what is copied into a folder is looked into. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "styles_found.h"

#include "core/base/file_read.h"
#include "core/base/file_write.h"
#include "style_path.h"

#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 20 }; /* in a message */

static const char *const built_in_names[] = {
#define STYLE(name, quality, title) #name,
#include "ui/styles/styles.def"
#undef STYLE
};

static StyleFound *found_new(const char *name, const char *path, bool built_in)
{
    StyleFound *found = g_new(StyleFound, 1);
    *found = (StyleFound){g_strdup(name), g_strdup(path), built_in};
    return found;
}

void styles_found_clear(StyleFound *found)
{
    g_free(found->name);
    g_free(found->path);
    *found = (StyleFound){0};
}

static void found_free(gpointer found)
{
    styles_found_clear(found);
    g_free(found);
}

static const StyleFound *find(const GPtrArray *list, const char *name)
{
    for (guint i = 0; i < list->len; i++) {
        const StyleFound *found = list->pdata[i];
        if (strcmp(found->name, name) == 0)
            return found;
    }
    return NULL;
}

static void add(GPtrArray *list, const char *name, const char *folder, const char *file, bool built_in)
{
    char *path = g_build_filename(folder, file, NULL);
    if (!find(list, name) && g_file_test(path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add(list, found_new(name, path, built_in));
    g_free(path);
}

static void add_built_in(GPtrArray *list, const char *folder)
{
    for (guint i = 0; i < G_N_ELEMENTS(built_in_names); i++) {
        char *file = g_strconcat(built_in_names[i], ".jpg", NULL);
        add(list, built_in_names[i], folder, file, true);
        g_free(file);
    }
}

/* The length of the name before a picture's ending; 0: it is no picture's, or can't be told from other
 * files. */
static size_t name_length(const char *file)
{
    static const char *const endings[] = {".jpg",  ".jpeg", ".png", ".tif", ".tiff",
                                          ".webp", ".bmp",  ".gif", ".xcf"};
    size_t length = strlen(file);
    for (guint i = 0; *file != '.' && i < G_N_ELEMENTS(endings); i++) {
        size_t ending = strlen(endings[i]);
        if (length > ending && g_ascii_strcasecmp(file + length - ending, endings[i]) == 0)
            return length - ending;
    }
    return 0;
}

static int by_name(gconstpointer left, gconstpointer right)
{
    const StyleFound *a = *(StyleFound *const *)left, *b = *(StyleFound *const *)right;
    return g_utf8_collate(a->name, b->name);
}

static int by_bytes(gconstpointer left, gconstpointer right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* In an order of its own: which of zebra.jpg and zebra.png counts must not depend on the file system. */
static GPtrArray *files_of(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    GDir *files = folder ? g_dir_open(folder, 0, NULL) : NULL; /* NULL: no such folder */
    for (const char *file; files && (file = g_dir_read_name(files));)
        g_ptr_array_add(names, g_strdup(file));
    if (files)
        g_dir_close(files);
    g_ptr_array_sort(names, by_bytes);
    return names;
}

/* The setting is UTF-8 text; a file whose name isn't can still be given by its path. */
static void add_own(GPtrArray *list, const char *folder)
{
    GPtrArray *files = files_of(folder);
    for (guint i = 0; i < files->len; i++) {
        char *name = g_strndup(files->pdata[i], name_length(files->pdata[i]));
        if (*name && g_utf8_validate(name, -1, NULL))
            add(list, name, folder, files->pdata[i], false);
        g_free(name);
    }
    g_ptr_array_unref(files);
}

GPtrArray *styles_found_list(const StyleFolders *folders)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(found_free);
    add_built_in(list, folders->built_in);
    guint own = list->len;
    for (guint i = 0; i < G_N_ELEMENTS(folders->own); i++)
        add_own(list, folders->own[i]);
    if (list->len > own)
        qsort(list->pdata + own, list->len - own, sizeof *list->pdata, by_name);
    return list;
}

char *styles_found_path(const char *value, const StyleFolders *folders)
{
    char *local = style_path_of_address(value);
    if (local)
        return local;
    if (strchr(value, G_DIR_SEPARATOR))
        return g_strdup(value);
    GPtrArray *list = styles_found_list(folders);
    const StyleFound *found = find(list, value);
    char *path = g_strdup(found ? found->path : value);
    g_ptr_array_unref(list);
    return path;
}

char *styles_found_names(const StyleFolders *folders)
{
    GPtrArray *list = styles_found_list(folders);
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < list->len && i < MOST_NAMES; i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "", ((const StyleFound *)list->pdata[i])->name);
    if (list->len > MOST_NAMES)
        g_string_append(names, ", …");
    g_ptr_array_unref(list);
    return g_string_free(names, FALSE);
}

/* ---- One more ------------------------------------------------------------------------------------------ */

/* `name`, or the first of name-2, name-3, ... that isn't taken. */
static char *free_name(const char *name, const StyleFolders *folders)
{
    GPtrArray *list = styles_found_list(folders);
    char *result = g_strdup(name);
    for (int number = 2; find(list, result); number++) {
        g_free(result);
        result = g_strdup_printf("%s-%d", name, number);
    }
    g_ptr_array_unref(list);
    return result;
}

/* A text that is called a picture would stay in the strip for good, without a picture. By the first bytes
 * of the kinds whose ending counts. */
static bool begins_like_picture(const char *path)
{
    static const struct {
        const char *bytes;
        size_t count;
    } kinds[] = {{"\xff\xd8\xff", 3}, {"\x89PNG", 4}, {"GIF8", 4}, {"BM", 2},
                 {"II*\0", 4},        {"MM\0*", 4},   {"RIFF", 4}, {"gimp xcf", 8}};
    char begin[8] = {0};
    FileReader *file;
    file_reader_open(&file, path);
    size_t count = file ? MIN(file_reader_size(file), sizeof begin) : 0;
    if (count && !file_reader_get(file, begin, count, 0))
        count = 0;
    file_reader_close(file);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (count >= kinds[i].count && memcmp(begin, kinds[i].bytes, kinds[i].count) == 0)
            return true;
    return false;
}

/* Calls `use` for one block of the file after the other, until it returns false. False: not all was used. */
static bool each_block(const FileReader *file, bool (*use)(void *, const char *, size_t, size_t), void *data)
{
    enum { BLOCK = 1 << 16 };
    char *bytes = g_malloc(BLOCK);
    size_t size = file_reader_size(file);
    bool good = true;
    for (size_t at = 0; good && at < size; at += BLOCK) {
        size_t count = MIN(size - at, (size_t)BLOCK);
        good = file_reader_get(file, bytes, count, at) && use(data, bytes, count, at);
    }
    g_free(bytes);
    return good;
}

static bool write_block(void *writer, const char *bytes, size_t count, size_t at)
{
    (void)at;
    file_writer_put(writer, bytes, count);
    return true;
}

static bool copy_file(const char *from, const char *to)
{
    FileReader *source;
    FileWriter *target = NULL;
    file_reader_open(&source, from);
    bool copied = source && file_writer_new(&target, to, NULL) == NST_OK &&
                  each_block(source, write_block, target) && file_reader_unchanged(source);
    file_reader_close(source);
    if (copied)
        return file_writer_finish(target, NULL) == NST_OK;
    file_writer_abandon(target);
    return false;
}

static bool is_block(void *other, const char *bytes, size_t count, size_t at)
{
    char *others = g_malloc(count);
    bool same = file_reader_get(other, others, count, at) && memcmp(bytes, others, count) == 0;
    g_free(others);
    return same;
}

static bool same_bytes(const char *left, const char *right)
{
    FileReader *a, *b;
    file_reader_open(&a, left);
    file_reader_open(&b, right);
    bool same = a && b && file_reader_size(a) == file_reader_size(b) && each_block(a, is_block, b);
    file_reader_close(a);
    file_reader_close(b);
    return same;
}

/* The same picture again, under whatever name: found->name stays NULL where there is none. */
static void find_copy(const char *path, const StyleFolders *folders, StyleFound *found)
{
    GPtrArray *list = styles_found_list(folders);
    for (guint i = 0; i < list->len && !found->name; i++) {
        const StyleFound *other = list->pdata[i];
        if (!other->built_in && same_bytes(path, other->path))
            *found = (StyleFound){g_strdup(other->name), g_strdup(other->path), false};
    }
    g_ptr_array_unref(list);
}

static void copy(const char *path, const char *name, const char *ending, const StyleFolders *folders,
                 StyleFound *found)
{
    found->name = free_name(name, folders);
    char *file = g_strconcat(found->name, ending, NULL);
    found->path = g_build_filename(folders->own[0], file, NULL);
    g_free(file);
    if (!copy_file(path, found->path))
        styles_found_clear(found);
}

bool styles_found_add(const char *path, const StyleFolders *folders, StyleFound *found)
{
    char *file = g_path_get_basename(path), *name = g_strndup(file, name_length(file));
    *found = (StyleFound){0};
    bool usable = *name && g_utf8_validate(name, -1, NULL) && begins_like_picture(path);
    if (usable)
        find_copy(path, folders, found);
    if (usable && !found->name && g_mkdir_with_parents(folders->own[0], 0755) == 0)
        copy(path, name, file + strlen(name), folders, found);
    g_free(name);
    g_free(file);
    return found->name != NULL;
}
