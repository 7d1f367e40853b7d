/* dials.h: two hidden layers beside a painting, the original's colours and its fine detail, so that their
 * opacity mixes them in. They and the painting are a group, which has the painting's name. Main thread
 * only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DIALS_H
#define DIALS_H

#include "pixels.h"

#include <gegl.h>
#include <stdbool.h>

/* The two, made before anything in the image changes. */
typedef struct Dials {
    int colours, detail; /* layers that are not yet part of the image; -1: none */
} Dials;

/* The group that a painting has with its dials; -1: it has none. */
int dials_group(int painting);

/* The painting in such a group; any other layer is returned as it is. */
int dials_painting(int layer);

/* Makes the two for an image from the painted part of the content; for a gray image the detail alone, since
 * it has no colours. On failure nothing is left of them. */
NstStatus dials_new(int image, const Pixels *content, Dials *dials, NstError *error);
void dials_delete(Dials *dials);

/* Makes the group of them and a painting, which is part of the image and stays active; they become the
 * group's, and `name` becomes its name. For within a step to undo. Returns the group; -1: GIMP refused, and
 * the painting has that name. */
int dials_add(Dials *dials, int painting, const char *name);

/* Gives the dials that a painting has the pixels of these, in its place: it may have another original now, or
 * another size. For within a step to undo. */
void dials_update(Dials *dials, int painting);

#endif
