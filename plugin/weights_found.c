/* weights_found.c: searches two kinds of folder, the user's own first. What a file holds is for core to find
 * out, which opens it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights_found.h"

#include <string.h>

#define ENDING ".safetensors"

static WeightsFound *found_new(const char *name, const char *path)
{
    WeightsFound *found = g_new(WeightsFound, 1);
    *found = (WeightsFound){g_strdup(name), g_strdup(path)};
    return found;
}

void weights_found_clear(WeightsFound *found)
{
    g_free(found->name);
    g_free(found->path);
    *found = (WeightsFound){0};
}

static void found_free(gpointer found)
{
    weights_found_clear(found);
    g_free(found);
}

static const WeightsFound *find(const GPtrArray *list, const char *name)
{
    for (guint i = 0; i < list->len; i++) {
        const WeightsFound *found = list->pdata[i];
        if (strcmp(found->name, name) == 0)
            return found;
    }
    return NULL;
}

/* The setting is UTF-8 text; a file whose name isn't can still be reached by a link whose name is. */
static void add_file(GPtrArray *list, const char *folder, const char *file)
{
    char *path = g_build_filename(folder, file, NULL);
    char *name = g_strndup(file, strlen(file) - strlen(ENDING));
    if (*name && *name != '.' && g_utf8_validate(name, -1, NULL) && !find(list, name) &&
        g_file_test(path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add(list, found_new(name, path));
    g_free(name);
    g_free(path);
}

static void add_folder(GPtrArray *list, const char *data)
{
    char *folder = g_build_filename(data, "neural-style", "weights", NULL);
    GDir *files = g_dir_open(folder, 0, NULL); /* NULL: no such folder */
    for (const char *file; files && (file = g_dir_read_name(files));)
        if (g_str_has_suffix(file, ENDING))
            add_file(list, folder, file);
    if (files)
        g_dir_close(files);
    g_free(folder);
}

static int rank(const WeightsFound *found)
{
    if (strcmp(found->name, WEIGHTS_IMAGENET) == 0)
        return 0;
    return strcmp(found->name, WEIGHTS_BUILT_IN) == 0 ? 1 : 2;
}

static int better(gconstpointer left, gconstpointer right)
{
    const WeightsFound *a = *(WeightsFound *const *)left, *b = *(WeightsFound *const *)right;
    int difference = rank(a) - rank(b);
    return difference ? difference : strcmp(a->name, b->name);
}

GPtrArray *weights_found_list(const char *built_in)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(found_free);
    g_ptr_array_add(list, found_new(WEIGHTS_BUILT_IN, built_in)); /* first, so that no file takes its name */
    add_folder(list, g_get_user_data_dir());
    for (const char *const *data = g_get_system_data_dirs(); *data; data++)
        add_folder(list, *data);
    g_ptr_array_sort(list, better);
    return list;
}

static NstStatus refuse(const GPtrArray *list, const char *name, NstError *error)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "", ((const WeightsFound *)list->pdata[i])->name);
    nst_fail(error, NST_BAD_ARGUMENT,
             "The setting “weights”: there are no weights “%s”, only %s; to use a file, give its path, with "
             "a “/” in it or ending in %s",
             name, names->str, ENDING);
    g_string_free(names, TRUE);
    return NST_BAD_ARGUMENT;
}

NstStatus weights_found_resolve(const char *value, const char *built_in, WeightsFound *found, NstError *error)
{
    *found = (WeightsFound){0};
    if (strchr(value, G_DIR_SEPARATOR) || g_str_has_suffix(value, ENDING)) {
        *found = (WeightsFound){g_strdup(value), g_strdup(value)};
        return NST_OK;
    }
    GPtrArray *list = weights_found_list(built_in);
    const WeightsFound *meant = *value ? find(list, value) : list->pdata[0];
    NstStatus status = meant ? NST_OK : refuse(list, value, error);
    if (meant)
        *found = (WeightsFound){g_strdup(meant->name), g_strdup(meant->path)};
    g_ptr_array_unref(list);
    return status;
}
