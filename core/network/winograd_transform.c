/* winograd_transform.c: F(4x4, 3x3)'s matrices B and A (Lavin and Gray, "Fast Algorithms for Convolutional
 * Neural Networks", CVPR 2016, section 4.3) as additions over vectors of channels. The steps before and after
 * the convolution are done here too, while the values are in registers (see conv_map.h). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "winograd_transform.h"

#include "lanes.h"

#include <stdbool.h>

/* The input outside the positions that exist. */
static const float zeros[WINOGRAD_CHANNELS];

typedef struct Place {
    int top, left; /* of the tile's first output */
} Place;

static Place tile_place(const WinogradBlock *b, size_t tile)
{
    Region squares = winograd_squares(b->frame);
    size_t across = (size_t)region_columns(&squares);
    return (Place){(squares.top + (int)(tile / across)) * WINOGRAD_OUT,
                   (squares.left + (int)(tile % across)) * WINOGRAD_OUT};
}

/* ---- Input --------------------------------------------------------------------------------------------- */

/* Six inputs d to six transformed ones, in place: B'd. */
INLINE void transform_input(Vector *d, size_t step)
{
    Vector d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step];
    Vector even = d4 - 4 * d2, odd = d3 - 4 * d1, even2 = d4 - d2, odd2 = 2 * (d3 - d1);
    d[0] = 4 * d0 - 5 * d2 + d4;
    d[step] = even + odd;
    d[2 * step] = even - odd;
    d[3 * step] = even2 + odd2;
    d[4 * step] = even2 - odd2;
    d[5 * step] = 4 * d1 - 5 * d3 + d5;
}

/* B'dB, with each point written to a plane of its own. */
INLINE void transform_tile(Vector d[WINOGRAD_POINTS], size_t plane, float *to)
{
    for (int column = 0; column < WINOGRAD_IN; column++)
        transform_input(d + column, WINOGRAD_IN);
    for (int row = 0; row < WINOGRAD_IN; row++) {
        transform_input(d + row * WINOGRAD_IN, 1);
        for (int k = 0; k < WINOGRAD_IN; k++, to += plane)
            *(Vector *)to = d[row * WINOGRAD_IN + k];
    }
}

/* Where the 36 inputs of a tile lie; those that don't exist are zeros. */
static void tile_inputs(const WinogradBlock *b, const float *map, Place at,
                        const float *pixel[WINOGRAD_POINTS])
{
    const Region *from = &b->frame->from;
    size_t width = (size_t)b->frame->width, channels = (size_t)b->channels;
    for (int i = 0; i < WINOGRAD_IN; i++)
        for (int j = 0; j < WINOGRAD_IN; j++) {
            int y = at.top - 1 + i, x = at.left - 1 + j;
            pixel[i * WINOGRAD_IN + j] =
                region_holds(from, y, x) ? map + ((size_t)y * width + (size_t)x) * channels : zeros;
        }
}

static void input_map(const WinogradBlock *b, const float *map, Place at, float *to)
{
    const float *pixel[WINOGRAD_POINTS];
    tile_inputs(b, map, at, pixel);
    for (int c = 0; c < b->channels; c += LANES) {
        Vector d[WINOGRAD_POINTS];
#pragma GCC unroll 36
        for (int k = 0; k < WINOGRAD_POINTS; k++)
            d[k] = *(const Vector *)(pixel[k] + c);
        transform_tile(d, b->plane, to + c);
    }
}

/* The pooling windows that a tile's 6x6 inputs lie in: four by four, the outer ones half inside. */
enum { WINDOWS = 4 };

/* The gradients that a window passes back to those of its four positions that are among the inputs. */
INLINE void unpool(Bits where, Vector gradient, int row, int column, Vector d[WINOGRAD_POINTS])
{
    for (int position = 0; position < 4; position++) {
        int i = 2 * row - 1 + position / 2, j = 2 * column - 1 + position % 2;
        if (i >= 0 && i < WINOGRAD_IN && j >= 0 && j < WINOGRAD_IN)
            d[i * WINOGRAD_IN + j] = keep((where & (1 << position)) != 0, gradient);
    }
}

