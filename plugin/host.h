/* host.h: all that the plug-in needs of GIMP, in terms that belong to no generation of it: images and items
 * are int ids (-1: none), pixels are GeglBuffers, and the code that reads or writes them converts colours.
 * gimp2/host.c and gimp3/host.c implement it, so a difference between the two is a difference between files;
 * what is the same in both is in host.c beside this.
 *
 * Main thread only, GeglBuffers included: GIMP's wire is not thread-safe. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HOST_H
#define HOST_H

#include <gegl.h>
#include <stdbool.h>

typedef struct _GtkWidget GtkWidget; /* so that code without windows needs no GTK */
typedef struct _GdkPixbuf GdkPixbuf;

typedef enum HostKind {
    HOST_MISSING, /* no item has that id */
    HOST_LAYER,   /* a group is a layer too */
    HOST_OTHER,   /* a channel, a mask, a path */
} HostKind;

HostKind host_kind(int item);
char *host_name(int item); /* the caller frees it with g_free */
int host_image(int item);
bool host_image_exists(int image);
bool host_image_is_indexed(int image);
bool host_image_is_gray(int image);

/* Does a selection float in the image, as after a paste? Until it is anchored, or a layer of its own, GIMP
 * allows little else. */
bool host_floats(int image);

/* How an image stores its pixels, of an indexed one the colours. The caller ends it with
 * host_format_clear. */
typedef struct HostFormat {
    bool gray;
    int precision;    /* as GIMP numbers it */
    GObject *profile; /* of the colours; NULL: sRGB */
} HostFormat;
HostFormat host_format(int image);
void host_format_clear(HostFormat *format);

/* A new image without layers that stores its pixels so; -1: GIMP refused. It is not to be seen before
 * host_show, where GIMP shows anything. */
int host_image_new(const HostFormat *format, int width, int height);
void host_show(int image);
void host_image_delete(int image);

/* Where a layer lies on the canvas. */
GeglRectangle host_place(int layer);

/* The part of a layer that the selection's bounds cover, in the layer's own coordinates; the whole layer
 * where nothing is selected. False: the selection misses the layer. */
bool host_selected_area(int layer, GeglRectangle *area);

/* The selection's values in canvas coordinates; NULL where nothing is selected. The caller unrefs it. */
GeglBuffer *host_selection(int image);

/* A layer's pixels as they are stored, without its mask and without GIMP 3's filters, in the layer's
 * coordinates, in a format that knows the image's colour space. The caller unrefs the buffer, which also
 * sends what was written to GIMP. NULL: GIMP does not hand them out. */
GeglBuffer *host_pixels(int layer);

/* The same as the user sees them, to be read only: with the filters; and, if `masked`, as transparent as the
 * layer's mask makes them. Its opacity and its mode play no part. Where that differs from what is stored,
 * GIMP has to compute it: of 12 megapixels that takes a second or two. The buffer then no longer depends on
 * GIMP. */
GeglBuffer *host_seen(int layer, bool masked);

/* Has the layer filters that are visible and not a part of its pixels? */
bool host_has_filters(int layer);

/* A layer's mask, in the layer's coordinates; NULL: it has none, or GIMP doesn't apply it. The caller unrefs
 * it. */
GeglBuffer *host_mask(int layer);

/* Reads a file that GIMP can open: *pixels is a copy of its visible layers merged, in a format that knows its
 * colour space, which the caller unrefs. Nothing stays open. False: it can't be read, *pixels is NULL, and
 * *why is the reason, which the caller frees with g_free. */
bool host_file_pixels(const char *path, GeglBuffer **pixels, char **why);

/* A new layer with an alpha channel, RGB or gray as the image is, not yet part of the image. -1: GIMP
 * refused. host_delete is only for such a layer. */
int host_layer_new(int image, const char *name, int width, int height);
void host_delete(int layer);

/* Places a new layer's upper left corner on the canvas. */
void host_move(int layer, int x, int y);

/* Puts a new layer into the image it was made for: right above another one of that, or, where `below` is -1,
 * on top of all. False: GIMP refused. */
bool host_insert(int image, int layer, int below);

/* Gives a layer a mask with these values; `mask` has the layer's size and begins at 0, 0. The layer, not its
 * mask, stays the one that is painted on: GIMP 2.10 would otherwise hand the mask to the next plug-in that
 * asks for the active drawable. */
bool host_add_mask(int layer, GeglBuffer *mask);

/* Keeps a text with a layer, under a name, in GIMP's own files too; it replaces any that was there. For a
 * layer that is part of the image this is a step to undo. False: GIMP refused. host_attached returns it, to
 * be freed with g_free; NULL: there is none. */
