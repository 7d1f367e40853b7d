/* fold.h: a part of a window that is folded away until it is wanted, and scrolls where the screen is too low
 * for it. Main thread only. */
#ifndef UI_FOLD_H
#define UI_FOLD_H

#include <gtk/gtk.h>

/* Folded at first. label: with a mnemonic. */
GtkWidget *fold_new(const char *label, GtkWidget *content);

/* Gives the content the height that it wants, as far as the screen has it where `rest` pixels of the window's
 * height are taken by what stands above and below. Once that is there and shown. */
void fold_fit(GtkWidget *fold, GtkWidget *window, int rest);

#endif
