/* simd.h: chooses the inner loops for this processor's vector unit.
 *
 * product.c and winograd_transform.c are compiled once for each kind of unit; each compilation exports a
 * table of functions. Results differ by rounding between kinds (AVX2 and AVX-512 fuse multiplication and
 * addition); within one kind they are the same bits whatever the blocks and the workers. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_SIMD_H
#define NST_SIMD_H

#include "product.h"
#include "winograd_transform.h"

typedef struct Simd {
    const char *name;
    const Product *product;
    const WinogradTransforms *winograd;
} Simd;

/* The best kind that this processor supports, or the one that the environment variable NST_SIMD names (plain,
 * avx2, avx512) if it supports that one. Any thread. */
const Simd *simd_best(void);

#endif
