/* host.h: all that the plug-in asks of GIMP, in words that belong to no generation of it: images and items
 * are int ids (-1: none), pixels are GeglBuffers, colours are converted by whoever reads or writes them.
 * gimp2/host.c and gimp3/host.c implement it; a difference between the two is a difference between files, and
 * what is the same in both is in host.c beside this.
 *
 * Main thread only, GeglBuffers included: GIMP's wire is not thread-safe. */
#ifndef HOST_H
#define HOST_H

#include <gegl.h>
#include <stdbool.h>

typedef struct _GtkWidget GtkWidget; /* so that whoever shows no window needs no GTK */

typedef enum HostKind {
    HOST_MISSING, /* no item has that id */
    HOST_LAYER,   /* a group is a layer too */
    HOST_OTHER,   /* a channel, a mask, a path */
} HostKind;

HostKind host_kind(int item);
char *host_name(int item); /* the caller frees it with g_free */
int host_image(int item);
bool host_image_is_indexed(int image);

/* Where a layer lies on the canvas. */
GeglRectangle host_place(int layer);

/* The part of a layer that the selection's bounds cover, in the layer's own coordinates; the whole layer
 * where nothing is selected. False: the selection misses the layer. */
bool host_selected_area(int layer, GeglRectangle *area);

/* The selection's values in canvas coordinates; NULL where nothing is selected. Unref it. */
GeglBuffer *host_selection(int image);

/* A layer's pixels without its mask, in the layer's coordinates, in a format that knows the image's colour
 * space. Unref it, which also hands to GIMP what was written. NULL: out of GIMP's reach. */
GeglBuffer *host_pixels(int layer);

/* The picture in a file that GIMP can open, all its visible layers together, in a format that knows its
 * colour space; a copy, and nothing stays open. Unref it. NULL: it can't be read, and *why says why, for
 * g_free. */
GeglBuffer *host_file_pixels(const char *path, char **why);

/* A new layer with an alpha channel, RGB or gray as the image is; it belongs to no place yet. -1: GIMP
 * refused. host_delete is only for such a layer. */
int host_layer_new(int image, const char *name, int width, int height);
void host_delete(int layer);

/* Puts a new layer right above another, its upper left corner at x, y on the canvas, and makes it the
 * active one. False: GIMP refused. */
bool host_insert_above(int layer, int below, int x, int y);

/* Gives a layer a mask with these values; `mask` has the layer's size and begins at 0, 0. What is painted on
 * stays the layer: GIMP 2.10 would hand its mask to the next plug-in that asks for what is active. */
bool host_add_mask(int layer, GeglBuffer *mask);

/* Keeps a text with a layer, under a name, in GIMP's own files too. For a layer that belongs to no place yet:
 * later it would be a step to undo. */
void host_attach(int layer, const char *name, const char *text);

/* What is done to the image between the two is one step for the user to undo. */
void host_undo_begin(int image);
void host_undo_end(int image);

/* GIMP's progress bar; `fraction` goes from 0 to 1. */
void host_progress_begin(const char *text);
void host_progress(double fraction, const char *text);
void host_progress_end(void);

/* Tells the user something that is no failure of the run. */
void host_warn(const char *text);

/* "GIMP 2.10.34"; the caller frees it with g_free. */
char *host_version(void);

/* How many threads the user's preferences grant. */
int host_threads(void);

/* The folder that holds the plug-in; the caller frees it with g_free. */
char *host_folder(void);

/* The folder of the user's own GIMP files; the caller frees it with g_free. */
char *host_directory(void);

/* A layer that may well be the style for `content`, rather of another image; -1: there is none. */
int host_suggest_style(int content);

/* Does GIMP show windows, so that the plug-in may? */
bool host_has_display(void);

/* A yes or no that GIMP keeps between sessions, under a name; `standard` while there is none. */
bool host_recall(const char *name, bool standard);
void host_remember(const char *name, bool value);

/* A GimpDialog without buttons, over the window that the plug-in was called from. */
GtkWidget *host_window_new(const char *title);

/* An empty dialog with the buttons that ui/dialog.h wants. */
GtkWidget *host_dialog_new(const char *title);

/* A combo box of every open image's layers but `content`. It keeps *layer at the chosen one, or -1. */
GtkWidget *host_layer_chooser(int content, int *layer);

#endif
