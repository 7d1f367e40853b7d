/* toolkit.h: the few widgets that GTK 2 and GTK 3 make differently. One file implements it for each:
 * gtk2.c for GIMP 2.10, gtk3.c for GIMP 3; what the two have in common is in toolkit.c. Main thread only, as
 * all of ui. */
#ifndef UI_TOOLKIT_H
#define UI_TOOLKIT_H

#include <gtk/gtk.h>

/* Rows of two columns, names on the left and fields on the right, spaced as GIMP's own dialogs are. */
GtkWidget *toolkit_rows_new(void);

/* Puts a name and its field into row `row`; the field takes the width that is left. */
void toolkit_rows_add(GtkWidget *rows, int row, GtkWidget *name, GtkWidget *field);

/* A box that lays its children side by side, `spacing` pixels apart. */
GtkWidget *toolkit_box_new(int spacing);

/* A box that lays its children one below the other, `spacing` pixels apart. */
GtkWidget *toolkit_column_new(int spacing);

/* Draws into `cr`, whose origin is the canvas's upper left corner; width and height are the canvas's. */
typedef void (*ToolkitDraw)(cairo_t *cr, int width, int height, void *data);

/* A place to draw in. */
GtkWidget *toolkit_canvas_new(ToolkitDraw draw, void *data);

/* Between toolkit.c and those files: whenever the canvas has to be drawn, toolkit_canvas_draw is called,
 * which asks whom the canvas was made for. */
typedef struct ToolkitPainter ToolkitPainter;
void toolkit_canvas_connect(GtkWidget *canvas, const ToolkitPainter *painter);
void toolkit_canvas_draw(GtkWidget *canvas, cairo_t *cr, const ToolkitPainter *painter);

/* Scrolls `child` up and down, and follows the keyboard in it. */
GtkWidget *toolkit_scroller_new(GtkWidget *child);

/* A horizontal slider without a figure of its own. */
GtkWidget *toolkit_slider_new(GtkAdjustment *adjustment);

/* A label, its text beginning at the left edge; the mnemonic leads to `field`. */
GtkWidget *toolkit_name_new(const char *text, GtkWidget *field);

/* A label without a text yet, to stand at the upper left of its place, `margin` pixels from the left and the
 * right; a long text is wrapped. */
GtkWidget *toolkit_note_new(int margin);

/* In pixels: what a widget asks for, children and all, and what the screen has where a window is, or
 * will be. */
int toolkit_height_of(GtkWidget *widget);
int toolkit_screen_height(GtkWidget *window);

/* The pointer over a window says that it can't answer, at once and until it is told otherwise. */
void toolkit_busy(GtkWidget *window, gboolean busy);

/* The order of a dialog's buttons, by their responses, where the desktop has them the other way round. */
void toolkit_button_order(GtkDialog *dialog, const int *responses, int count);

#endif
