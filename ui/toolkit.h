/* toolkit.h: the few widgets that GTK 2 and GTK 3 create differently. gtk2.c implements them for GIMP 2.10,
 * gtk3.c for GIMP 3; what the two have in common is in toolkit.c. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_TOOLKIT_H
#define UI_TOOLKIT_H

#include <gtk/gtk.h>

/* Rows of two columns, names on the left and fields on the right, spaced as GIMP's own dialogs are. */
GtkWidget *toolkit_rows_new(void);

/* Puts a name and its field into row `row`; the field takes the remaining width. */
void toolkit_rows_add(GtkWidget *rows, int row, GtkWidget *name, GtkWidget *field);

/* A box that lays its children side by side, `spacing` pixels apart. */
GtkWidget *toolkit_box_new(int spacing);

/* A box that lays its children one below the other, `spacing` pixels apart. */
GtkWidget *toolkit_column_new(int spacing);

/* Draws into `cr`, whose origin is the canvas's upper left corner; width and height are the canvas's. */
typedef void (*ToolkitDraw)(cairo_t *cr, int width, int height, void *data);

/* A widget to draw in. */
GtkWidget *toolkit_canvas_new(ToolkitDraw draw, void *data);

/* Internal to toolkit.c, gtk2.c and gtk3.c: whenever the canvas has to be redrawn, the latter two call
 * toolkit_canvas_draw, which calls the canvas's ToolkitDraw. */
typedef struct ToolkitPainter ToolkitPainter;
void toolkit_canvas_connect(GtkWidget *canvas, const ToolkitPainter *painter);
void toolkit_canvas_draw(GtkWidget *canvas, cairo_t *cr, const ToolkitPainter *painter);

/* Scrolls `child` vertically, and keeps the focused widget in view. */
GtkWidget *toolkit_scroller_new(GtkWidget *child);

/* A horizontal slider that shows no number. */
GtkWidget *toolkit_slider_new(GtkAdjustment *adjustment);

/* A left-aligned label whose mnemonic activates `field`. */
GtkWidget *toolkit_name_new(const char *text, GtkWidget *field);

/* A label without text yet, aligned to the top left, with `margin` pixels to the left and the right; a long
 * text is wrapped. */
GtkWidget *toolkit_note_new(int margin);

/* The note in a box with room for so many lines, so that nothing below it moves while it has no more. */
GtkWidget *toolkit_note_room(GtkWidget *note, int lines);

/* Keeps a child of a box as wide as it asks for, whatever is in it. */
void toolkit_keep_width(GtkWidget *child);

/* In pixels: what a widget asks for, children included, and the size of the screen that the window is on, or
 * will be. */
int toolkit_width_of(GtkWidget *widget);
int toolkit_height_of(GtkWidget *widget);
int toolkit_screen_width(GtkWidget *window);
int toolkit_screen_height(GtkWidget *window);

/* How many of the screen's dots make one pixel of a widget, each way. */
int toolkit_dots(GtkWidget *widget);

/* Shows the busy pointer over a window, immediately and until called with FALSE. */
void toolkit_busy(GtkWidget *window, gboolean busy);

/* The order of a dialog's buttons, by their responses, on desktops that reverse it. */
void toolkit_button_order(GtkDialog *dialog, const int *responses, int count);

#endif
