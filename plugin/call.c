/* call.c: a call's choices as bytes that GIMP can keep. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "call.h"

#include <string.h>

void call_remember(const PluginCall *call, CallMemory *memory)
{
    memset(memory, 0, sizeof *memory); /* the padding too */
    memory->style = call->style;
    memory->settings = call->settings;
}

void call_recall(PluginCall *call, const CallMemory *memory)
{
    call->style = memory->style;
    call->settings = memory->settings;
}
