/* live.h: the live preview of one dialog, from a change of the settings to the picture beside them. Main
 * thread only. */
#ifndef LIVE_H
#define LIVE_H

#include "plugin/plugin.h"

typedef struct Live Live;
typedef struct _GtkWidget GtkWidget;

/* Called with what is to be said about the choice: what the run will take, or what stands in its way. */
typedef void (*LiveFunc)(const char *text, void *data);

Live *live_new(LiveFunc tell, void *data);

/* The preview itself, for the dialog. */
GtkWidget *live_widget(Live *live);

/* The choice has changed. What was painted for the one before is stopped at once; the new one is begun when
 * nothing has changed for a moment. */
void live_changed(Live *live, const PluginCall *call);

/* The user may have changed the pictures or the selection: they are read again, and what is painted begins
 * anew if they have. */
void live_look_again(Live *live);

/* Stops everything and tells nothing more; the widget may be gone. Waits a little, and runs the main loop
 * meanwhile, as preview_free does. */
void live_free(Live *live);

#endif
