/* things.h: objects in the lake picture, made of facets: quadrilaterals and straight strokes in space. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SAMPLES_THINGS_H
#define SAMPLES_THINGS_H

#include "scene.h"

#include <stddef.h>

typedef struct Facet {
    Vec3 corner[4];  /* a quadrilateral, or a stroke from 0 to 1 */
    float thickness; /* of a stroke, in metres; 0: a quadrilateral */
    Vec3 colour;     /* as lit */
} Facet;

/* One object, drawn as a whole before or behind others; owns its facets. */
typedef struct Thing {
    Facet *facets;
    size_t count, room;
    float depth; /* how far away it stands */
} Thing;

void thing_free(Thing *thing);

/* Light on a face of that normal and albedo. */
Vec3 lit(Vec3 albedo, Vec3 normal);

/* Corners run counter-clockwise as seen from outside. */
void thing_quad(Thing *thing, Vec3 a, Vec3 b, Vec3 c, Vec3 d, Vec3 albedo);
void thing_lamp(Thing *thing, Vec3 a, Vec3 b, Vec3 c, Vec3 d, Vec3 light); /* shines by itself */
void thing_stroke(Thing *thing, Vec3 from, Vec3 to, float thickness, Vec3 colour);

/* Draws it over the picture wherever the land (a distance per pixel) isn't nearer. */
void thing_paint(Thing *thing, Picture *picture, const float *land, const View *view);

/* What there is to see. */
Thing thing_house(Vec3 foot);
Thing thing_boat(Vec3 middle, float turn); /* turn: radians from pointing to the right */
Thing thing_jetty(Vec3 from, Vec3 to);
Thing thing_conifer(Vec3 foot, float height, uint32_t seed);
Thing thing_birch(Vec3 foot, float height, uint32_t seed);
Thing thing_grass(float depth, float left, float right, uint32_t seed);

#endif
