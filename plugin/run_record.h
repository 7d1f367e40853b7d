/* run_record.h: what a run is painted from, as its painting will remember it. Main thread only: it asks
 * GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_RECORD_H
#define RUN_RECORD_H

#include "call.h"
#include "core/picture/image.h"
#include "record.h"

#include <gegl.h>

/* Fills *record, which is all unknown, with the settings and the sources of a call that has been checked;
 * style: the style's picture; NULL: it isn't known whole, and its hash stays unknown. Reads the style file,
 * and says where a painting that is painted again has another style than the first time though it bears the
 * same name. */
void run_record_fill(const PluginCall *call, const GeglRectangle *area, const NstImage *style,
                     Record *record);

#endif
