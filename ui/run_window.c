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
#define G_LOG_DOMAIN "neural-style"

#include "run_window.h"

#include "toolkit.h"
#include "words.h"

#include <math.h>

enum { BORDER = 12, SPACING = 8 };

struct RunWindow {
    GtkDialog *dialog;
    GtkWidget *picture, *bar, *text, *keeps;
    GtkButton *keep;
    bool done, stopping;
    RunWindowFunc said;
    void *data;
};

/* Turns a picture's size into the size at which it is shown. */
static void fit(int *width, int *height)
{
    double factor = (double)RUN_WINDOW_SIDE / MAX(*width, *height);
    *width = MAX((int)lround(*width * factor), 1);
    *height = MAX((int)lround(*height * factor), 1);
}

static void show_text(const RunWindow *window, const char *text)
{
    gtk_label_set_text(GTK_LABEL(window->text), text);
    g_debug("the run's window says: %s", text);
}

static void allow(const RunWindow *window, RunOrder order, bool allowed)
{
    gtk_dialog_set_response_sensitive(window->dialog, order, allowed);
}

static void stop(RunWindow *window)
{
    window->stopping = true;
    allow(window, RUN_KEEP, false);
    show_text(window, _("Stopping after this iteration…\n"));
}

static void go_on(RunWindow *window)
{
    window->done = false;
    gtk_button_set_label(window->keep, _("Stop and _keep"));
    allow(window, RUN_MORE, false);
    show_text(window, _("Continuing…\n"));
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
    if (order == RUN_CANCEL)
        gtk_widget_hide(GTK_WIDGET(dialog));
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
    gtk_dialog_set_default_response(window->dialog, RUN_KEEP);
    allow(window, RUN_MORE, false);
    allow(window, RUN_KEEP, false); /* so that the Return that started the run can't stop it */
}

static void add_widgets(RunWindow *window)
{
    GtkBox *content = GTK_BOX(gtk_dialog_get_content_area(window->dialog));
    GtkWidget *rows = toolkit_column_new(SPACING);
    GtkWidget *const children[] = {window->picture, window->bar, window->text, window->keeps};
    for (guint i = 0; i < G_N_ELEMENTS(children); i++)
        gtk_box_pack_start(GTK_BOX(rows), children[i], FALSE, FALSE, 0);
    gtk_container_set_border_width(GTK_CONTAINER(rows), BORDER);
    gtk_box_pack_start(content, rows, TRUE, TRUE, 0);
    gtk_widget_show_all(rows);
}

RunWindow *run_window_new(GtkWidget *dialog, int width, int height, bool keeps, RunWindowFunc said,
                          void *data)
{
    RunWindow *window = g_new0(RunWindow, 1);
    *window = (RunWindow){.dialog = GTK_DIALOG(dialog), .said = said, .data = data};
    window->picture = gtk_image_new();
    window->bar = gtk_progress_bar_new();
    window->text = toolkit_note_new(0);
    window->keeps = gtk_check_button_new_with_mnemonic(_("Keep it when _done"));
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(window->keeps), keeps);
    gtk_widget_set_tooltip_text(window->keeps,
                                _("If unticked, the window stays open when the painting is done: you can "
                                  "then continue painting, keep the picture, or discard it"));
    fit(&width, &height);
    gtk_widget_set_size_request(window->picture, width, height);
    add_widgets(window);
    add_buttons(window);
    show_text(window, _("Measuring…\n"));
    gtk_window_set_resizable(GTK_WINDOW(dialog), FALSE);
    g_signal_connect(dialog, "response", G_CALLBACK(responded), window);
    g_signal_connect(dialog, "delete-event", G_CALLBACK(stay), NULL);
    gtk_widget_set_can_focus(window->picture, TRUE);
    gtk_widget_grab_focus(window->picture); /* where a stray Return or Space does nothing */
    gtk_window_present(GTK_WINDOW(dialog));
    return window;
}

void run_window_free(RunWindow *window)
{
    if (!window)
        return;
    gtk_widget_destroy(GTK_WIDGET(window->dialog));
    g_free(window);
}

/* The scaled pixbuf is a copy, so the unscaled one may borrow the bytes. */
void run_window_picture(RunWindow *window, int width, int height, const unsigned char *rgb)
{
    int shown_width = width, shown_height = height;
    GdkPixbuf *picture =
        gdk_pixbuf_new_from_data(rgb, GDK_COLORSPACE_RGB, FALSE, 8, width, height, 3 * width, NULL, NULL);
    fit(&shown_width, &shown_height);
    GdkPixbuf *shown = gdk_pixbuf_scale_simple(picture, shown_width, shown_height, GDK_INTERP_BILINEAR);
    gtk_image_set_from_pixbuf(GTK_IMAGE(window->picture), shown);
    g_clear_object(&shown);
    g_object_unref(picture);
}

void run_window_progress(RunWindow *window, double fraction, const char *text)
{
    gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(window->bar), CLAMP(fraction, 0, 1));
    if (window->stopping || window->done)
        return;
    show_text(window, text);
    allow(window, RUN_KEEP, fraction > 0);
}

/* Fixes the width, so that the window doesn't jump when a button's label changes. */
static void keep_width(const RunWindow *window)
{
    GtkWidget *rows = gtk_widget_get_parent(window->picture);
    GtkAllocation place;
    gtk_widget_get_allocation(rows, &place);
    gtk_widget_set_size_request(rows, place.width, -1);
}

void run_window_done(RunWindow *window, bool can_go_on)
{
    window->done = true;
    gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(window->bar), 1);
    keep_width(window);
    gtk_button_set_label(window->keep, _("_Keep"));
    allow(window, RUN_KEEP, true);
    allow(window, RUN_MORE, can_go_on);
    show_text(window, can_go_on ? _("Done: keep it, or continue painting\n")
                                : _("Done: more iterations would not improve it\n"));
    gtk_widget_grab_focus(GTK_WIDGET(window->keep));
}

bool run_window_keeps(const RunWindow *window)
{
    return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(window->keeps));
}
