/* motif_woodcut.h: what the woodcut shows: a house by a mountain lake, under a pine. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_MOTIF_WOODCUT_H
#define DRAWING_MOTIF_WOODCUT_H

#include "plan.h"

typedef enum WoodcutPart {
    WOODCUT_SKY,
    WOODCUT_CLOUD,
    WOODCUT_FAR,
    WOODCUT_LIT,
    WOODCUT_SHADE,
    WOODCUT_FOREST,
    WOODCUT_LAKE,
    WOODCUT_MEADOW,
    WOODCUT_ROOF,
    WOODCUT_WALL,
    WOODCUT_SIDE,
    WOODCUT_HOLE,
    WOODCUT_FIR,
    WOODCUT_GROUND,
    WOODCUT_TRUNK,
    WOODCUT_NEEDLES,
    WOODCUT_PATH,
    WOODCUT_PARTS
} WoodcutPart;

Plan woodcut_plan(void); /* end it with plan_free */

/* The direction in which a part is carved, radians. */
float woodcut_flow(WoodcutPart part, float x, float y);

#endif
