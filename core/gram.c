/* gram.c: blocks of positions go through ssyrk in float, their results are added up in double. */
#include "gram.h"

#include <cblas.h>
#include <string.h>

/* A block's sum in float loses less than rounding does (1024 terms of 24 bits); the parts bound the memory
 * for sums and hang on the number of positions alone, so that any number of workers adds in the same order.
 */
enum { BLOCK = 1024, PARTS_MAX = 16 };

typedef struct Gram {
    size_t positions, part; /* positions in all, and in one part: whole blocks */
    size_t channels;
    const float *features;
    double *sums;       /* [parts, C, C], upper triangles */
    const float *dgram; /* backward only */
    float *dfeatures;
} Gram;

static size_t part_count(size_t positions)
{
    size_t blocks = (positions + BLOCK - 1) / BLOCK;
    return blocks < PARTS_MAX ? blocks : PARTS_MAX;
}

size_t gram_scratch(int channels)
{
    return (size_t)channels * (size_t)channels;
}

size_t gram_sums(size_t positions, int channels)
{
    return part_count(positions) * (size_t)channels * (size_t)channels;
}

static void add_upper(size_t channels, const float *block, double *sum)
{
    for (size_t i = 0; i < channels; i++)
        for (size_t j = i; j < channels; j++)
            sum[i * channels + j] += block[i * channels + j];
}

static void forward_part(void *data, size_t part, float *scratch)
{
    const Gram *g = data;
    size_t c = g->channels, begin = part * g->part;
    size_t end = begin + g->part < g->positions ? begin + g->part : g->positions;
    double *sum = g->sums + part * c * c;

    memset(sum, 0, c * c * sizeof *sum);
    for (size_t at = begin; at < end; at += BLOCK) {
        size_t rows = end - at < BLOCK ? end - at : BLOCK;
        cblas_ssyrk(CblasRowMajor, CblasUpper, CblasTrans, (int)c, (int)rows, 1, g->features + at * c, (int)c,
                    0, scratch, (int)c);
        add_upper(c, scratch, sum);
    }
}

/* Adds the parts in their order, divides by N, and mirrors the triangle. */
static void gather(const Gram *g, size_t parts, float *gram)
{
    size_t c = g->channels;
    for (size_t i = 0; i < c; i++)
        for (size_t j = i; j < c; j++) {
            double sum = 0;
            for (size_t part = 0; part < parts; part++)
                sum += g->sums[(part * c + i) * c + j];
            gram[i * c + j] = gram[j * c + i] = (float)(sum / (double)g->positions);
        }
}

void gram_forward(Workers *workers, size_t positions, int channels, const float *features, double *sums,
                  float *gram)
{
    size_t parts = part_count(positions), blocks = (positions + BLOCK - 1) / BLOCK;
    size_t part = (blocks + parts - 1) / parts * BLOCK;
    Gram g = {.positions = positions,
              .part = part,
              .channels = (size_t)channels,
              .features = features,
              .sums = sums};
    parts = (positions + part - 1) / part; /* rounding up may have left the last ones empty */
    workers_run(workers, parts, forward_part, &g);
    gather(&g, parts, gram);
}

static void backward_block(void *data, size_t block, float *scratch)
{
    (void)scratch;
    const Gram *g = data;
    size_t at = block * BLOCK, c = g->channels;
    size_t rows = g->positions - at < BLOCK ? g->positions - at : BLOCK;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)rows, (int)c, (int)c,
                2.0f / (float)g->positions, g->features + at * c, (int)c, g->dgram, (int)c, 1,
                g->dfeatures + at * c, (int)c);
}

void gram_backward(Workers *workers, size_t positions, int channels, const float *features,
                   const float *dgram, float *dfeatures)
{
    Gram g = {.positions = positions,
              .channels = (size_t)channels,
              .features = features,
              .dgram = dgram,
              .dfeatures = dfeatures};
    workers_run(workers, (positions + BLOCK - 1) / BLOCK, backward_block, &g);
}
