/* preview_view.h: shows what the settings would give, small, while it is being painted. Knows GTK and bytes; who
 * paints is none of its business. Main thread only. */
#ifndef UI_PREVIEW_H
#define UI_PREVIEW_H

#include <gtk/gtk.h>

typedef struct PreviewView PreviewView; /* lives as long as its widget */

typedef struct PreviewViewHost {
    /* The user wants to see a spot at full size: x and y are 0..1 of the picture's sides. */
    void (*spot)(double x, double y, void *data);
    /* The user moves what is seen at full size, by so many pixels of it: to the right and down. */
    void (*moved)(double right, double down, void *data);
    void (*whole)(void *data); /* the user wants to see the whole again */
    void *data;                /* handed to all */
} PreviewViewHost;

/* The host is copied. The widget is preview_view_widget; it is shown, and nobody's child yet. */
PreviewView *preview_view_new(const PreviewViewHost *host);
GtkWidget *preview_view_widget(PreviewView *view);

/* What the picture was before: rgb [H, W, 3], shown until something is painted and while the button is held;
 * coverage [H, W], how much of each pixel will be replaced, 255: all, the rest is drawn dimmed; NULL: all of
 * it everywhere. Both are copied. What was painted before is still shown if it has the same size. */
void preview_view_before(PreviewView *view, int width, int height, const unsigned char *rgb,
                         const unsigned char *coverage);

/* What is painted so far, of the size told last. Copied. */
void preview_view_painted(PreviewView *view, const unsigned char *rgb);

/* Nothing is left to be shown. */
void preview_view_clear(PreviewView *view);

/* A line below the picture. */
void preview_view_caption(PreviewView *view, const char *text);

#endif