static void input_unpooled(const WinogradBlock *b, const ConvSource *source, Place at, float *to)
{
    static const uint8_t nowhere[WINOGRAD_CHANNELS];
    const float *gradient[WINDOWS * WINDOWS];
    const uint8_t *where[WINDOWS * WINDOWS];
    Region pooled = region_halved(b->frame->from);
    int width = b->frame->width / 2;
    for (int k = 0; k < WINDOWS * WINDOWS; k++) {
        int y = at.top / 2 - 1 + k / WINDOWS, x = at.left / 2 - 1 + k % WINDOWS;
        bool inside = region_holds(&pooled, y, x);
        size_t offset = inside ? ((size_t)y * (size_t)width + (size_t)x) * (size_t)b->channels : 0;
        gradient[k] = inside ? source->map + offset : zeros;
        where[k] = inside ? source->where + offset : nowhere;
    }
    for (int c = 0; c < b->channels; c += LANES) {
        Vector d[WINOGRAD_POINTS];
#pragma GCC unroll 16
        for (int k = 0; k < WINDOWS * WINDOWS; k++)
            unpool(__builtin_convertvector(*(const Bytes *)(where[k] + c), Bits),
                   source->share * *(const Vector *)(gradient[k] + c), k / WINDOWS, k % WINDOWS, d);
        transform_tile(d, b->plane, to + c);
    }
}

static void input(const WinogradBlock *b, const ConvSource *source, float *transformed)
{
    for (size_t t = 0; t < b->count; t++, transformed += b->channels) {
        Place at = tile_place(b, b->first + t);
        if (source->where)
            input_unpooled(b, source, at, transformed);
        else
            input_map(b, source->map, at, transformed);
    }
}

/* ---- Output -------------------------------------------------------------------------------------------- */

/* Six products m to four outputs: A'm. */
INLINE void transform_output(const Vector *m, size_t step, Vector *out, size_t out_step)
{
    Vector m0 = m[0], m5 = m[5 * step];
    Vector sum = m[step] + m[2 * step], difference = m[step] - m[2 * step];
    Vector sum2 = m[3 * step] + m[4 * step], difference2 = m[3 * step] - m[4 * step];
    out[0] = m0 + sum + sum2;
    out[out_step] = difference + 2 * difference2;
    out[2 * out_step] = sum + 4 * sum2;
    out[3 * out_step] = difference + 8 * difference2 + m5;
}

enum { OUTPUTS = WINOGRAD_OUT * WINOGRAD_OUT };

/* A'mA, with each point read from a plane of its own. */
INLINE void transform_products(const float *m, size_t plane, Vector value[OUTPUTS])
{
    Vector rows[WINOGRAD_IN * WINOGRAD_OUT]; /* six rows of four */
    for (int row = 0; row < WINOGRAD_IN; row++) {
        Vector line[WINOGRAD_IN];
        for (int k = 0; k < WINOGRAD_IN; k++, m += plane)
            line[k] = *(const Vector *)m;
        transform_output(line, 1, rows + row * WINOGRAD_OUT, 1);
    }
    for (int column = 0; column < WINOGRAD_OUT; column++)
        transform_output(rows + column, WINOGRAD_OUT, value + column, WINOGRAD_OUT);
}

INLINE void bias_relu(Vector value[OUTPUTS], const float *bias)
{
    Vector add = *(const Vector *)bias;
    for (int k = 0; k < OUTPUTS; k++) {
        Vector sum = value[k] + add;
        value[k] = keep(sum > 0, sum);
    }
}

/* What is done with one value, see ConvEnd. */
INLINE Vector finish(ConvEnd end, Vector value, const float *out)
{
    Vector there = {0};
    if (end == CONV_MASK || end == CONV_ADD)
        there = *(const Vector *)out;
    if (end == CONV_MASK)
        return keep(there > 0, value);
    if (end == CONV_ADD)
        return keep(there == there, there + value);
    return value;
}

