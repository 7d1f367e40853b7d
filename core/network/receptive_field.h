/* receptive_field.h: the positions of each layer's map that matter to a part of the picture, when the losses
 * look only at the positions that lie in that part.
 *
 * The field is widest at the picture and narrows, at the deepest layer, to the part itself. On the way there
 * nothing outside it is needed, and on the way back the gradient is zero outside it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_RECEPTIVE_FIELD_H
#define NST_RECEPTIVE_FIELD_H

#include "core/base/region.h"
#include "core/settings/layers.h"

/* Positions along one side of a map. */
typedef struct Span {
    int begin, end; /* end excluded; begin == end: none */
} Span;

typedef struct FieldSpans {
    Span wanted[VGG16_LAYERS]; /* of a layer's activations, and of their gradient */
    Span seen[VGG16_LAYERS];   /* of the map that the layer's convolution starts from */
} FieldSpans;

/* Along a side of `side` pixels, for the part `own` of it (in pixels) and the first `layers` layers. */
FieldSpans receptive_field_spans(int side, Span own, int layers);

typedef struct ReceptiveField {
    Region wanted[VGG16_LAYERS], seen[VGG16_LAYERS];
} ReceptiveField;

/* The same for both sides. */
ReceptiveField receptive_field_of(int height, int width, const Region *own, int layers);

#endif
