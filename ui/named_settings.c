/* named_settings.c: a file for each name, so that a damaged one harms no other, two GIMPs don't overwrite
 * each other's, and one can be given to a friend. Characters that a file name can't contain are written as
 * %2F and so on.
 *
 * Both generations of GIMP use the same format (settings_file.c says why): GIMP 3 takes over what was in the
 * folder of 2.10. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "named_settings.h"

#include "settings_file.h"

#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#define ENDING ".settings"

/* The caller frees it with g_free. */
static char *path_of(const char *folder, const char *name)
{
    char *escaped = g_uri_escape_string(name, " ", TRUE), *file = g_strconcat(escaped, ENDING, NULL);
    char *path = g_build_filename(folder, file, NULL);
    g_free(file);
    g_free(escaped);
    return path;
}

/* The name that a file belongs to, to be freed with g_free; NULL: it is not one of our files. */
static char *name_of(const char *file)
{
    if (!g_str_has_suffix(file, ENDING))
        return NULL;
    char *escaped = g_strndup(file, strlen(file) - strlen(ENDING));
    char *name = g_uri_unescape_string(escaped, NULL);
    g_free(escaped);
    if (name && (!*name || !g_utf8_validate(name, -1, NULL)))
        g_clear_pointer(&name, g_free);
    return name;
}

static int by_alphabet(gconstpointer left, gconstpointer right)
{
    return g_utf8_collate(*(char *const *)left, *(char *const *)right);
}

char **named_settings_names(const char *folder)
{
    GPtrArray *names = g_ptr_array_new();
    GDir *files = g_dir_open(folder, 0, NULL); /* NULL: nothing has been saved yet */
    for (const char *file; files && (file = g_dir_read_name(files));) {
        char *name = name_of(file);
        if (name)
            g_ptr_array_add(names, name);
    }
    if (files)
        g_dir_close(files);
    g_ptr_array_sort(names, by_alphabet);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

bool named_settings_exists(const char *folder, const char *name)
{
    char *path = path_of(folder, name);
    bool exists = g_file_test(path, G_FILE_TEST_EXISTS);
    g_free(path);
    return exists;
}

static NstStatus check_name(const char *name, NstError *error)
{
    long length = g_utf8_validate(name, -1, NULL) ? g_utf8_strlen(name, -1) : 0;
    if (length > 0 && length <= NAMED_SETTINGS_NAME_LENGTH)
        return NST_OK;
    return nst_fail(error, NST_BAD_ARGUMENT, "The name must be 1 to %d characters long",
                    NAMED_SETTINGS_NAME_LENGTH);
}

NstStatus named_settings_write(const char *folder, const char *name, const NstSettings *settings,
                               NstError *error)
{
    NstStatus status = check_name(name, error);
    if (status != NST_OK)
        return status;
    char *path = path_of(folder, name);
    status = settings_file_write(path, SETTINGS_FILE_PRESET, settings, error);
    g_free(path);
    return status;
}

NstStatus named_settings_read(const char *folder, const char *name, NstSettings *settings, char **left_out,
                              NstError *error)
{
    char *path = path_of(folder, name);
    NstStatus status = settings_file_read(path, SETTINGS_FILE_PRESET, settings, left_out, error);
    g_free(path);
    return status;
}

NstStatus named_settings_delete(const char *folder, const char *name, NstError *error)
{
    char *path = path_of(folder, name);
    NstStatus status = NST_OK;
    if (g_remove(path) != 0)
        status = nst_fail(error, NST_BAD_FILE, "“%s” can't be deleted: %s", name, g_strerror(errno));
    g_free(path);
    return status;
}
