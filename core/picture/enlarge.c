/* enlarge.c: carries a picture to the next scale without losing what only that scale can show. Enlarged
 * alone, windows and branches come back blurred, and content losses of the deeper layers don't ask for them
 * again: in tubingen at 384 px they cost a sixth of the content's likeness (tests/bench/RESULTS.md). */
#include "enlarge.h"

#include "resample.h"

/* out = `in` as if it had passed through small_width x small_height on its way to out's size. */
static NstStatus blurred(const NstImage *in, int small_width, int small_height, int width, int height,
                         NstImage *out, NstError *error)
{
    NstImage small;
    NstStatus status = resample(in, small_width, small_height, &small, error);
    if (status != NST_OK)
        return status;
    status = resample(&small, width, height, out, error);
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

/* Adds to `enlarged`, which was small_width x small_height. */
static NstStatus restore_details(NstImage *enlarged, const NstImage *start, int small_width, int small_height,
                                 NstError *error)
{
    int width = enlarged->width, height = enlarged->height;
    NstImage sharp = {0}, soft = {0};
    NstStatus status = blurred(start, small_width, small_height, width, height, &soft, error);
    if (status == NST_OK)
        status = resample(start, width, height, &sharp, error);
    if (status == NST_OK)
        add_details(enlarged, &sharp, &soft);
    nst_image_free(&sharp);
    nst_image_free(&soft);
    return status;
}

NstStatus enlarge(NstImage *picture, const NstImage *start, int width, int height, NstError *error)
{
    NstImage enlarged;
    if (picture->width == width && picture->height == height)
        return NST_OK;
    NstStatus status = resample(picture, width, height, &enlarged, error);
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
