/* color.h: whose colours a run paints with. Gatys, Bethge, Hertzmann and Shechtman, "Preserving Color in
 * Neural Artistic Style Transfer" (arXiv 1606.05897), give two ways to keep the content's colours; both apply
 * affine maps of RGB to the pictures before the run:
 *
 *     match       the style takes on the content's mean colour and covariance
 *     luminance   all pictures become gray, the style's gray with the content's mean and deviation; the
 *                 painting stays gray throughout, and gets the content's chroma back at the end
 *
 * Pictures are read as everywhere, clamped to 0..1. Nothing here allocates or keeps state; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_COLOR_H
#define NST_COLOR_H

#include "image.h"

/* The statistics of a picture's colours, in R'G'B'. */
typedef struct ColorStatistics {
    double mean[3], covariance[3][3];
} ColorStatistics;

ColorStatistics color_statistics(const NstImage *picture);

/* A colour x becomes matrix x + offset. */
typedef struct ColorMap {
    double matrix[3][3], offset[3];
} ColorMap;

/* The map that gives a picture with the statistics `from` those of `to`. A colour direction in which `from`
 * has no variance stays empty, and none is stretched more than tenfold. */
ColorMap color_match(const ColorStatistics *from, const ColorStatistics *to);

/* Gray: all three channels become the luminance. */
ColorMap color_gray(void);

/* Gray, with the luminance's mean and deviation brought from those of `from` to those of `to`; the factor is
 * at most ten. */
ColorMap color_match_gray(const ColorStatistics *from, const ColorStatistics *to);

/* Maps every pixel in place. Results may leave 0..1. */
void color_apply(const ColorMap *map, NstImage *picture);

/* Makes a gradient one with respect to a gray picture: each channel of a pixel gets the mean of the three, so
 * that a step along it stays gray to the bit. gradient: [pixels, 3]. */
void color_gray_gradient(size_t pixels, float *gradient);

/* Gives a gray picture, in place, the chroma of the content, which has the same size. The picture keeps its
 * luminance and takes on the content's hue, and as much of its saturation as fits between 0 and 1. */
void color_restore(const NstImage *content, NstImage *painted);

#endif
