/* run_window.c: one window in three states: painting, stopping (the last iteration is still running) and
 * done.
 *
 * Most runs should simply finish, and a user who repeats a filter doesn't want to be asked each time. So the
 * window closes by itself unless the user wants to judge the picture first: a check box decides, for this run
 * and the next ones, Repeat included. Rejected: waiting after every run started from the dialog, which costs
 * a key press in the usual case; and a countdown, which rushes users who want to look and delays all others.
 *
 * Escape, or closing the window, cancels while painting, as everywhere. Once the painting is done, it keeps
 * the picture: an unwanted layer is one undo away, but a discarded picture is lost with the minutes that it
 * took. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "run_window.h"

#include "picture.h"
#include "toolkit.h"
#include "window_size.h"
#include "words.h"

#include <math.h>

/* Pixels of the picture's longer side, at first and at least. */
enum { BORDER = 12, SPACING = 8, SIDE = 420, LEAST = 200 };

struct RunWindow {
    GtkDialog *dialog;
    GtkWidget *canvas, *bar, *text, *keeps;
    cairo_surface_t *picture; /* NULL: none yet */
    char *size;               /* when it was hidden; NULL: it is shown */
    GtkButton *keep;
    bool done, stopping;
    RunWindowFunc said;
    void *data;
};

static void draw(cairo_t *cr, int width, int height, void *data)
{
    const RunWindow *window = data;
    picture_draw(window->picture, cr, width, height, HUGE_VAL);
}

/* The canvas asks for so many pixels on the longer side. */
static void ask_for(const RunWindow *window, int side, int width, int height)
{
    double factor = (double)side / MAX(width, height);
    gtk_widget_set_size_request(window->canvas, MAX((int)lround(width * factor), 1),
                                MAX((int)lround(height * factor), 1));
}

/* details: NULL: none. */
static void show_text(const RunWindow *window, const char *text, const char *details)
{
    gtk_label_set_text(GTK_LABEL(window->text), text);
    gtk_widget_set_tooltip_text(window->text, details);
    g_debug("the run's window says: %s", text);
    if (details)
        g_debug("the run's window adds: %s", details);
}

static void allow(const RunWindow *window, RunOrder order, bool allowed)
{
    gtk_dialog_set_response_sensitive(window->dialog, order, allowed);
}

static void stop(RunWindow *window)
{
    window->stopping = true;
    allow(window, RUN_KEEP, false);
    show_text(window, _("Stopping after this iteration…"), NULL);
}

/* While it paints there is no default button: Return, pressed once too often in the dialog, would stop it. */
static void without_default(const RunWindow *window)
{
    gtk_window_set_default(GTK_WINDOW(window->dialog), NULL);
    gtk_widget_grab_focus(window->canvas); /* where a stray Return or Space does nothing either */
}

static void go_on(RunWindow *window)
{
    window->done = false;
    gtk_button_set_label(window->keep, _("Stop and _keep"));
    allow(window, RUN_MORE, false);
    without_default(window);
    show_text(window, _("Continuing…"), NULL);
}

static void hide(RunWindow *window)
{
    g_free(window->size);
    window->size = window_size_text(GTK_WINDOW(window->dialog));
    gtk_widget_hide(GTK_WIDGET(window->dialog));
}

/* The meaning of a dialog response; GTK's own, negative ones come from Escape and from closing the window. */
static RunOrder order_of(const RunWindow *window, int response)
{
    if (response > 0)
        return (RunOrder)response;
    return window->done ? RUN_KEEP : RUN_CANCEL;
}

static void responded(GtkDialog *dialog, int response, RunWindow *window)
{
    RunOrder order = order_of(window, response);
    (void)dialog;
    if (order == RUN_CANCEL)
        hide(window);
    else if (order == RUN_MORE)
        go_on(window);
    else if (!window->done)
        stop(window);
    window->said(order, window->data);
}

static gboolean stay(void)
{
    return TRUE; /* closing has become a response; run_window_free destroys the window */
}

static void add_buttons(RunWindow *window)
{
    const int order[] = {RUN_KEEP, RUN_MORE, RUN_CANCEL};
    gtk_dialog_add_button(window->dialog, _("_Cancel"), RUN_CANCEL);
    gtk_dialog_add_button(window->dialog, _("Continue: 100 _more"), RUN_MORE);
    window->keep = GTK_BUTTON(gtk_dialog_add_button(window->dialog, _("Stop and _keep"), RUN_KEEP));
    toolkit_button_order(window->dialog, order, G_N_ELEMENTS(order));
    allow(window, RUN_MORE, false);
    allow(window, RUN_KEEP, false);
}

