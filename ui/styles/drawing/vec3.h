/* vec3.h: three floats, for points (metres), directions and colours (linear light) alike. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_VEC3_H
#define DRAWING_VEC3_H

#include <math.h>

typedef struct Vec3 {
    float x, y, z;
} Vec3;

static inline Vec3 vec3(float x, float y, float z)
{
    return (Vec3){x, y, z};
}

static inline Vec3 vec3_add(Vec3 a, Vec3 b)
{
    return vec3(a.x + b.x, a.y + b.y, a.z + b.z);
}

static inline Vec3 vec3_sub(Vec3 a, Vec3 b)
{
    return vec3(a.x - b.x, a.y - b.y, a.z - b.z);
}

static inline Vec3 vec3_mul(Vec3 a, Vec3 b)
{
    return vec3(a.x * b.x, a.y * b.y, a.z * b.z);
}

static inline Vec3 vec3_scale(Vec3 a, float s)
{
    return vec3(a.x * s, a.y * s, a.z * s);
}

static inline Vec3 vec3_mix(Vec3 a, Vec3 b, float t)
{
    return vec3_add(a, vec3_scale(vec3_sub(b, a), t));
}

static inline float vec3_dot(Vec3 a, Vec3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline Vec3 vec3_cross(Vec3 a, Vec3 b)
{
    return vec3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}

/* The zero vector stays zero. */
static inline Vec3 vec3_unit(Vec3 a)
{
    float length = sqrtf(vec3_dot(a, a));
    return length > 0 ? vec3_scale(a, 1 / length) : a;
}

static inline float clamp01(float t)
{
    return t < 0 ? 0 : t > 1 ? 1 : t;
}

/* 0 below `from`, 1 above `to` (which may be the smaller of the two), smooth between. */
static inline float smooth_step(float from, float to, float t)
{
    float s = clamp01((t - from) / (to - from));
    return s * s * (3 - 2 * s);
}

#endif
