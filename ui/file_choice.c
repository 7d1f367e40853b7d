/* file_choice.c: GTK's own file chooser, with a small preview of pictures that GTK can read. GIMP reads many
 * more formats, so no file is hidden because of its name. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file_choice.h"

#include "core/settings/settings.h"
#include "message.h"
#include "words.h"

#include <stdbool.h>
#include <string.h>

enum {
    PREVIEW = 160, /* pixels, of the longer side */
    WIDTH = 24,    /* characters shown of a name */
};

static void filter_weights(GtkFileChooser *chooser)
{
    GtkFileFilter *filter = gtk_file_filter_new();
    gtk_file_filter_set_name(filter, _("VGG16 weights (*.safetensors)"));
    gtk_file_filter_add_pattern(filter, "*.safetensors");
    gtk_file_chooser_add_filter(chooser, filter);
}

static void show_preview(GtkFileChooser *chooser, gpointer image)
{
    char *path = gtk_file_chooser_get_preview_filename(chooser);
    GdkPixbuf *pixbuf = path && g_file_test(path, G_FILE_TEST_IS_REGULAR)
                            ? gdk_pixbuf_new_from_file_at_size(path, PREVIEW, PREVIEW, NULL)
                            : NULL;
    gtk_image_set_from_pixbuf(GTK_IMAGE(image), pixbuf);
    gtk_file_chooser_set_preview_widget_active(chooser, pixbuf != NULL);
    if (pixbuf)
        g_object_unref(pixbuf);
    g_free(path);
}

/* Better than GTK's list of recent files, which holds everything except styles. */
static void begin_at_pictures(GtkFileChooser *chooser)
{
    const char *pictures = g_get_user_special_dir(G_USER_DIRECTORY_PICTURES);
    gtk_file_chooser_set_current_folder(chooser, pictures ? pictures : g_get_home_dir());
}

/* A setting is UTF-8 text of limited length. */
static bool fits(GtkWidget *widget, const char *path)
{
    if (strlen(path) < NST_TEXT_SIZE && g_utf8_validate(path, -1, NULL))
        return true;
    char *shown = g_filename_display_name(path);
    char *text = g_strdup_printf(_("“%s” can't be stored as a setting, because its path is longer than %d "
                                   "bytes or not in UTF-8: rename or move the file"),
                                 shown, NST_TEXT_SIZE - 1);
    message_show(widget, text);
    g_free(text);
    g_free(shown);
    return false;
}

static GtkWidget *chooser_new(GtkWidget *widget, const char *title)
{
    GtkWidget *chooser = gtk_file_chooser_dialog_new(
        title, GTK_WINDOW(gtk_widget_get_toplevel(widget)), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Cancel"),
        GTK_RESPONSE_CANCEL, _("_Open"), GTK_RESPONSE_ACCEPT, NULL);
    gtk_dialog_set_default_response(GTK_DIALOG(chooser), GTK_RESPONSE_ACCEPT);
    return chooser;
}

/* Waits for the answer. */
static char *ask(GtkWidget *chooser, GtkWidget *widget)
{
    bool chosen = gtk_dialog_run(GTK_DIALOG(chooser)) == GTK_RESPONSE_ACCEPT;
    char *path = chosen ? gtk_file_chooser_get_filename(GTK_FILE_CHOOSER(chooser)) : NULL;
    gtk_widget_hide(chooser);
    if (path && !fits(widget, path))
        g_clear_pointer(&path, g_free);
    return path;
}

char *file_choice_weights(GtkWidget *widget)
{
    GtkWidget *chooser = chooser_new(widget, _("Choose a weights file"));
    filter_weights(GTK_FILE_CHOOSER(chooser));
    char *path = ask(chooser, widget);
    gtk_widget_destroy(chooser);
    return path;
}

char *file_choice_style(GtkWidget *widget, bool *keep)
{
    GtkWidget *chooser = chooser_new(widget, _("Choose a style picture")), *image = gtk_image_new();
    GtkWidget *keeps = gtk_check_button_new_with_mnemonic(_("_Keep a copy among your own styles"));
    gtk_file_chooser_set_preview_widget(GTK_FILE_CHOOSER(chooser), image);
    g_signal_connect(chooser, "update-preview", G_CALLBACK(show_preview), image);
    begin_at_pictures(GTK_FILE_CHOOSER(chooser));
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(keeps), TRUE);
    gtk_widget_show(keeps);
    gtk_file_chooser_set_extra_widget(GTK_FILE_CHOOSER(chooser), keeps);
    char *path = ask(chooser, widget);
    *keep = gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(keeps));
    gtk_widget_destroy(chooser);
    return path;
}

void file_choice_fit(GtkComboBox *box)
{
    GList *cells = gtk_cell_layout_get_cells(GTK_CELL_LAYOUT(box));
    g_object_set(cells->data, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, "width-chars", WIDTH, NULL);
    g_list_free(cells);
}
