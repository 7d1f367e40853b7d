/* picture_choice.c: a combo box with pictures. Rejected: GIMP's own chooser of layers, which calls a layer
 * "town.png-1/town.png-2" and reads all pictures before the window can be shown. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture_choice.h"

#include "toolkit.h"
#include "words.h"

enum { SPACING = 6, WIDTH = 32, HEIGHT = 24, TITLE_CHARACTERS = 20 };

enum { COLUMN_LAYER, COLUMN_PICTURE, COLUMN_TITLE, COLUMN_COUNT };

struct PictureChoice {
    PictureChoiceHost host;
    GtkWidget *row, *box, *swap;
    GtkListStore *list;
    guint idle; /* reads the pictures; 0: all have been */
    int next;   /* the row to be read next */
    bool quiet; /* changes are the program's doing */
};

static gboolean read_one(gpointer data)
{
    PictureChoice *choice = data;
    GtkTreeIter row;
    int layer;
    if (!gtk_tree_model_iter_nth_child(GTK_TREE_MODEL(choice->list), &row, NULL, choice->next++)) {
        choice->idle = 0;
        return G_SOURCE_REMOVE;
    }
    gtk_tree_model_get(GTK_TREE_MODEL(choice->list), &row, COLUMN_LAYER, &layer, -1);
    GdkPixbuf *picture = choice->host.layer_picture(layer, WIDTH, HEIGHT, choice->host.data);
    if (picture)
        gtk_list_store_set(choice->list, &row, COLUMN_PICTURE, picture, -1);
    g_clear_object(&picture);
    return G_SOURCE_CONTINUE;
}

static void box_changed(PictureChoice *choice)
{
    GtkTreeIter row;
    int layer;
    if (choice->quiet || !gtk_combo_box_get_active_iter(GTK_COMBO_BOX(choice->box), &row))
        return;
    gtk_tree_model_get(GTK_TREE_MODEL(choice->list), &row, COLUMN_LAYER, &layer, -1);
    choice->host.chosen(layer, choice->host.data);
}

static void swap_clicked(PictureChoice *choice)
{
    choice->host.swapped(choice->host.data);
}

void picture_choice_show(PictureChoice *choice, const DialogStyle *layers, int layer)
{
    choice->quiet = true;
    gtk_list_store_clear(choice->list);
    for (int i = 0; layers[i].title; i++) {
        gtk_list_store_insert_with_values(choice->list, NULL, i, COLUMN_LAYER, layers[i].layer, COLUMN_TITLE,
                                          layers[i].title, -1);
        if (layers[i].layer == layer)
            gtk_combo_box_set_active(GTK_COMBO_BOX(choice->box), i);
    }
    choice->quiet = false;
    choice->next = 0;
    if (!choice->idle)
        choice->idle = g_idle_add_full(G_PRIORITY_LOW, read_one, choice, NULL);
}

void picture_choice_can_swap(PictureChoice *choice, bool can)
{
    gtk_widget_set_sensitive(choice->swap, can);
}

/* ---- Building ------------------------------------------------------------------------------------------ */

static GtkWidget *box_new(GtkListStore *list)
{
    GtkWidget *box = gtk_combo_box_new_with_model(GTK_TREE_MODEL(list));
    GtkCellRenderer *picture = gtk_cell_renderer_pixbuf_new(), *title = gtk_cell_renderer_text_new();
    g_object_set(title, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, "width-chars", TITLE_CHARACTERS, "xpad", SPACING,
                 NULL);
    gtk_cell_renderer_set_fixed_size(picture, WIDTH, HEIGHT);
    gtk_cell_layout_pack_start(GTK_CELL_LAYOUT(box), picture, FALSE);
    gtk_cell_layout_pack_start(GTK_CELL_LAYOUT(box), title, TRUE);
    gtk_cell_layout_add_attribute(GTK_CELL_LAYOUT(box), picture, "pixbuf", COLUMN_PICTURE);
    gtk_cell_layout_add_attribute(GTK_CELL_LAYOUT(box), title, "text", COLUMN_TITLE);
    gtk_widget_set_tooltip_text(box, _("The layer to repaint; the painting becomes a new layer above it"));
    return box;
}

static void destroyed(PictureChoice *choice)
{
    if (choice->idle)
        g_source_remove(choice->idle);
    g_object_unref(choice->list);
    g_free(choice);
}

PictureChoice *picture_choice_new(const char *swap, const PictureChoiceHost *host)
{
    PictureChoice *choice = g_new0(PictureChoice, 1);
    choice->host = *host;
    choice->list = gtk_list_store_new(COLUMN_COUNT, G_TYPE_INT, GDK_TYPE_PIXBUF, G_TYPE_STRING);
    choice->box = box_new(choice->list);
    choice->swap = gtk_button_new_with_mnemonic(swap);
    gtk_widget_set_tooltip_text(choice->swap, _("The style becomes the picture, and the picture the style"));
    choice->row = toolkit_box_new(SPACING);
    gtk_box_pack_start(GTK_BOX(choice->row), choice->box, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(choice->row), choice->swap, FALSE, FALSE, 0);
    g_signal_connect_swapped(choice->box, "changed", G_CALLBACK(box_changed), choice);
    g_signal_connect_swapped(choice->swap, "clicked", G_CALLBACK(swap_clicked), choice);
    g_object_set_data_full(G_OBJECT(choice->row), "picture-choice", choice, (GDestroyNotify)destroyed);
    return choice;
}

GtkWidget *picture_choice_widget(PictureChoice *choice)
{
    return choice->row;
}

GtkWidget *picture_choice_focus(PictureChoice *choice)
{
    return choice->box;
}
