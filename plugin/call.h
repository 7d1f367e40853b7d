/* call.h: what one call of the plug-in asks for, the same in every generation of GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CALL_H
#define CALL_H

#include "core/settings/settings.h"

#include <stdbool.h>

typedef struct StyleFile StyleFile; /* style.h */
typedef struct Again Again;         /* again.h */

typedef struct PluginCall {
    int image, content; /* the image, and its layer to repaint */
    int style;          /* a layer of any open image; -1: the file settings.style_file, or none chosen yet */
    NstSettings settings;
    StyleFile *style_file; /* caches that file; the caller ends it with style_file_clear */
    bool unwatched;        /* a script's call: progress goes to standard error, not into a window */
    const Again *again;    /* the painting that is painted again; NULL: a new one */
} PluginCall;

/* The part of a call that is remembered from one dialog to the next. Two memories of the same choices are the
 * same bytes. Its ids are valid as long as this GIMP runs. */
typedef struct CallMemory {
    int style;
    NstSettings settings;
} CallMemory;

void call_remember(const PluginCall *call, CallMemory *memory);
void call_recall(PluginCall *call, const CallMemory *memory);

#endif
