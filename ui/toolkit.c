/* toolkit.c: the part of toolkit.h that is the same for GTK 2 and GTK 3. */
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

/* The display is told before the main loop comes around, for that will be too late. */
void toolkit_busy(GtkWidget *window, gboolean busy)
{
    static GdkCursor *watch; /* kept: the two let go of one in different ways */
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
