/* image.c: a picture's memory, and the picture as bytes. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "image.h"

#include <stdint.h>
#include <stdlib.h>

NstStatus nst_image_new(NstImage *image, int width, int height, NstError *error)
{
    *image = (NstImage){0};
    if (width < 1 || height < 1)
        return nst_fail(error, NST_BAD_ARGUMENT, "A picture of %d × %d pixels is empty", width, height);
    /* Two ints of 31 bits times 12 bytes can exceed 64 bits, so the product is taken as a double first. */
    double bytes = 12.0 * width * height;
    float *rgb =
        bytes < (double)PTRDIFF_MAX ? malloc((size_t)width * (size_t)height * 3 * sizeof(float)) : NULL;
    if (!rgb)
        return nst_fail_memory(error, "a picture", bytes);
    *image = (NstImage){width, height, rgb};
    return NST_OK;
}

void nst_image_free(NstImage *image)
{
    free(image->rgb);
    *image = (NstImage){0};
}

void nst_image_bytes(const NstImage *image, unsigned char *bytes)
{
    size_t count = nst_image_floats(image);
    for (size_t i = 0; i < count; i++) {
        float value = image->rgb[i];
        bytes[i] = (unsigned char)((value < 0 ? 0 : value > 1 ? 1 : value) * 255 + 0.5f);
    }
}
