/* winograd.c: Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, CVPR 2016): a tile of 4x4 outputs
 * takes 36 products a pair of channels where the definition takes 144.
 *
 * Tiles go through in blocks: transform the inputs of a block, multiply at each of the 36 points the matrix
 * [tiles, IC] by the transformed kernels [IC, OC] with one sgemm, transform back. A block's two matrices are
 * to stay in the cache between the three steps, and one worker takes a block at a time. Channels are the last
 * dimension, so the transforms are plain additions of vectors.
 *
 * F(2x2, 3x3) needs 1.8 times as many products; F(6x6, 3x3) a fifth fewer still, at ten times the rounding
 * error. */
#include "winograd.h"

#include "memory.h"
#include "winograd_transform.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

struct Winograd {
    int in_channels, out_channels;
    size_t block; /* tiles */
    const WinogradTransforms *transforms;
    float *kernels; /* [36, IC, OC] */
};

/* Tiles a block: few enough for the cache with few channels, enough rows for sgemm with many. Measured, see
 * tests/bench/RESULTS.md; a factor of two either way costs some ten per cent. */
static size_t block_tiles(int channels)
{
    return channels >= 512 ? 128 : channels >= 256 ? 64 : 48;
}

bool winograd_serves(int in_channels, int out_channels)
{
    return in_channels % WINOGRAD_LANES == 0 && out_channels % WINOGRAD_LANES == 0 &&
           in_channels <= WINOGRAD_CHANNELS && out_channels <= WINOGRAD_CHANNELS;
}

/* Kernels transformed side by side, so that the compiler can make vectors of them; divides any number of
 * pairs that winograd_serves. */
enum { PAIRS = WINOGRAD_LANES };

/* G of F(4x4, 3x3): one row a point, one column a tap. */
static const double transform[WINOGRAD_IN][3] = {
    {1. / 4, 0, 0},
    {-1. / 6, -1. / 6, -1. / 6},
    {-1. / 6, 1. / 6, -1. / 6},
    {1. / 24, 1. / 12, 1. / 6},
    {1. / 24, -1. / 12, 1. / 6},
    {0, 0, 1},
};

/* G along one dimension: three rows of numbers to six. */
static void transform_rows(double in[3][PAIRS], double out[WINOGRAD_IN][PAIRS])
{
    for (int row = 0; row < WINOGRAD_IN; row++)
        for (int p = 0; p < PAIRS; p++)
            out[row][p] =
                transform[row][0] * in[0][p] + transform[row][1] * in[1][p] + transform[row][2] * in[2][p];
}

/* G g G' for PAIRS kernels side by side. Taps lie `step` floats apart, and so do points. */
static void transform_kernels(const float *tap, size_t step, float *transformed)
{
    double columns[3][WINOGRAD_IN][PAIRS]; /* G g, column by column */
    for (int b = 0; b < 3; b++) {
        double column[3][PAIRS];
        for (int a = 0; a < 3; a++)
            for (int p = 0; p < PAIRS; p++)
                column[a][p] = tap[(size_t)(a * 3 + b) * step + (size_t)p];
        transform_rows(column, columns[b]);
    }
    for (int row = 0; row < WINOGRAD_IN; row++) {
        double line[3][PAIRS], points[WINOGRAD_IN][PAIRS];
        for (int b = 0; b < 3; b++)
            memcpy(line[b], columns[b][row], sizeof line[b]);
        transform_rows(line, points);
        for (int k = 0; k < WINOGRAD_IN; k++)
            for (int p = 0; p < PAIRS; p++)
                transformed[(size_t)(row * WINOGRAD_IN + k) * step + (size_t)p] = (float)points[k][p];
    }
}

Winograd *winograd_new(int in_channels, int out_channels, const float *kernels, NstError *error)
{
    size_t pairs = (size_t)in_channels * (size_t)out_channels;
    Winograd *w = malloc(sizeof *w);
    float *transformed = floats_new(WINOGRAD_POINTS * pairs);
    if (!w || !transformed) {
        free(w);
        free(transformed);
        nst_fail_memory(error, "the network's kernels", WINOGRAD_POINTS * (double)pairs * sizeof(float));
        return NULL;
    }
    int wider = in_channels > out_channels ? in_channels : out_channels;
    *w = (Winograd){in_channels, out_channels, block_tiles(wider), winograd_transforms(), transformed};
    for (size_t pair = 0; pair < pairs; pair += PAIRS)
        transform_kernels(kernels + pair, pairs, transformed + pair);
    return w;
}

void winograd_free(Winograd *w)
{
    if (!w)
        return;
    free(w->kernels);
    free(w);
}

size_t winograd_scratch(const Winograd *w)
{
    return WINOGRAD_POINTS * w->block * (size_t)(w->in_channels + w->out_channels);
}

typedef struct Run {
    const Winograd *winograd;
    int height, width;
    size_t tiles, block;
    const float *in, *bias;
    float *out;
} Run;

static void run_block(void *data, size_t block, float *scratch)
{
    const Run *run = data;
    const Winograd *w = run->winograd;
    size_t ic = (size_t)w->in_channels, oc = (size_t)w->out_channels, first = block * run->block;
    size_t count = run->tiles - first < run->block ? run->tiles - first : run->block;
    WinogradBlock b = {run->height, run->width, w->in_channels, first, count, run->block};
    float *v = scratch, *m = scratch + WINOGRAD_POINTS * run->block * ic;

    w->transforms->input(&b, run->in, v);
    for (size_t k = 0; k < WINOGRAD_POINTS; k++)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)count, (int)oc, (int)ic, 1,
                    v + k * run->block * ic, (int)ic, w->kernels + k * ic * oc, (int)oc, 0,
                    m + k * run->block * oc, (int)oc);
    b.channels = w->out_channels;
    w->transforms->output(&b, m, run->bias, run->out);
}

void winograd_run(const Winograd *w, Workers *workers, int height, int width, const float *in,
                  const float *bias, float *out)
{
    size_t tiles = (((size_t)height + 3) / WINOGRAD_OUT) * (((size_t)width + 3) / WINOGRAD_OUT);
    /* Small maps: enough blocks to share out, but not one by one. */
    enum { SHARES = 8, BLOCK_MIN = 16 };
    size_t block = (tiles + SHARES - 1) / SHARES;
    block = block > w->block ? w->block : block < BLOCK_MIN ? BLOCK_MIN : block;
    Run run = {w, height, width, tiles, block, in, bias, out};
    workers_run(workers, (tiles + block - 1) / block, run_block, &run);
}
