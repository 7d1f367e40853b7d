/* message.c: GTK's own message windows. The text is also a debug message, so that tests can read it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "neural-style"

#include "message.h"

#include "words.h"

static GtkWidget *window_new(GtkWidget *widget, GtkMessageType type, GtkButtonsType buttons, const char *text)
{
    GtkWidget *window = gtk_message_dialog_new(GTK_WINDOW(gtk_widget_get_toplevel(widget)), GTK_DIALOG_MODAL,
                                               type, buttons, "%s", text);
    gtk_window_set_title(GTK_WINDOW(window), _("Neural Style Transfer: Message"));
    g_debug("the dialog says: %s", text);
    return window;
}

void message_show(GtkWidget *widget, const char *text)
{
    GtkWidget *window = window_new(widget, GTK_MESSAGE_WARNING, GTK_BUTTONS_CLOSE, text);
    gtk_dialog_run(GTK_DIALOG(window));
    gtk_widget_destroy(window);
}

bool message_confirm(GtkWidget *widget, const char *text, const char *button)
{
    GtkWidget *window = window_new(widget, GTK_MESSAGE_QUESTION, GTK_BUTTONS_CANCEL, text);
    gtk_dialog_add_button(GTK_DIALOG(window), button, GTK_RESPONSE_ACCEPT);
    gtk_dialog_set_default_response(GTK_DIALOG(window), GTK_RESPONSE_CANCEL);
    bool confirmed = gtk_dialog_run(GTK_DIALOG(window)) == GTK_RESPONSE_ACCEPT;
    gtk_widget_destroy(window);
    return confirmed;
}
