/* window_size.c: a maximised window comes back maximised; if the user then takes that back, it has the size
 * that it was remembered or began with.
 *
 * Rejected: GIMP's session management, which knows its own docks and no plug-in's windows. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window_size.h"

#include "toolkit.h"

#include <stdio.h>
#include <string.h>

enum { DECORATION = 80 }; /* pixels of the screen's height for a title bar and a panel */

static const char key[] = "size";

static const char maximized[] = " maximized";

void window_size_begin(GtkWindow *window, const char *remembered, int width, int height)
{
    int most_across = toolkit_screen_width(GTK_WIDGET(window)), across = 0;
    int most_down = toolkit_screen_height(GTK_WIDGET(window)) - DECORATION, down = 0;
    if (!remembered || sscanf(remembered, "%dx%d", &across, &down) != 2 || across < 1 || down < 1) {
        across = width;
        down = height;
    }
    across = MIN(across, most_across);
    down = MIN(down, MAX(most_down, 1));
    gtk_window_set_default_size(window, across, down);
    g_object_set_data_full(G_OBJECT(window), key, g_strdup_printf("%dx%d", across, down), g_free);
    if (remembered && strstr(remembered, maximized))
        gtk_window_maximize(window);
}

char *window_size_text(GtkWindow *window)
{
    GdkWindow *shown = gtk_widget_get_window(GTK_WIDGET(window));
    int width, height;
    if (shown && gdk_window_get_state(shown) & GDK_WINDOW_STATE_MAXIMIZED)
        return g_strconcat(g_object_get_data(G_OBJECT(window), key), maximized, NULL);
    gtk_window_get_size(window, &width, &height);
    return g_strdup_printf("%dx%d", width, height);
}
