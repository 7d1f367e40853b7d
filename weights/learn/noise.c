/* noise.c: sums of random cosines. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "noise.h"

#include "elementary.h"

static const float turn = 6.2831853f;

static float cosine(float angle)
{
    return (float)elementary_cos((double)angle);
}

static float sine(float angle)
{
    return (float)elementary_sin((double)angle);
}

void noise_all_ways(Noise *noise, Rng *rng, float frequency, float spread)
{
    for (int i = 0; i < NOISE_WAVES; i++) {
        float radius = turn * frequency * (1 + spread * rng_normal(rng)), angle = turn * rng_uniform(rng);
        noise->x[i] = radius * cosine(angle);
        noise->y[i] = radius * sine(angle);
        noise->phase[i] = turn * rng_uniform(rng);
    }
}

void noise_one_way(Noise *noise, Rng *rng, float frequency, float spread, float angle)
{
    const float across = 0.6f; /* the band's width across the angle, as a share of that along it */
    float c = cosine(angle), s = sine(angle);
    for (int i = 0; i < NOISE_WAVES; i++) {
        float u = turn * frequency * (1 + spread * rng_normal(rng));
        float v = turn * frequency * spread * across * rng_normal(rng);
        noise->x[i] = u * c - v * s;
        noise->y[i] = u * s + v * c;
        noise->phase[i] = turn * rng_uniform(rng);
    }
}

/* Half of learning a shallow layer is this sum. Wider vectors give the same bits, since nothing is fused. A
 * sanitized program chooses too early for its checks. */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
__attribute__((target_clones("avx2", "default")))
#endif
float noise_at(const Noise *noise, float x, float y)
{
    /* A cosine's variance is 1/2. */
    const double unit = sqrt(2.0 / NOISE_WAVES);
    double wave[NOISE_WAVES], sum = 0;
    for (int i = 0; i < NOISE_WAVES; i++) /* apart from the sum, whose fixed order would prevent vectors */
        wave[i] = elementary_cos((double)(noise->x[i] * x + noise->y[i] * y + noise->phase[i]));
    for (int i = 0; i < NOISE_WAVES; i++)
        sum += wave[i];
    return (float)(unit * sum);
}
