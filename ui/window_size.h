/* window_size.h: the size of a window, from one time that it is open to the next. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_WINDOW_SIZE_H
#define UI_WINDOW_SIZE_H

#include <gtk/gtk.h>

/* Before the window is shown: it gets the size that `remembered` says, or width x height where that is NULL
 * or says none; never more than its screen has, as long as it asks for less. */
void window_size_begin(GtkWindow *window, const char *remembered, int width, int height);

/* As long as it is shown: what to remember, "640x480" or "640x480 maximized". The caller frees it with
 * g_free. */
char *window_size_text(GtkWindow *window);

#endif
