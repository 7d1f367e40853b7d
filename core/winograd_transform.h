/* winograd_transform.h: the input's and the output's transform of F(4x4, 3x3), on blocks of tiles.
 *
 * A tile is a square of 4x4 outputs; its inputs are the 6x6 square around it. Tiles are numbered row by row
 * over the picture. The code is one file, compiled once for each kind of vector unit; winograd_transforms
 * chooses. */
#ifndef NST_WINOGRAD_TRANSFORM_H
#define NST_WINOGRAD_TRANSFORM_H

#include <stddef.h>

enum {
    WINOGRAD_OUT = 4,       /* outputs of a tile, a side */
    WINOGRAD_IN = 6,        /* inputs of a tile, a side */
    WINOGRAD_POINTS = 36,   /* products of a tile and a pair of channels */
    WINOGRAD_LANES = 16,    /* channels must be a multiple of it */
    WINOGRAD_CHANNELS = 512 /* and no more than this */
};

typedef struct WinogradBlock {
    int height, width, channels; /* of the picture to read or write, [H, W, C] */
    size_t first, count;         /* tiles */
    size_t stride; /* tiles that a point's matrix has room for: transformed is [36, stride, C] */
} WinogradBlock;

typedef struct WinogradTransforms {
    const char *name;
    void (*input)(const WinogradBlock *block, const float *in, float *transformed);
    /* bias: [C], added before a ReLU; NULL: neither. */
    void (*output)(const WinogradBlock *block, const float *transformed, const float *bias, float *out);
} WinogradTransforms;

/* The best that this processor bears, or the one that the environment variable NST_SIMD names (baseline,
 * avx2, avx512) if it bears that. All give the same bits. */
const WinogradTransforms *winograd_transforms(void);

extern const WinogradTransforms winograd_baseline;
extern const WinogradTransforms winograd_avx2;   /* on x86-64 only */
extern const WinogradTransforms winograd_avx512; /* on x86-64 only */

#endif
