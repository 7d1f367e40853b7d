/* fold.h: a part of a window that is folded away until it is opened, and scrolls if the screen is too small
 * for it. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_FOLD_H
#define UI_FOLD_H

#include <gtk/gtk.h>

/* Initially folded. label: with a mnemonic. */
GtkWidget *fold_new(const char *label, GtkWidget *content);

/* Gives the content the height it asks for, or as much of it as the screen has when `rest` pixels of the
 * window's height are taken by what is above and below. Call it once all of that is built and shown. */
void fold_fit(GtkWidget *fold, GtkWidget *window, int rest);

#endif
