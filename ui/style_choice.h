/* style_choice.h: the style is either a layer or a picture file: two rows of the dialog, of which one is
 * active, and above them the pictures of the files that have a name. Main thread only. */
#ifndef UI_STYLE_CHOICE_H
#define UI_STYLE_CHOICE_H

#include "dialog_host.h"

typedef struct StyleChoice {
    int *layer; /* written to: the ID, or -1 */
    char *file; /* written to: the path, or ""; NST_TEXT_SIZE bytes */
    void (*changed)(void *data);
    void *data;

    const DialogHost *host;
    GtkWidget *strip;                  /* the pictures; NULL: there is none */
    GtkWidget *layer_name, *file_name; /* the rows' names, which are radio buttons */
    GtkWidget *layer_box, *file_box;   /* the rows' fields */
    int chosen_layer;                  /* in the box of layers */
    GPtrArray *paths;                  /* in the box of files, in order */
    int chosen_file;                   /* index of one of these; -1: none yet */
} StyleChoice;

/* Fills *choice, which must not move while its widgets live. It starts from *layer and `file` (the file takes
 * precedence), and writes what is chosen there from then on. layer_name, file_name: labels with mnemonics.
 * recent: the list of recent files (recent.h). Free its contents with style_choice_clear. */
void style_choice_build(StyleChoice *choice, const DialogHost *host, const char *layer_name,
                        const char *file_name, const char *recent, int *layer, char *file,
                        void (*changed)(void *data), void *data);
void style_choice_clear(StyleChoice *choice);

/* Chooses a file as if the user had chosen it. */
void style_choice_show_file(StyleChoice *choice, const char *path);

#endif
