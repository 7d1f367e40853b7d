/* preview_view.h: shows a small picture of what the settings would give, while it is being painted. Knows GTK
 * and bytes, and nothing of how they are painted. Main thread only. */
#ifndef UI_PREVIEW_VIEW_H
#define UI_PREVIEW_VIEW_H

#include <gtk/gtk.h>

typedef struct PreviewView PreviewView; /* lives as long as its widget */

typedef struct PreviewViewHost {
    /* The user asks for a spot at full size: x and y are 0..1 of the picture's sides. */
    void (*spot)(double x, double y, void *data);
    /* The user moves the part seen at full size, by this many pixels of it to the right and down. */
    void (*moved)(double right, double down, void *data);
    void (*whole)(void *data); /* the user asks for the whole picture again */
    void *data;                /* passed to all of them */
} PreviewViewHost;

/* Copies the host. preview_view_widget returns the widget, which is visible and has no parent yet. */
PreviewView *preview_view_new(const PreviewViewHost *host);
GtkWidget *preview_view_widget(PreviewView *view);

/* Sets the original picture: rgb [H, W, 3], shown until something is painted and while the button is held;
 * coverage [H, W], how much of each pixel will be replaced (255: all of it); the rest is drawn dimmed. NULL:
 * all of it everywhere. Both are copied. A painted picture of the same size stays visible. */
void preview_view_before(PreviewView *view, int width, int height, const unsigned char *rgb,
                         const unsigned char *coverage);

/* Sets the picture painted so far, of the same size as the original. Copied. */
void preview_view_painted(PreviewView *view, const unsigned char *rgb);

/* Removes both pictures. */
void preview_view_clear(PreviewView *view);

/* A line below the picture. */
void preview_view_caption(PreviewView *view, const char *text);

#endif
