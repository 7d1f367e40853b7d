/* preview_view.c: a canvas that grows with its window, and tells how large it is; a caption below it, a
 * button that shows the original while it is held, by the mouse or the space bar, and one for full size.
 *
 * Rejected: GimpPreviewArea, which doesn't scale, and whose frames are requested differently in each
 * generation of GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview_view.h"

#include "picture.h"
#include "toolkit.h"
#include "words.h"

#include <gdk/gdkkeysyms.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* SIDE: pixels that the canvas has at least, each way. */
enum { SIDE = 256, SPACING = 6 };

/* In pixels: farther than CLICK is a drag, not a click; an arrow key moves the part by STEP. */
enum { CLICK = 4, STEP = 64 };

struct PreviewView {
    PreviewViewHost host;
    GtkWidget *column, *canvas, *caption, *zoom;
    cairo_surface_t *before, *painted; /* NULL: there is none */
    int across, down;                  /* pixels of the canvas, as last told */
    bool held;                         /* the button that shows the original is held */
    double pressed_x, pressed_y;       /* where the mouse button was pressed on the canvas */
    double spot_x, spot_y;             /* the spot last seen at full size, 0..1 */
};

/* ---- Pictures ------------------------------------------------------------------------------------------ */

static void replace(cairo_surface_t **surface, cairo_surface_t *by)
{
    if (*surface)
        cairo_surface_destroy(*surface);
    *surface = by;
}

void preview_view_clear(PreviewView *view)
{
    replace(&view->before, NULL);
    replace(&view->painted, NULL);
    gtk_widget_queue_draw(view->canvas);
}

void preview_view_before(PreviewView *view, int width, int height, const uint32_t *argb)
{
    replace(&view->before, picture_new(width, height, argb));
    gtk_widget_queue_draw(view->canvas);
}

void preview_view_painted(PreviewView *view, int width, int height, const uint32_t *argb)
{
    replace(&view->painted, picture_new(width, height, argb));
    gtk_widget_queue_draw(view->canvas);
}

static bool is_zoomed(const PreviewView *view)
{
    return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(view->zoom));
}

/* At full size it isn't enlarged. */
static double most(const PreviewView *view)
{
    return is_zoomed(view) ? 1 : HUGE_VAL;
}

static void draw(cairo_t *cr, int width, int height, void *data)
{
    const PreviewView *view = data;
    picture_draw(view->held || !view->painted ? view->before : view->painted, cr, width, height, most(view));
}

/* The first time when it is drawn is too late: what is painted first would have another size. */
static void canvas_placed(GtkWidget *canvas, GtkAllocation *place, gpointer data)
{
    PreviewView *view = data;
    int dots = toolkit_dots(canvas), across = dots * place->width, down = dots * place->height;
    if (across == view->across && down == view->down)
        return;
    view->across = across;
    view->down = down;
    view->host.resized(across, down, view->host.data);
}

/* ---- Full size ----------------------------------------------------------------------------------------- */

static void set_zoomed(PreviewView *view, bool zoomed)
{
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(view->zoom), zoomed);
}

static void zoom_toggled(PreviewView *view)
{
    gtk_widget_queue_draw(view->canvas);
    if (is_zoomed(view))
        view->host.spot(view->spot_x, view->spot_y, view->host.data);
    else
        view->host.whole(view->host.data);
}

static gboolean canvas_pressed(GtkWidget *canvas, GdkEventButton *event, gpointer data)
{
    PreviewView *view = data;
    (void)canvas;
    view->pressed_x = event->x;
    view->pressed_y = event->y;
    return FALSE;
}

static void zoom_to(PreviewView *view, double x, double y)
{
    GtkAllocation place;
    gtk_widget_get_allocation(view->canvas, &place);
    PictureFit at = picture_fit(view->before, place.width, place.height, most(view));
    view->spot_x = CLAMP((x - at.x) / (at.scale * cairo_image_surface_get_width(view->before)), 0, 1);
    view->spot_y = CLAMP((y - at.y) / (at.scale * cairo_image_surface_get_height(view->before)), 0, 1);
    set_zoomed(view, true);
}

static gboolean canvas_released(GtkWidget *canvas, GdkEventButton *event, gpointer data)
{
    PreviewView *view = data;
    double right = view->pressed_x - event->x, down = view->pressed_y - event->y;
    (void)canvas;
    if (event->button != 1 || !view->before)
        return FALSE;
    if (!is_zoomed(view))
        zoom_to(view, event->x, event->y);
    else if (hypot(right, down) > CLICK)
        view->host.moved(right, down, view->host.data);
    else
        set_zoomed(view, false);
    return TRUE;
}

static gboolean zoom_key_pressed(GtkWidget *button, GdkEventKey *event, gpointer data)
{
    PreviewView *view = data;
    int right = (event->keyval == GDK_KEY_Right) - (event->keyval == GDK_KEY_Left);
    int down = (event->keyval == GDK_KEY_Down) - (event->keyval == GDK_KEY_Up);
    (void)button;
    if (!is_zoomed(view) || (right == 0 && down == 0))
        return FALSE;
    view->host.moved(STEP * right, STEP * down, view->host.data);
    return TRUE;
}

