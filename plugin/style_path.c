/* style_path.c: the system is asked before GIMP is: GIMP has no clear message for what is no picture file,
 * and would wait for ever at a pipe. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "style_path.h"

#include "ui/words.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

char *style_path_of_address(const char *text)
{
    char *host = NULL,
         *path = g_str_has_prefix(text, "file:") ? g_filename_from_uri(text, &host, NULL) : NULL;
    if (host && strcmp(host, "localhost") != 0)
        g_clear_pointer(&path, g_free);
    g_free(host);
    return path;
}

static bool is_address(const char *text)
{
    char *scheme = g_uri_parse_scheme(text);
    bool address = scheme && strstr(text, "://");
    g_free(scheme);
    return address;
}

/* The first folder on the way from the root that fails the test. The caller frees it with g_free; NULL: none
 * does. */
static char *first_folder(const char *path, bool (*fails)(const char *folder))
{
    char *absolute = g_canonicalize_filename(path, NULL), *found = NULL;
    for (char *slash = strchr(absolute + 1, G_DIR_SEPARATOR); slash && !found;
         slash = strchr(slash + 1, G_DIR_SEPARATOR)) {
        char *folder = g_strndup(absolute, (gsize)(slash - absolute));
        found = fails(folder) ? g_steal_pointer(&folder) : NULL;
        g_free(folder);
    }
    g_free(absolute);
    return found;
}

static bool is_closed(const char *folder)
{
    return g_access(folder, X_OK) != 0 && errno == EACCES;
}

static bool is_no_folder(const char *folder)
{
    return !g_file_test(folder, G_FILE_TEST_IS_DIR);
}

/* Frees the folder. */
static char *about_folder(const char *format, char *folder, const char *otherwise)
{
    char *shown = folder ? g_filename_display_name(folder) : NULL;
    char *text = folder ? g_strdup_printf(format, shown) : g_strdup(otherwise);
    g_free(shown);
    g_free(folder);
    return text;
}

static char *why_not_found(const char *path, int reason)
{
    if (reason == EACCES)
        return about_folder(_("you have no permission to look into the folder “%s”"),
                            first_folder(path, is_closed), g_strerror(reason));
    if (reason == ENOTDIR)
        return about_folder(_("“%s” is not a folder"), first_folder(path, is_no_folder), g_strerror(reason));
    if (reason == ENOENT && g_file_test(path, G_FILE_TEST_IS_SYMLINK))
        return g_strdup(_("it is a link to a file that isn't there"));
    return g_strdup(reason == ENOENT ? _("there is no such file") : g_strerror(reason));
}

char *style_path_problem(const char *path)
{
    GStatBuf about;
    if (is_address(path))
        return g_strdup(_("it is the address of something that is not on this computer: save it as a file, "
                          "and give the path of that"));
    if (g_stat(path, &about) != 0)
        return why_not_found(path, errno);
    if (S_ISDIR(about.st_mode))
        return g_strdup(_("it is a folder"));
    if (!S_ISREG(about.st_mode))
        return g_strdup(_("it is a pipe or a device, not a picture"));
    return g_access(path, R_OK) == 0 ? NULL : g_strdup(_("you have no permission to read it"));
}
