/* pattern.h: the grey patterns that drawings are made of: noise, gratings, lattices, ridges, bricks,
 * cells. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_PATTERN_H
#define NST_PATTERN_H

#include "noise.h"

typedef enum PatternKind {
    PATTERN_NOISE,   /* band-pass noise, with or without a direction */
    PATTERN_GRATING, /* stripes */
    PATTERN_LATTICE, /* stripes in two directions */
    PATTERN_RIDGES,  /* the noise's zero lines */
    PATTERN_BRICKS,
    PATTERN_CELLS, /* by how much the nearest of scattered points is nearer than the next nearest */
    PATTERN_KINDS,
} PatternKind;

enum { PATTERN_POINTS = 24 };

typedef struct Pattern {
    PatternKind kind;
    float frequency; /* cycles per pixel */
    float cosine, sine;
    float stretch; /* of the second direction against the first */
    float phase[2];
    Noise noise;
    struct {
        float x, y;
    } point[PATTERN_POINTS]; /* in pixels */
} Pattern;

/* Fills in a random pattern for a picture of side x side pixels. */
void pattern_new(Pattern *pattern, Rng *rng, int side);

/* The pattern's value at (x, y), in pixels: about 0 on average, with a spread of about 1. */
float pattern_at(const Pattern *pattern, float x, float y);

#endif
