/* preview.c: a canvas of a fixed size, which the picture is scaled to fit, and below it a caption and a
 * button that shows the picture as it was for as long as it is held, by the mouse or the space bar.
 *
 * Rejected: GimpPreviewArea, which neither scales nor knows what to do outside a selection's shape, and whose
 * frames would have to be asked for in GIMP's own way in each generation. */
#include "ui/preview.h"

#include "ui/toolkit.h"

#include <gdk/gdkkeysyms.h>
#include <stdbool.h>
#include <string.h>

enum { SIDE = 280, SPACING = 6 };

/* Outside the selection a pixel keeps so much of its colour, and the rest is veiled in this grey: seen on a
 * light theme and on a dark one. */
enum { KEPT_PERCENT = 25, VEIL = 128 };

struct PreviewView {
    GtkWidget *column, *canvas, *caption;
    int width, height; /* of the pictures; 0: there are none */
    cairo_surface_t *before, *painted;
    unsigned char *coverage; /* [H, W]; NULL: full everywhere */
    bool held;               /* the picture as it was is wanted */
};

/* ---- Pictures ---------------------------------------------------------------------------------------------
 */

static guint32 veiled(unsigned value, unsigned coverage)
{
    unsigned dim = (value * KEPT_PERCENT + VEIL * (100 - KEPT_PERCENT)) / 100;
    return (value * coverage + dim * (255 - coverage)) / 255;
}

static cairo_surface_t *surface_new(const PreviewView *view, const unsigned char *rgb)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, view->width, view->height);
    unsigned char *rows = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    if (!rows)
        return surface; /* without memory; cairo draws nothing then */
    for (int y = 0; y < view->height; y++) {
        guint32 *row = (guint32 *)(void *)(rows + (size_t)y * (size_t)stride);
        for (int x = 0; x < view->width; x++, rgb += 3) {
            unsigned coverage =
                view->coverage ? view->coverage[(size_t)y * (size_t)view->width + (size_t)x] : 255;
            row[x] =
                veiled(rgb[0], coverage) << 16 | veiled(rgb[1], coverage) << 8 | veiled(rgb[2], coverage);
        }
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}

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
    g_clear_pointer(&view->coverage, g_free);
    view->width = view->height = 0;
    gtk_widget_queue_draw(view->canvas);
}

void preview_view_before(PreviewView *view, int width, int height, const unsigned char *rgb,
                         const unsigned char *coverage)
{
    if (width != view->width || height != view->height)
        preview_view_clear(view);
    view->width = width;
    view->height = height;
    g_free(view->coverage);
    view->coverage = coverage ? g_memdup2(coverage, (gsize)width * (gsize)height) : NULL;
    replace(&view->before, surface_new(view, rgb));
    gtk_widget_queue_draw(view->canvas);
}

void preview_view_painted(PreviewView *view, const unsigned char *rgb)
{
    replace(&view->painted, surface_new(view, rgb));
    gtk_widget_queue_draw(view->canvas);
}

/* As large as fits, in the middle. */
static void draw(cairo_t *cr, int width, int height, void *data)
{
    const PreviewView *view = data;
    cairo_surface_t *surface = view->held || !view->painted ? view->before : view->painted;
    if (!surface)
        return;
    double scale = MIN((double)width / view->width, (double)height / view->height);
    cairo_translate(cr, (width - scale * view->width) / 2, (height - scale * view->height) / 2);
    cairo_scale(cr, scale, scale);
    cairo_set_source_surface(cr, surface, 0, 0);
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD); /* no soft rim */
    cairo_rectangle(cr, 0, 0, view->width, view->height);
    cairo_fill(cr);
}

/* ---- The button -------------------------------------------------------------------------------------------
 */

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

/* Otherwise GTK would take the key for a click, which is over at once. */
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

/* A key that is let go elsewhere is told nobody. */
static gboolean left(GtkWidget *button, GdkEventFocus *event, gpointer data)
{
    (void)button, (void)event;
    hold(data, false);
    return FALSE;
}

/* The mnemonic leads to the button; a click would show nothing for longer than a blink. */
static gboolean led_to(GtkWidget *button, gboolean cycling, gpointer data)
{
    (void)cycling, (void)data;
    gtk_widget_grab_focus(button);
    return TRUE;
}

static GtkWidget *button_new(PreviewView *view)
{
    GtkWidget *button = gtk_button_new_with_mnemonic("Ori_ginal");
    gtk_widget_set_tooltip_text(button, "Hold it, or the space bar, to see the layer as it is now");
    g_signal_connect_swapped(button, "pressed", G_CALLBACK(pressed), view);
    g_signal_connect_swapped(button, "released", G_CALLBACK(released), view);
    g_signal_connect(button, "key-press-event", G_CALLBACK(key_pressed), view);
    g_signal_connect(button, "key-release-event", G_CALLBACK(key_released), view);
    g_signal_connect(button, "focus-out-event", G_CALLBACK(left), view);
    g_signal_connect(button, "mnemonic-activate", G_CALLBACK(led_to), NULL);
    return button;
}

/* ---- The widget -------------------------------------------------------------------------------------------
 */

static void destroyed(PreviewView *view)
{
    replace(&view->before, NULL);
    replace(&view->painted, NULL);
    g_free(view->coverage);
    g_free(view);
}

PreviewView *preview_view_new(void)
{
    PreviewView *view = g_new0(PreviewView, 1);
    view->column = toolkit_column_new(SPACING);
    view->canvas = toolkit_canvas_new(draw, view);
    view->caption = gtk_label_new(NULL);
    gtk_widget_set_size_request(view->canvas, SIDE, SIDE);
    gtk_box_pack_start(GTK_BOX(view->column), view->canvas, TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(view->column), view->caption, FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(view->column), button_new(view), FALSE, FALSE, 0);
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
