/* fold.c: a GtkExpander around a scrolled window. A scrolled window asks for almost no height by itself, so
 * it is given one. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fold.h"

#include "toolkit.h"

enum {
    LEAST = 120,     /* pixels to scroll in, however small the screen */
    DECORATION = 80, /* pixels of the screen's height for a title bar and a panel */
};

/* On folding, the window that had grown for the content shrinks again to the height it had before. */
static void fold_toggled(GtkExpander *fold)
{
    static const char key[] = "height";
    GtkWidget *window = gtk_widget_get_toplevel(GTK_WIDGET(fold));
    int width, height;
    if (!gtk_widget_is_toplevel(window))
        return;
    gtk_window_get_size(GTK_WINDOW(window), &width, &height);
    if (gtk_expander_get_expanded(fold))
        g_object_set_data(G_OBJECT(fold), key, GINT_TO_POINTER(height));
    else
        gtk_window_resize(GTK_WINDOW(window), width, GPOINTER_TO_INT(g_object_get_data(G_OBJECT(fold), key)));
}

/* Inside the fold the wheel scrolls: it changes the field that has the focus, never one that merely passes
 * under the pointer. */
static gboolean wheel_turned(GtkWidget *widget)
{
    if (!gtk_widget_has_focus(widget))
        g_signal_stop_emission_by_name(widget, "scroll-event");
    return FALSE;
}

static void guard(GtkWidget *widget, gpointer data)
{
    g_signal_connect(widget, "scroll-event", G_CALLBACK(wheel_turned), NULL);
    if (GTK_IS_CONTAINER(widget)) /* a combo box contains its button */
        gtk_container_forall(GTK_CONTAINER(widget), guard, data);
}

GtkWidget *fold_new(const char *label, GtkWidget *content)
{
    GtkWidget *fold = gtk_expander_new_with_mnemonic(label);
    gtk_container_add(GTK_CONTAINER(fold), toolkit_scroller_new(content));
    g_object_set_data(G_OBJECT(fold), "content", content);
    guard(content, NULL);
    g_signal_connect(fold, "notify::expanded", G_CALLBACK(fold_toggled), NULL);
    return fold;
}

void fold_fit(GtkWidget *fold, GtkWidget *window, int rest)
{
    int wanted = toolkit_height_of(g_object_get_data(G_OBJECT(fold), "content"));
    int room = toolkit_screen_height(window) - DECORATION - rest;
    gtk_widget_set_size_request(gtk_bin_get_child(GTK_BIN(fold)), -1, MIN(wanted, MAX(room, LEAST)));
}
