/* dialog_host.h: what the dialog needs of its host, the plug-in: the window, what there is to choose from,
 * and whom to notify of a change. */
#ifndef UI_DIALOG_HOST_H
#define UI_DIALOG_HOST_H

#include "core/settings/settings.h"

#include <gtk/gtk.h>
#include <stdbool.h>

typedef struct Dialog Dialog; /* lives while dialog_run runs */

/* Responses of the window's buttons beside GTK's. */
enum {
    DIALOG_RESPONSE_RESET = 1, /* restores the defaults */
    /* Only where a painting is changed: */
    DIALOG_RESPONSE_NEW_LAYER,  /* as OK, but into a new layer */
    DIALOG_RESPONSE_THIS_LAYER, /* not to change the painting, but to paint on it */
};

/* Weights that the setting can name. */
typedef struct DialogWeights {
    const char *name, *label;
} DialogWeights;

/* A style that the setting style-file can name, with the file that holds its picture. */
typedef struct DialogStyle {
    const char *name, *title, *path;
} DialogStyle;

typedef struct DialogHost {
    /* An empty GtkDialog with buttons whose responses are GTK_RESPONSE_OK, GTK_RESPONSE_CANCEL,
     * GTK_RESPONSE_HELP and DIALOG_RESPONSE_RESET, or more of the above. dialog_run destroys it. */
    GtkWidget *window;
    const char *readme; /* the file that the Help button shows */
    const char *help;   /* the text that it shows if that file is missing */

    GtkWidget *preview; /* placed beside the settings, and destroyed with the window; NULL: none */

    /* The weights to choose from, ended by a NULL name; the first are the default, which the setting calls
     * "". The user can also choose any other file. */
    const DialogWeights *weights;

    /* The styles to choose from by their looks, ended by a NULL name. The user can also choose a layer or
     * any file. */
    const DialogStyle *styles;

    /* Keeps a picture file that the user has dropped as a style of the user's own; NULL: it can't be one.
     * What it returns is valid until the next call. */
    const DialogStyle *(*style_dropped)(const char *path, void *data);

    /* The folder for what is remembered between sessions: saved settings and recent style files. Created when
     * first written to. */
    const char *folder;

    /* Returns a GtkComboBox of the layers that can be chosen. It starts at *layer if that is one of them, and
     * keeps *layer at the ID of the chosen one, or -1. */
    GtkWidget *(*layer_chooser)(int *layer, void *data);

    /* Where a painting is changed: the layer that it was painted from, which the user can replace, as above;
     * -1: it is missing. NULL: there is no row for it. */
    int *original;
    GtkWidget *(*original_chooser)(int *layer, void *data);

    /* Called when the dialog opens, and whenever the original, the style or a setting changes, with what OK
     * would run. The style is a layer, or -1 for the file settings->style_file, which is "" if neither is
     * chosen yet. Returns at once; anything there is to say goes through dialog_tell, now or later. */
    void (*changed)(Dialog *dialog, int style, const NstSettings *settings, void *data);
    void *data; /* passed to all four */
} DialogHost;

#endif
