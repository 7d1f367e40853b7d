/* rng.h: streams of random numbers, made of core's random function of position. What is drawn depends only on
 * the seed and the stream's number, so pictures can be drawn in any order, by any number of threads. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_RNG_H
#define NST_RNG_H

#include <stdint.h>

typedef struct Rng {
    uint32_t seed;
    uint64_t next; /* index of the next number */
} Rng;

/* Streams of one seed don't overlap within their first 2^32 numbers. */
Rng rng_stream(uint32_t seed, uint32_t stream);

float rng_uniform(Rng *rng);                        /* [0, 1) */
float rng_between(Rng *rng, float low, float high); /* [low, high) */
float rng_normal(Rng *rng);                         /* mean 0, variance 1 */
uint32_t rng_below(Rng *rng, uint32_t count);       /* 0 .. count-1, count up to 2^24 */

/* Shuffles order [count]. */
void rng_shuffle(Rng *rng, uint32_t *order, uint32_t count);

#endif
