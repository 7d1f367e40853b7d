/* pool.c: 2x2 pooling as a step of its own, one output row per item. Where no loss looks at the unpooled map,
 * the convolutions pool as they write (winograd_transform.c). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pool.h"

#include <stdbool.h>

typedef struct Pool {
    NstPooling pooling;
    const ConvFrame *frame;
    size_t channels;
    const float *in; /* in, or dout */
    float *out;      /* out, or din */
    uint8_t *where;
    const uint8_t *from;
} Pool;

static float max4(float a, float b, float c, float d)
{
    float ab = a > b ? a : b, cd = c > d ? c : d;
    return ab > cd ? ab : cd;
}

/* The four inputs of a window, row by row. */
typedef struct Window {
    const float *in[4];
} Window;

static void pool_values(NstPooling pooling, Window w, size_t channels, float *out)
{
    if (pooling == NST_POOLING_MAX)
        for (size_t i = 0; i < channels; i++)
            out[i] = max4(w.in[0][i], w.in[1][i], w.in[2][i], w.in[3][i]);
    else
        for (size_t i = 0; i < channels; i++)
            out[i] = 0.25f * ((w.in[0][i] + w.in[1][i]) + (w.in[2][i] + w.in[3][i]));
}

/* The gradient flows to the first of the largest, or with average pooling to all that are above zero. */
static void find_where(NstPooling pooling, Window w, size_t channels, const float *out, uint8_t *where)
{
    for (size_t i = 0; i < channels; i++) {
        int bits = 0;
        for (int k = 3; k >= 0; k--) {
            if (pooling == NST_POOLING_MAX)
                bits = w.in[k][i] == out[i] && out[i] > 0 ? 1 << k : bits;
            else
                bits |= (w.in[k][i] > 0) << k;
        }
        where[i] = (uint8_t)bits;
    }
}

static void forward_row(void *data, size_t row, float *scratch)
{
    (void)scratch;
    const Pool *p = data;
    Region pooled = region_halved(p->frame->from);
    size_t c = p->channels, line = (size_t)p->frame->width * c, columns = (size_t)p->frame->width / 2;
    size_t y = (size_t)pooled.top + row;
    for (size_t x = (size_t)pooled.left; x < (size_t)pooled.right; x++) {
        const float *upper = p->in + 2 * y * line + 2 * x * c, *lower = upper + line;
        size_t to = (y * columns + x) * c;
        Window w = {{upper, upper + c, lower, lower + c}};
        pool_values(p->pooling, w, c, p->out + to);
        if (p->where)
            find_where(p->pooling, w, c, p->out + to, p->where + to);
    }
}

void pool_forward(NstPooling pooling, Workers *workers, const ConvFrame *frame, int channels, const float *in,
                  float *out, uint8_t *where)
{
    Region pooled = region_halved(frame->from);
    Pool p = {.pooling = pooling,
              .frame = frame,
              .channels = (size_t)channels,
              .in = in,
              .out = out,
              .where = where};
    workers_run(workers, (size_t)region_rows(&pooled), forward_row, &p);
}

/* One row of din; an odd last row or column gets nothing. */
static void backward_row(void *data, size_t row, float *scratch)
{
    (void)scratch;
    const Pool *p = data;
    const Region *to = &p->frame->to, there = region_halved(p->frame->from);
    size_t c = p->channels, width = (size_t)p->frame->width, columns = width / 2, y = (size_t)to->top + row;
    float share = pool_share(p->pooling);
    for (size_t x = (size_t)to->left; x < (size_t)to->right; x++) {
        float *din = p->out + (y * width + x) * c;
        bool pooled = region_holds(&there, (int)y / 2, (int)x / 2);
        size_t from = pooled ? (y / 2 * columns + x / 2) * c : 0;
        int bit = pooled ? 1 << (2 * (y % 2) + x % 2) : 0;
        for (size_t i = 0; i < c; i++) {
            float add = p->from[from + i] & bit ? share * p->in[from + i] : 0;
            din[i] = din[i] == din[i] ? din[i] + add : 0;
        }
    }
}

void pool_backward_add(NstPooling pooling, Workers *workers, const ConvFrame *frame, int channels,
                       const float *dout, const uint8_t *where, float *din)
{
    Pool p = {.pooling = pooling,
              .frame = frame,
              .channels = (size_t)channels,
              .in = dout,
              .out = din,
              .from = where};
    workers_run(workers, (size_t)region_rows(&frame->to), backward_row, &p);
}
