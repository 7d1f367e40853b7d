/* image.h: the pictures that go into core and come out of it. Nothing here keeps state; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_IMAGE_H
#define NST_IMAGE_H

#include "core/base/status.h"

#include <stddef.h>

/* The network can't look at pictures that are smaller than this on either side. */
enum { NST_MIN_SIDE = 16 };

/* rgb: [H, W, 3], interleaved, encoded for the eye (R'G'B'), nominally 0..1; of sRGB, or of any other
 * primaries, as long as all pictures of a job have the same. Values outside that range are clamped wherever
 * the network sees them. An image with rgb == NULL is empty. */
typedef struct NstImage {
    int width, height;
    float *rgb;
} NstImage;

/* Allocates rgb, uninitialised; the caller frees it with nst_image_free. On failure the image is empty. */
NstStatus nst_image_new(NstImage *image, int width, int height, NstError *error);

/* Frees rgb and makes the image empty; an empty image stays empty. */
void nst_image_free(NstImage *image);

/* Number of floats in rgb. */
static inline size_t nst_image_floats(const NstImage *image)
{
    return (size_t)image->width * (size_t)image->height * 3;
}

/* Makes `out`, which the caller frees, a copy of `in` resized to width x height, with values clamped to 0..1.
 * Each axis shrinks by Lanczos's kernel with three lobes, widened to the step between output pixels so that
 * nothing aliases, and grows by Catmull and Rom's, which interpolates. At the edges the kernel is cut off and
 * what is left of it is scaled back to a sum of 1. On failure `out` is empty. */
NstStatus nst_image_resample(const NstImage *in, int width, int height, NstImage *out, NstError *error);

/* Fills bytes [H, W, 3] with the nearest of 0..255, as a screen shows it. */
void nst_image_bytes(const NstImage *image, unsigned char *bytes);

#endif
