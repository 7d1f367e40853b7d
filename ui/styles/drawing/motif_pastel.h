/* motif_pastel.h: a woman reading by a window. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_MOTIF_PASTEL_H
#define DRAWING_MOTIF_PASTEL_H

#include "scene.h"

Scene pastel_scene(int height); /* pixels */

/* A colour for a stroke there. */
Vec3 pastel_colour(const Scene *scene, float x, float y, Dice *dice);

/* Face, hands, fruit: things that want small strokes. */
bool pastel_fine(const Scene *scene, float x, float y);

#endif
