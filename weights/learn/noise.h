/* noise.h: Gaussian noise of a chosen frequency and direction, as a function of the position.
 *
 * It is a sum of some dozens of cosines whose frequencies are drawn from the wanted spectrum. A filtered
 * white noise (FFT) has the same statistics, but lives on a grid; this can be asked anywhere, so bent and
 * turned coordinates need no resampling, which would blur. */
#ifndef NST_NOISE_H
#define NST_NOISE_H

#include "rng.h"

enum { NOISE_WAVES = 48 };

typedef struct Noise {
    float x[NOISE_WAVES], y[NOISE_WAVES], phase[NOISE_WAVES]; /* radians per pixel, radians */
} Noise;

/* frequency: cycles per pixel; spread: the band's half width as a share of frequency. */
void noise_all_ways(Noise *noise, Rng *rng, float frequency, float spread);

/* The same along `angle` alone: streaks that lie across it. */
void noise_one_way(Noise *noise, Rng *rng, float frequency, float spread, float angle);

/* Mean 0, variance 1. */
float noise_at(const Noise *noise, float x, float y);

#endif
