/* tone.c: one plane, the difference of the two lights. Rejected: scaling the colours instead of adding, which
 * turned shadows of a bright painting into saturated stains. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tone.h"

#include "box.h"
#include "core/base/memory.h"

#include <math.h>
#include <stdlib.h>

enum { TONE_PLANES = 2 }; /* the difference, and working space */

typedef struct Toning {
    const Tone *tone;
    const NstImage *content;
    NstImage *picture;
    int32_t *plane;
} Toning;

double tone_bytes(double pixels)
{
    return TONE_PLANES * pixels * sizeof(int32_t);
}

static float seen(float value)
{
    return value > 0 ? value < 1 ? value : 1 : 0;
}

static double light_of(const float *rgb)
{
    float clamped[3] = {seen(rgb[0]), seen(rgb[1]), seen(rgb[2])};
    return (double)content_light(clamped);
}

static void subtract_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Toning *t = data;
    size_t width = (size_t)t->picture->width, end = (y + 1) * width;
    for (size_t pixel = y * width; pixel < end; pixel++) {
        double relit = content_relit(t->tone->relighting, light_of(t->content->rgb + 3 * pixel));
        t->plane[pixel] = box_fixed(fmin(1, fmax(0, relit)) - light_of(t->picture->rgb + 3 * pixel));
    }
}

static void add_row(void *data, size_t y, float *scratch)
{
    (void)scratch;
    const Toning *t = data;
    size_t width = (size_t)t->picture->width, end = (y + 1) * width;
    for (size_t pixel = y * width; pixel < end; pixel++) {
        float *rgb = t->picture->rgb + 3 * pixel, more = (float)(t->tone->share * box_value(t->plane[pixel]));
        for (int c = 0; c < 3; c++)
            rgb[c] = seen(rgb[c] + more);
    }
}

NstStatus tone_restore(const Tone *tone, const NstImage *content, Workers *workers, NstImage *picture,
                       NstError *error)
{
    size_t pixels = nst_image_floats(picture) / 3, rows = (size_t)picture->height;
    BoxSize size = {picture->width, picture->height, tone->radius_x, tone->radius_y};
    int32_t *planes = memory_new(TONE_PLANES * pixels * sizeof *planes);
    if (!planes)
        return nst_fail_memory(error, "working space", tone_bytes((double)pixels));
    Toning toning = {tone, content, picture, planes};
    workers_run(workers, rows, subtract_row, &toning);
    box_average(&size, workers, planes, planes + pixels);
    box_average(&size, workers, planes, planes + pixels);
    workers_run(workers, rows, add_row, &toning);
    free(planes);
    return NST_OK;
}
