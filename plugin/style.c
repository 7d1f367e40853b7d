/* style.c: GIMP opens the file, since it knows more formats than any other program, and their colour
 * profiles. The image is closed again before anything else happens, so nothing is left behind whatever
 * becomes of the run. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "style.h"

#include "frame.h"
#include "host.h"
#include "paths.h"
#include "pixels.h"
#include "roles.h"
#include "style_path.h"
#include "styles_found.h"
#include "ui/words.h"

#include <string.h>

void style_file_clear(StyleFile *file)
{
    g_free(file->path);
    file_reader_close(file->reader);
    g_clear_object(&file->picture);
    g_clear_object(&file->inside);
    *file = (StyleFile){.busy = file->busy, .data = file->data};
}

static bool is_file(const PluginCall *call)
{
    return call->style == -1 && call->settings.style_file[0];
}

char *style_name(const PluginCall *call)
{
    if (!is_file(call))
        return host_name(call->style);
    char *path = style_path_of_address(call->settings.style_file);
    char *name = g_filename_display_basename(path ? path : call->settings.style_file);
    g_free(path);
    return name;
}

char *style_title(const PluginCall *call)
{
    if (!is_file(call))
        return role_title(ROLE_STYLE, call->style);
    char *shown = g_filename_display_name(call->settings.style_file);
    char *title = g_strdup_printf(_("The style file “%s”"), shown);
    g_free(shown);
    return title;
}

/* A bare word may have been meant as a name. The caller frees it with g_free; NULL: it can be read. */
static char *problem_of(const char *path)
{
    if (strchr(path, G_DIR_SEPARATOR) || g_file_test(path, G_FILE_TEST_EXISTS))
        return style_path_problem(path);
    StyleFolders folders = paths_styles();
    char *names = styles_found_names(&folders);
    char *why = g_strdup_printf(_("there is no such file, and no style of that name, only %s"), names);
    g_free(names);
    paths_styles_clear(&folders);
    return why;
}

static void cut_frame(StyleFile *file)
{
    GeglRectangle inside = frame_inside(file->picture);
    if (gegl_rectangle_equal(&inside, gegl_buffer_get_extent(file->picture)))
        file->inside = g_object_ref(file->picture);
    else
        file->inside = pixels_copy(file->picture, &inside);
}

static void read_file(StyleFile *file)
{
    char *why = problem_of(file->path);
    bool read = false;
    file->error = (NstError)WORDS_ERROR;
    if (file->busy)
        file->busy(true, file->data);
    if (!why)
        read = host_file_pixels(file->path, &file->picture, &why);
    if (read)
        cut_frame(file);
    if (file->busy)
        file->busy(false, file->data);
    if (!read) {
        char *shown = g_filename_display_name(file->path);
        file->status =
            nst_fail(&file->error, NST_BAD_FILE, "The style file “%s” can't be read: %s", shown, why);
        g_free(shown);
    }
    g_free(why);
}

/* Reads the file unless it is the cached one, unchanged. GIMP opens it by its path: only if that is then
 * still the file that we hold open, GIMP has read this one. */
static void keep_file(StyleFile *file, const char *path)
{
    if (g_strcmp0(file->path, path) == 0 && file->reader && file_reader_is_at(file->reader, path))
        return;
    style_file_clear(file);
    file->path = g_strdup(path);
    file_reader_open(&file->reader, path); /* read_file says why it can't be */
    read_file(file);
    if (file->reader && !file_reader_is_at(file->reader, path))
        g_clear_pointer(&file->reader, file_reader_close);
}

char *style_file_hash(const StyleFile *file)
{
    char *hash = file->reader ? file_reader_hash(file->reader) : NULL;
    if (hash && !file_reader_unchanged(file->reader))
        g_clear_pointer(&hash, g_free);
    return hash;
}

static NstStatus file_pixels(StyleFile *file, const NstSettings *settings, GeglBuffer **pixels,
                             NstError *error)
{
    StyleFolders folders = paths_styles();
    char *path = styles_found_path(settings->style_file, &folders);
    paths_styles_clear(&folders);
    keep_file(file, path);
    g_free(path);
    if (file->status == NST_OK)
        *pixels = g_object_ref(settings->style_frame == NST_FRAME_CROP ? file->inside : file->picture);
    else if (error)
        *error = file->error;
    return file->status;
}

NstStatus style_pixels(const PluginCall *call, GeglBuffer **pixels, NstError *error)
{
    *pixels = NULL;
    if (is_file(call))
        return file_pixels(call->style_file, &call->settings, pixels, error);
    *pixels = host_seen(call->style, true);
    if (*pixels)
        return NST_OK;
    char *title = style_title(call);
    nst_fail(error, NST_BAD_ARGUMENT, "%s: GIMP gives no access to its pixels", title);
    g_free(title);
    return NST_BAD_ARGUMENT;
}
