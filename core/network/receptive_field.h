/* receptive_field.h: the receptive field: which positions of each layer's map a part of the picture hangs on, when the
 * losses look at the positions that lie in that part and at nothing else.
 *
 * It is widest at the picture and ends, at the deepest layer, with the part itself. On the way there nothing
 * outside of it is needed, and on the way back the gradient is zero outside of it. */
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

/* Along a side of `side` pixels, for the part `own` of it and the first `layers` layers. */
FieldSpans receptive_field_spans(int side, Span own, int layers);

typedef struct ReceptiveField {
    Region wanted[VGG16_LAYERS], seen[VGG16_LAYERS];
} ReceptiveField;

/* The same for both sides. */
ReceptiveField receptive_field_of(int height, int width, const Region *own, int layers);

#endif
