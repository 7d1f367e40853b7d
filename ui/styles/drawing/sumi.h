/* sumi.h: brush and ink on rice paper. Lengths are in pixels of the finished picture. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_SUMI_H
#define DRAWING_SUMI_H

#include "noise.h"
#include "picture.h"

typedef struct SumiPoint {
    float x, y, width; /* of the mark there */
} SumiPoint;

typedef struct SumiBrush {
    float ink;  /* optical density of the wet mark: 0.1 a breath, 2.5 black */
    float dry;  /* 0 soaked .. 1 the paper flies through everywhere */
    float fade; /* share of the ink that is spent at the end */
    float side; /* 1: ink only on the brush's left, seen along its way; -1: on its right; 0: all over */
    float soft; /* how far the edges run on damp paper */
    float mist; /* share of the way over which the last of it runs out into damp paper */
    bool red;
} SumiBrush;

typedef struct Sumi {
    int width, height;           /* of the sheets, which are larger than the finished picture */
    float *ink, *red;            /* [H, W], optical densities */
    float *grain;                /* [H, W], the paper's surface, about -1..1 */
    float *near, *along, *aside; /* [H, W], of the stroke being drawn */
    Dice dice;
} Sumi;

Sumi sumi_new(int width, int height); /* of the finished picture */
void sumi_free(Sumi *sumi);

/* One stroke along a curve through the points (at most 16). */
void sumi_stroke(Sumi *sumi, SumiBrush brush, const SumiPoint *points, int count);

/* The finished picture. */
Picture sumi_picture(const Sumi *sumi);

/* Points written out as {x, y, width}, ..., with their number: the last two arguments of sumi_stroke. */
#define SUMI_COUNT(points) ((int)(sizeof(points) / sizeof *(points)))
#define SUMI_POINTS(...)   (const SumiPoint[]){__VA_ARGS__}, SUMI_COUNT(((const SumiPoint[]){__VA_ARGS__}))

#endif
