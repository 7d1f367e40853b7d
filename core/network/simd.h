/* simd.h: chooses the inner loops for the vector unit that this processor has.
 *
 * product.c and winograd_transform.c are compiled once for each kind of unit; each compilation exports a
 * table of functions. Between kinds results differ by rounding (AVX2 and AVX-512 fuse multiplication and
 * addition), within one kind they are the same bits whatever the blocks and the workers. */
#ifndef NST_SIMD_H
#define NST_SIMD_H

#include "product.h"
#include "winograd_transform.h"

typedef struct Simd {
    const char *name;
    const Product *product;
    const WinogradTransforms *winograd;
} Simd;

/* The best that this processor bears, or the one that the environment variable NST_SIMD names (plain, avx2,
 * avx512) if it bears that. */
const Simd *simd_best(void);

#endif
