/* scene_land.c: the land as one height function, seen by marching along rays.
 *
 * Mountains are cones placed by hand for the composition and carved by noise whose octaves flatten on
 * slopes, as erosion does. Forest is part of the height: each tree is a cone on a jittered lattice, which at
 * some hundred metres looks like a conifer and throws a conifer's shadow. Marching was preferred to triangles
 * because detail of any fineness costs no memory. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"
#include "ui/styles/drawing/noise.h"

#include <stddef.h>

enum { FINE = 10, MIDDLE = 7, COARSE = 5 }; /* octaves of carving */

static const float HIGHEST = 2500;   /* no land reaches above */
static const float FURTHEST = 16000; /* no land lies beyond */
static const float NEAR = 200;       /* nearer is the front bank, beyond it everything else */
static const float TREE_SPACING = 7, TREE_HEIGHT = 19;

typedef struct Mound {
    float x, z, radius_x, radius_z, height;
} Mound;

static const Mound mountains[] = {
    {1420, 7300, 3500, 3300, 2080}, {-2350, 8300, 3000, 3200, 1500}, {-500, 10400, 3800, 3000, 1480},
    {4100, 7700, 3300, 3000, 1500}, {-4700, 7600, 3000, 3000, 1350},
};

static const Mound hills[] = {
    {-640, 1150, 330, 260, 120},  {-1250, 2300, 900, 500, 330}, {900, 1900, 520, 330, 170},
    {1750, 2900, 1100, 600, 380}, {60, 3300, 900, 400, 190},
};

/* The bank in front, where the house stands. */
static const Mound banks[] = {{30, 60, 27, 21, 3.4f}, {52, 82, 30, 26, 7}};

/* Noise that flattens where the octaves above it are steep; about -1..1. */
static float carved(float x, float z, int octaves)
{
    float sum = 0, height = 0.62f, steep_x = 0, steep_z = 0;
    for (int i = 0; i < octaves; i++) {
        float slope[2], value = noise_smooth(x, z, 7 + (uint32_t)i, slope);
        steep_x += 0.5f * slope[0];
        steep_z += 0.5f * slope[1];
        sum += height * value / (1 + steep_x * steep_x + steep_z * steep_z);
        height *= 0.5f;
        float turned = 1.6f * x - 1.2f * z;
        z = 1.2f * x + 1.6f * z;
        x = turned;
    }
    return sum;
}

static float mound_at(const Mound *mound, float x, float z)
{
    float dx = (x - mound->x) / mound->radius_x, dz = (z - mound->z) / mound->radius_z;
    return sqrtf(dx * dx + dz * dz);
}

static float mountains_height(float x, float z, int octaves)
{
    /* Bending the plane first makes ridges out of the cones' flanks. */
    float bend_x = x + 620 * noise_fractal(x / 1700, z / 1700, 3, 21);
    float bend_z = z + 620 * noise_fractal(x / 1700 + 40, z / 1700, 3, 22);
    float body = 0;
    for (size_t i = 0; i < sizeof mountains / sizeof *mountains; i++) {
        float slope = 1 - mound_at(&mountains[i], bend_x, bend_z);
        float height = slope > 0 ? mountains[i].height * powf(slope, 1.25f) : 0;
        body = fmaxf(body, height);
    }
    if (body <= 0)
        return 0;
    float rough = carved(x / 1250, z / 1250, octaves);
    return body * (1 + 0.28f * rough) + 420 * rough * smooth_step(0, 700, body);
}

static float hills_height(float x, float z)
{
    float height = -5, rough = noise_fractal(x / 260, z / 260, 5, 31);
    for (size_t i = 0; i < sizeof hills / sizeof *hills; i++) {
        float distance = mound_at(&hills[i], x, z) + 0.22f * rough;
        height = fmaxf(height, hills[i].height * expf(-1.6f * distance * distance) - 0.13f * hills[i].height);
    }
    /* Behind the far shore the ground rises slowly. */
    float shore = 2150 + 420 * noise_smooth(x / 900, 0.5f, 33, NULL);
    return fmaxf(height, (z - shore) * 0.085f + 26 * rough);
}

static float bank_height(float x, float z)
{
    float rough = noise_fractal(x / 7, z / 7, 6, 35), height = -3;
    for (size_t i = 0; i < sizeof banks / sizeof *banks; i++) {
        float distance = mound_at(&banks[i], x, z) + 0.20f * rough;
        height = fmaxf(height, banks[i].height * (1.15f * expf(-distance * distance) - 0.38f));
    }
    return height + 0.35f * rough * smooth_step(-1, 0.6f, height);
}

