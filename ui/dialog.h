/* dialog.h: asks the user for the settings of one run. Knows GTK and the settings' table; what a layer is
 * stays the host's business. */
#ifndef UI_DIALOG_H
#define UI_DIALOG_H

#include "core/settings/settings.h"

#include <gtk/gtk.h>
#include <stdbool.h>

typedef struct Dialog Dialog; /* lives as long as dialog_run runs */

enum { DIALOG_RESPONSE_RESET = 1 }; /* the response of the window's button that restores the defaults */

/* Weights that the setting can name. */
typedef struct DialogWeights {
    const char *name, *label;
} DialogWeights;

typedef struct DialogHost {
    /* An empty GtkDialog with buttons whose responses are GTK_RESPONSE_OK, GTK_RESPONSE_CANCEL,
     * GTK_RESPONSE_HELP and DIALOG_RESPONSE_RESET. dialog_run destroys it. */
    GtkWidget *window;
    const char *readme; /* the file that the Help button shows, */
    const char *help;   /* or this text, where it isn't there */

    GtkWidget *preview; /* stands beside the settings, and goes with the window; NULL: there is none */

    /* Those to choose from, ended by one whose name is NULL; the first are the default, which the setting
     * calls "". Any other file can be chosen besides. */
    const DialogWeights *weights;

    /* A folder for what is remembered from one session to the next: saved settings and the style files used
     * last. Made when something is. */
    const char *folder;

    /* A GtkComboBox of the layers that can be chosen. It begins at *layer where that is one of them, and
     * keeps *layer at the id of the chosen one, or -1. */
    GtkWidget *(*layer_chooser)(int *layer, void *data);

    /* Told what would be run: when the dialog opens, and whenever the style or a setting changes. The style
     * is a layer, or -1 and then the file settings->style_file, or "" where neither is chosen yet. Returns at
     * once; what it has to say about that it says by dialog_tell, then or later. */
    void (*changed)(Dialog *dialog, int style, const NstSettings *settings, void *data);
    void *data; /* handed to both */
} DialogHost;

/* Shows the dialog, beginning at *style and *settings (a style file goes before a style layer), and waits.
 * True: the user said OK, and both hold what was chosen. False: cancelled, and neither has changed. */
bool dialog_run(const DialogHost *host, int *style, NstSettings *settings);

/* Shows a text beside the settings, in place of the one before. Main thread only. */
void dialog_tell(Dialog *dialog, const char *text);

#endif
