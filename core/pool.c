/* pool.c: 2x2 pooling, one worker to an output row. */
#include "pool.h"

#include <string.h>

typedef struct Pool {
    NstPooling pooling;
    int height, width, channels;
    const float *in, *out, *dout;
    float *result; /* out or din */
} Pool;

static float max4(float a, float b, float c, float d)
{
    float ab = a > b ? a : b, cd = c > d ? c : d;
    return ab > cd ? ab : cd;
}

static void forward_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Pool *p = data;
    size_t c = (size_t)p->channels, line = (size_t)p->width * c, columns = (size_t)p->width / 2;
    const float *upper = p->in + 2 * y * line, *lower = upper + line;
    float *out = p->result + y * columns * c;

    for (size_t x = 0; x < columns; x++, upper += 2 * c, lower += 2 * c, out += c)
        if (p->pooling == NST_POOLING_MAX)
            for (size_t i = 0; i < c; i++)
                out[i] = max4(upper[i], upper[i + c], lower[i], lower[i + c]);
        else
            for (size_t i = 0; i < c; i++)
                out[i] = 0.25f * ((upper[i] + upper[i + c]) + (lower[i] + lower[i + c]));
}

void pool_forward(NstPooling pooling, Workers *workers, int height, int width, int channels, const float *in,
                  float *out)
{
    Pool p = {pooling, height, width, channels, in, NULL, NULL, out};
    workers_run(workers, (size_t)height / 2, forward_row, &p);
}

/* The four inputs of one output; `d` are their gradients, `to` is the gradient to hand on. */
static void backward_max(const float *in[4], const float *out, const float *dout, float *d[4],
                         size_t channels)
{
    for (size_t i = 0; i < channels; i++) {
        float m = out[i], g = dout[i];
        /* The first of equals takes it all. */
        int at = in[0][i] == m ? 0 : in[1][i] == m ? 1 : in[2][i] == m ? 2 : 3;
        for (int k = 0; k < 4; k++)
            d[k][i] = k == at ? g : 0;
    }
}

static void backward_average(const float *dout, float *d[4], size_t channels)
{
    for (int k = 0; k < 4; k++)
        for (size_t i = 0; i < channels; i++)
            d[k][i] = 0.25f * dout[i];
}

static void backward_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Pool *p = data;
    size_t c = (size_t)p->channels, line = (size_t)p->width * c, columns = (size_t)p->width / 2;

    for (size_t x = 0; x < columns; x++) {
        size_t at = 2 * y * line + 2 * x * c, pooled = (y * columns + x) * c;
        const float *in[4] = {p->in + at, p->in + at + c, p->in + at + line, p->in + at + line + c};
        float *d[4] = {p->result + at, p->result + at + c, p->result + at + line, p->result + at + line + c};
        if (p->pooling == NST_POOLING_MAX)
            backward_max(in, p->out + pooled, p->dout + pooled, d, c);
        else
            backward_average(p->dout + pooled, d, c);
    }
    if (p->width % 2)
        for (size_t row = 2 * y; row < 2 * y + 2; row++)
            memset(p->result + row * line + (line - c), 0, c * sizeof(float));
}

void pool_backward(NstPooling pooling, Workers *workers, int height, int width, int channels, const float *in,
                   const float *out, const float *dout, float *din)
{
    Pool p = {pooling, height, width, channels, in, out, dout, din};
    workers_run(workers, (size_t)height / 2, backward_row, &p);
    if (height % 2) {
        size_t line = (size_t)width * (size_t)channels;
        memset(din + (size_t)(height - 1) * line, 0, line * sizeof(float));
    }
}
