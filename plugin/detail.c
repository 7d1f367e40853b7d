/* detail.c: the large forms are the picture at FORMS pixels on its longer side, enlarged again: relative to
 * the picture, as a painter's brush is, and about as coarse as the strokes of a broad one. So what the
 * strokes have swallowed is in the layer, whatever the picture's size: at 4000 pixels all that is finer than
 * some 60.
 *
 * Gray, so that the painting's colours stay; the original's have a layer of their own. Rejected: a blur by so
 * many pixels, which keeps nothing but noise in a large photo; and the difference from the painting instead
 * of from the forms, which at full opacity is the original itself. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detail.h"

#include <math.h>

enum { FORMS = 64, LEAST_FACTOR = 2 }; /* a small picture is at least halved */

static void lighten(const NstImage *picture, NstImage *gray)
{
    size_t count = nst_image_floats(picture) / 3;
    for (size_t i = 0; i < count; i++) {
        const float *rgb = picture->rgb + 3 * i;
        float light = 0.2126F * rgb[0] + 0.7152F * rgb[1] + 0.0722F * rgb[2]; /* Rec. 709 */
        for (int c = 0; c < 3; c++)
            gray->rgb[3 * i + c] = light;
    }
}

/* Makes `forms` the large forms of a picture, in its size. */
static NstStatus forms_new(const NstImage *picture, NstImage *forms, NstError *error)
{
    double longer = fmax(picture->width, picture->height), factor = fmax(longer / FORMS, LEAST_FACTOR);
    int width = (int)fmax(round(picture->width / factor), 1),
        height = (int)fmax(round(picture->height / factor), 1);
    NstImage small;
    NstStatus status = nst_image_resample(picture, width, height, &small, error);
    if (status == NST_OK)
        status = nst_image_resample(&small, picture->width, picture->height, forms, error);
    nst_image_free(&small);
    return status;
}

NstStatus detail_new(const NstImage *picture, NstImage *detail, NstError *error)
{
    NstImage forms = {0};
    NstStatus status = nst_image_new(detail, picture->width, picture->height, error);
    if (status != NST_OK)
        return status;
    lighten(picture, detail);
    status = forms_new(detail, &forms, error);
    if (status == NST_OK)
        for (size_t i = 0; i < nst_image_floats(detail); i++)
            detail->rgb[i] = fminf(fmaxf(0.5F + detail->rgb[i] - forms.rgb[i], 0), 1);
    else
        nst_image_free(detail);
    nst_image_free(&forms);
    return status;
}
