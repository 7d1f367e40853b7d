/* motif_knife.h: boats in a harbour before a row of houses. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_MOTIF_KNIFE_H
#define DRAWING_MOTIF_KNIFE_H

#include "scene.h"

Scene knife_scene(int height); /* pixels */

/* A colour for a slab there; water shows what stands above it. */
Vec3 knife_colour(const Scene *scene, float x, float y, Dice *dice);

/* A mast or rope, in thousandths of the picture's height. */
typedef struct KnifeLine {
    float x, y, to_x, to_y, width;
} KnifeLine;

int knife_lines(const KnifeLine **first); /* how many */

#endif
