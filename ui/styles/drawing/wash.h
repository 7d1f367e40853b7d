/* wash.h: watercolour on cold-pressed paper. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_WASH_H
#define DRAWING_WASH_H

#include "outline.h"

typedef struct Sheet {
    Picture density; /* of the paint: how many times e the light is divided by, per colour */
    float *grain;    /* [H, W], the height of the paper, about 0..1 */
    float *resist;   /* [H, W], 1 where masking fluid keeps the paper white */
    float unit;      /* pixels per unit of the outlines: the height */
} Sheet;

typedef enum {
    WASH_FLAT,   /* on dry paper: it dries with dark edges, and backruns */
    WASH_WET,    /* on wet paper: it spreads, and has no edges */
    WASH_DRY,    /* with little water, dragged: only the tops of the paper take it */
    WASH_DETAIL, /* the point of a small brush */
    WASH_PENCIL  /* no wash at all: graphite */
} Manner;

typedef struct Wash {
    uint32_t from, to; /* two colours that run into each other, 0xrrggbb as strength 1 looks on white */
    float turn;        /* from one to the other in this direction, degrees: 0 to the right, 90 downwards */
    float strength;
    Manner manner;
} Wash;

Sheet sheet_new(int width, int height);
void sheet_free(Sheet *sheet);

/* Glazes over what is there. */
void sheet_wash(Sheet *sheet, const Outline *outline, const Wash *wash, Dice *dice);

void sheet_mask(Sheet *sheet, const Outline *outline); /* with masking fluid */
void sheet_unmask(Sheet *sheet);                       /* rubs all of it off */

/* The sheet in daylight, as a new picture. */
Picture sheet_seen(const Sheet *sheet);

#endif
