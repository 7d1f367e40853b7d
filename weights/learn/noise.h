/* noise.h: Gaussian noise of a chosen frequency and direction, as a function of position.
 *
 * It is a sum of some dozens of cosines whose frequencies are drawn from the desired spectrum. Filtered white
 * noise (FFT) has the same statistics, but exists only on a grid. This noise can be evaluated anywhere, so
 * bent and turned coordinates need no resampling, which would blur. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_NOISE_H
#define NST_NOISE_H

#include "rng.h"

enum { NOISE_WAVES = 48 };

typedef struct Noise {
    float x[NOISE_WAVES], y[NOISE_WAVES], phase[NOISE_WAVES]; /* radians per pixel, radians */
} Noise;

/* Noise in all directions. frequency: cycles per pixel; spread: the band's half width as a share of
 * frequency. */
void noise_all_ways(Noise *noise, Rng *rng, float frequency, float spread);

/* Noise along `angle` alone: streaks across that direction. */
void noise_one_way(Noise *noise, Rng *rng, float frequency, float spread, float angle);

/* The noise at (x, y), in pixels: mean 0, variance 1. */
float noise_at(const Noise *noise, float x, float y);

#endif
