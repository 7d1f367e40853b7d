/* lanes.h: vectors of floats as wide as the processor's, using the compiler's vector extensions, for the
 * files that are compiled once for each kind of vector unit (see simd.h). No intrinsics: the same source
 * serves AVX-512, AVX2, plain x86-64 and arm64. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_LANES_H
#define NST_LANES_H

#if defined(__AVX512F__)
enum { LANES = 16 };
#elif defined(__AVX__)
enum { LANES = 8 };
#else
enum { LANES = 4 };
#endif

/* Loads and stores through these need no alignment. */
typedef float Vector __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));
typedef int Bits __attribute__((vector_size(LANES * sizeof(int))));
typedef unsigned char Bytes __attribute__((vector_size(LANES), aligned(1), may_alias));

#define INLINE static inline __attribute__((always_inline))

/* value where `mask` has all bits set, zero where it has none; a comparison gives such a mask. */
INLINE Vector keep(Bits mask, Vector value)
{
    return (Vector)((Bits)value & mask);
}

/* Names a file's table after the vector unit that it is compiled for: NAMED(product) becomes
 * product_avx512. */
#define NAMED(table)            NAME_JOIN(table, SIMD_UNIT)
#define NAME_JOIN(table, unit)  NAME_PASTE(table, unit)
#define NAME_PASTE(table, unit) table##_##unit

#endif
