/* half.c: float16 by arithmetic, for C11 has no such type and not every compiler has _Float16. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "half.h"

#include <math.h>

enum { HALF_INFINITE = 0x7c00, HALF_NAN = 0x7e00 };

/* Exponent of the last place that a float16 of this magnitude has: 10 bits of fraction, fewer below 2^-14. */
static int last_place(float magnitude)
{
    int exponent = 0;
    if (magnitude == 0)
        return -24;
    frexpf(magnitude, &exponent); /* magnitude = 0.5..1 * 2^exponent */
    return (exponent - 1 > -14 ? exponent - 1 : -14) - 10;
}

uint16_t half_from_float(float value)
{
    uint16_t sign = signbit(value) ? 0x8000 : 0;
    float magnitude = fabsf(value);
    if (isnan(value))
        return HALF_NAN;
    if (magnitude >= 65520) /* halfway between the largest and what would come next */
        return sign | HALF_INFINITE;
    int place = last_place(magnitude);
    uint32_t units = (uint32_t)rintf(ldexpf(magnitude, -place)); /* 0 .. 2048 */
    /* The leading bit, 1024, adds one to the exponent, which makes the sum the format itself. A fraction
     * rounded up to 2048 carries by itself. */
    return (uint16_t)(sign | ((uint32_t)(place + 24) * 1024 + units));
}

float half_round(float value)
{
    float magnitude = fabsf(value);
    if (!(magnitude < 65520))
        return isnan(value) ? value : copysignf(INFINITY, value);
    int place = last_place(magnitude);
    return copysignf(ldexpf(rintf(ldexpf(magnitude, -place)), place), value);
}
