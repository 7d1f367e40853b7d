/* style_choice.h: two rows of the dialog, of which one counts: the style is a layer, or a picture file. Main
 * thread only. */
#ifndef UI_STYLE_CHOICE_H
#define UI_STYLE_CHOICE_H

#include "dialog.h"

typedef struct StyleChoice {
    int *layer; /* what is written: the id, or -1 */
    char *file; /* the path, or ""; NST_TEXT_SIZE bytes */
    void (*changed)(void *data);
    void *data;

    GtkWidget *layer_name, *file_name; /* the rows' names, which are buttons: one of them is pressed */
    GtkWidget *layer_box, *file_box;   /* and their fields */
    int chosen_layer;                  /* in the box of layers */
    GPtrArray *paths;                  /* in the box of files, in order */
    int chosen_file;                   /* of those; -1: none yet */
} StyleChoice;

/* Fills *choice, which must stay where it is as long as its widgets live, beginning with *layer and `file`,
 * the file first, and writes what is chosen there from then on. layer_name, file_name: with mnemonics.
 * `recent`: the file that keeps the files used last (recent.h). End it with style_choice_clear. */
void style_choice_build(StyleChoice *choice, const DialogHost *host, const char *layer_name,
                        const char *file_name, const char *recent, int *layer, char *file,
                        void (*changed)(void *data), void *data);
void style_choice_clear(StyleChoice *choice);

/* Chooses a file as if the user had done it. */
void style_choice_show_file(StyleChoice *choice, const char *path);

#endif
