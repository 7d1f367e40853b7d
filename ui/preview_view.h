/* preview_view.h: shows a picture of what the settings would give, while it is being painted. Knows GTK and
 * bytes, and nothing of how they are painted. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_PREVIEW_VIEW_H
#define UI_PREVIEW_VIEW_H

#include <gtk/gtk.h>
#include <stdint.h>

/* How many pixels more, each way, do it good than it asks for. */
enum { PREVIEW_VIEW_MORE = 160 };

typedef struct PreviewView PreviewView; /* lives as long as its widget */

typedef struct PreviewViewHost {
    /* The user asks for a spot at full size: x and y are 0..1 of the picture's sides. */
    void (*spot)(double x, double y, void *data);
    /* The user moves the part seen at full size, by this many pixels of it to the right and down. */
    void (*moved)(double right, double down, void *data);
    void (*whole)(void *data); /* the user asks for the whole picture again */
    /* So many of the screen's pixels there are now to show a picture in. */
    void (*resized)(int width, int height, void *data);
    void *data; /* passed to all of them */
} PreviewViewHost;

/* Copies the host. preview_view_widget returns the widget, which is visible and has no parent yet. */
PreviewView *preview_view_new(const PreviewViewHost *host);
GtkWidget *preview_view_widget(PreviewView *view);

/* Set the original picture, which is shown until something is painted and while the button is held, and the
 * picture painted so far. argb: as in picture.h, copied. Each is scaled to the canvas by itself. */
void preview_view_before(PreviewView *view, int width, int height, const uint32_t *argb);
void preview_view_painted(PreviewView *view, int width, int height, const uint32_t *argb);

/* Removes both pictures. */
void preview_view_clear(PreviewView *view);

/* A line below the picture. */
void preview_view_caption(PreviewView *view, const char *text);

#endif
