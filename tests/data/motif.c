/* motif.c: the composition, as a flow and a place on a palette for every point.
 *
 * Sky: the streamlines of a few whirlpools; the colour runs with the streamlines, so bands of light and dark
 * curl with the wind. Land: overlapping hills, each followed along its back; a field whose furrows meet under
 * the sun; a river; three windblown trees against the light. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "motif.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static const float SUN_X = 0.98f, SUN_Y = 0.43f, SUN_RADIUS = 0.062f;

/* From deep shadow to the sun, through pairs of colours that glow side by side. */
static const uint32_t sky_ramp[] = {0x0d1440, 0x16246e, 0x1f3f9e, 0x2a63b5, 0x2f8fae,
                                    0x74b8b0, 0xd9c98a, 0xf0a63a, 0xf6c65a, 0xfbeec2};
static const uint32_t hill_ramp[] = {0x111a4a, 0x1d2f7a, 0x155a6e, 0x1f7a78,
                                     0x5d8a4a, 0xa38a34, 0xd9862b, 0xf2b24a};
static const uint32_t field_ramp[] = {0x5a2a2a, 0x8f3d1f, 0xc2611f, 0xdf8a22, 0xeab13e, 0xf3d27a, 0xf9ecc0};
static const uint32_t river_ramp[] = {0x16246e, 0x1f5f9e, 0x2f8fae, 0x8cc7b8, 0xf3d27a, 0xfbeec2};
static const uint32_t tree_ramp[] = {0x0a0f2e, 0x10264a, 0x0f4450, 0x1d6455, 0x4b7a34, 0xc98a2a};

typedef struct Whirl {
    float x, y, radius, strength;
} Whirl;

static const Whirl whirls[] = {
    {0.47f, 0.25f, 0.140f, -1},
    {0.82f, 0.12f, 0.070f, 0.8f},
    {1.29f, 0.21f, 0.120f, 1},
    {0.08f, 0.10f, 0.090f, 0.6f},
};

/* The wind's stream function: it blows along lines of equal value. */
static float stream(float x, float y)
{
    float value = 0.75f * y + 0.05f * sinf(5 * x + 1) + 0.04f * noise_fractal(x * 2.2f, y * 2.2f, 2, 11);
    for (size_t i = 0; i < sizeof whirls / sizeof *whirls; i++) {
        const Whirl *w = &whirls[i];
        float dx = x - w->x, dy = y - w->y, r2 = (dx * dx + dy * dy) / (w->radius * w->radius);
        value += 2.1f * w->strength * w->radius * expf(-0.5f * r2);
    }
    return value;
}

static float sun_distance(float x, float y)
{
    return sqrtf((x - SUN_X) * (x - SUN_X) + (y - SUN_Y) * (y - SUN_Y));
}

enum { HILLS = 4 };

/* The upper edge of a hill; the hills are numbered from the furthest. */
static float hill_top(int hill, float x)
{
    switch (hill) {
    case 0:
        return 0.515f - 0.035f * sinf(4.6f * x + 0.6f) - 0.020f * sinf(11 * x);
    case 1:
        return 0.575f - 0.055f * sinf(3.1f * x + 2.9f) - 0.012f * sinf(9 * x + 2);
    case 2:
        return 0.640f - 0.060f * cosf(3.3f * (x - 0.22f)) - 0.010f * sinf(8 * x);
    default:
        return 0.740f + 0.055f * cosf(2.6f * (x - 1.30f)) - 0.03f * x;
    }
}

/* The number of the hill visible at a place; -1: above them all. */
static int hill_at(float x, float y)
{
    int hill = -1;
    for (int i = 0; i < HILLS; i++)
        if (y > hill_top(i, x))
            hill = i;
    return hill;
}

/* The river winds from under the sun to the lower right; its middle and half width at a depth. */
static float river_aside(float x, float y)
{
    float depth = clamp01((y - 0.60f) / 0.4f);
    float middle = 0.98f + 0.14f * sinf(7.5f * sqrtf(depth)) * (0.4f + depth) + 0.10f * depth;
    return (x - middle) / (0.012f + 0.13f * depth * depth + 0.03f * depth);
}

/* Along the course: the direction in which river_aside doesn't change. */
static float river_flow(float x, float y)
{
    const float e = 0.002f;
    return atan2f(river_aside(x - e, y) - river_aside(x + e, y),
                  river_aside(x, y + e) - river_aside(x, y - e));
}

