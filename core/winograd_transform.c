/* winograd_transform.c: F(4x4, 3x3)'s matrices B and A (Lavin and Gray, "Fast Algorithms for Convolutional
 * Neural Networks", CVPR 2016, section 4.3) as additions, over vectors of channels.
 *
 * Compiled once a vector unit, with WINOGRAD_VARIANT naming it. The arithmetic is the same everywhere,
 * operation by operation (the build forbids fused multiply-adds), only the vectors are longer or shorter. */
#include "winograd_transform.h"

#include <stdbool.h>

#if defined(__AVX512F__)
enum { LANES = 16 };
#elif defined(__AVX__)
enum { LANES = 8 };
#else
enum { LANES = 4 };
#endif

typedef float Vector __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));
typedef int Bits __attribute__((vector_size(LANES * sizeof(int))));

/* What lies outside the picture. */
static const float zeros[WINOGRAD_CHANNELS];

/* Six inputs d to six transformed ones: B'd. */
static inline __attribute__((always_inline)) void transform_input(const Vector *d, size_t step, Vector *out)
{
    Vector d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step];
    Vector even = d4 - 4 * d2, odd = d3 - 4 * d1, even2 = d4 - d2, odd2 = 2 * (d3 - d1);
    out[0] = 4 * d0 - 5 * d2 + d4;
    out[step] = even + odd;
    out[2 * step] = even - odd;
    out[3 * step] = even2 + odd2;
    out[4 * step] = even2 - odd2;
    out[5 * step] = 4 * d1 - 5 * d3 + d5;
}

/* Six products m to four outputs: A'm. */
static inline __attribute__((always_inline)) void transform_output(const Vector *m, size_t step, Vector *out,
                                                                   size_t out_step)
{
    Vector m0 = m[0], m5 = m[5 * step];
    Vector sum = m[step] + m[2 * step], difference = m[step] - m[2 * step];
    Vector sum2 = m[3 * step] + m[4 * step], difference2 = m[3 * step] - m[4 * step];
    out[0] = m0 + sum + sum2;
    out[out_step] = difference + 2 * difference2;
    out[2 * out_step] = sum + 4 * sum2;
    out[3 * out_step] = difference + 8 * difference2 + m5;
}

/* Where the 36 inputs of a tile lie; those outside the picture are zeros. */
static void tile_inputs(const WinogradBlock *b, const float *in, size_t tile,
                        const float *pixel[WINOGRAD_POINTS])
{
    size_t across = ((size_t)b->width + WINOGRAD_OUT - 1) / WINOGRAD_OUT;
    int top = (int)(tile / across) * WINOGRAD_OUT - 1, left = (int)(tile % across) * WINOGRAD_OUT - 1;
    for (int i = 0; i < WINOGRAD_IN; i++)
        for (int j = 0; j < WINOGRAD_IN; j++) {
            int y = top + i, x = left + j;
            bool inside = y >= 0 && y < b->height && x >= 0 && x < b->width;
            pixel[i * WINOGRAD_IN + j] =
                inside ? in + ((size_t)y * (size_t)b->width + (size_t)x) * (size_t)b->channels : zeros;
        }
}

static void input(const WinogradBlock *b, const float *in, float *transformed)
{
    size_t channels = (size_t)b->channels, plane = b->stride * channels;
    for (size_t t = 0; t < b->count; t++) {
        const float *pixel[WINOGRAD_POINTS];
        tile_inputs(b, in, b->first + t, pixel);
        for (size_t c = 0; c < channels; c += LANES) {
            Vector d[WINOGRAD_POINTS];
            for (int k = 0; k < WINOGRAD_POINTS; k++)
                d[k] = *(const Vector *)(pixel[k] + c);
            for (int column = 0; column < WINOGRAD_IN; column++)
                transform_input(d + column, WINOGRAD_IN, d + column);
            for (int row = 0; row < WINOGRAD_IN; row++)
                transform_input(d + row * WINOGRAD_IN, 1, d + row * WINOGRAD_IN);
            float *to = transformed + t * channels + c;
            for (int k = 0; k < WINOGRAD_POINTS; k++, to += plane)
                *(Vector *)to = d[k];
        }
    }
}

/* Writes what of a tile lies inside the picture. */
static inline __attribute__((always_inline)) void store_tile(const WinogradBlock *b, size_t tile,
                                                             const Vector *value, size_t c, float *out)
{
    size_t across = ((size_t)b->width + WINOGRAD_OUT - 1) / WINOGRAD_OUT;
    int top = (int)(tile / across) * WINOGRAD_OUT, left = (int)(tile % across) * WINOGRAD_OUT;
    for (int i = 0; i < WINOGRAD_OUT && top + i < b->height; i++)
        for (int j = 0; j < WINOGRAD_OUT && left + j < b->width; j++) {
            size_t pixel = (size_t)(top + i) * (size_t)b->width + (size_t)(left + j);
            *(Vector *)(out + pixel * (size_t)b->channels + c) = value[i * WINOGRAD_OUT + j];
        }
}

static inline __attribute__((always_inline)) void bias_relu(Vector *value, int count, const float *bias)
{
    Vector add = *(const Vector *)bias;
    for (int k = 0; k < count; k++) {
        Vector sum = value[k] + add;
        value[k] = (Vector)((Bits)sum & (sum > 0)); /* a comparison gives all bits or none */
    }
}

static void output(const WinogradBlock *b, const float *transformed, const float *bias, float *out)
{
    size_t channels = (size_t)b->channels, plane = b->stride * channels;
    for (size_t t = 0; t < b->count; t++)
        for (size_t c = 0; c < channels; c += LANES) {
            Vector m[WINOGRAD_POINTS], half[WINOGRAD_OUT * WINOGRAD_IN], value[WINOGRAD_OUT * WINOGRAD_OUT];
            const float *from = transformed + t * channels + c;
            for (int k = 0; k < WINOGRAD_POINTS; k++, from += plane)
                m[k] = *(const Vector *)from;
            for (int column = 0; column < WINOGRAD_IN; column++)
                transform_output(m + column, WINOGRAD_IN, half + column, WINOGRAD_IN);
            for (int row = 0; row < WINOGRAD_OUT; row++)
                transform_output(half + row * WINOGRAD_IN, 1, value + row * WINOGRAD_OUT, 1);
            if (bias)
                bias_relu(value, WINOGRAD_OUT * WINOGRAD_OUT, bias + c);
            store_tile(b, b->first + t, value, c, out);
        }
}

#define PASTE(a, b)    a##b
#define NAMED(variant) PASTE(winograd_, variant)
#define QUOTE(text)    #text
#define QUOTED(text)   QUOTE(text)

const WinogradTransforms NAMED(WINOGRAD_VARIANT) = {QUOTED(WINOGRAD_VARIANT), input, output};
