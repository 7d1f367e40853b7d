/* result.h: how a finished painting gets into the image. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RESULT_H
#define RESULT_H

#include "call.h"
#include "host.h"
#include "pixels.h"
#include "record.h"

#include <gegl.h>

typedef struct Result {
    NstImage image;
    const Pixels *content;    /* the painted part of it */
    GeglRectangle area;       /* the part of the content that was painted, in its coordinates; */
    GeglRectangle place;      /* where that lay on the canvas when the painting began; */
    const HostFormat *format; /* and how the image stored its pixels then */
    GeglBuffer *mask;         /* over the area, for a new layer; NULL: none */
    char *name;               /* for the layer */
    Record *record;           /* the painting's name and tattoo are added to it */
} Result;

/* The one step that changes the image. For a new painting: a new layer; for one that is painted again, its
 * own layer, of which all but the pixels stays as the user has it. *layer is the painting's.
 *
 * Minutes of painting are not thrown away because the user has changed the image meanwhile, or because GIMP
 * refuses something: a painting that can't be changed in its place becomes a new layer, a layer whose
 * neighbours are gone lies on top, and one that the image can't take becomes an image of its own; the user
 * is told. Fails only where that one can't be made either, and the image is then as it was. */
NstStatus result_add(const PluginCall *call, const Result *result, int *layer, NstError *error);

#endif
