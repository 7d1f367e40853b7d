/* winograd.c: Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray, CVPR 2016): a tile of 4x4 outputs
 * takes 36 products per pair of channels where the definition takes 144.
 *
 * Tiles are processed in blocks: transform a block's inputs, multiply at each of the 36 points the matrix
 * [tiles, IC] by the transformed kernels [IC, OC], transform back. A block's two matrices should stay in the
 * cache between the three steps, and one worker takes one block at a time. Channels are the last dimension,
 * so the transforms are plain additions of vectors.
 *
 * F(2x2, 3x3) needs 1.8 times as many products; F(6x6, 3x3) a fifth fewer still, at ten times the rounding
 * error and 1.8 times the memory for kernels. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "winograd.h"

#include "core/base/memory.h"
#include "core/base/ranges.h"
#include "simd.h"

#include <stdlib.h>
#include <string.h>

struct Winograd {
    int in_channels, out_channels;
    size_t block; /* tiles */
    const Simd *simd;
    float *kernels; /* 36 packed matrices [IC, OC] */
};

/* Tiles per block: with few channels few enough for the cache, with many enough rows for each kernel that is
 * read. Measured, see tests/bench/RESULTS.md. Multiples of twelve, which suit the product. */
static size_t block_tiles(int in_channels, int out_channels)
{
    int channels = in_channels > out_channels ? in_channels : out_channels;
    return channels >= 512 ? 120 : channels >= 256 ? 60 : 48;
}

/* A point's matrix of `tiles` rows, and one cache line more, so that the points' rows don't all map to the
 * same sets of the cache. */
static size_t plane_floats(size_t tiles, size_t channels)
{
    enum { CACHE_LINE_FLOATS = 16 };
    return tiles * channels + CACHE_LINE_FLOATS;
}

bool winograd_serves(int in_channels, int out_channels)
{
    return in_channels % WINOGRAD_LANES == 0 && out_channels % PRODUCT_COLUMNS == 0 &&
           in_channels <= WINOGRAD_CHANNELS && out_channels <= WINOGRAD_CHANNELS;
}

/* Kernels transformed side by side, so that the compiler can vectorise; divides any number of output channels
 * that winograd_serves accepts. */
enum { PAIRS = WINOGRAD_LANES };

/* G of F(4x4, 3x3): one row per point, one column per tap. */
static const double transform[WINOGRAD_IN][3] = {
    {1. / 4, 0, 0},
    {-1. / 6, -1. / 6, -1. / 6},
    {-1. / 6, 1. / 6, -1. / 6},
    {1. / 24, 1. / 12, 1. / 6},
    {1. / 24, -1. / 12, 1. / 6},
    {0, 0, 1},
};

/* G along one dimension: three rows of numbers to six. */
UNCHECKED static void transform_rows(double in[3][PAIRS], double out[WINOGRAD_IN][PAIRS])
{
    range_used(in, 3 * sizeof *in);
    range_used(out, WINOGRAD_IN * sizeof *out);
    for (int row = 0; row < WINOGRAD_IN; row++)
        for (int p = 0; p < PAIRS; p++)
            out[row][p] =
                transform[row][0] * in[0][p] + transform[row][1] * in[1][p] + transform[row][2] * in[2][p];
}

/* G g G' for PAIRS kernels side by side; their taps lie `step` floats apart. */
UNCHECKED static void transform_kernels(const float *tap, size_t step, float points[WINOGRAD_POINTS][PAIRS])
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
        double line[3][PAIRS], transformed[WINOGRAD_IN][PAIRS];
        for (int b = 0; b < 3; b++)
            memcpy(line[b], columns[b][row], sizeof line[b]);
        transform_rows(line, transformed);
        for (int k = 0; k < WINOGRAD_IN; k++)
            for (int p = 0; p < PAIRS; p++)
                points[row * WINOGRAD_IN + k][p] = (float)transformed[k][p];
    }
}

/* Transforms all kernels [9, IC, OC] straight into their places in the packed matrices. */
UNCHECKED static void prepare_kernels(Winograd *w, const float *kernels)
{
    size_t ic = (size_t)w->in_channels, oc = (size_t)w->out_channels;
    range_used(kernels, 9 * ic * oc * sizeof *kernels);
    range_used(w->kernels, WINOGRAD_POINTS * ic * oc * sizeof *kernels);
    for (size_t i = 0; i < ic; i++)
        for (size_t o = 0; o < oc; o += PAIRS) {
            float points[WINOGRAD_POINTS][PAIRS];
            transform_kernels(kernels + i * oc + o, ic * oc, points);
            for (size_t k = 0; k < WINOGRAD_POINTS; k++)
                for (size_t p = 0; p < PAIRS; p += PRODUCT_RUN)
                    memcpy(w->kernels + k * ic * oc + product_index(w->simd->product, ic, i, o + p),
                           points[k] + p, PRODUCT_RUN * sizeof(float));
        }
}

