/* motif.h: what the painting depicts: a storm over hills at sunset. Places are in units of the picture's
 * height: x 0..1.5, y 0 (top) .. 1. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SAMPLES_MOTIF_H
#define SAMPLES_MOTIF_H

#include "ui/styles/drawing/noise.h"
#include "ui/styles/drawing/picture.h"
#include "ui/styles/drawing/vec3.h"

typedef enum { MOTIF_SKY, MOTIF_SUN, MOTIF_HILLS, MOTIF_RIVER, MOTIF_FIELD, MOTIF_TREES } MotifPart;

MotifPart motif_part(float x, float y);

/* The direction strokes follow there, radians. */
float motif_flow(float x, float y);

/* A colour from the palette for a stroke there. Pure neighbours on the palette alternate rather than blend:
 * the eye mixes them, and each stroke stands out from the next. */
Vec3 motif_colour(float x, float y, Dice *dice);

/* How quickly the motif changes there, 0..1: detail asks for small brushes. */
float motif_detail(float x, float y);

#endif
