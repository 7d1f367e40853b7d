/* file_choice.h: asks for a file that a setting can name. Main thread only. */
#ifndef UI_FILE_CHOICE_H
#define UI_FILE_CHOICE_H

#include <gtk/gtk.h>

typedef enum FileChoice { FILE_CHOICE_WEIGHTS, FILE_CHOICE_PICTURE } FileChoice;

/* Waits for an answer, over the window that `widget` is in, beginning at the file `from` (NULL: anywhere). A
 * path that fits into a text setting, which the caller frees with g_free; NULL: the user thought better of
 * it, or has been told why that file can't be taken. */
char *file_choice_ask(GtkWidget *widget, FileChoice what, const char *from);

/* Makes a box of files' names no wider than the other fields are, however long they are. */
void file_choice_fit(GtkComboBox *box);

#endif
