/* file_choice.h: asks for a file that a setting can name. Main thread only. */
#ifndef UI_FILE_CHOICE_H
#define UI_FILE_CHOICE_H

#include <gtk/gtk.h>

typedef enum FileChoice { FILE_CHOICE_WEIGHTS, FILE_CHOICE_PICTURE } FileChoice;

/* Opens a file chooser over the window of `widget`, starting at the file `from` (NULL: anywhere), and waits.
 * Returns a path that fits into a text setting, which the caller frees with g_free. NULL: the user cancelled,
 * or has seen a message saying why the file can't be used. */
char *file_choice_ask(GtkWidget *widget, FileChoice what, const char *from);

/* Keeps a combo box of file names as narrow as the other fields, however long the names are. */
void file_choice_fit(GtkComboBox *box);

#endif
