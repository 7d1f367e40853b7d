/* toolkit.c: the part of toolkit.h that is the same for GTK 2 and GTK 3. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toolkit.h"

struct ToolkitPainter {
    ToolkitDraw draw;
    void *data;
};

GtkWidget *toolkit_canvas_new(ToolkitDraw draw, void *data)
{
    GtkWidget *canvas = gtk_drawing_area_new();
    ToolkitPainter *painter = g_new(ToolkitPainter, 1);
    *painter = (ToolkitPainter){draw, data};
    g_object_set_data_full(G_OBJECT(canvas), "painter", painter, g_free);
    toolkit_canvas_connect(canvas, painter);
    return canvas;
}

/* Beside the note stands another, as high as the room and empty. */
GtkWidget *toolkit_note_room(GtkWidget *note, int lines)
{
    GtkWidget *room = toolkit_box_new(0), *post = gtk_label_new(NULL);
    char *breaks = g_strnfill((gsize)lines - 1, '\n');
    gtk_label_set_text(GTK_LABEL(post), breaks);
    gtk_box_pack_start(GTK_BOX(room), post, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(room), note, TRUE, TRUE, 0);
    g_free(breaks);
    return room;
}

/* Flushes at once: by the next turn of the main loop it would be too late. */
void toolkit_busy(GtkWidget *window, gboolean busy)
{
    static GdkCursor *watch; /* never freed: GTK 2 and GTK 3 do that differently */
    GdkDisplay *display = gtk_widget_get_display(window);
    if (!watch)
        watch = gdk_cursor_new_for_display(display, GDK_WATCH);
    gdk_window_set_cursor(gtk_widget_get_window(window), busy ? watch : NULL);
    gdk_display_flush(display);
}

void toolkit_canvas_draw(GtkWidget *canvas, cairo_t *cr, const ToolkitPainter *painter)
{
    GtkAllocation place;
    gtk_widget_get_allocation(canvas, &place);
    painter->draw(cr, place.width, place.height, painter->data);
}

/* GTK 3 deprecates it for header bars, which GIMP's dialogs don't have by themselves. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
void toolkit_button_order(GtkDialog *dialog, const int *responses, int count)
{
    gtk_dialog_set_alternative_button_order_from_array(dialog, count, (int *)responses); /* only reads them */
}
G_GNUC_END_IGNORE_DEPRECATIONS
