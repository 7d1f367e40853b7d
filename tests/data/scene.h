/* scene.h: what the parts of the lake picture share: the camera, the light, and each other.
 *
 * The world: metres; x to the right, y up from the lake's surface, z away from the viewer, who stands at
 * x = z = 0. Colours are linear light, 1 being about as bright as the finished picture's white. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SAMPLES_SCENE_H
#define SAMPLES_SCENE_H

#include "ui/styles/drawing/picture.h"
#include "ui/styles/drawing/vec3.h"

#include <stdbool.h>

/* A camera that looks straight along z, the horizon shifted off the middle as with a view camera, so that
 * verticals stay upright. Mirrored: it sees what the lake reflects at the same pixel. */
typedef struct View {
    int width, height;
    float focal, horizon; /* in pixels; horizon is a row */
    float eye;            /* the viewer's height */
    bool mirrored;
} View;

static inline Vec3 view_ray(const View *view, float px, float py)
{
    float up = (view->horizon - py) / view->focal;
    return vec3_unit(vec3((px - 0.5f * (float)view->width) / view->focal, view->mirrored ? -up : up, 1));
}

static inline Vec3 view_origin(const View *view)
{
    return vec3(0, view->mirrored ? -view->eye : view->eye, 0);
}

/* Point must lie in front of the viewer. */
static inline void view_project(const View *view, Vec3 point, double *px, double *py)
{
    float y = view->mirrored ? -point.y : point.y;
    *px = 0.5f * (float)view->width + view->focal * point.x / point.z;
    *py = view->horizon - view->focal * (y - view->eye) / point.z;
}

/* scene_light.c: the sun, the sky, the air between */
Vec3 sun_direction(void); /* towards the sun */
Vec3 sun_light(void);
Vec3 sky_light(float up); /* from above (up = 1) to sideways (0) to below (-1) */
Vec3 sky_colour(Vec3 direction);
Vec3 through_air(Vec3 what, Vec3 from, Vec3 direction, float distance);

/* scene_land.c */
float land_height(float x, float z);

/* The distance at which a ray meets the land; INFINITY: it never does. */
float land_distance(Vec3 from, Vec3 direction);
Vec3 land_colour(Vec3 point, float distance);

/* scene_water.c: paints the lake over `picture` below the horizon, wherever the land is further away than
 * the water. mirrored: what it reflects. land: distances per pixel of `view`. */
void water_paint(Picture *picture, const Picture *mirrored, const float *land, const View *view);

/* scene_things.c: house, boat and trees, drawn over `picture` where the land isn't nearer. land as above. */
void things_paint(Picture *picture, const float *land, const View *view);

#endif
