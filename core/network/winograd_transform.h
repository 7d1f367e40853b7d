/* winograd_transform.h: the input's and the output's transform of F(4x4, 3x3), on blocks of tiles.
 *
 * A tile is a square of 4x4 outputs; its inputs are the 6x6 square around it. Tiles are numbered row by row
 * over the wanted part of the map. The code is one file, compiled once for each kind of vector unit; simd.h
 * chooses. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_WINOGRAD_TRANSFORM_H
#define NST_WINOGRAD_TRANSFORM_H

#include "conv_map.h"

#include <stddef.h>

enum {
    WINOGRAD_OUT = CONV_SQUARE, /* side of a tile's outputs */
    WINOGRAD_IN = 6,            /* side of a tile's inputs */
    WINOGRAD_POINTS = 36,       /* products per tile and pair of channels */
    WINOGRAD_LANES = 16,        /* channels must be a multiple of this */
    WINOGRAD_CHANNELS = 512     /* and at most this many */
};

/* The tiles that are computed, counted from the map's corner. */
static inline Region winograd_squares(const ConvFrame *frame)
{
    const Region *to = &frame->to;
    return (Region){to->top / WINOGRAD_OUT, to->left / WINOGRAD_OUT,
                    (to->bottom + WINOGRAD_OUT - 1) / WINOGRAD_OUT,
                    (to->right + WINOGRAD_OUT - 1) / WINOGRAD_OUT};
}

/* The transformed values of a block are 36 matrices [count, channels], one per point, `plane` floats
 * apart. */
typedef struct WinogradBlock {
    const ConvFrame *frame;
    int channels;        /* of the map to read or write */
    size_t first, count; /* tiles */
    size_t plane;        /* floats from one point's matrix to the next */
    size_t from, end;    /* output only: the channels that the matrices hold, of all `channels` */
} WinogradBlock;

typedef struct WinogradTransforms {
    void (*input)(const WinogradBlock *block, const ConvSource *source, float *transformed);
    void (*output)(const WinogradBlock *block, const float *transformed, const ConvSink *sink);
} WinogradTransforms;

/* Compiled from winograd_transform.c once for each kind; simd.h chooses. */
extern const WinogradTransforms winograd_plain;
extern const WinogradTransforms winograd_avx2;   /* on x86-64 only */
extern const WinogradTransforms winograd_avx512; /* on x86-64 only */

#endif
