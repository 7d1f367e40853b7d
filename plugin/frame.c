/* frame.c: resizing is core's own, so that what is shown is what core computes with. */
#include "frame.h"

#include <string.h>

unsigned char *frame_bytes(const NstImage *image)
{
    unsigned char *bytes = g_try_malloc(nst_image_floats(image));
    if (bytes)
        nst_image_bytes(image, bytes);
    return bytes;
}

unsigned char *frame_resized(const NstImage *image, int width, int height)
{
    NstImage resized = {0};
    if (nst_image_resample(image, width, height, &resized, NULL) != NST_OK)
        return NULL;
    unsigned char *bytes = frame_bytes(&resized);
    nst_image_free(&resized);
    return bytes;
}

NstStatus frame_crop(const NstImage *image, const GeglRectangle *part, NstImage *crop, NstError *error)
{
    NstStatus status = nst_image_new(crop, part->width, part->height, error);
    size_t row = 3 * (size_t)part->width;
    for (int y = 0; status == NST_OK && y < part->height; y++) {
        size_t first = (size_t)(part->y + y) * (size_t)image->width + (size_t)part->x;
        memcpy(crop->rgb + (size_t)y * row, image->rgb + 3 * first, row * sizeof(float));
    }
    return status;
}

/* The area in a picture that has been reduced: what it touches. */
static GeglRectangle reduced_area(const GeglRectangle *area, int factor)
{
    int x = area->x / factor, y = area->y / factor;
    return (GeglRectangle){x, y, (area->x + area->width + factor - 1) / factor - x,
                           (area->y + area->height + factor - 1) / factor - y};
}

unsigned char *frame_coverage(const Thumbnail *content, const Thumbnail *selection, const GeglRectangle *area,
                              int width, int height)
{
    GeglRectangle part = reduced_area(area, content->factor);
    NstImage all = {0};
    if (nst_image_new(&all, part.width, part.height, NULL) != NST_OK)
        return NULL;
    float *value = all.rgb;
    for (int y = part.y; y < part.y + part.height; y++)
        for (int x = part.x; x < part.x + part.width; x++) {
            size_t pixel = (size_t)y * (size_t)content->image.width + (size_t)x;
            float covered = content->alpha[pixel] * (selection ? selection->image.rgb[3 * pixel] : 1);
            for (int c = 0; c < 3; c++)
                *value++ = covered;
        }
    unsigned char *bytes = frame_resized(&all, width, height);
    nst_image_free(&all);
    for (size_t i = 0; bytes && i < (size_t)width * (size_t)height; i++)
        bytes[i] = bytes[3 * i];
    return bytes;
}
