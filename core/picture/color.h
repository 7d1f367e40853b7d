/* color.h: whose colours a run paints with. Gatys, Bethge, Hertzmann and Shechtman, "Preserving Color in
 * Neural Artistic Style Transfer" (arXiv 1606.05897), give two ways to keep the content's, and both are
 * affine maps of RGB applied to the pictures before the run:
 *
 *     match       the style takes on the content's mean colour and covariance
 *     luminance   all pictures become gray, the style's gray with the content's mean and deviation; what is
 *                 painted stays gray throughout, and gets the content's chroma back in the end
 *
 * Pictures are looked at as everywhere, clamped to 0..1. Nothing here allocates or keeps state;
 * any thread. */
#ifndef NST_COLOR_H
#define NST_COLOR_H

#include "image.h"

/* Of a picture's colours, R'G'B'. */
typedef struct ColorStatistics {
    double mean[3], covariance[3][3];
} ColorStatistics;

ColorStatistics color_statistics(const NstImage *picture);

/* A colour x becomes matrix x + offset. */
typedef struct ColorMap {
    double matrix[3][3], offset[3];
} ColorMap;

/* Gives a picture with the statistics `from` those of `to`. A colour direction that `from` has nothing in
 * stays empty, and none is stretched more than tenfold. */
ColorMap color_match(const ColorStatistics *from, const ColorStatistics *to);

/* Gray: three times the luminance. */
ColorMap color_gray(void);

/* Gray too, with the mean and the deviation of the luminance brought from those of `from` to those of `to`,
 * by a factor of ten at most. */
ColorMap color_match_gray(const ColorStatistics *from, const ColorStatistics *to);

/* Maps every pixel in place. Results may leave 0..1. */
void color_apply(const ColorMap *map, NstImage *picture);

/* The gradient with respect to a gray picture: each of a pixel's channels gets the mean of the three, so that
 * a step along it stays gray to the bit. */
void color_gray_gradient(size_t pixels, float *gradient);

/* Gives a gray picture, in place, the chroma of the content, which has its size: the luminance is kept, the
 * content's hue too, and all of its saturation that fits between 0 and 1. */
void color_restore(const NstImage *content, NstImage *painted);

#endif
