/* message.h: says something to the user, or asks, over the window that a widget is in, and waits. Main thread
 * only. */
#ifndef UI_MESSAGE_H
#define UI_MESSAGE_H

#include <gtk/gtk.h>
#include <stdbool.h>

void message_show(GtkWidget *widget, const char *text);

/* True: the user pressed the button of that label, which is no default; the other one is Cancel. */
bool message_confirm(GtkWidget *widget, const char *text, const char *button);

#endif
