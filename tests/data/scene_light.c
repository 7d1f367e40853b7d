/* scene_light.c: one late afternoon. The sun stands low to the left, outside the picture, and lights the
 * mountains from the side, where their shape shows best; the sky is brightest where it leaves the picture. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"
#include "ui/styles/drawing/noise.h"

Vec3 sun_direction(void)
{
    return vec3_unit(vec3(-0.93f, 0.26f, -0.12f));
}

Vec3 sun_light(void)
{
    return vec3(2.9f, 1.55f, 0.70f);
}

Vec3 sky_light(float up)
{
    Vec3 side = vec3(0.34f, 0.30f, 0.34f), top = vec3(0.20f, 0.30f, 0.55f), below = vec3(0.16f, 0.12f, 0.09f);
    return up > 0 ? vec3_mix(side, top, up) : vec3_mix(side, below, -up);
}

/* 1 towards the place where the sky is brightest, falling to about 0 opposite. */
static float glow(Vec3 direction)
{
    Vec3 centre = vec3_unit(vec3(-0.34f, 0.05f, 1));
    return expf(-9 * (1 - vec3_dot(direction, centre)));
}

static Vec3 clear_sky(Vec3 direction)
{
    float up = direction.y < 0 ? 0 : direction.y, near_glow = glow(direction);
    Vec3 high = vec3(0.075f, 0.17f, 0.40f), middle = vec3(0.30f, 0.42f, 0.58f);
    Vec3 low = vec3_mix(vec3(0.85f, 0.52f, 0.40f), vec3(1.8f, 0.90f, 0.40f), near_glow);
    Vec3 sky = vec3_mix(high, middle, expf(-up * 6.5f));
    sky = vec3_mix(sky, low, expf(-up * (13 - 6 * near_glow)));
    float core = near_glow * near_glow * near_glow;
    return vec3_add(sky, vec3_scale(vec3(1.0f, 0.62f, 0.25f), 1.1f * core * core * core));
}

/* How much cloud there is over a place on their ceiling; below 0 none. */
static float cloud_mass(float x, float z)
{
    float bend_x = noise_fractal(x * 0.9f + 3, z * 0.9f, 3, 71);
    float bend_z = noise_fractal(x * 0.9f, z * 0.9f + 9, 3, 72);
    float body = noise_fractal(x * 0.75f + 0.7f * bend_x, z * 1.5f + 0.7f * bend_z, 7, 199);
    float banks = noise_smooth(x * 0.30f + 2.3f, z * 0.42f + 0.7f, 75, NULL);
    return body + 0.16f * banks + 0.27f;
}

Vec3 sky_colour(Vec3 direction)
{
    Vec3 sky = clear_sky(direction);
    /* The ceiling is bent like the earth, or all clouds would be crushed onto the horizon. */
    float away = 1 / (fabsf(direction.y) + 0.12f);
    float x = direction.x * away * 1.25f, z = direction.z * away;
    float mass = cloud_mass(x, z), near_glow = glow(direction);
    /* Lit from the left and from beyond: where there is less cloud that way, the light comes through. */
    float shelter = cloud_mass(x - 0.16f, z + 0.12f) - mass;
    float light = clamp01(0.62f - 2.3f * shelter) * (1 - 0.62f * smooth_step(0.15f, 0.62f, mass));
    Vec3 bright = vec3_mix(vec3(1.35f, 0.70f, 0.46f), vec3(2.6f, 1.35f, 0.50f), near_glow);
    Vec3 shade = vec3_mix(vec3(0.17f, 0.18f, 0.30f), vec3(0.50f, 0.28f, 0.26f), near_glow);
    Vec3 cloud = vec3_mix(shade, bright, light);
    float fade = 1 - expf(-fabsf(direction.y) * 22); /* the furthest ones drown in haze */
    return vec3_mix(sky, cloud, 0.95f * fade * smooth_step(0.04f, 0.36f, mass));
}

Vec3 through_air(Vec3 what, Vec3 from, Vec3 direction, float distance)
{
    /* Haze thins out upwards by 1/e every 900 m; mist lies on the lake, 25 m deep. The amount along the ray
     * is the integral of that, taken as its mean between both ends. */
    float end = from.y + direction.y * distance;
    float haze = distance * 0.5f * (expf(-fabsf(from.y) / 900) + expf(-fabsf(end) / 900));
    float mist = distance * 0.5f * (expf(-fabsf(from.y) / 25) + expf(-fabsf(end) / 25));
    float patchy = 0.75f + 0.5f * noise_fractal(direction.x * 9, distance * 0.002f, 3, 41);
    float amount = haze * 4.2e-5f + mist * 1.9e-4f * patchy;
    float near_glow = glow(direction);
    Vec3 light = vec3_mix(vec3(0.36f, 0.38f, 0.52f), vec3(1.45f, 0.78f, 0.34f), near_glow);
    /* Blue is scattered sooner than red. */
    Vec3 left = vec3(expf(-0.8f * amount), expf(-amount), expf(-1.3f * amount));
    return vec3_add(vec3_mul(what, left), vec3_mul(light, vec3_sub(vec3(1, 1, 1), left)));
}
