/* rng.c: streams cut from core's random numbers. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rng.h"

#include "elementary.h"

#include "core/base/random.h"

Rng rng_stream(uint32_t seed, uint32_t stream)
{
    return (Rng){seed, (uint64_t)stream << 32};
}

float rng_uniform(Rng *rng)
{
    return random_uniform(rng->seed, rng->next++);
}

float rng_between(Rng *rng, float low, float high)
{
    return low + (high - low) * rng_uniform(rng);
}

/* Box and Muller's transform. Its second result is not used, so every call takes two numbers of the
 * stream. */
float rng_normal(Rng *rng)
{
    const double turn = 6.283185307179586;
    double radius = sqrt(-2 * elementary_log(1 - (double)rng_uniform(rng))); /* 1 - u is never 0 */
    return (float)(radius * elementary_cos(turn * (double)rng_uniform(rng)));
}

uint32_t rng_below(Rng *rng, uint32_t count)
{
    return (uint32_t)(rng_uniform(rng) * (double)count);
}

void rng_shuffle(Rng *rng, uint32_t *order, uint32_t count)
{
    for (uint32_t i = count; i > 1; i--) {
        uint32_t k = rng_below(rng, i), last = order[i - 1];
        order[i - 1] = order[k];
        order[k] = last;
    }
}