static void add_widgets(RunWindow *window)
{
    GtkBox *content = GTK_BOX(gtk_dialog_get_content_area(window->dialog));
    GtkWidget *rows = toolkit_column_new(SPACING);
    GtkWidget *const below[] = {window->bar, window->text, window->keeps};
    gtk_box_pack_start(GTK_BOX(rows), window->canvas, TRUE, TRUE, 0);
    for (guint i = 0; i < G_N_ELEMENTS(below); i++)
        gtk_box_pack_start(GTK_BOX(rows), below[i], FALSE, FALSE, 0);
    gtk_container_set_border_width(GTK_CONTAINER(rows), BORDER);
    gtk_box_pack_start(content, rows, TRUE, TRUE, 0);
    gtk_widget_show_all(rows);
}

static GtkWidget *keeps_new(bool keeps)
{
    GtkWidget *box = gtk_check_button_new_with_mnemonic(_("Keep it when _done"));
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(box), keeps);
    gtk_widget_set_tooltip_text(box,
                                _("If unticked, the window stays open when the painting is done: you can "
                                  "then continue painting, keep the picture, or discard it"));
    return box;
}

static void build(RunWindow *window, bool keeps)
{
    window->canvas = toolkit_canvas_new(draw, window);
    window->bar = gtk_progress_bar_new();
    window->text = toolkit_note_new(0);
    window->keeps = keeps_new(keeps);
    gtk_widget_set_can_focus(window->canvas, TRUE);
    add_widgets(window);
    add_buttons(window);
}

RunWindow *run_window_new(GtkWidget *dialog, int width, int height, const char *size, bool keeps,
                          RunWindowFunc said, void *data)
{
    RunWindow *window = g_new0(RunWindow, 1);
    *window = (RunWindow){.dialog = GTK_DIALOG(dialog), .said = said, .data = data};
    build(window, keeps);
    ask_for(window, SIDE, width, height);
    window_size_begin(GTK_WINDOW(dialog), size, toolkit_width_of(dialog), toolkit_height_of(dialog));
    ask_for(window, LEAST, width, height);
    show_text(window, _("Measuring…"), NULL);
    g_signal_connect(dialog, "response", G_CALLBACK(responded), window);
    g_signal_connect(dialog, "delete-event", G_CALLBACK(stay), NULL);
    without_default(window);
    gtk_window_present(GTK_WINDOW(dialog));
    return window;
}

void run_window_free(RunWindow *window)
{
    if (!window)
        return;
    gtk_widget_destroy(GTK_WIDGET(window->dialog));
    if (window->picture)
        cairo_surface_destroy(window->picture);
    g_free(window->size);
    g_free(window);
}

void run_window_room(const RunWindow *window, int *width, int *height)
{
    GtkAllocation place;
    int dots = toolkit_dots(window->canvas);
    gtk_widget_get_allocation(window->canvas, &place);
    *width = dots * place.width;
    *height = dots * place.height;
}

void run_window_picture(RunWindow *window, int width, int height, const uint32_t *argb)
{
    if (window->picture)
        cairo_surface_destroy(window->picture);
    window->picture = picture_new(width, height, argb);
    gtk_widget_queue_draw(window->canvas);
}

void run_window_progress(RunWindow *window, double fraction, const char *text, const char *details)
{
    gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(window->bar), CLAMP(fraction, 0, 1));
    if (window->stopping || window->done)
        return;
    show_text(window, text, details);
    allow(window, RUN_KEEP, fraction > 0);
}

void run_window_done(RunWindow *window, bool can_go_on)
{
    window->done = true;
    gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(window->bar), 1);
    gtk_button_set_label(window->keep, _("_Keep"));
    allow(window, RUN_KEEP, true);
    allow(window, RUN_MORE, can_go_on);
    show_text(window,
              can_go_on ? _("Done: keep it, or continue painting")
                        : _("Done: more iterations would not improve it"),
              NULL);
    gtk_dialog_set_default_response(window->dialog, RUN_KEEP);
    gtk_widget_grab_focus(GTK_WIDGET(window->keep));
}

bool run_window_keeps(const RunWindow *window)
{
    return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(window->keeps));
}

char *run_window_size(const RunWindow *window)
{
    return window->size ? g_strdup(window->size) : window_size_text(GTK_WINDOW(window->dialog));
}
