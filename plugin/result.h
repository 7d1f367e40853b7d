/* result.h: how a finished painting gets into the image. Main thread only. */
#ifndef RESULT_H
#define RESULT_H

#include "call.h"
#include "pixels.h"
#include "record.h"

#include <gegl.h>

typedef struct Result {
    NstImage image;
    const Pixels *content; /* the painted part of it */
    GeglRectangle area;    /* the part of the content that was painted, in its coordinates */
    GeglBuffer *mask;      /* over the area, for a new layer; NULL: none */
    char *name;            /* for the layer */
    Record *record;        /* the painting's name and tattoo are added to it */
} Result;

/* The one step that changes the image. For a new painting: a new layer; for one that is painted again, its
 * own layer, of which all but the pixels stays as the user has it. *layer is the painting's. After a failure
 * the image is as it was. */
NstStatus result_add(const PluginCall *call, const Result *result, int *layer, NstError *error);

#endif