bool host_attach(int layer, const char *name, const char *text);
char *host_attached(int layer, const char *name);

/* A layer's number within its image, which stays the same in GIMP's own files; > 0. */
int host_tattoo(int layer);

/* A name for this run of GIMP, kept in a parasite of GIMP itself that ends with it: ids mean the same as long
 * as it is the same. The caller frees it with g_free. */
char *host_session(void);

/* All open images; all layers of one, those in groups included. The caller frees them with g_free. */
int *host_images(int *count);
int *host_layers(int image, int *count);

/* The file that an image was read from or saved to, or its name where there is none; the caller frees it with
 * g_free. */
char *host_image_label(int image);

/* The group that a layer is in, -1: none; and its place there, the topmost being 0. */
int host_parent(int layer);
int host_position(int layer);

/* Gives a layer of the image the same pixels as `pixels`, which begins at 0, 0, its size, and x, y as its
 * place on the canvas: one or more steps to undo. Neither a selection nor locked alpha stands in its way.
 * False: GIMP refused, and the layer is as it was. */
bool host_replace_pixels(int layer, GeglBuffer *pixels, int x, int y);
void host_rename(int layer, const char *name);

/* What a new layer is for that is mixed into the ones below by its opacity: their colours become its own, or
 * its light and dark, half being neither, is added to theirs. It is hidden at first. */
typedef enum HostDial { HOST_DIAL_COLOURS, HOST_DIAL_DETAIL } HostDial;
void host_make_dial(int layer, HostDial dial);

/* Puts a layer of the image into a new group in its place, which has its size and in which layers mix only
 * with each other. -1: GIMP refused. */
int host_group_around(int layer, const char *name);

/* Makes it the layer that is worked on, unless GIMP refuses. */
void host_activate(int layer);

/* Whether GIMP refuses to change the layer's pixels or its place, since the user has locked them. */
bool host_is_locked(int layer);

/* What happens to the image between the two is a single step for the user to undo. */
void host_undo_begin(int image);
void host_undo_end(int image);

/* GIMP's progress bar; `fraction` goes from 0 to 1. */
void host_progress_begin(const char *text);
void host_progress(double fraction, const char *text);
void host_progress_end(void);

/* Shows the user a message that is not a failure of the run. */
void host_warn(const char *text);

/* While it is quiet, GIMP itself doesn't tell the user what it has refused. */
void host_quiet(bool quiet);

/* "GIMP 2.10.34"; the caller frees it with g_free. */
char *host_version(void);

/* How many threads the user's preferences allow. */
int host_threads(void);

/* The folder that holds the plug-in; the caller frees it with g_free. */
char *host_folder(void);

/* The folder of the user's own GIMP files; the caller frees it with g_free. */
char *host_directory(void);

/* A layer that may well be the style for `content`, preferably of the same image, as after Open as Layers;
 * -1: there is none. */
int host_suggest_style(int content);

/* A layer reduced to that size or a little less, transparent parts over checks. The caller unrefs it. NULL:
 * GIMP has none. */
GdkPixbuf *host_layer_picture(int layer, int width, int height);

/* Does GIMP show windows, so that the plug-in may? */
bool host_has_display(void);

/* A text that GIMP keeps between sessions, under a name. The caller frees it with g_free; NULL: none was
 * remembered. */
char *host_recall(const char *name);
void host_remember(const char *name, const char *text);

/* A GimpDialog without buttons, over the window that the plug-in was called from. */
GtkWidget *host_window_new(const char *title);

/* An empty dialog with the buttons that ui/dialog_host.h describes; for a painting: those too that are only
 * there if one is changed. */
GtkWidget *host_dialog_new(const char *title, bool painting);

/* A combo box of every open image's layers except `content`. It keeps *layer at the chosen one, or -1. */
GtkWidget *host_layer_chooser(int content, int *layer);

/* ---- Between host.c and the two files ------------------------------------------------------------------ */

#define HOST_SESSION "neural-style-session"

/* Makes GTK ready to show a window; again does nothing. */
void host_begin_windows(void);

/* Opens a file as an image without asking or complaining: otherwise GIMP itself would show a message. -1: it
 * can't be opened, and *why is the reason, which the caller frees with g_free. */
int host_file_open(const char *path, char **why);

/* A copy of an image's visible layers merged; NULL: GIMP does not hand it out. The image is changed. */
GeglBuffer *host_visible(int image);

/* Puts a copy of a layer, without what hides parts of it except, if `masked`, its mask, into an image of the
 * layer's size. False: GIMP refused. */
bool host_copy_alone(int layer, int image, bool masked);

#endif