typedef struct Crown {
    float x, y, radius_x, radius_y;
} Crown;

static const Crown crowns[] = {
    {0.20f, 0.50f, 0.125f, 0.120f},  {0.30f, 0.45f, 0.100f, 0.085f}, {0.12f, 0.58f, 0.090f, 0.075f},
    {0.335f, 0.56f, 0.080f, 0.065f}, {0.24f, 0.60f, 0.080f, 0.060f}, {1.38f, 0.58f, 0.055f, 0.080f},
    {1.45f, 0.60f, 0.050f, 0.060f},
};

/* The crown nearest to a place, with its distance: below 1 inside. */
static const Crown *crown_near(float x, float y, float *distance)
{
    const Crown *nearest = NULL;
    *distance = INFINITY;
    for (size_t i = 0; i < sizeof crowns / sizeof *crowns; i++) {
        float dx = (x - crowns[i].x) / crowns[i].radius_x, dy = (y - crowns[i].y) / crowns[i].radius_y;
        float d = sqrtf(dx * dx + dy * dy) + 0.22f * noise_fractal(x * 14, y * 14, 2, 13);
        if (d < *distance) {
            *distance = d;
            nearest = &crowns[i];
        }
    }
    return nearest;
}

static float trunk_x(float y)
{
    return 0.235f - 0.10f * (y - 0.62f) + 0.012f * sinf(16 * y);
}

static bool in_trunk(float x, float y)
{
    float half = 0.017f + 0.030f * smooth_step(0.78f, 0.86f, y);
    return y > 0.5f && y < 0.86f && fabsf(x - trunk_x(y)) < half;
}

MotifPart motif_part(float x, float y)
{
    float crown;
    crown_near(x, y, &crown);
    if (crown < 1 || in_trunk(x, y))
        return MOTIF_TREES;
    int hill = hill_at(x, y);
    if (hill < 0)
        return sun_distance(x, y) < SUN_RADIUS ? MOTIF_SUN : MOTIF_SKY;
    if (y > 0.60f && fabsf(river_aside(x, y)) < 1)
        return MOTIF_RIVER;
    return hill == HILLS - 1 ? MOTIF_FIELD : MOTIF_HILLS;
}

static float sky_flow(float x, float y)
{
    const float e = 0.002f;
    float along_x = stream(x, y + e) - stream(x, y - e), along_y = stream(x - e, y) - stream(x + e, y);
    /* Around the sun the strokes circle it. */
    float near_sun = expf(-powf(sun_distance(x, y) / 0.17f, 2));
    float dx = x - SUN_X, dy = y - SUN_Y, r = sun_distance(x, y) + 0.02f; /* but not at its very heart */
    float wind = sqrtf(along_x * along_x + along_y * along_y) + 1e-9f;
    return atan2f((1 - near_sun) * along_y / wind + near_sun * dx / r,
                  (1 - near_sun) * along_x / wind - near_sun * dy / r);
}

static float hill_flow(int hill, float x, float y)
{
    /* Along the back at the top, rolling down the flank below. */
    float slope = (hill_top(hill, x + 0.01f) - hill_top(hill, x - 0.01f)) / 0.02f;
    float below = y - hill_top(hill, x);
    return atanf(slope) + (hill % 2 ? -1 : 1) * 4.2f * below + 0.4f * noise_smooth(x * 6, y * 6, 15, NULL);
}

static float crown_flow(const Crown *crown, float x, float y)
{
    float dx = (x - crown->x) / crown->radius_x, dy = (y - crown->y) / crown->radius_y;
    return atan2f(dx, -dy) + 0.9f; /* a spiral, outwards */
}

float motif_flow(float x, float y)
{
    float distance;
    const Crown *crown = crown_near(x, y, &distance);
    switch (motif_part(x, y)) {
    case MOTIF_TREES:
        return in_trunk(x, y) && distance > 0.8f ? 1.67f : crown_flow(crown, x, y);
    case MOTIF_HILLS:
        return hill_flow(hill_at(x, y), x, y);
    case MOTIF_RIVER:
        return river_flow(x, y);
    case MOTIF_FIELD: /* furrows that meet at a point under the sun, and sway */
        return atan2f(y - 0.55f, x - SUN_X) + 0.25f * noise_smooth(x * 5, y * 5, 17, NULL);
    case MOTIF_SUN:
    case MOTIF_SKY:
        break;
    }
    return sky_flow(x, y);
}

