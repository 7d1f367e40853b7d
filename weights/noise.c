/* noise.c: sums of random cosines. */
#include "noise.h"

#include <math.h>

static const float turn = 6.2831853f;

void noise_all_ways(Noise *noise, Rng *rng, float frequency, float spread)
{
    for (int i = 0; i < NOISE_WAVES; i++) {
        float radius = turn * frequency * (1 + spread * rng_normal(rng)), angle = turn * rng_uniform(rng);
        noise->wave[i].x = radius * cosf(angle);
        noise->wave[i].y = radius * sinf(angle);
        noise->wave[i].phase = turn * rng_uniform(rng);
    }
}

void noise_one_way(Noise *noise, Rng *rng, float frequency, float spread, float angle)
{
    /* The band is longer along the angle than across it, by this much. */
    const float across = 0.6f;
    float c = cosf(angle), s = sinf(angle);
    for (int i = 0; i < NOISE_WAVES; i++) {
        float u = turn * frequency * (1 + spread * rng_normal(rng));
        float v = turn * frequency * spread * across * rng_normal(rng);
        noise->wave[i].x = u * c - v * s;
        noise->wave[i].y = u * s + v * c;
        noise->wave[i].phase = turn * rng_uniform(rng);
    }
}

float noise_at(const Noise *noise, float x, float y)
{
    /* A cosine's variance is 1/2. */
    const float unit = sqrtf(2.0f / NOISE_WAVES);
    float sum = 0;
    for (int i = 0; i < NOISE_WAVES; i++)
        sum += cosf(noise->wave[i].x * x + noise->wave[i].y * y + noise->wave[i].phase);
    return unit * sum;
}
