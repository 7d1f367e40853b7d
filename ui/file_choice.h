/* file_choice.h: asks for a file that a setting can name. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_FILE_CHOICE_H
#define UI_FILE_CHOICE_H

#include <gtk/gtk.h>
#include <stdbool.h>

/* Each opens a file chooser over the window of `widget` and waits. Returns a path that fits into a text
 * setting, which the caller frees with g_free. NULL: the user cancelled, or has seen a message saying why
 * the file can't be used. */
char *file_choice_weights(GtkWidget *widget);

/* A picture. *keep: the user wants a copy among their own styles. */
char *file_choice_style(GtkWidget *widget, bool *keep);

/* Keeps a combo box of file names as narrow as the other fields, however long the names are. */
void file_choice_fit(GtkComboBox *box);

#endif
