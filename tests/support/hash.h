/* hash.h: test input without files. Value number `index` of stream `seed` comes from a small integer hash
 * that tests/reference/reference.py holds too, so both sides of a comparison make the same weights and
 * pictures to the last bit, and the oracle file carries answers only.
 *
 * Streams in use are named by the code that draws from them; two arrays that must differ take two seeds. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_HASH_H
#define TESTS_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Multiplications by odd numbers and shifts, twice: each input bit reaches every output bit. */
static inline uint32_t hash32(uint32_t seed, uint32_t index)
{
    uint32_t h = seed * 0x9e3779b1u + index * 0x85ebca77u + 0x165667b1u;
    h = (h ^ h >> 15) * 0x2c1b3c6du;
    h = (h ^ h >> 12) * 0x297a2d39u;
    return h ^ h >> 15;
}

/* In [0, 1): 24 bits, so the float is exact. */
static inline float hash_unit(uint32_t seed, uint32_t index)
{
    return (float)(hash32(seed, index) >> 8) * 0x1p-24f;
}

/* In [-1, 1), exact too. */
static inline float hash_signed(uint32_t seed, uint32_t index)
{
    return (float)((int32_t)(hash32(seed, index) >> 8) - (1 << 23)) * 0x1p-23f;
}

static inline void hash_fill_unit(uint32_t seed, size_t count, float *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = hash_unit(seed, (uint32_t)i);
}

/* scale * [-1, 1) */
static inline void hash_fill_signed(uint32_t seed, float scale, size_t count, float *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = scale * hash_signed(seed, (uint32_t)i);
}

#endif
