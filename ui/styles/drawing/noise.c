/* noise.c: value noise on a hashed lattice.
 *
 * Value noise rather than gradient noise: its derivatives are as cheap as its values, and the eroded
 * mountains need them at every octave. Its blockiness disappears because each octave is rotated against the
 * previous one. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "noise.h"

#include <math.h>
#include <stddef.h>

/* Spreads every bit of h over all bits: multiply and fold, twice. */
static uint32_t scramble(uint32_t h)
{
    h ^= h >> 16;
    h *= 0x9e3779b1u; /* odd numbers with well spread bits: 2^32 over the golden ratio, and a relative */
    h ^= h >> 15;
    h *= 0x85ebca77u;
    return h ^ (h >> 16);
}

float noise_hash(int x, int y, uint32_t seed)
{
    uint32_t h = scramble((uint32_t)x + scramble((uint32_t)y + scramble(seed)));
    return (float)(h >> 8) * 0x1p-24f;
}

float noise_smooth(float x, float y, uint32_t seed, float slope[2])
{
    float cell_x = floorf(x), cell_y = floorf(y);
    int ix = (int)cell_x, iy = (int)cell_y;
    float u = x - cell_x, v = y - cell_y;
    /* The fifth-degree blend: its second derivative vanishes at the lattice, so lighting shows no grid. */
    float bu = u * u * u * (u * (u * 6 - 15) + 10), bv = v * v * v * (v * (v * 6 - 15) + 10);
    float a = noise_hash(ix, iy, seed), b = noise_hash(ix + 1, iy, seed);
    float c = noise_hash(ix, iy + 1, seed), d = noise_hash(ix + 1, iy + 1, seed);
    float twist = a - b - c + d;
    if (slope) {
        slope[0] = 60 * u * u * (u - 1) * (u - 1) * (b - a + twist * bv);
        slope[1] = 60 * v * v * (v - 1) * (v - 1) * (c - a + twist * bu);
    }
    return 2 * (a + (b - a) * bu + (c - a) * bv + twist * bu * bv) - 1;
}

float noise_fractal(float x, float y, int octaves, uint32_t seed)
{
    float sum = 0, height = 0.5f;
    for (int i = 0; i < octaves; i++) {
        sum += height * noise_smooth(x, y, seed + (uint32_t)i, NULL);
        /* Twice as fine, turned by atan(3/4) so that the lattices never line up. */
        float turned = 1.6f * x - 1.2f * y;
        y = 1.2f * x + 1.6f * y;
        x = turned;
        height *= 0.5f;
    }
    return sum;
}

float dice_between(Dice *dice, float low, float high)
{
    dice->state += 0x9e3779b97f4a7c15u;
    uint32_t h = scramble((uint32_t)dice->state ^ scramble((uint32_t)(dice->state >> 32)));
    return low + (high - low) * (float)(h >> 8) * 0x1p-24f;
}

float dice_normal(Dice *dice)
{
    /* Four uniform numbers are near enough to a bell, and bounded. */
    float sum = 0;
    for (int i = 0; i < 4; i++)
        sum += dice_between(dice, -1, 1);
    return sum * 0.866025f; /* each has variance 1/3: scale 4/3 to 1 */
}
