/* again.h: painting a painting again: what its record says, and where the pictures it speaks of are now. Main
 * thread only: it asks GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef AGAIN_H
#define AGAIN_H

#include "call.h"
#include "record.h"
#include "roles.h"

#include <gegl.h>

/* All zero: nothing. */
struct Again {
    int painting; /* the layer that was painted */
    int content;  /* its original, as it was found; -1: it wasn't */
    bool as_new;  /* the result becomes a new layer above the painting, which stays as it is */
    Record record;
};

/* Whether a layer is a painting, as its record says; if so, fills *again, which the caller ends with
 * again_clear. */
bool again_read(int layer, Again *again);
void again_clear(Again *again);

/* Makes `call` paint again: its original, and the record's style and settings. What can't be found is -1. The
 * call has `again` from then on. */
void again_recall(const Again *again, PluginCall *call);

/* What GIMP's Repeat does on a painting: its original is painted with the call's own settings, in its
 * place. */
void again_redirect(const Again *again, PluginCall *call);

/* All that a script's call for a painting does: reads its record, recalls it, and changes what `changes`
 * says. NST_BAD_ARGUMENT: the layer isn't there, isn't a painting, or the changes are wrong. */
NstStatus again_call(int layer, const char *changes, PluginCall *call, Again *again, NstError *error);

/* Changes what the call paints with, as nst_settings_parse does; content=ID and style=ID name other layers. A
 * style file replaces the recorded style layer, and the other way round; giving both is an error of the
 * call. */
NstStatus again_change(PluginCall *call, const char *text, NstError *error);

/* The part of the content to paint, which is that of the first time: as it was recorded where the content
 * still has its size, else, and in another content, all of it if all of it was painted then, or what lies
 * below the painting. False: nothing lies there. */
bool again_area(const PluginCall *call, GeglRectangle *area);

/* Where the result belongs on the canvas; fresh: where a new painting of its size would. Where the painting
 * has that size it stays where the user has put it. */
GeglRectangle again_place(const Again *again, const GeglRectangle *fresh);

/* The layer that bears the painting's name: its group, where it has dials, or itself. */
int again_named(const Again *again);

/* Whether that is still called what it was called when it was painted. */
bool again_has_its_name(const Again *again);

/* "The style layer “sky”", or "… “sky (paintings.xcf)”" of another image, as the record has it; NULL: nothing
 * is painted again. The caller frees it with g_free. */
char *again_missing(const PluginCall *call, Role role);

#endif
