/* shown_pixels.c: a picture is reduced first and made bytes after, in the thread that has it: one of 24
 * megapixels is read once, and what goes to the main thread is less than a megabyte. Resizing is core's own,
 * so that what is shown is what core computes with. */
#include "shown_pixels.h"

#include <glib.h>
#include <math.h>
#include <string.h>

NstStatus shown_pixels_bytes(const NstImage *picture, unsigned char **rgb, NstError *error)
{
    *rgb = g_try_malloc(nst_image_floats(picture));
    if (!*rgb)
        return nst_fail_memory(error, "a picture", (double)nst_image_floats(picture));
    nst_image_bytes(picture, *rgb);
    return NST_OK;
}

NstStatus shown_pixels_resized(const NstImage *picture, int width, int height, unsigned char **rgb,
                               NstError *error)
{
    NstImage resized = {0};
    *rgb = NULL;
    NstStatus status = nst_image_resample(picture, width, height, &resized, error);
    if (status == NST_OK)
        status = shown_pixels_bytes(&resized, rgb, error);
    nst_image_free(&resized);
    return status;
}

NstStatus shown_pixels_gray(const NstImage *picture, int width, int height, unsigned char **gray,
                            NstError *error)
{
    NstStatus status = shown_pixels_resized(picture, width, height, gray, error);
    for (size_t i = 0; status == NST_OK && i < (size_t)width * (size_t)height; i++)
        (*gray)[i] = (*gray)[3 * i];
    return status;
}

NstStatus shown_pixels_crop(const NstImage *picture, int x, int y, int width, int height, NstImage *crop,
                            NstError *error)
{
    NstStatus status = nst_image_new(crop, width, height, error);
    size_t row = 3 * (size_t)width;
    for (int line = 0; status == NST_OK && line < height; line++) {
        size_t first = (size_t)(y + line) * (size_t)picture->width + (size_t)x;
        memcpy(crop->rgb + (size_t)line * row, picture->rgb + 3 * first, row * sizeof(float));
    }
    return status;
}

/* Frees the picture. */
static NstStatus new_of(ShownPixels **out, NstImage *picture, NstError *error)
{
    ShownPixels pixels = {picture->width, picture->height, NULL};
    NstStatus status = shown_pixels_bytes(picture, &pixels.rgb, error);
    nst_image_free(picture);
    if (status != NST_OK)
        return status;
    *out = g_new(ShownPixels, 1);
    **out = pixels;
    return NST_OK;
}

NstStatus shown_pixels_new(ShownPixels **out, const NstImage *picture, int side, NstError *error)
{
    double factor = MIN(1, (double)side / MAX(picture->width, picture->height));
    int width = MAX((int)lround(picture->width * factor), 1);
    int height = MAX((int)lround(picture->height * factor), 1);
    NstImage small;
    *out = NULL;
    NstStatus status = nst_image_resample(picture, width, height, &small, error);
    return status == NST_OK ? new_of(out, &small, error) : status;
}

NstStatus shown_pixels_new_of_progress(ShownPixels **out, const NstProgress *progress, int side,
                                       NstError *error)
{
    NstImage small;
    *out = NULL;
    NstStatus status = nst_progress_picture(progress, side, &small, error);
    return status == NST_OK ? new_of(out, &small, error) : status;
}

void shown_pixels_free(ShownPixels *pixels)
{
    if (!pixels)
        return;
    g_free(pixels->rgb);
    g_free(pixels);
}
