/* picture.h: a picture on a canvas: as large as fits, in the middle, and above checks where it is
 * transparent. Knows cairo and bytes. Main thread only. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_PICTURE_H
#define UI_PICTURE_H

#include <cairo.h>
#include <stdint.h>

/* argb: [height, width] in cairo's format CAIRO_FORMAT_ARGB32, copied. The caller destroys the surface, which
 * draws nothing if there was no memory for it. */
cairo_surface_t *picture_new(int width, int height, const uint32_t *argb);

/* Where a picture lies on a canvas of that size: its upper left corner, and what it is scaled by, at most
 * `most`. */
typedef struct PictureFit {
    double scale, x, y;
} PictureFit;

PictureFit picture_fit(cairo_surface_t *picture, int width, int height, double most);

/* NULL: draws nothing. */
void picture_draw(cairo_surface_t *picture, cairo_t *cr, int width, int height, double most);

#endif
