/* placement.h: above which layer a new painting goes. Main thread only: it asks GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PLACEMENT_H
#define PLACEMENT_H

#include "call.h"

/* Right above the content for a script. For a user above the style layer too, where that lies higher in the
 * same image, or what was painted would be hidden below it; and a further painting of the same picture above
 * the first. -1: none of them is in the image any more. */
int placement_below(const PluginCall *call);

#endif
