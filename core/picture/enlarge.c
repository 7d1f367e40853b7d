/* enlarge.c: carries a picture to the next scale without losing what only that scale can show. Plain
 * enlarging leaves windows and branches blurred, and content losses at the deeper layers don't bring them
 * back: in tubingen at 384 px that cost a sixth of the content's likeness (tests/bench/RESULTS.md). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "enlarge.h"

/* out = `in` at width x height, by way of small_width x small_height. */
static NstStatus blurred(const NstImage *in, int small_width, int small_height, int width, int height,
                         NstImage *out, NstError *error)
{
    NstImage small;
    NstStatus status = nst_image_resample(in, small_width, small_height, &small, error);
    if (status != NST_OK)
        return status;
    status = nst_image_resample(&small, width, height, out, error);
    nst_image_free(&small);
    return status;
}

static void add_details(NstImage *picture, const NstImage *sharp, const NstImage *soft)
{
    for (size_t i = 0; i < nst_image_floats(picture); i++) {
        float value = picture->rgb[i] + sharp->rgb[i] - soft->rgb[i];
        picture->rgb[i] = value < 0 ? 0 : value > 1 ? 1 : value;
    }
}

/* Adds to `enlarged` the details of `start` that were lost at small_width x small_height. */
static NstStatus restore_details(NstImage *enlarged, const NstImage *start, int small_width, int small_height,
                                 NstError *error)
{
    int width = enlarged->width, height = enlarged->height;
    NstImage sharp = {0}, soft = {0};
    NstStatus status = blurred(start, small_width, small_height, width, height, &soft, error);
    if (status == NST_OK)
        status = nst_image_resample(start, width, height, &sharp, error);
    if (status == NST_OK)
        add_details(enlarged, &sharp, &soft);
    nst_image_free(&sharp);
    nst_image_free(&soft);
    return status;
}

NstStatus picture_enlarge(NstImage *picture, const NstImage *start, int width, int height, NstError *error)
{
    NstImage enlarged;
    if (picture->width == width && picture->height == height)
        return NST_OK;
    NstStatus status = nst_image_resample(picture, width, height, &enlarged, error);
    if (status != NST_OK)
        return status;
    if (start)
        status = restore_details(&enlarged, start, picture->width, picture->height, error);
    if (status == NST_OK) {
        nst_image_free(picture);
        *picture = enlarged;
    } else {
        nst_image_free(&enlarged);
    }
    return status;
}
