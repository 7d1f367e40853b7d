/* knife.h: slabs of stiff paint, laid with a palette knife. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_KNIFE_H
#define DRAWING_KNIFE_H

#include "brush.h"

/* What the knife leaves in one straight pull. All lengths in pixels. */
typedef struct Slab {
    float x, y;  /* where the blade is set down: the middle of the slab's first edge */
    float angle; /* which way it is pulled, radians */
    float length;
    float left, right; /* how far the blade reaches to both sides, seen along the pull */
    Vec3 colour[2];    /* half mixed on the palette */
    float load; /* 1: covers to the end; less: the blade scrapes, and only high places below take paint */
} Slab;

void knife_slab(Canvas *canvas, const Slab *slab, Dice *dice);

#endif
