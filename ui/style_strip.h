/* style_strip.h: all styles that there are, as small pictures to choose from, in sections: the layers of open
 * images, the built-in styles, the user's own, the files used lately. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_STYLE_STRIP_H
#define UI_STYLE_STRIP_H

#include "dialog_host.h"

typedef struct StyleStrip StyleStrip; /* freed when its widget is destroyed */

typedef struct StyleStripHost {
    /* The user has chosen a picture: a layer and "", or -1 and a file. */
    void (*chosen)(int layer, const char *file, void *data);
    void (*dropped)(const char *path, void *data); /* a file, or whatever else has an address, was dropped */
    GdkPixbuf *(*layer_picture)(int layer, int width, int height, void *data); /* as in DialogHost */
    void *data;                                                                /* passed to all */
} StyleStripHost;

/* An empty one, which shows so many rows of pictures at once. */
StyleStrip *style_strip_new(int rows, const StyleStripHost *host);
GtkWidget *style_strip_widget(StyleStrip *strip);

/* Adds a style at the end of its section. The pictures of files appear one after the other; one that can't be
 * read stays gray. */
void style_strip_add(StyleStrip *strip, const DialogStyle *style);

/* Removes all layers, for others. */
void style_strip_remove_layers(StyleStrip *strip);

/* Marks that layer or file, without calling `chosen`. The style's title, to be freed with g_free; NULL: it
 * isn't there, and nothing is marked. */
char *style_strip_mark(StyleStrip *strip, int layer, const char *file);

#endif
