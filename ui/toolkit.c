/* toolkit.c: the part of toolkit.h that is the same for GTK 2 and GTK 3. */
#include "ui/toolkit.h"

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

void toolkit_canvas_draw(GtkWidget *canvas, cairo_t *cr, const ToolkitPainter *painter)
{
    GtkAllocation place;
    gtk_widget_get_allocation(canvas, &place);
    painter->draw(cr, place.width, place.height, painter->data);
}
