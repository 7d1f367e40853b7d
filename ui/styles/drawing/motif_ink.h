/* motif_ink.h: what the pen drawing shows: old houses and a bridge by a canal. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_MOTIF_INK_H
#define DRAWING_MOTIF_INK_H

#include "plan.h"

typedef enum InkPart {
    INK_SKY,
    INK_CLOUD,
    INK_HILL,
    INK_TOWER,
    INK_WALL,
    INK_WALL_TOO, /* the neighbour's, so that a line divides them */
    INK_ROOF,
    INK_ROOF_TOO,
    INK_HOLE, /* windows and doors */
    INK_FRAME,
    INK_BRIDGE,
    INK_ARCH,
    INK_QUAY,
    INK_WATER,
    INK_BOAT,
    INK_INSIDE, /* of the boat */
    INK_BANK,
    INK_TRUNK,
    INK_LEAVES,
    INK_LEAVES_TOO,
    INK_PARTS
} InkPart;

Plan ink_plan(void); /* end it with plan_free */

/* The direction in which a part is hatched first, radians. */
float ink_flow(InkPart part, float x, float y);

#endif
