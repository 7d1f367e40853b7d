/* conv_map.h: where a convolution reads its input and what it does with its output, so that the steps next to
 * it (bias, ReLU, the ReLU's mask, pooling, and all of them backward) need no pass over memory of their own.
 *
 * Between two blocks of VGG16 the unpooled map need not be written at all: forward, each 2x2 window goes
 * straight to its pooled value and to a byte that says which of its four positions the gradient flows back
 * to; backward, the gradient of the unpooled map is reconstructed from the pooled map's and that byte. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_CONV_MAP_H
#define NST_CONV_MAP_H

#include "core/base/region.h"
#include "core/settings/settings.h"

#include <stdint.h>

/* The positions that a convolution works on. The maps before and after it have the same sides. If only part
 * of a picture matters, only some positions are needed, fewer the deeper the layer (receptive_field.h); the
 * others cost nothing. */
typedef struct ConvFrame {
    int height, width; /* of the maps; of the unpooled ones where a step pools */
    Region from;       /* the positions of the input that exist; around them it is zero */
    Region to;         /* the output's positions that are wanted; see conv_written */
} ConvFrame;

static inline Region conv_everywhere(int height, int width)
{
    return (Region){0, 0, height, width};
}

static inline ConvFrame conv_frame_whole(int height, int width)
{
    return (ConvFrame){height, width, conv_everywhere(height, width), conv_everywhere(height, width)};
}

/* Outputs are computed in squares with sides of this many positions, counted from the map's corner. */
enum { CONV_SQUARE = 4 };

static inline int conv_square_end(int end, int side)
{
    int rounded = (end + CONV_SQUARE - 1) / CONV_SQUARE * CONV_SQUARE;
    return rounded < side ? rounded : side;
}

/* The positions that are computed if `to` is wanted: whole squares. */
static inline Region conv_written(Region to, int height, int width)
{
    return (Region){to.top / CONV_SQUARE * CONV_SQUARE, to.left / CONV_SQUARE * CONV_SQUARE,
                    conv_square_end(to.bottom, height), conv_square_end(to.right, width)};
}

/* A byte of `where` has bit 2 * row + column set for each position of its 2x2 window that the pooled value's
 * gradient flows to: with max pooling the largest (the first of them, if several are equal), with average
 * pooling all whose activation is above zero; none if the ReLU shut all four. A position's share of the
 * gradient is pool_share(pooling). */
static inline float pool_share(NstPooling pooling)
{
    return pooling == NST_POOLING_MAX ? 1 : 0.25f;
}

typedef struct ConvSource {
    const float *map;     /* [H, W, C]; with `where` a pooled map's gradient, [H / 2, W / 2, C] */
    const uint8_t *where; /* [H / 2, W / 2, C], or NULL */
    float share;          /* with `where`: pool_share */
} ConvSource;

typedef enum ConvEnd {
    CONV_PLAIN, /* out = sum */
    CONV_RELU,  /* out = max(sum + bias, 0) */
    CONV_POOL,  /* the same, then pooled: out and where are [H / 2, W / 2, C] */
    CONV_MASK,  /* out holds activations and becomes the gradient: sum where they are > 0, else 0 */
    CONV_ADD,   /* out holds a gradient, NAN where the ReLU was shut: out + sum, or 0 where it is NAN */
} ConvEnd;

typedef struct ConvSink {
    ConvEnd end;
    NstPooling pooling; /* with CONV_POOL */
    float *out;
    const float *bias; /* [C], with CONV_RELU and CONV_POOL */
    uint8_t *where;    /* with CONV_POOL */
} ConvSink;

#endif
