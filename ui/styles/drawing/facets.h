/* facets.h: a picture broken into planes by cuts across it. Lengths in units of the picture's height. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_FACETS_H
#define DRAWING_FACETS_H

#include "noise.h"
#include "vec3.h"

typedef struct Facet {
    float x, y;     /* its middle */
    float radius;   /* about how large it is */
    float grain;    /* direction of its brush strokes, radians */
    float light;    /* direction in which it brightens, radians */
    float contrast; /* how much, as a share of a colour ramp */
    float turn;     /* what it shows is turned about its middle, radians, */
    float shift[2]; /* and shifted */
    float veil;     /* how much a veil of cool (positive) or warm (negative) grey lies over it */
} Facet;

/* A cut: this side of a slightly bent line or the other. */
typedef struct Cut {
    float x, y, angle, bend;
    int sides[2]; /* further cuts; below zero: the facet -1 - side */
} Cut;

typedef struct Facets {
    Cut *cuts;
    Facet *facets;
    int cut_count, facet_count;
} Facets;

/* size: how large facets may be around a place. */
Facets facets_new(float (*size)(float x, float y), Dice *dice);
void facets_free(Facets *facets);

int facets_at(const Facets *facets, float x, float y);

/* The nearest cut that bounds the facet of a place: its distance; direction (radians) and number on
 * return. */
float facets_edge(const Facets *facets, float x, float y, float *direction, int *cut);

#endif