static GtkWidget *canvas_new(PreviewView *view)
{
    GtkWidget *canvas = toolkit_canvas_new(draw, view);
    gtk_widget_set_size_request(canvas, SIDE, SIDE);
    gtk_widget_add_events(canvas, GDK_BUTTON_PRESS_MASK | GDK_BUTTON_RELEASE_MASK);
    g_signal_connect(canvas, "size-allocate", G_CALLBACK(canvas_placed), view);
    g_signal_connect(canvas, "button-press-event", G_CALLBACK(canvas_pressed), view);
    g_signal_connect(canvas, "button-release-event", G_CALLBACK(canvas_released), view);
    return canvas;
}

static GtkWidget *framed(GtkWidget *canvas)
{
    GtkWidget *frame = gtk_frame_new(NULL);
    gtk_frame_set_shadow_type(GTK_FRAME(frame), GTK_SHADOW_IN);
    gtk_container_add(GTK_CONTAINER(frame), canvas);
    return frame;
}

static GtkWidget *zoom_new(PreviewView *view)
{
    GtkWidget *button = gtk_toggle_button_new_with_mnemonic(_("Full si_ze"));
    gtk_widget_set_tooltip_text(
        button, _("Shows a part at full size; the arrow keys move it. It starts from the small preview and "
                  "runs through the last sizes of the run, which gives nearly what will be painted there"));
    g_signal_connect_swapped(button, "toggled", G_CALLBACK(zoom_toggled), view);
    g_signal_connect(button, "key-press-event", G_CALLBACK(zoom_key_pressed), view);
    return button;
}

/* ---- The original -------------------------------------------------------------------------------------- */

static void hold(PreviewView *view, bool held)
{
    view->held = held;
    gtk_widget_queue_draw(view->canvas);
}

static void pressed(PreviewView *view)
{
    hold(view, true);
}

static void released(PreviewView *view)
{
    hold(view, false);
}

static bool holds(const GdkEventKey *event)
{
    return event->keyval == GDK_KEY_space || event->keyval == GDK_KEY_KP_Space;
}

/* Handled here: GTK would take the key for a click, which is over at once. */
static gboolean key_pressed(GtkWidget *button, GdkEventKey *event, gpointer data)
{
    (void)button;
    if (holds(event))
        hold(data, true);
    return holds(event);
}

static gboolean key_released(GtkWidget *button, GdkEventKey *event, gpointer data)
{
    (void)button;
    if (holds(event))
        hold(data, false);
    return holds(event);
}

/* After the focus has left, the release of the key isn't reported. */
static gboolean left(GtkWidget *button, GdkEventFocus *event, gpointer data)
{
    (void)button, (void)event;
    hold(data, false);
    return FALSE;
}

/* The mnemonic only focuses the button: a click would show the original for no more than a blink. */
static gboolean led_to(GtkWidget *button, gboolean cycling, gpointer data)
{
    (void)cycling, (void)data;
    gtk_widget_grab_focus(button);
    return TRUE;
}

static GtkWidget *original_new(PreviewView *view)
{
    GtkWidget *button = gtk_button_new_with_mnemonic(_("Ori_ginal"));
    gtk_widget_set_tooltip_text(button,
                                _("Hold this button, or the space bar, to see the layer as it is now"));
    g_signal_connect_swapped(button, "pressed", G_CALLBACK(pressed), view);
    g_signal_connect_swapped(button, "released", G_CALLBACK(released), view);
    g_signal_connect(button, "key-press-event", G_CALLBACK(key_pressed), view);
    g_signal_connect(button, "key-release-event", G_CALLBACK(key_released), view);
    g_signal_connect(button, "focus-out-event", G_CALLBACK(left), view);
    g_signal_connect(button, "mnemonic-activate", G_CALLBACK(led_to), NULL);
    return button;
}

/* ---- The widget ---------------------------------------------------------------------------------------- */

static void destroyed(PreviewView *view)
{
    replace(&view->before, NULL);
    replace(&view->painted, NULL);
    g_free(view);
}

PreviewView *preview_view_new(const PreviewViewHost *host)
{
    PreviewView *view = g_new0(PreviewView, 1);
    GtkWidget *buttons = toolkit_box_new(SPACING);
    view->host = *host;
    view->spot_x = view->spot_y = 0.5;
    view->column = toolkit_column_new(SPACING);
    view->canvas = canvas_new(view);
    view->caption = toolkit_note_new(0); /* which wraps: with a large font a line would be cut off */
    view->zoom = zoom_new(view);
    gtk_box_pack_start(GTK_BOX(buttons), original_new(view), FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(buttons), view->zoom, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(view->column), framed(view->canvas), TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(view->column), view->caption, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(view->column), buttons, FALSE, FALSE, 0);
    g_object_set_data_full(G_OBJECT(view->column), "view", view, (GDestroyNotify)destroyed);
    gtk_widget_show_all(view->column);
    return view;
}

GtkWidget *preview_view_widget(PreviewView *view)
{
    return view->column;
}

void preview_view_caption(PreviewView *view, const char *text)
{
    gtk_label_set_text(GTK_LABEL(view->caption), text);
}
