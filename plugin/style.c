/* style.c: GIMP opens the file, for it knows more formats than anybody, and its colour profiles; the image is
 * gone again before anything else happens, so that nothing is left behind whatever becomes of the run. */
#include "style.h"

#include "call_check.h"
#include "host.h"
#include "ui/words.h"

#include <glib/gstdio.h>

void style_file_clear(StyleFile *file)
{
    g_free(file->path);
    g_clear_object(&file->picture);
    *file = (StyleFile){.busy = file->busy, .data = file->data};
}

static bool is_file(const PluginCall *call)
{
    return call->style == -1 && call->settings.style_file[0];
}

char *style_name(const PluginCall *call)
{
    return is_file(call) ? g_filename_display_basename(call->settings.style_file) : host_name(call->style);
}

char *style_title(const PluginCall *call)
{
    if (!is_file(call))
        return check_title(CHECK_STYLE, call->style);
    char *shown = g_filename_display_name(call->settings.style_file);
    char *title = g_strdup_printf(_("The style file “%s”"), shown);
    g_free(shown);
    return title;
}

/* GIMP 3 has no clear words for a file that isn't there. */
static void read_file(StyleFile *file, NstError *error)
{
    char *why = NULL, *shown = g_filename_display_name(file->path);
    if (file->busy)
        file->busy(true, file->data);
    if (g_file_test(file->path, G_FILE_TEST_IS_REGULAR))
        file->picture = host_file_pixels(file->path, &why);
    else
        why = g_strdup(_("there is no such file"));
    if (file->busy)
        file->busy(false, file->data);
    if (!file->picture)
        nst_fail(error, NST_BAD_FILE, "The style file “%s” can't be read: %s", shown, why);
    file->error = *error;
    g_free(shown);
    g_free(why);
}

/* Reads the file unless it is the one that is kept. */
static void keep_file(StyleFile *file, const char *path, NstError *error)
{
    GStatBuf about;
    if (g_stat(path, &about) != 0)
        about.st_size = about.st_mtime = 0; /* it will be found missing */
    if (g_strcmp0(file->path, path) == 0 && file->size == about.st_size && file->time == about.st_mtime)
        return;
    style_file_clear(file);
    file->path = g_strdup(path);
    file->size = about.st_size;
    file->time = about.st_mtime;
    read_file(file, error);
}

GeglBuffer *style_pixels(const PluginCall *call, NstError *error)
{
    if (is_file(call)) {
        keep_file(call->style_file, call->settings.style_file, error);
        if (!call->style_file->picture)
            *error = call->style_file->error;
        return call->style_file->picture ? g_object_ref(call->style_file->picture) : NULL;
    }
    GeglBuffer *pixels = host_pixels(call->style);
    if (!pixels) {
        char *title = style_title(call);
        nst_fail(error, NST_BAD_ARGUMENT, "%s: GIMP gives no access to its pixels", title);
        g_free(title);
    }
    return pixels;
}
