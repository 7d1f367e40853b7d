/* scene_water.c: the lake: what it reflects, bent by small waves, over its own deep green. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"
#include "ui/styles/drawing/noise.h"

/* The surface's slope towards the viewer and sideways. Waves finer than a pixel only blur, so each octave
 * leaves as it shrinks under `footprint` metres. */
static void wave_slope(float x, float z, float footprint, float *sideways, float *towards)
{
    *sideways = *towards = 0;
    float length = 9, steep = 0.012f;
    for (uint32_t i = 0; i < 6; i++) {
        float slope[2];
        noise_smooth(x / length + (float)i, 1.7f * z / length, 91 + i, slope);
        float seen = smooth_step(0.35f, 1.5f, length / footprint);
        *sideways += seen * steep * slope[0];
        *towards += seen * steep * slope[1];
        length *= 0.52f;
        steep *= 0.94f;
    }
    /* Gusts: calm lanes lie between ruffled water. */
    float gust = 0.35f + smooth_step(-0.25f, 0.45f, noise_fractal(x / 130, z / 60, 3, 97));
    *sideways *= gust;
    *towards *= gust;
}

static Vec3 water_colour(const Picture *mirrored, const View *view, float px, float py)
{
    Vec3 ray = view_ray(view, px, py);
    float distance = view->eye / -ray.y, x = ray.x * distance, z = ray.z * distance;
    float sideways, towards;
    /* A pixel's length on the water grows with the square of the distance. */
    wave_slope(x, z, z * z / (view->focal * view->eye), &sideways, &towards);
    /* A slope s turns the reflected ray by 2s; sideways that matters only as much as the view is steep. */
    float from_y = py + 2 * view->focal * towards;
    float from_x = px + 2 * view->focal * sideways * -ray.y * 3;
    if (from_y < view->horizon + 1)
        from_y = 2 * (view->horizon + 1) - from_y;
    Vec3 reflected = picture_between(mirrored, from_x, from_y);
    float grazing = 1 - clamp01(-ray.y - towards * 1.2f);
    float mirror = 0.02f + 0.98f * grazing * grazing * grazing * grazing * grazing;
    return vec3_mix(vec3(0.012f, 0.040f, 0.050f), reflected, clamp01(0.15f + 0.85f * mirror));
}

void water_paint(Picture *picture, const Picture *mirrored, const float *land, const View *view)
{
    for (int y = (int)view->horizon + 1; y < view->height; y++)
        for (int x = 0; x < view->width; x++) {
            Vec3 ray = view_ray(view, (float)x + 0.5f, (float)y + 0.5f);
            float distance = view->eye / -ray.y;
            if (land[(size_t)y * (size_t)view->width + (size_t)x] < distance)
                continue;
            Vec3 water = water_colour(mirrored, view, (float)x + 0.5f, (float)y + 0.5f);
            *picture_at(picture, x, y) = through_air(water, view_origin(view), ray, distance);
        }
}