NstStatus winograd_new(Winograd **out, int in_channels, int out_channels, const float *kernels,
                       NstError *error)
{
    *out = NULL;
    size_t pairs = (size_t)in_channels * (size_t)out_channels;
    Winograd *w = malloc(sizeof *w);
    float *transformed = memory_floats(WINOGRAD_POINTS * pairs);
    if (!w || !transformed) {
        free(w);
        free(transformed);
        return nst_fail_memory(error, "the network's kernels",
                               WINOGRAD_POINTS * (double)pairs * sizeof(float));
    }
    *w = (Winograd){in_channels, out_channels, block_tiles(in_channels, out_channels), simd_best(),
                    transformed};
    prepare_kernels(w, kernels);
    *out = w;
    return NST_OK;
}

void winograd_free(Winograd *w)
{
    if (!w)
        return;
    free(w->kernels);
    free(w);
}

size_t winograd_scratch(int in_channels, int out_channels)
{
    size_t block = block_tiles(in_channels, out_channels);
    return WINOGRAD_POINTS *
           (plane_floats(block, (size_t)in_channels) + plane_floats(block, (size_t)out_channels));
}

/* How a map is shared out: the items are blocks of tiles, times parts of the output's channels. */
typedef struct Run {
    const Winograd *winograd;
    const ConvFrame *frame;
    size_t tiles, blocks;
    size_t block;          /* tiles in the largest block */
    size_t parts, columns; /* parts, and output channels of one */
    const ConvSource *source;
    const ConvSink *sink;
} Run;

static size_t divide_up(size_t a, size_t b)
{
    return (a + b - 1) / b;
}

/* Blocks hold whole groups of four tiles, which suit the product, and differ by at most one group. */
enum { ROWS = 4 };

static size_t block_begin(const Run *run, size_t block)
{
    size_t begin = divide_up(run->tiles, ROWS) * block / run->blocks * ROWS;
    return begin < run->tiles ? begin : run->tiles;
}

static void run_item(void *data, size_t item, float *scratch)
{
    const Run *run = data;
    const Winograd *w = run->winograd;
    size_t ic = (size_t)w->in_channels, oc = (size_t)w->out_channels;
    size_t block = item / run->parts, first = block_begin(run, block);
    size_t from = item % run->parts * run->columns;
    WinogradBlock b = {.frame = run->frame,
                       .channels = w->in_channels,
                       .first = first,
                       .count = block_begin(run, block + 1) - first,
                       .plane = plane_floats(run->block, ic),
                       .from = from,
                       .end = from + run->columns < oc ? from + run->columns : oc};
    float *v = scratch, *m = scratch + WINOGRAD_POINTS * b.plane;
    size_t columns = b.end - b.from, in_plane = b.plane;

    w->simd->winograd->input(&b, run->source, v);
    b.plane = plane_floats(run->block, columns);
    b.channels = w->out_channels;
    for (size_t k = 0; k < WINOGRAD_POINTS; k++)
        w->simd->product->multiply(b.count, ic, b.from, b.end, v + k * in_plane, ic, w->kernels + k * ic * oc,
                                   m + k * b.plane, columns);
    w->simd->winograd->output(&b, m, run->sink);
}

/* How many blocks: the same number for each worker, since all wait for the slowest. A map of few tiles is cut
 * into several small blocks per worker, as long as each has enough rows to be worth reading the kernels from
 * memory. */
static size_t share_tiles(size_t tiles, size_t full, size_t workers)
{
    enum { EACH = 3, LEAST = 24 };
    for (size_t each = EACH; each > 0; each--) {
        size_t block = divide_up(divide_up(tiles, each * workers), ROWS) * ROWS;
        if (block >= full)
            return divide_up(divide_up(tiles, full), workers) * workers;
        if (block >= LEAST)
            return divide_up(tiles, block);
    }
    return divide_up(tiles, full);
}

/* The cut changes no sum, so it may depend on the number of workers. Where there are fewer blocks than
 * workers the output's channels are divided too, at the price of transforming the input once per part. */
static void share_out(Run *run, size_t workers)
{
    enum { COLUMNS_MIN = 64 };
    size_t oc = (size_t)run->winograd->out_channels;
    run->blocks = share_tiles(run->tiles, run->winograd->block, workers);
    run->block = divide_up(divide_up(run->tiles, ROWS), run->blocks) * ROWS;
    run->parts = 1;
    while (run->blocks * run->parts < workers && oc / (2 * run->parts) >= COLUMNS_MIN)
        run->parts *= 2;
    run->columns = divide_up(oc / run->parts, PRODUCT_COLUMNS) * PRODUCT_COLUMNS;
}

void winograd_run(const Winograd *w, Workers *workers, const ConvFrame *frame, const ConvSource *source,
                  const ConvSink *sink)
{
    Region squares = winograd_squares(frame);
    Run run = {
        .winograd = w, .frame = frame, .tiles = region_positions(&squares), .source = source, .sink = sink};
    if (run.tiles == 0) /* a part of a picture may be too small for the deepest layers */
        return;
    share_out(&run, (size_t)workers_count(workers));
    workers_run(workers, run.blocks * run.parts, run_item, &run);
}
