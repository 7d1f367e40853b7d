/* dialog.h: asks the user for the settings of one run. Knows GTK and the table of settings; what a layer is,
 * only the host knows (dialog_host.h). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_DIALOG_H
#define UI_DIALOG_H

#include "dialog_host.h"

/* Shows the dialog, starting from the layer *content to repaint (-1: it is missing), from *style and
 * *settings (a style file takes precedence over a style layer), and waits. Returns the response: after
 * GTK_RESPONSE_OK and DIALOG_RESPONSE_NEW_LAYER all hold what was chosen; after DIALOG_RESPONSE_THIS_LAYER
 * and all others, with which the user cancelled, none has changed. */
int dialog_run(const DialogHost *host, int *content, int *style, NstSettings *settings);

/* Shows a text beside the settings, replacing the previous one. Main thread only. */
void dialog_tell(Dialog *dialog, const char *text);

#endif
