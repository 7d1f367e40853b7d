/* chalk.h: soft chalk on toned paper with a tooth. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_CHALK_H
#define DRAWING_CHALK_H

#include "noise.h"
#include "picture.h"

typedef struct Sheet {
    Picture paint;
    float *tooth; /* [H, W], 0..1: how high the paper stands; chalk fills it up */
} Sheet;

/* One pull of the chalk; lengths in pixels. */
typedef struct Chalk {
    float x, y;          /* where it begins */
    float angle, length; /* radians, pixels */
    float bend;          /* how far the middle strays from the straight line, pixels */
    float width;         /* a tip, or the stick's long side */
    float pressure;      /* 0..1: how deep into the tooth it reaches */
    float rub;           /* 0: left as it is .. 1: rubbed in with a finger, so that the tooth disappears */
    Vec3 colour;
} Chalk;

Sheet chalk_sheet_new(int width, int height, Vec3 paper);
void chalk_sheet_free(Sheet *sheet);
void chalk_stroke(Sheet *sheet, const Chalk *chalk, Dice *dice);

#endif
