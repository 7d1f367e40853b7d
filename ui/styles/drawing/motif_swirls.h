/* motif_swirls.h: a village in the hills at dusk, for wet paint. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_MOTIF_SWIRLS_H
#define DRAWING_MOTIF_SWIRLS_H

#include "scene.h"

Scene swirls_scene(int height); /* pixels */

/* The direction strokes follow there, radians. */
float swirls_flow(const Scene *scene, float x, float y);

/* A colour for a stroke there. */
Vec3 swirls_colour(const Scene *scene, float x, float y, Dice *dice);

/* Does it want strokes smaller than the sky's: 0 no .. 1 the smallest. */
float swirls_detail(const Scene *scene, float x, float y);

#endif
