/* preview_control.h: the live preview of one dialog, from a change of the settings to the picture beside them. Main
 * thread only. */
#ifndef PREVIEW_CONTROL_H
#define PREVIEW_CONTROL_H

#include "plugin/plugin.h"

typedef struct PreviewControl PreviewControl;
typedef struct _GtkWidget GtkWidget;

/* Called with what is to be said about the choice: what the run will take, or what stands in its way. */
typedef void (*PreviewControlFunc)(const char *text, void *data);

PreviewControl *preview_control_new(PreviewControlFunc tell, void *data);

/* The preview itself, for the dialog. */
GtkWidget *preview_control_widget(PreviewControl *live);

/* The choice has changed. What was painted for the one before is stopped at once; the new one is begun when
 * nothing has changed for a moment. */
void preview_control_changed(PreviewControl *live, const PluginCall *call);

/* The user may have changed the pictures or the selection: they are read again, and what is painted begins
 * anew if they have. */
void preview_control_look_again(PreviewControl *live);

/* Stops everything and tells nothing more; the widget may be gone. Waits a little, and runs the main loop
 * meanwhile, as preview_worker_free does. */
void preview_control_free(PreviewControl *live);

#endif
