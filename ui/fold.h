/* fold.h: a part of a window that is folded away until it is wanted, and scrolls where the screen is too low
 * for it. Main thread only. */
#ifndef UI_FOLD_H
#define UI_FOLD_H

#include <gtk/gtk.h>

/* Folded at first. label: with a mnemonic. */
GtkWidget *fold_new(const char *label, GtkWidget *content);

/* Once all else in the window is there and shown: gives the content the height that it wants, as far as the
 * screen has it. */
void fold_fit(GtkWidget *fold, GtkWidget *window);

#endif
