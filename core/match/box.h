/* box.h: means over boxes around each pixel, by running sums, whose cost doesn't grow with the box.
 *
 * Planes hold fixed-point numbers. Sums of those are exact in double, so a running sum gives the same bits
 * wherever it began: a part of a picture is what the whole has there. In float a running sum drifts. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_BOX_H
#define NST_MATCH_BOX_H

#include "core/base/workers.h"

#include <stddef.h>
#include <stdint.h>

static const double BOX_ONE = 1 << 24; /* 1 in fixed point, whose range is then -128 .. 128 */

static inline int32_t box_rounded(double value)
{
    return (int32_t)(value + (value < 0 ? -0.5 : 0.5));
}

static inline int32_t box_fixed(double value)
{
    return box_rounded(value * BOX_ONE);
}

static inline double box_value(int32_t fixed)
{
    return fixed / BOX_ONE;
}

typedef struct BoxSize {
    int width, height;      /* of the planes */
    int radius_x, radius_y; /* a box has 2 radius + 1 pixels; no more than a mirror of the plane can show */
} BoxSize;

/* Replaces a plane by its means. Beyond its edges it continues as a mirror. other: room for as much. */
void box_average(const BoxSize *size, Workers *workers, int32_t *plane, int32_t *other);

#endif