/* Bare ground, without trees; the lake's bottom lies below 0. */
static float ground(float x, float z, int octaves)
{
    if (z < NEAR)
        return bank_height(x, z);
    float height = fmaxf(hills_height(x, z), -5);
    float mountain = z > 2600 ? mountains_height(x, z, octaves) : 0;
    return mountain > 0 ? fmaxf(height, mountain * smooth_step(2600, 4200, z)) : height;
}

float land_height(float x, float z)
{
    return ground(x, z, FINE);
}

/* How densely trees stand, 0..1. */
static float forest(float x, float z, float height)
{
    if (z < NEAR || z > 4500 || height < 1.5f)
        return 0;
    float patches = noise_fractal(x / 420, z / 420, 5, 51);
    return smooth_step(640, 560, height + 420 * patches) * smooth_step(-0.62f, -0.50f, patches);
}

/* What the trees add to the ground; tip (or NULL) receives 0 at a tree's foot, 1 at its top. */
static float trees_height(float x, float z, float density, float *tip)
{
    float best = 0, best_tip = 0;
    int cell_x = (int)floorf(x / TREE_SPACING), cell_z = (int)floorf(z / TREE_SPACING);
    for (int j = cell_z - 1; j <= cell_z + 1; j++)
        for (int i = cell_x - 1; i <= cell_x + 1; i++) {
            if (noise_hash(i, j, 61) > density)
                continue;
            float dx = x - TREE_SPACING * ((float)i + noise_hash(i, j, 62));
            float dz = z - TREE_SPACING * ((float)j + noise_hash(i, j, 63));
            float size = 0.55f + 0.75f * noise_hash(i, j, 64) * noise_hash(i, j, 66);
            float radius = TREE_SPACING * (0.45f + 0.3f * noise_hash(i, j, 65)) * size;
            /* Branches: the outline is broken up around the stem and downwards. */
            float ragged = 1 + 0.35f * noise_smooth(x * 1.3f, z * 1.3f, 67, NULL);
            float share = 1 - sqrtf(dx * dx + dz * dz) / (radius * ragged);
            if (share > 0 && share * TREE_HEIGHT * size > best) {
                best = share * TREE_HEIGHT * size;
                best_tip = share;
            }
        }
    if (tip)
        *tip = best_tip;
    return best;
}

/* From a distance the finest octaves would only flicker. */
static int octaves_for(float away)
{
    return away > 6000 ? FINE - 1 : FINE;
}

static float surface(float x, float z, int octaves)
{
    float height = ground(x, z, octaves), density = forest(x, z, height);
    return density > 0 ? height + trees_height(x, z, density, NULL) : height;
}

/* Height of `point` over the land; trees are only looked at where they matter. */
static float clearance(Vec3 point, int octaves)
{
    float over = point.y - ground(point.x, point.z, octaves);
    return over > 1.4f * TREE_HEIGHT ? over - TREE_HEIGHT : point.y - surface(point.x, point.z, octaves);
}

static bool below_surface(Vec3 from, Vec3 direction, float distance, float *over)
{
    Vec3 point = vec3_add(from, vec3_scale(direction, distance));
    *over = clearance(point, octaves_for(distance));
    return *over < 0.0004f * distance; /* under a pixel's size is as good as touching */
}

/* Where the surface lies between a distance above it and one below. */
static float halve(Vec3 from, Vec3 direction, float above, float below)
{
    for (int i = 0; i < 7; i++) {
        float over, middle = 0.5f * (above + below);
        if (below_surface(from, direction, middle, &over))
            below = middle;
        else
            above = middle;
    }
    return below;
}

float land_distance(Vec3 from, Vec3 direction)
{
    const float nearest = 12; /* nearer there is only water */
    float distance = from.y < 0 && direction.y > 0 ? -from.y / direction.y : nearest, before = distance;
    for (int i = 0; i < 900 && distance < FURTHEST; i++) {
        if (from.y + direction.y * distance > HIGHEST)
            return INFINITY;
        float over;
        if (below_surface(from, direction, distance, &over))
            return halve(from, direction, before, distance);
        before = distance;
        /* Slopes beyond 1 : 0.38 are rare enough to be overstepped a little. */
        distance += fmaxf(0.38f * over, 0.0007f * distance);
    }
    return INFINITY;
}

