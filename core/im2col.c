/* im2col.c: the convolution as matrix products, the classical way.
 *
 * The 3x3 neighbourhoods of a block of pixels are written out as the rows of a matrix [pixels, 9*IC], which
 * one sgemm multiplies by the kernels [9*IC, OC]. One worker takes one block at a time. The blocks hang on
 * the layer alone, never on the number of workers, so the sums are the same for any. */
#include "im2col.h"

#include <cblas.h>
#include <stdbool.h>
#include <string.h>

/* A common L2 cache, 1 MiB: half or twice of it is as fast, four times more or less is 5 to 15 % slower. */
enum { BLOCK_FLOATS = 256 * 1024, BLOCK_MIN_PIXELS = 16 };

static int block_pixels(int channels)
{
    int pixels = BLOCK_FLOATS / (9 * channels);
    return pixels > BLOCK_MIN_PIXELS ? pixels : BLOCK_MIN_PIXELS;
}

size_t im2col_scratch(int in_channels)
{
    return (size_t)block_pixels(in_channels) * 9 * (size_t)in_channels;
}

/* One run: in [H, W, IC] times kernels [9*IC, OC] gives out [H, W, OC]. */
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

void im2col_run(const Im2col *im2col, Workers *workers, int height, int width, const float *in,
                const float *bias, float *out)
{
    Product p = {height, width, im2col->in_channels, im2col->out_channels, in, im2col->kernels, bias, out};
    size_t pixels = (size_t)height * (size_t)width, size = (size_t)block_pixels(p.in_channels);
    workers_run(workers, (pixels + size - 1) / size, product_block, &p);
}
