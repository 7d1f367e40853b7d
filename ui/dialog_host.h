/* dialog_host.h: what the dialog needs of its host, the plug-in: the window, what there is to choose from,
 * and whom to notify of a change. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
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

typedef enum DialogSection {
    DIALOG_LAYER,    /* a layer of an open image */
    DIALOG_BUILT_IN, /* a style that comes with the plug-in */
    DIALOG_OWN,      /* a style of the user's own */
    DIALOG_RECENT,   /* a file used lately */
    DIALOG_SECTIONS,
} DialogSection;

/* A picture that the style can be, or, if it is a layer, the picture to repaint. */
typedef struct DialogStyle {
    DialogSection section;
    int layer;        /* -1: it is a file */
    const char *file; /* as the setting style-file names it; "": it is a layer */
    const char *title, *tooltip;
    const char *path; /* of the file; NULL: it is a layer */
} DialogStyle;

typedef struct DialogHost {
    /* An empty GtkDialog with buttons whose responses are GTK_RESPONSE_OK, GTK_RESPONSE_CANCEL,
     * GTK_RESPONSE_HELP and DIALOG_RESPONSE_RESET, or more of the above. dialog_run destroys it. */
    GtkWidget *window;
    const char *readme; /* the file that the Help button shows */
    const char *help;   /* the text that it shows if that file is missing */

    /* Placed beside the settings, gets what room the window has beyond them, and is destroyed with it; NULL:
     * none. */
    GtkWidget *preview;

    const char *size; /* the window's, as `sized` was told it the last time; NULL: not yet */
    void (*sized)(const char *size, void *data); /* called when the window is about to close */

    /* The weights to choose from, ended by a NULL name; the first are the default, which the setting calls
     * "". The user can also choose any other file. */
    const DialogWeights *weights;

    /* The built-in styles and the user's own, ended by a NULL title. */
    const DialogStyle *styles;

    /* The layers of all open images, ended by a NULL title; valid until the next call. */
    const DialogStyle *(*layers)(void *data);

    /* A layer as a small picture of about that size, transparent parts over checks; NULL: GIMP has none. The
     * caller unrefs it. */
    GdkPixbuf *(*layer_picture)(int layer, int width, int height, void *data);

    /* Copies a picture file to the user's own styles; NULL: it can't be one, and why has been told. What it
     * returns is valid until the next call. */
    const DialogStyle *(*add_style)(const char *path, void *data);

    /* The folder for what is remembered between sessions: saved settings and recent style files. Created when
     * first written to. */
    const char *folder;

    /* Returns a GtkComboBox of the layers that can be chosen. It starts at *layer if that is one of them, and
     * keeps *layer at the ID of the chosen one, or -1. */
    GtkWidget *(*layer_chooser)(int *layer, void *data);

    /* Called when the dialog opens, and whenever the picture, the style or a setting changes, with what OK
     * would run. The style is a layer, or -1 for the file settings->style_file, which is "" if neither is
     * chosen yet. Returns at once; anything there is to say goes through dialog_tell, now or later. */
    void (*changed)(Dialog *dialog, int content, int style, const NstSettings *settings, void *data);
    void *data; /* passed to all of them */
} DialogHost;

#endif