/* Writes the part of a tile that lies inside the map; out: the tile's first value. */
INLINE void store_tile(const WinogradBlock *b, Place at, ConvEnd end, const Vector value[OUTPUTS], float *out)
{
    int height = b->frame->height, width = b->frame->width;
    size_t step = (size_t)b->channels, line = (size_t)width * step;
    int rows = height - at.top < WINOGRAD_OUT ? height - at.top : WINOGRAD_OUT;
    int columns = width - at.left < WINOGRAD_OUT ? width - at.left : WINOGRAD_OUT;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) {
            float *to = out + (size_t)i * line + (size_t)j * step;
            *(Vector *)to = finish(end, value[i * WINOGRAD_OUT + j], to);
        }
}

INLINE void output_map(const WinogradBlock *b, const float *m, Place at, const ConvSink *sink, ConvEnd end)
{
    size_t width = (size_t)b->frame->width;
    float *out = sink->out + ((size_t)at.top * width + (size_t)at.left) * (size_t)b->channels;
    for (size_t c = b->from; c < b->end; c += LANES, m += LANES) {
        Vector value[OUTPUTS];
        transform_products(m, b->plane, value);
        if (end == CONV_RELU)
            bias_relu(value, sink->bias + c);
        store_tile(b, at, end, value, out + c);
    }
}

INLINE Vector larger(Vector a, Vector b)
{
    Bits first = a > b;
    return (Vector)(((Bits)a & first) | ((Bits)b & ~first));
}

/* One window's pooled value, and where its gradient will flow to. The four are >= 0. */
INLINE Vector pool_window(NstPooling pooling, const Vector *upper, const Vector *lower, Bits *where)
{
    Vector a = upper[0], b = upper[1], c = lower[0], d = lower[1];
    if (pooling == NST_POOLING_AVERAGE) {
        *where = ((a > 0) & 1) | ((b > 0) & 2) | ((c > 0) & 4) | ((d > 0) & 8);
        return 0.25f * ((a + b) + (c + d));
    }
    Vector most = larger(larger(a, b), larger(c, d));
    Bits first = a == most, second = b == most, third = c == most;
    Bits bit = (first & 1) | (~first & second & 2) | (~first & ~second & third & 4) |
               (~first & ~second & ~third & 8);
    *where = bit & (most > 0);
    return most;
}

static void output_pool(const WinogradBlock *b, const float *m, Place at, const ConvSink *sink)
{
    int height = b->frame->height / 2, width = b->frame->width / 2, top = at.top / 2, left = at.left / 2;
    for (size_t c = b->from; c < b->end; c += LANES, m += LANES) {
        Vector value[OUTPUTS];
        transform_products(m, b->plane, value);
        bias_relu(value, sink->bias + c);
        for (int i = 0; i < WINOGRAD_OUT / 2 && top + i < height; i++)
            for (int j = 0; j < WINOGRAD_OUT / 2 && left + j < width; j++) {
                const Vector *upper = value + 2 * i * WINOGRAD_OUT + 2 * j;
                size_t to =
                    ((size_t)(top + i) * (size_t)width + (size_t)(left + j)) * (size_t)b->channels + c;
                Bits where;
                *(Vector *)(sink->out + to) = pool_window(sink->pooling, upper, upper + WINOGRAD_OUT, &where);
                *(Bytes *)(sink->where + to) = __builtin_convertvector(where, Bytes);
            }
    }
}

static void output(const WinogradBlock *b, const float *transformed, const ConvSink *sink)
{
    size_t channels = b->end - b->from;
    for (size_t t = 0; t < b->count; t++, transformed += channels) {
        Place at = tile_place(b, b->first + t);
        switch (sink->end) {
        case CONV_PLAIN:
            output_map(b, transformed, at, sink, CONV_PLAIN);
            break;
        case CONV_RELU:
            output_map(b, transformed, at, sink, CONV_RELU);
            break;
        case CONV_POOL:
            output_pool(b, transformed, at, sink);
            break;
        case CONV_MASK:
            output_map(b, transformed, at, sink, CONV_MASK);
            break;
        case CONV_ADD:
            output_map(b, transformed, at, sink, CONV_ADD);
            break;
        }
    }
}

const WinogradTransforms NAMED(winograd) = {input, output};
