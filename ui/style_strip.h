/* style_strip.h: the styles that come with the plug-in and the user's own, as small pictures to choose
 * from, six beside each other. Main thread only. */
#ifndef UI_STYLE_STRIP_H
#define UI_STYLE_STRIP_H

#include "dialog_host.h"

/* Called when the user chooses a picture, with its name. */
typedef void (*StyleStripChosen)(const char *name, void *data);

/* Called when picture files are dropped on it: returns the style that was made of one, valid until the
 * next call, or NULL. */
typedef const DialogStyle *(*StyleStripDropped)(const char *path, void *data);

/* A widget of these styles, which are copied; `rows` of them are seen at once. The pictures are read in a
 * thread and appear one after the other; a file that can't be read shows its title alone. dropped NULL:
 * nothing can be dropped. */
GtkWidget *style_strip_new(const DialogStyle *styles, int rows, StyleStripChosen chosen,
                           StyleStripDropped dropped, void *data);

/* Marks the style of that name, or none, without calling `chosen`. */
void style_strip_show(GtkWidget *strip, const char *name);

#endif