static Vec3 normal_at(Vec3 point, float reach)
{
    float dx = surface(point.x + reach, point.z, FINE) - surface(point.x - reach, point.z, FINE);
    float dz = surface(point.x, point.z + reach, FINE) - surface(point.x, point.z - reach, FINE);
    return vec3_unit(vec3(-dx, 2 * reach, -dz));
}

/* How much of the sun reaches a point, 0..1: the ray's narrowest pass over the land makes the penumbra. */
static float sunlit(Vec3 point, float distance)
{
    Vec3 sun = sun_direction();
    float lit = 1, step = 2 + 0.0015f * distance;
    for (float along = step; along < 9000 && lit > 0.01f; along += step) {
        Vec3 at = vec3_add(point, vec3_scale(sun, along));
        if (at.y > HIGHEST)
            break;
        float over = along < 250 ? clearance(at, COARSE) : at.y - ground(at.x, at.z, COARSE);
        lit = fminf(lit, 0.5f + 14 * over / along);
        step = fmaxf(0.6f * over, 2 + 0.02f * along);
    }
    return clamp01(lit);
}

/* The bank in front: wet earth at the water's edge, then grass. */
static Vec3 bank_colour(Vec3 point)
{
    float fine = noise_fractal(point.x / 3, point.z / 3, 4, 82);
    Vec3 grass = vec3_mix(vec3(0.10f, 0.085f, 0.025f), vec3(0.05f, 0.065f, 0.018f), clamp01(0.5f + 2 * fine));
    return vec3_mix(vec3(0.035f, 0.030f, 0.026f), grass, smooth_step(0.10f, 0.55f, point.y + 0.25f * fine));
}

/* Everything beyond the lake. wood: how densely trees stand; tip: how high on a tree the point lies. */
static Vec3 far_colour(Vec3 point, Vec3 normal, float wood, float tip)
{
    float spots = noise_fractal(point.x / 90, point.z / 90, 5, 81);
    float fine = noise_fractal(point.x / 3, point.z / 3, 4, 82);
    Vec3 rock = vec3_mix(vec3(0.11f, 0.10f, 0.10f), vec3(0.26f, 0.21f, 0.18f), clamp01(0.5f + spots));
    Vec3 meadow = vec3_mix(vec3(0.17f, 0.15f, 0.05f), vec3(0.08f, 0.11f, 0.03f), clamp01(0.5f + spots));
    Vec3 fir =
        vec3_mix(vec3(0.022f, 0.040f, 0.022f), vec3(0.075f, 0.085f, 0.026f), clamp01(0.5f + fine + spots));
    if (wood > 0 && tip > 0)
        return vec3_scale(fir, 0.35f + 0.9f * tip);
    Vec3 result = vec3_mix(meadow, rock, smooth_step(0.80f, 0.66f, normal.y + 0.15f * spots));
    /* Too far for single trees, forest is a colour. */
    float wooded = smooth_step(560, 420, point.y + 420 * spots) * smooth_step(3600, 4400, point.z);
    result = vec3_mix(result, vec3_scale(fir, 0.7f), wooded);
    result =
        vec3_mix(result, rock, smooth_step(600, 850, point.y + 300 * spots) * smooth_step(180, 220, point.y));
    /* Snow lies where it is high and not too steep. */
    float snow = smooth_step(820, 1150, point.y + 420 * spots) *
                 smooth_step(0.52f, 0.66f, normal.y + 0.08f * fine + 0.0001f * (point.y - 1000));
    return vec3_mix(result, vec3(0.86f, 0.88f, 0.93f), snow);
}

Vec3 land_colour(Vec3 point, float distance)
{
    float height = ground(point.x, point.z, FINE), density = forest(point.x, point.z, height), tip = 0;
    if (density > 0)
        trees_height(point.x, point.z, density, &tip);
    Vec3 normal = normal_at(point, fmaxf(0.04f, 0.0007f * distance));
    Vec3 albedo = point.z < NEAR ? bank_colour(point) : far_colour(point, normal, density, tip);
    Vec3 sun = sun_direction();
    float facing = vec3_dot(normal, sun);
    if (tip > 0)
        facing = 0.30f + 0.7f * facing; /* needles let light through */
    Vec3 light = sky_light(normal.y);
    if (facing > 0) {
        Vec3 above = vec3_add(point, vec3_scale(normal, 0.5f)); /* clear of the surface's own roughness */
        light = vec3_add(light, vec3_scale(sun_light(), facing * sunlit(above, distance)));
    }
    return vec3_mul(albedo, light);
}