/* Where on its ramp a colour lies, 0..1. */
static float sky_tone(float x, float y)
{
    float sunward = expf(-powf(sun_distance(x, y) / 0.34f, 1.5f));
    float low = smooth_step(0.15f, 0.55f, y);
    float bands = sinf(44 * stream(x, y) + 1.5f * noise_fractal(x * 3, y * 3, 2, 19));
    float heart = 0;
    for (size_t i = 0; i < sizeof whirls / sizeof *whirls; i++) {
        float dx = x - whirls[i].x, dy = y - whirls[i].y;
        heart += expf(-(dx * dx + dy * dy) / (0.18f * whirls[i].radius * whirls[i].radius));
    }
    return 0.20f + 0.20f * low + 0.50f * sunward + 0.22f * bands + 0.16f * heart;
}

static float hill_tone(float x, float y)
{
    int hill = hill_at(x, y);
    float below = y - hill_top(hill, x), rim = expf(-below * 42); /* backs catch the last light */
    float bands = sinf(95 * below + 7 * x + 4 * noise_smooth(x * 5, y * 5, 23, NULL));
    float sunward = expf(-4 * fabsf(x - SUN_X));
    return 0.16f + 0.10f * (float)(HILLS - 1 - hill) + 0.42f * rim + 0.17f * bands + 0.22f * sunward;
}

static float field_tone(float x, float y)
{
    float angle = atan2f(y - 0.55f, x - SUN_X);
    float furrows = sinf(46 * angle + 2 * noise_smooth(x * 6, y * 6, 25, NULL));
    return 0.50f + 0.27f * furrows - 0.25f * smooth_step(0.80f, 1, y) +
           0.20f * noise_smooth(x * 4, y * 4, 27, NULL);
}

static float tree_tone(float x, float y)
{
    float distance;
    const Crown *crown = crown_near(x, y, &distance);
    if (distance >= 1)
        return 0.1f + 0.6f * smooth_step(-0.01f, 0.02f, x - trunk_x(y));
    float towards_sun = (x - crown->x) / crown->radius_x * 0.9f - (y - crown->y) / crown->radius_y * 0.45f;
    return 0.28f + 0.30f * towards_sun + 0.22f * sinf(9 * distance);
}

/* Picks one of the two palette entries around `tone`, at random. */
static Vec3 pick(const uint32_t *ramp, int count, float tone, Dice *dice)
{
    float at = clamp01(tone) * (float)(count - 1) + dice_between(dice, -1.15f, 1.15f);
    int index = (int)floorf(at + 0.5f);
    return colour(ramp[index < 0 ? 0 : index >= count ? count - 1 : index]);
}

#define PICK(ramp, tone, dice) pick(ramp, (int)(sizeof(ramp) / sizeof *(ramp)), tone, dice)

Vec3 motif_colour(float x, float y, Dice *dice)
{
    switch (motif_part(x, y)) {
    case MOTIF_TREES:
        return PICK(tree_ramp, tree_tone(x, y), dice);
    case MOTIF_HILLS:
        return PICK(hill_ramp, hill_tone(x, y), dice);
    case MOTIF_RIVER:
        return PICK(river_ramp, 0.50f + 0.42f * sinf(7 * river_aside(x, y) + 9 * y), dice);
    case MOTIF_FIELD:
        return PICK(field_ramp, field_tone(x, y), dice);
    case MOTIF_SUN:
        return PICK(sky_ramp, 0.97f, dice);
    case MOTIF_SKY:
        break;
    }
    return PICK(sky_ramp, sky_tone(x, y), dice);
}

float motif_detail(float x, float y)
{
    const float reach = 0.012f;
    MotifPart here = motif_part(x, y);
    bool border = motif_part(x + reach, y) != here || motif_part(x - reach, y) != here ||
                  motif_part(x, y + reach) != here || motif_part(x, y - reach) != here ||
                  hill_at(x, y + reach) != hill_at(x, y - reach);
    return border ? 1 : here == MOTIF_SUN ? 0.8f : here == MOTIF_TREES || here == MOTIF_RIVER ? 0.6f : 0.3f;
}
