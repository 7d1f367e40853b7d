/* style_choice.c: one choice among layers, built-in styles, the user's own and recent files. A file that is
 * not among them yet, because a preset or an earlier run names it, is added to the recent ones. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "style_choice.h"

#include "file_choice.h"
#include "recent.h"
#include "toolkit.h"
#include "words.h"

#include <string.h>

enum { SPACING = 6 };

static void add_recent(StyleChoice *choice, const char *path)
{
    char *title = g_filename_display_basename(path), *shown = g_filename_display_name(path);
    style_strip_add(choice->strip, &(DialogStyle){.section = DIALOG_RECENT,
                                                  .layer = -1,
                                                  .file = path,
                                                  .title = title,
                                                  .tooltip = shown,
                                                  .path = path});
    g_free(shown);
    g_free(title);
}

void style_choice_show(StyleChoice *choice)
{
    char *title = style_strip_mark(choice->strip, *choice->layer, choice->file);
    if (!title && choice->file[0]) {
        add_recent(choice, choice->file);
        title = style_strip_mark(choice->strip, *choice->layer, choice->file);
    }
    gtk_label_set_text(GTK_LABEL(choice->title), title ? title : _("none chosen yet"));
    g_free(title);
}

static void choose(StyleChoice *choice, int layer, const char *file)
{
    *choice->layer = layer;
    g_strlcpy(choice->file, file, NST_TEXT_SIZE);
    style_choice_show(choice);
    choice->changed(choice->data);
}

static GdkPixbuf *layer_picture(int layer, int width, int height, void *data)
{
    const StyleChoice *choice = data;
    return choice->host->layer_picture(layer, width, height, choice->host->data);
}

static void chosen(int layer, const char *file, void *data)
{
    choose(data, layer, file);
}

/* ---- More styles --------------------------------------------------------------------------------------- */

/* Copies the file to the user's own styles, and chooses it. */
static bool keep(StyleChoice *choice, const char *path)
{
    const DialogStyle *style = choice->host->add_style(path, choice->host->data);
    char *title = style ? style_strip_mark(choice->strip, -1, style->file) : NULL;
    if (!style)
        return false;
    if (!title) /* otherwise it is the same picture again */
        style_strip_add(choice->strip, style);
    g_free(title);
    choose(choice, -1, style->file);
    return true;
}

static void dropped(const char *path, void *data)
{
    keep(data, path);
}

/* What can't be kept, such as a file that only GIMP can read, is used where it is. */
static void add_clicked(StyleChoice *choice)
{
    bool keeps;
    char *path = file_choice_style(choice->row, &keeps);
    if (path && !(keeps && keep(choice, path)))
        choose(choice, -1, path);
    g_free(path);
}

/* ---- Building ------------------------------------------------------------------------------------------ */

void style_choice_show_layers(StyleChoice *choice, const DialogStyle *layers, int content)
{
    style_strip_remove_layers(choice->strip);
    for (; layers->title; layers++)
        if (layers->layer != content)
            style_strip_add(choice->strip, layers);
    style_choice_show(choice);
}

static void build_row(StyleChoice *choice, const char *label)
{
    GtkWidget *add = gtk_button_new_with_mnemonic(label);
    gtk_widget_set_tooltip_text(
        add, _("Takes the style from a picture file, and can keep it among your own styles. "
               "A file can also be dropped onto the small pictures"));
    choice->title = toolkit_name_new("", NULL);
    gtk_label_set_ellipsize(GTK_LABEL(choice->title), PANGO_ELLIPSIZE_MIDDLE);
    choice->row = toolkit_box_new(SPACING);
    gtk_box_pack_start(GTK_BOX(choice->row), choice->title, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(choice->row), add, FALSE, FALSE, 0);
    g_signal_connect_swapped(add, "clicked", G_CALLBACK(add_clicked), choice);
}

/* On a low screen one row has to do: with large letters there would be no room for the rest. */
static void build_strip(StyleChoice *choice, const char *recent)
{
    int rows = toolkit_screen_height(choice->host->window) < 800 ? 1 : 2;
    char **paths = recent_read(recent);
    choice->strip = style_strip_new(
        rows, &(StyleStripHost){
                  .chosen = chosen, .dropped = dropped, .layer_picture = layer_picture, .data = choice});
    for (const DialogStyle *style = choice->host->styles; style->title; style++)
        style_strip_add(choice->strip, style);
    for (char **path = paths; *path; path++)
        add_recent(choice, *path);
    g_strfreev(paths);
}

void style_choice_build(StyleChoice *choice, const DialogHost *host, const char *add, const char *recent,
                        int *layer, char *file, void (*changed)(void *data), void *data)
{
    *choice = (StyleChoice){.host = host, .layer = layer, .file = file, .changed = changed, .data = data};
    build_strip(choice, recent);
    build_row(choice, add);
}
