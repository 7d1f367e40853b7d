/* gtk3.c: toolkit.h for GTK 3, which GIMP 3 uses. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toolkit.h"

enum { SPACING = 6, GAP = 12, NOTE_WIDTH = 50 }; /* NOTE_WIDTH is in characters */

GtkWidget *toolkit_rows_new(void)
{
    GtkWidget *grid = gtk_grid_new();
    gtk_grid_set_row_spacing(GTK_GRID(grid), SPACING);
    gtk_grid_set_column_spacing(GTK_GRID(grid), GAP);
    return grid;
}

void toolkit_rows_add(GtkWidget *rows, int row, GtkWidget *name, GtkWidget *field)
{
    gtk_grid_attach(GTK_GRID(rows), name, 0, row, 1, 1);
    gtk_widget_set_hexpand(field, TRUE);
    gtk_grid_attach(GTK_GRID(rows), field, 1, row, 1, 1);
}

GtkWidget *toolkit_box_new(int spacing)
{
    return gtk_box_new(GTK_ORIENTATION_HORIZONTAL, spacing);
}

GtkWidget *toolkit_column_new(int spacing)
{
    return gtk_box_new(GTK_ORIENTATION_VERTICAL, spacing);
}

static gboolean drawn(GtkWidget *canvas, cairo_t *cr, gpointer painter)
{
    toolkit_canvas_draw(canvas, cr, painter);
    return TRUE;
}

void toolkit_canvas_connect(GtkWidget *canvas, const ToolkitPainter *painter)
{
    g_signal_connect(canvas, "draw", G_CALLBACK(drawn), (gpointer)painter);
}

/* The scroll bar gets its own space: as an overlay it would cover the spin buttons' arrows. */
GtkWidget *toolkit_scroller_new(GtkWidget *child)
{
    GtkWidget *scroller = gtk_scrolled_window_new(NULL, NULL);
    GtkScrolledWindow *window = GTK_SCROLLED_WINDOW(scroller);
    gtk_scrolled_window_set_policy(window, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_overlay_scrolling(window, FALSE);
    gtk_container_add(GTK_CONTAINER(scroller), child);
    gtk_container_set_focus_vadjustment(GTK_CONTAINER(child), gtk_scrolled_window_get_vadjustment(window));
    return scroller;
}

GtkWidget *toolkit_slider_new(GtkAdjustment *adjustment)
{
    GtkWidget *slider = gtk_scale_new(GTK_ORIENTATION_HORIZONTAL, adjustment);
    gtk_scale_set_draw_value(GTK_SCALE(slider), FALSE);
    return slider;
}

GtkWidget *toolkit_name_new(const char *text, GtkWidget *field)
{
    GtkWidget *name = gtk_label_new_with_mnemonic(text);
    gtk_label_set_xalign(GTK_LABEL(name), 0.0f);
    gtk_label_set_mnemonic_widget(GTK_LABEL(name), field);
    return name;
}

GtkWidget *toolkit_note_new(int margin)
{
    GtkWidget *note = gtk_label_new(NULL);
    gtk_label_set_line_wrap(GTK_LABEL(note), TRUE);
    gtk_label_set_max_width_chars(GTK_LABEL(note), NOTE_WIDTH);
    gtk_label_set_xalign(GTK_LABEL(note), 0.0f);
    gtk_label_set_yalign(GTK_LABEL(note), 0.0f);
    gtk_widget_set_margin_start(note, margin);
    gtk_widget_set_margin_end(note, margin);
    return note;
}

/* A field inside that takes what room there is would make the child take it too. */
void toolkit_keep_width(GtkWidget *child)
{
    gtk_widget_set_hexpand(child, FALSE);
}

int toolkit_width_of(GtkWidget *widget)
{
    int least, natural;
    gtk_widget_get_preferred_width(widget, &least, &natural);
    return natural;
}

int toolkit_height_of(GtkWidget *widget)
{
    int least, natural;
    gtk_widget_get_preferred_height(widget, &least, &natural);
    return natural;
}

static GdkRectangle screen_of(GtkWidget *window)
{
    GdkRectangle place;
    GdkDisplay *display = gtk_widget_get_display(window);
    GdkMonitor *monitor = gdk_display_get_primary_monitor(display);
    gdk_monitor_get_workarea(monitor ? monitor : gdk_display_get_monitor(display, 0), &place);
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
    return gtk_widget_get_scale_factor(widget);
}
