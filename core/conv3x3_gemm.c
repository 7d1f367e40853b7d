/* conv3x3_gemm.c: the convolution as matrix products, the classical way ("im2col").
 *
 * The 3x3 neighbourhoods of a block of pixels are written out as the rows of a matrix [pixels, 9*IC], which
 * one sgemm multiplies by the kernels [9*IC, OC]. Blocks are small enough for the neighbourhoods to stay in
 * the L2 cache, and one worker takes one block at a time. The blocks hang on the layer alone, never on the
 * number of workers, so the sums are the same for any.
 *
 * A Winograd convolution needs 2.5 times fewer products at 512 x 512; it takes this file's place behind
 * conv3x3.h when it comes. */
#include "conv3x3.h"
#include "memory.h"

#include <cblas.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct Conv3x3 {
    int in_channels, out_channels;
    float *forward;  /* [9*IC, OC] */
    float *backward; /* [9*OC, IC]: turned by 180 degrees, channels swapped */
    float *bias;     /* [OC] */
};

/* A common L2 cache, 1 MiB: half or twice of it is as fast, four times more or less is 5 to 15 % slower. */
enum { BLOCK_FLOATS = 256 * 1024, BLOCK_MIN_PIXELS = 16 };

static int block_pixels(int channels)
{
    int pixels = BLOCK_FLOATS / (9 * channels);
    return pixels > BLOCK_MIN_PIXELS ? pixels : BLOCK_MIN_PIXELS;
}

static size_t block_scratch(int channels)
{
    return (size_t)block_pixels(channels) * 9 * (size_t)channels;
}

static void prepare(Conv3x3 *conv, const float *weight)
{
    int ic = conv->in_channels, oc = conv->out_channels;
    for (int o = 0; o < oc; o++)
        for (int i = 0; i < ic; i++)
            for (int tap = 0; tap < 9; tap++) {
                float w = weight[((size_t)o * ic + i) * 9 + tap];
                conv->forward[((size_t)tap * ic + i) * oc + o] = w;
                conv->backward[((size_t)(8 - tap) * oc + o) * ic + i] = w;
            }
}

Conv3x3 *conv3x3_new(int in_channels, int out_channels, const float *weight, const float *bias,
                     NstError *error)
{
    size_t kernels = 9 * (size_t)in_channels * (size_t)out_channels;
    Conv3x3 *conv = calloc(1, sizeof *conv);
    if (conv) {
        conv->in_channels = in_channels;
        conv->out_channels = out_channels;
        conv->forward = floats_new(kernels);
        conv->backward = floats_new(kernels);
        conv->bias = floats_new((size_t)out_channels);
    }
    if (!conv || !conv->forward || !conv->backward || !conv->bias) {
        conv3x3_free(conv);
        nst_fail_memory(error, "the network's kernels", 2.0 * (double)kernels * sizeof(float));
        return NULL;
    }
    prepare(conv, weight);
    memcpy(conv->bias, bias, (size_t)out_channels * sizeof(float));
    return conv;
}

void conv3x3_free(Conv3x3 *conv)
{
    if (!conv)
        return;
    free(conv->forward);
    free(conv->backward);
    free(conv->bias);
    free(conv);
}

size_t conv3x3_scratch(const Conv3x3 *conv)
{
    size_t forward = block_scratch(conv->in_channels), backward = block_scratch(conv->out_channels);
    return forward > backward ? forward : backward;
}

/* One direction's work: in [H, W, IC] times kernels [9*IC, OC] gives out [H, W, OC]. */
typedef struct Product {
    int height, width, in_channels, out_channels;
    const float *in, *kernels;
    const float *bias; /* with ReLU; NULL: neither */
    float *out;
} Product;

/* Writes the neighbourhood of one pixel, tap by tap, [9, IC]; what lies outside the picture is zero. */
static void neighbourhood(const Product *p, size_t pixel, float *row)
{
    int y = (int)(pixel / (size_t)p->width), x = (int)(pixel % (size_t)p->width);
    size_t channels = (size_t)p->in_channels, bytes = channels * sizeof(float);
    for (int a = -1; a <= 1; a++) {
        bool inside = y + a >= 0 && y + a < p->height;
        for (int b = -1; b <= 1; b++, row += channels)
            if (inside && x + b >= 0 && x + b < p->width)
                memcpy(row, p->in + ((size_t)(y + a) * p->width + (size_t)(x + b)) * channels, bytes);
            else
                memset(row, 0, bytes);
    }
}

static void bias_relu(float *out, size_t pixels, int channels, const float *bias)
{
    for (size_t i = 0; i < pixels; i++, out += channels)
        for (int c = 0; c < channels; c++) {
            float value = out[c] + bias[c];
            out[c] = value > 0 ? value : 0;
        }
}

static void product_block(void *data, size_t block, float *scratch)
{
    const Product *p = data;
    size_t size = (size_t)block_pixels(p->in_channels), first = block * size;
    size_t pixels = (size_t)p->height * (size_t)p->width;
    size_t count = pixels - first < size ? pixels - first : size;
    int depth = 9 * p->in_channels;
    float *out = p->out + first * (size_t)p->out_channels;

    for (size_t i = 0; i < count; i++)
        neighbourhood(p, first + i, scratch + i * (size_t)depth);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)count, p->out_channels, depth, 1, scratch,
                depth, p->kernels, p->out_channels, 0, out, p->out_channels);
    if (p->bias)
        bias_relu(out, count, p->out_channels, p->bias);
}

static void product_run(Product *p, Workers *workers)
{
    size_t pixels = (size_t)p->height * (size_t)p->width, size = (size_t)block_pixels(p->in_channels);
    workers_run(workers, (pixels + size - 1) / size, product_block, p);
}

void conv3x3_forward(const Conv3x3 *conv, Workers *workers, int height, int width, const float *in,
                     float *out)
{
    Product p = {height, width, conv->in_channels, conv->out_channels, in, conv->forward, conv->bias, out};
    product_run(&p, workers);
}

void conv3x3_backward(const Conv3x3 *conv, Workers *workers, int height, int width, const float *dout,
                      float *din)
{
    Product p = {height, width, conv->out_channels, conv->in_channels, dout, conv->backward, NULL, din};
    product_run(&p, workers);
}
