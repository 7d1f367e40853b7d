/* text_field.c: an entry that is parsed as it is typed, by the same parser that reads scripts. While the text
 * is invalid the setting keeps its last valid value. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text_field.h"

#include "toolkit.h"
#include "words.h"

#include <string.h>

enum { SPACING = 6, WIDTH = 20 }; /* WIDTH is in characters; a longer text scrolls */

static void text_show(Field *field, const void *value)
{
    if (strcmp(gtk_entry_get_text(GTK_ENTRY(field->holder)), value) != 0)
        gtk_entry_set_text(GTK_ENTRY(field->holder), value);
}

/* Only marks the entry: the dialog shows the complaint where it stays visible, however far one scrolls. */
static void mark(const Field *field, const char *complaint)
{
    GtkEntry *entry = GTK_ENTRY(field->holder);
    gtk_entry_set_icon_from_icon_name(entry, GTK_ENTRY_ICON_SECONDARY, *complaint ? "dialog-warning" : NULL);
    if (*complaint)
        gtk_entry_set_icon_tooltip_text(entry, GTK_ENTRY_ICON_SECONDARY, complaint);
}

static void text_changed(GtkEntry *entry, gpointer data)
{
    Field *field = data;
    NstSettings read;
    NstError error = WORDS_ERROR;
    bool valid = nst_setting_parse(field->setting, gtk_entry_get_text(entry), &read, &error) == NST_OK;
    if (valid)
        memcpy(field->value, nst_setting_value(field->setting, &read), NST_TEXT_SIZE);
    mark(field, valid ? "" : error.message);
    field_changed(field, valid ? "" : error.message);
}

/* Return in it presses OK, unless there is a complaint. */
static GtkWidget *entry_new(Field *field)
{
    GtkWidget *entry = gtk_entry_new();
    gtk_entry_set_activates_default(GTK_ENTRY(entry), TRUE);
    gtk_entry_set_width_chars(GTK_ENTRY(entry), WIDTH);
    field->holder = G_OBJECT(entry);
    field->focus = entry;
    field->show = text_show;
    g_signal_connect(entry, "changed", G_CALLBACK(text_changed), field);
    return entry;
}

void layers_field_build(Field *field)
{
    field->widget = entry_new(field);
}

static void ask_place(Field *field)
{
    GtkWidget *top = gtk_widget_get_toplevel(field->widget);
    GtkWidget *chooser = gtk_file_chooser_dialog_new(
        _("Choose where to save the report"), GTK_WINDOW(top), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Cancel"),
        GTK_RESPONSE_CANCEL, _("_Choose"), GTK_RESPONSE_ACCEPT, NULL);
    gtk_file_chooser_set_do_overwrite_confirmation(GTK_FILE_CHOOSER(chooser), TRUE);
    gtk_dialog_set_default_response(GTK_DIALOG(chooser), GTK_RESPONSE_ACCEPT);
    bool chosen = gtk_dialog_run(GTK_DIALOG(chooser)) == GTK_RESPONSE_ACCEPT;
    char *path = chosen ? gtk_file_chooser_get_filename(GTK_FILE_CHOOSER(chooser)) : NULL;
    gtk_widget_destroy(chooser);
    if (path)
        gtk_entry_set_text(GTK_ENTRY(field->holder), path);
    g_free(path);
}

void file_field_build(Field *field)
{
    GtkWidget *row = toolkit_box_new(SPACING), *browse = gtk_button_new_with_label("…");
    gtk_box_pack_start(GTK_BOX(row), entry_new(field), TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(row), browse, FALSE, FALSE, 0);
    gtk_widget_set_tooltip_text(browse, _("Choose a file"));
    field->widget = row;
    g_signal_connect_swapped(browse, "clicked", G_CALLBACK(ask_place), field);
}
