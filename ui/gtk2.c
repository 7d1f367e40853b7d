/* gtk2.c: toolkit.h for GTK 2, which GIMP 2.10 uses. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toolkit.h"

#include <stdbool.h>

enum { SPACING = 6, GAP = 12, NOTE_WIDTH = 256 };

GtkWidget *toolkit_rows_new(void)
{
    GtkWidget *table = gtk_table_new(1, 2, FALSE);
    gtk_table_set_row_spacings(GTK_TABLE(table), SPACING);
    gtk_table_set_col_spacings(GTK_TABLE(table), GAP);
    return table;
}

void toolkit_rows_add(GtkWidget *rows, int row, GtkWidget *name, GtkWidget *field)
{
    guint top = (guint)row;
    gtk_table_attach(GTK_TABLE(rows), name, 0, 1, top, top + 1, GTK_FILL, GTK_FILL, 0, 0);
    gtk_table_attach(GTK_TABLE(rows), field, 1, 2, top, top + 1, GTK_EXPAND | GTK_FILL, GTK_FILL, 0, 0);
}

GtkWidget *toolkit_box_new(int spacing)
{
    return gtk_hbox_new(FALSE, spacing);
}

GtkWidget *toolkit_column_new(int spacing)
{
    return gtk_vbox_new(FALSE, spacing);
}

static gboolean exposed(GtkWidget *canvas, GdkEventExpose *event, gpointer data)
{
    cairo_t *cr = gdk_cairo_create(event->window);
    gdk_cairo_region(cr, event->region);
    cairo_clip(cr);
    toolkit_canvas_draw(canvas, cr, data);
    cairo_destroy(cr);
    return TRUE;
}

void toolkit_canvas_connect(GtkWidget *canvas, const ToolkitPainter *painter)
{
    g_signal_connect(canvas, "expose-event", G_CALLBACK(exposed), (gpointer)painter);
}

GtkWidget *toolkit_scroller_new(GtkWidget *child)
{
    GtkWidget *scroller = gtk_scrolled_window_new(NULL, NULL);
    GtkScrolledWindow *window = GTK_SCROLLED_WINDOW(scroller);
    gtk_scrolled_window_set_policy(window, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_add_with_viewport(window, child);
    gtk_viewport_set_shadow_type(GTK_VIEWPORT(gtk_bin_get_child(GTK_BIN(scroller))), GTK_SHADOW_NONE);
    gtk_container_set_focus_vadjustment(GTK_CONTAINER(child), gtk_scrolled_window_get_vadjustment(window));
    return scroller;
}

GtkWidget *toolkit_slider_new(GtkAdjustment *adjustment)
{
    GtkWidget *slider = gtk_hscale_new(adjustment);
    gtk_scale_set_draw_value(GTK_SCALE(slider), FALSE);
    return slider;
}

GtkWidget *toolkit_name_new(const char *text, GtkWidget *field)
{
    GtkWidget *name = gtk_label_new_with_mnemonic(text);
    gtk_misc_set_alignment(GTK_MISC(name), 0.0f, 0.5f);
    gtk_label_set_mnemonic_widget(GTK_LABEL(name), field);
    return name;
}

/* GTK 2 wraps a label at the width that it asks for, however wide it is drawn. A note is wrapped at the width
 * that it got, and then asks for the height that this takes. */
static int note_width(GtkWidget *note)
{
    return GPOINTER_TO_INT(g_object_get_data(G_OBJECT(note), "width"));
}

static void note_asked(GtkWidget *note, GtkRequisition *wanted)
{
    int width, height, margin = GTK_MISC(note)->xpad;
    PangoLayout *layout = gtk_label_get_layout(GTK_LABEL(note));
    pango_layout_set_width(layout, MAX(note_width(note) - 2 * margin, 1) * PANGO_SCALE);
    pango_layout_get_pixel_size(layout, &width, &height);
    *wanted = (GtkRequisition){NOTE_WIDTH, height};
}

static void note_placed(GtkWidget *note, GtkAllocation *place)
{
    bool other = place->width != note_width(note);
    g_object_set_data(G_OBJECT(note), "width", GINT_TO_POINTER(place->width));
    if (other)
        gtk_widget_queue_resize(note);
}

GtkWidget *toolkit_note_new(int margin)
{
    GtkWidget *note = gtk_label_new(NULL);
    gtk_label_set_line_wrap(GTK_LABEL(note), TRUE);
    gtk_misc_set_alignment(GTK_MISC(note), 0.0f, 0.0f);
    gtk_misc_set_padding(GTK_MISC(note), margin, 0);
    g_object_set_data(G_OBJECT(note), "width", GINT_TO_POINTER(NOTE_WIDTH));
    g_signal_connect(note, "size-request", G_CALLBACK(note_asked), NULL);
    g_signal_connect(note, "size-allocate", G_CALLBACK(note_placed), NULL);
    return note;
}

void toolkit_keep_width(GtkWidget *child)
{
    (void)child; /* the box has been told */
}

int toolkit_width_of(GtkWidget *widget)
{
    GtkRequisition wanted;
    gtk_widget_size_request(widget, &wanted);
    return wanted.width;
}

int toolkit_height_of(GtkWidget *widget)
{
    GtkRequisition wanted;
    gtk_widget_size_request(widget, &wanted);
    return wanted.height;
}

static GdkRectangle screen_of(GtkWidget *window)
{
    GdkScreen *screen = gtk_widget_get_screen(window);
    GdkRectangle place;
    gdk_screen_get_monitor_geometry(screen, gdk_screen_get_primary_monitor(screen), &place);
    return place;
}

int toolkit_screen_width(GtkWidget *window)
{
    return screen_of(window).width;
}

int toolkit_screen_height(GtkWidget *window)
{
    return screen_of(window).height;
}

int toolkit_dots(GtkWidget *widget)
{
    (void)widget;
    return 1;
}
