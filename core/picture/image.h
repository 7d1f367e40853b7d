/* image.h: the pictures that go in and out of core. */
#ifndef NST_IMAGE_H
#define NST_IMAGE_H

#include "core/base/status.h"

#include <stddef.h>

/* rgb: [H, W, 3], interleaved, sRGB-encoded (R'G'B'), nominally 0..1. Values outside are clamped by
 * whoever looks at them through the network. An image with rgb == NULL is empty. */
typedef struct NstImage {
    int width, height;
    float *rgb;
} NstImage;

/* Allocates rgb, uninitialised. The caller frees it with nst_image_free. */
NstStatus nst_image_new(NstImage *image, int width, int height, NstError *error);

/* Frees rgb and makes the image empty; an empty image stays empty. */
void nst_image_free(NstImage *image);

/* Number of floats in rgb. */
static inline size_t nst_image_floats(const NstImage *image)
{
    return (size_t)image->width * (size_t)image->height * 3;
}

/* Fills bytes [H, W, 3] with the nearest of 0..255, as a screen shows it. */
void nst_image_bytes(const NstImage *image, unsigned char *bytes);

#endif
