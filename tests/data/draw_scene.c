/* draw_scene.c: the sample content: a lake among mountains, lit as a photographer would wait for it.
 *
 * The scene is built in space and seen through a camera, once directly and once in the lake's mirror, so that
 * light, haze and reflections agree by themselves; painting them flat was tried and looked flat. Then it is
 * developed like film. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_samples.h"
#include "scene.h"
#include "ui/styles/drawing/noise.h"

#include <stdlib.h>

enum { FINER = 2 }; /* drawn this many times larger, then shrunk */

static View camera(bool mirrored)
{
    View view = {
        .width = FINER * SAMPLE_WIDTH, .height = FINER * SAMPLE_HEIGHT, .eye = 5, .mirrored = mirrored};
    view.focal = 0.5f * (float)view.width / tanf(0.436f); /* 50 degrees across */
    view.horizon = 0.60f * (float)view.height;
    return view;
}

/* Draws sky and land along every ray, and writes the distances of the land to `land`. */
static void paint_backdrop(Picture *picture, float *land, const View *view)
{
    int top = view->mirrored ? (int)view->horizon : 0;
    for (int y = top; y < view->height; y++)
        for (int x = 0; x < view->width; x++) {
            Vec3 from = view_origin(view), ray = view_ray(view, (float)x + 0.5f, (float)y + 0.5f);
            float distance = land_distance(from, ray);
            land[(size_t)y * (size_t)view->width + (size_t)x] = distance;
            Vec3 seen = sky_colour(ray);
            if (distance < INFINITY) {
                Vec3 point = vec3_add(from, vec3_scale(ray, distance));
                if (!view->mirrored && point.y < 0)
                    continue; /* under water */
                seen = through_air(land_colour(point, distance), from, ray, distance);
            }
            *picture_at(picture, x, y) = seen;
        }
}

/* Lenses and film spread very bright light. */
static void add_halo(Picture *picture)
{
    Picture halo = picture_new(picture->width, picture->height);
    size_t count = (size_t)picture->width * (size_t)picture->height;
    for (size_t i = 0; i < count; i++) {
        Vec3 c = picture->pixels[i];
        float brightness = fmaxf(c.x, fmaxf(c.y, c.z));
        halo.pixels[i] = vec3_scale(c, smooth_step(0.9f, 2.5f, brightness));
    }
    picture_blur(&halo, 6 * FINER);
    for (size_t i = 0; i < count; i++)
        picture->pixels[i] = vec3_add(picture->pixels[i], vec3_scale(halo.pixels[i], 0.16f));
    picture_free(&halo);
}

/* Film's curve: shadows toe in, highlights never quite burn out. 0.18 stays about 0.18. */
static float film(float light)
{
    float x = light > 0 ? 1.1f * light : 0;
    return x * (x + 0.03f) / (x * (0.80f * x + 0.55f) + 0.085f) * 0.85f;
}

static void develop(Picture *picture)
{
    Dice dice = {1};
    for (int y = 0; y < picture->height; y++)
        for (int x = 0; x < picture->width; x++) {
            Vec3 *c = picture_at(picture, x, y);
            float u = ((float)x + 0.5f) / (float)picture->width - 0.5f;
            float v = ((float)y + 0.5f) / (float)picture->height - 0.5f;
            float corner = 1 - 0.55f * (u * u + v * v); /* lenses darken the corners */
            float grain = 1 + 0.022f * dice_normal(&dice);
            float grey = 0.3f * c->x + 0.55f * c->y + 0.15f * c->z;
            *c = vec3_mix(vec3(grey, grey, grey), *c, 1.22f); /* slide film was never shy of colour */
            *c = vec3(film(c->x * corner * grain), film(c->y * corner * grain), film(c->z * corner * grain));
        }
}

Picture draw_scene(void)
{
    View direct = camera(false), mirror = camera(true);
    size_t pixels = (size_t)direct.width * (size_t)direct.height;
    float *land = allocate(pixels, sizeof *land), *mirrored_land = allocate(pixels, sizeof *land);
    Picture large = picture_new(direct.width, direct.height),
            mirrored = picture_new(mirror.width, mirror.height);

    paint_backdrop(&mirrored, mirrored_land, &mirror);
    things_paint(&mirrored, mirrored_land, &mirror);
    paint_backdrop(&large, land, &direct);
    water_paint(&large, &mirrored, land, &direct);
    things_paint(&large, land, &direct);
    add_halo(&large);
    Picture picture = picture_shrink(&large, FINER);
    develop(&picture);

    picture_free(&large);
    picture_free(&mirrored);
    free(land);
    free(mirrored_land);
    return picture;
}
