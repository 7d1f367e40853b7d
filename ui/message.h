/* message.h: shows the user a message, or asks a question, over the window of a widget, and waits. Main
 * thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_MESSAGE_H
#define UI_MESSAGE_H

#include <gtk/gtk.h>
#include <stdbool.h>

void message_show(GtkWidget *widget, const char *text);

/* True: the user pressed the button with that label. The other button is Cancel, the default. */
bool message_confirm(GtkWidget *widget, const char *text, const char *button);

#endif
