/* receptive_field.c: from the deepest layer up, each convolution adds a position on either side, and each
 * pooling doubles the span in positions of the map before it. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "receptive_field.h"

static Span at_block(Span pixels, int block)
{
    return (Span){pixels.begin >> block, pixels.end >> block};
}

/* What a 3x3 convolution sees from `wanted`, on a map of `side` positions. */
static Span seen_from(Span wanted, int side)
{
    if (wanted.begin == wanted.end)
        return wanted;
    return (Span){int_max(wanted.begin - 1, 0), int_min(wanted.end + 1, side)};
}

static Span both(Span a, Span b)
{
    if (a.begin == a.end || b.begin == b.end)
        return a.begin == a.end ? b : a;
    return (Span){int_min(a.begin, b.begin), int_max(a.end, b.end)};
}

FieldSpans receptive_field_spans(int side, Span own, int layers)
{
    FieldSpans field = {0};
    Span needed = {0, 0}; /* by the layers after this one */
    for (int layer = layers - 1; layer >= 0; layer--) {
        int block = vgg16_layers[layer].block;
        field.wanted[layer] = both(needed, at_block(own, block));
        needed = field.seen[layer] = seen_from(field.wanted[layer], side >> block);
        if (vgg16_layer_after_pool(layer))
            needed = (Span){2 * needed.begin, 2 * needed.end};
    }
    return field;
}

static Region crossing(Span down, Span across)
{
    return (Region){down.begin, across.begin, down.end, across.end};
}

ReceptiveField receptive_field_of(int height, int width, const Region *own, int layers)
{
    FieldSpans down = receptive_field_spans(height, (Span){own->top, own->bottom}, layers),
               across = receptive_field_spans(width, (Span){own->left, own->right}, layers);
    ReceptiveField field = {0};
    for (int layer = 0; layer < layers; layer++) {
        field.wanted[layer] = crossing(down.wanted[layer], across.wanted[layer]);
        field.seen[layer] = crossing(down.seen[layer], across.seen[layer]);
    }
    return field;
}
