/* preview_control.h: the live preview of one dialog, from a change of the settings to the picture beside
 * them. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREVIEW_CONTROL_H
#define PREVIEW_CONTROL_H

#include "plugin/call.h"

typedef struct PreviewControl PreviewControl;
typedef struct _GtkWidget GtkWidget;

/* Called with a text about the choice: what the run will take, or what stands in its way. */
typedef void (*PreviewControlFunc)(const char *text, void *data);

PreviewControl *preview_control_new(PreviewControlFunc say, void *data);

/* The preview itself, for the dialog. */
GtkWidget *preview_control_widget(PreviewControl *control);

/* The choice has changed. Painting for the old one stops at once; the new one begins when nothing has changed
 * for a moment. */
void preview_control_changed(PreviewControl *control, const PluginCall *call);

/* The user may have changed the pictures or the selection: they are read again, and the painting starts again
 * if they have. */
void preview_control_look_again(PreviewControl *control);

/* Stops everything; nothing is called after that, and the widget may be gone. Waits a little, and runs the
 * main loop meanwhile, as preview_worker_free does. */
void preview_control_free(PreviewControl *control);

#endif
