/* brushwork.h: the small touches of the watercolour, by the dozen. Places and sizes are in units of the
 * height. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_BRUSHWORK_H
#define DRAWING_BRUSHWORK_H

#include "wash.h"

/* Leaves in an ellipse (its middle x, y and its radii), `count` touches of about that size, from pale to
 * dark. */
void paint_foliage(Sheet *sheet, const float box[4], int count, float size, Dice *dice);

/* Thin patches laid over a dry wash, inside a box: each dries with its own edge. */
typedef struct Glazes {
    float left, top, right, bottom;
    int count;
    float size, flat; /* half their height, and how many times wider they are */
    uint32_t tone, other;
} Glazes;

void paint_glazes(Sheet *sheet, const Glazes *glazes, Dice *dice);

void mask_sparkles(Sheet *sheet, Dice *dice); /* on the river, with masking fluid */
void paint_ripples(Sheet *sheet, Dice *dice);
void paint_windows(Sheet *sheet, Dice *dice);
void paint_stones(Sheet *sheet, Dice *dice);
void paint_reeds(Sheet *sheet, Dice *dice); /* and flowers, on the near shore */

#endif
