/* noise.h: the source of all irregularity. Everything is a function of its arguments, so the pictures are the
 * same each time. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_NOISE_H
#define DRAWING_NOISE_H

#include <stdint.h>

/* A number in 0..1 that belongs to a lattice point. */
float noise_hash(int x, int y, uint32_t seed);

/* Smooth noise in -1..1 with lattice period 1; slope (NULL: not wanted) receives its two derivatives. */
float noise_smooth(float x, float y, uint32_t seed, float slope[2]);

/* Fractal sum of `octaves` of smooth noise, each half as wide and half as high as the one before: about
 * -1..1. */
float noise_fractal(float x, float y, int octaves, uint32_t seed);

/* A stream of random numbers. */
typedef struct Dice {
    uint64_t state; /* any value is a fine seed */
} Dice;

float dice_between(Dice *dice, float low, float high);
float dice_normal(Dice *dice); /* mean 0, deviation 1, never beyond 3.5 */

#endif
