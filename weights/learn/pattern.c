/* pattern.c: each kind is a function of rotated coordinates (u, v) and the frequency. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pattern.h"

#include "elementary.h"

static const float pi = 3.14159265f;

static float sine(float angle)
{
    return (float)elementary_sin((double)angle);
}

/* Frequencies are spread evenly on a logarithmic scale, from periods of 29 pixels down to 2.4. */
static float random_frequency(Rng *rng)
{
    const double lowest = 0.035, highest = 0.42, octaves = 4.5, step = 1.75;
    double frequency = lowest * elementary_exp(elementary_log(step) * octaves * (double)rng_uniform(rng));
    return (float)fmin(frequency, highest);
}

void pattern_new(Pattern *pattern, Rng *rng, int side)
{
    float angle = pi * rng_uniform(rng), spread = rng_between(rng, 0.07f, 0.28f);
    int directed = rng_below(rng, 9) > 0;
    pattern->kind = (PatternKind)rng_below(rng, PATTERN_KINDS);
    pattern->frequency = random_frequency(rng);
    pattern->cosine = (float)elementary_cos((double)angle);
    pattern->sine = sine(angle);
    pattern->stretch = directed ? 0.5f : 1.0f;
    for (int i = 0; i < 2; i++)
        pattern->phase[i] = 2 * pi * rng_uniform(rng);
    if (directed)
        noise_one_way(&pattern->noise, rng, pattern->frequency, spread, angle);
    else
        noise_all_ways(&pattern->noise, rng, pattern->frequency, spread);
    for (int i = 0; i < PATTERN_POINTS; i++) {
        pattern->point[i].x = (float)side * rng_uniform(rng);
        pattern->point[i].y = (float)side * rng_uniform(rng);
    }
}

static float bricks(const Pattern *p, float u, float v)
{
    float row = floorf(v * p->frequency), w = pi * p->frequency;
    return sine(w * u + pi * row) + 0.9f * sine(w * v);
}

static float cells(const Pattern *p, float x, float y)
{
    float first = INFINITY, second = INFINITY;
    for (int i = 0; i < PATTERN_POINTS; i++) {
        float dx = x - p->point[i].x, dy = (y - p->point[i].y) / p->stretch, d = dx * dx + dy * dy;
        second = d < first ? first : d < second ? d : second;
        first = d < first ? d : first;
    }
    /* Points are about a fifth of the side apart. This slope makes the walls' width proportional to the
     * period. */
    return 2 * p->frequency * (sqrtf(second) - sqrtf(first)) - 1;
}

float pattern_at(const Pattern *p, float x, float y)
{
    float u = x * p->cosine + y * p->sine, v = y * p->cosine - x * p->sine, w = 2 * pi * p->frequency;
    switch (p->kind) {
    case PATTERN_GRATING:
        return 1.3f * sine(w * u + p->phase[0]);
    case PATTERN_LATTICE:
        return sine(w * u + p->phase[0]) + sine(w * p->stretch * v + p->phase[1]);
    case PATTERN_RIDGES:
        return 2 * fabsf(noise_at(&p->noise, x, y)) - 1.4f;
    case PATTERN_BRICKS:
        return bricks(p, u, v);
    case PATTERN_CELLS:
        return cells(p, x, y);
    default:
        return noise_at(&p->noise, x, y);
    }
}
