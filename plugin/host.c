/* host.c: the part of host.h that is the same source for every generation of GIMP. It is compiled with the
 * headers of each. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host.h"

#include "ui/dialog_host.h"
#include "ui/toolkit.h"
#include "ui/words.h"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include <string.h>

bool host_file_pixels(const char *path, GeglBuffer **pixels, char **why)
{
    *pixels = NULL;
    int image = host_file_open(path, why);
    if (image == -1)
        return false;
    *pixels = host_visible(image);
    if (!*pixels)
        *why = g_strdup(_("GIMP gives no access to its pixels"));
    host_image_delete(image);
    return *pixels != NULL;
}

void host_format_clear(HostFormat *format)
{
    g_clear_object(&format->profile);
}

/* What GIMP itself shows of the layer alone, in an image beside its own, which must not change. */
static GeglBuffer *seen_alone(int layer, bool masked)
{
    GeglRectangle place = host_place(layer);
    HostFormat format = host_format(host_image(layer));
    int image = host_image_new(&format, place.width, place.height);
    bool copied = image != -1 && host_copy_alone(layer, image, masked);
    GeglBuffer *pixels = copied ? host_visible(image) : NULL;
    if (image != -1)
        host_image_delete(image);
    host_format_clear(&format);
    return pixels;
}

GeglBuffer *host_seen(int layer, bool masked)
{
    GeglBuffer *mask = masked ? host_mask(layer) : NULL;
    bool as_stored = !mask && !host_has_filters(layer);
    g_clear_object(&mask);
    return as_stored ? host_pixels(layer) : seen_alone(layer, masked);
}

void host_progress_begin(const char *text)
{
    gimp_progress_init(text);
}

void host_progress(double fraction, const char *text)
{
    gimp_progress_set_text(text);
    gimp_progress_update(fraction);
}

void host_progress_end(void)
{
    gimp_progress_end();
}

void host_warn(const char *text)
{
    gimp_message(text);
}

char *host_version(void)
{
    char *number = gimp_version(), *version = g_strdup_printf("GIMP %s", number);
    g_free(number);
    return version;
}

char *host_folder(void)
{
    return g_path_get_dirname(gimp_get_progname());
}

char *host_directory(void)
{
    return g_strdup(gimp_directory());
}

char *host_recall(const char *name)
{
    GimpParasite *parasite = gimp_get_parasite(name);
    if (!parasite)
        return NULL;
    char *text = g_strndup(parasite->data, parasite->size);
    gimp_parasite_free(parasite);
    return text;
}

void host_remember(const char *name, const char *text)
{
    GimpParasite *parasite = gimp_parasite_new(name, GIMP_PARASITE_PERSISTENT, (guint32)strlen(text), text);
    gimp_attach_parasite(parasite);
    gimp_parasite_free(parasite);
}

GtkWidget *host_window_new(const char *title)
{
    host_begin_windows();
    GtkWidget *window = gimp_dialog_new(title, "neural-style-run", NULL, 0, NULL, NULL, NULL);
    gimp_window_set_transient(GTK_WINDOW(window));
    return window;
}

static void add_painting_buttons(GtkDialog *window)
{
    gtk_dialog_add_button(window, _("Paint this layer _instead"), DIALOG_RESPONSE_THIS_LAYER);
    gtk_dialog_add_button(window, _("As a _new layer"), DIALOG_RESPONSE_NEW_LAYER);
}

GtkWidget *host_dialog_new(const char *title, bool painting)
{
    static const int order[] = {GTK_RESPONSE_HELP,   DIALOG_RESPONSE_RESET,     GTK_RESPONSE_OK,
                                GTK_RESPONSE_CANCEL, DIALOG_RESPONSE_NEW_LAYER, DIALOG_RESPONSE_THIS_LAYER};
    int count = (int)G_N_ELEMENTS(order) - (painting ? 0 : 2);
    host_begin_windows();
    GtkWidget *window = gimp_dialog_new(title, "neural-style", NULL, 0, NULL, NULL, _("_Help"),
                                        GTK_RESPONSE_HELP, _("R_eset"), DIALOG_RESPONSE_RESET, NULL);
    if (painting)
        add_painting_buttons(GTK_DIALOG(window));
    gtk_dialog_add_buttons(GTK_DIALOG(window), _("_Cancel"), GTK_RESPONSE_CANCEL, _("_OK"), GTK_RESPONSE_OK,
                           NULL);
    toolkit_button_order(GTK_DIALOG(window), order, count);
    gimp_window_set_transient(GTK_WINDOW(window));
    return window;
}
