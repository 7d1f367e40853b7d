/* elementary.h: cosine, exponential, logarithm and error function, made of basic operations alone. Those give
 * the same bits on every machine, and C's own functions don't: libraries differ in the last place, and so
 * does a single library on two processors. The drawings have to be the same everywhere, since clustering
 * amplifies the smallest difference.
 *
 * Accurate to about 1e-11 (error function: 1.5e-7). Any thread. Code that includes this must not be compiled
 * with fused multiplication and addition, or with -ffast-math; meson.build sees to that. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_ELEMENTARY_H
#define NST_ELEMENTARY_H

#include <math.h>

/* The nearest integer, ties to even, for |x| < 2^51: at 2^52 a double has no places after the point. */
static inline double elementary_round(double x)
{
    const double large = 0x1.8p52;
    return (x + large) - large;
}

/* |x| up to a few thousand. cos x = 1 - 2 sin^2(x / 2), with x / 2 within a quarter turn of 0, where nine
 * terms of the sine's Taylor series suffice: the tenth is (pi/2)^19 / 19! = 4e-14. */
static inline double elementary_cos(double x)
{
    const double turn = 6.283185307179586;
    double turns = x * (1 / turn), half = (turns - elementary_round(turns)) * (turn / 2), s = half * half;
    double series = 1 - s / (16 * 17);
    series = 1 - s / (14 * 15) * series;
    series = 1 - s / (12 * 13) * series;
    series = 1 - s / (10 * 11) * series;
    series = 1 - s / (8 * 9) * series;
    series = 1 - s / (6 * 7) * series;
    series = 1 - s / (4 * 5) * series;
    series = 1 - s / (2 * 3) * series;
    double sine = half * series;
    return 1 - 2 * sine * sine;
}

static inline double elementary_sin(double x)
{
    return elementary_cos(x - 1.5707963267948966);
}

/* |x| < 700. exp x = 2^n exp(rest) with |rest| <= ln 2 / 2, whose tenth power over 10! is 7e-12. */
static inline double elementary_exp(double x)
{
    const double ln2 = 0.6931471805599453;
    double n = elementary_round(x / ln2), rest = x - n * ln2, series = 1 + rest / 9;
    for (int k = 8; k >= 1; k--)
        series = 1 + rest / k * series;
    return ldexp(series, (int)n);
}

/* x > 0. x = 2^n m with m from 1/sqrt 2 to sqrt 2, and ln m = 2 artanh((m - 1) / (m + 1)), whose argument is
 * at most 0.172: its 15th power over 15 is 2e-13. */
static inline double elementary_log(double x)
{
    const double ln2 = 0.6931471805599453, sqrt_half = 0.7071067811865476;
    int n;
    double m = frexp(x, &n);
    if (m < sqrt_half) {
        m *= 2;
        n--;
    }
    double t = (m - 1) / (m + 1), s = t * t, series = 1.0 / 13;
    for (int k = 11; k >= 1; k -= 2)
        series = 1.0 / k + s * series;
    return n * ln2 + 2 * t * series;
}

/* Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.26. */
static inline double elementary_erf(double x)
{
    double t = 1 / (1 + 0.3275911 * fabs(x));
    double series = 1.061405429;
    series = -1.453152027 + t * series;
    series = 1.421413741 + t * series;
    series = -0.284496736 + t * series;
    series = 0.254829592 + t * series;
    double tail = fabs(x) < 6 ? t * series * elementary_exp(-x * x) : 0;
    return x < 0 ? tail - 1 : 1 - tail;
}

#endif
