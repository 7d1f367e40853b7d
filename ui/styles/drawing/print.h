/* print.h: printing from a block, a plate or a screen: paper, and ink where the plate carries it. Plates are
 * made PRINT_FINER times larger than the finished picture. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_PRINT_H
#define DRAWING_PRINT_H

#include "picture.h"

#include <cairo.h>

enum { PRINT_FINER = 2 };

typedef struct Plate {
    int width, height;
    float *cover; /* [H, W], how much of each pixel is inked, 0..1 */
} Plate;

typedef struct PrintInk {
    Vec3 colour;
    float ragged; /* how far the ink's edge wanders, pixels of the plate */
    float patchy; /* 0 even .. 1 worn: paper shines through */
    float dx, dy; /* how far the plate lies off its place, pixels of the plate */
    bool sheer;   /* darkens what lies below, rather than cover it */
} PrintInk;

/* An empty sheet to draw a plate on, in pixels of the finished picture; end it with cairo_destroy. */
cairo_t *print_sheet(int width, int height);

/* What was drawn on a sheet; end it with plate_free. */
Plate print_plate(cairo_t *sheet);
void plate_free(Plate *plate);

Picture print_paper(int width, int height, Vec3 tint); /* with its fibres */

/* Prints the plate: its ink covers what is there. */
void print_ink(Picture *picture, const Plate *plate, PrintInk ink);

#endif
