/* run.h: one run of the plug-in, the same in every generation of GIMP. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_H
#define RUN_H

#include "call.h"

/* Repaints the content. *layer is the painting's layer (result.h); -1 after a failure, and the image is then
 * as it was: nothing in it changes before the painting is done. */
NstStatus run_call(const PluginCall *call, int *layer, NstError *error);

#endif
