/* settings_dialog.h: asks the user for the style and the settings of a call. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SETTINGS_DIALOG_H
#define SETTINGS_DIALOG_H

#include "call.h"

/* Shows the dialog, beginning with the style and the settings of `call`, and writes the chosen ones there.
 * Where the content is a painting, it is *again that the dialog begins with, which the caller ends with
 * again_clear, and the call paints that again, unless the user decides to paint on the painting itself.
 * NST_CANCELLED: the user closed it without OK. Other failures mean that this content can't be repainted,
 * whatever the choice. */
NstStatus settings_dialog_run(PluginCall *call, Again *again, NstError *error);

#endif
