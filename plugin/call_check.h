/* call_check.h: whether the layers and settings of a call can be painted with. Main thread only: it asks
 * GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CALL_CHECK_H
#define CALL_CHECK_H

#include "call.h"

#include <gegl.h>

/* The painting that the call paints again, if any: whether it is still there and may be changed. */
NstStatus check_painting(const PluginCall *call, NstError *error);

/* The content, and what is painted of it, which for a new painting is what the selection leaves: *area, in
 * the layer's coordinates. */
NstStatus check_area(const PluginCall *call, GeglRectangle *area, NstError *error);

/* The whole call. */
NstStatus check_call(const PluginCall *call, GeglRectangle *area, NstError *error);

/* Whether the result of a call that has been checked gets the content's own layer mask. A painting keeps the
 * mask that it has by now. */
bool check_cut(const PluginCall *call);

#endif
