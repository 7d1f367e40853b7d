/* preview_size.c: the finest scale of the run that is still small. If that is the run's last, as with a
 * broad brush, the preview is the whole run, enlarged as far as is small. A run may also have no small
 * scale, because its settings ask for one scale or two: then a picture of the content's proportions, which
 * is only a likeness of what the run will paint. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preview_size.h"

#include <math.h>

/* Pixels that count as small, about 310 by 230. On two cores such a preview settles in four to five
 * seconds. */
static const double SMALL = 72000;

/* Pixels of a part at full size at most, which is there at once and becomes sharp within ten seconds. */
static const double PART = 180000;

/* How small a picture is, beside this one. */
static double small_factor(int width, int height)
{
    double least = (double)NST_MIN_SIDE / MIN(width, height);
    return fmax(sqrt(SMALL / ((double)width * height)), least);
}

static PreviewSize sketch(int width, int height)
{
    double factor = small_factor(width, height);
    return (PreviewSize){(int)lround(factor * width), (int)lround(factor * height), 0};
}

static PreviewSize enlarged(int width, int height, const NstSettings *settings)
{
    int side = (int)lround(fmin(1, small_factor(width, height)) * MAX(width, height));
    NstSize size = nst_preview_size(settings, (NstSize){width, height}, side);
    return (PreviewSize){size.width, size.height, side};
}

PreviewSize preview_size_of(int width, int height, const NstSettings *settings)
{
    PreviewSize small = {0};
    NstSize sizes[NST_SCALES_MAX];
    int scales = nst_scale_sizes(settings, (NstSize){width, height}, sizes);
    for (int scale = 0; scale < scales; scale++) {
        const NstSize *size = &sizes[scale];
        if ((double)size->width * size->height <= SMALL)
            small = (PreviewSize){size->width, size->height, MAX(size->width, size->height)};
    }
    if (small.side == 0)
        return sketch(width, height);
    return small.width == sizes[scales - 1].width ? enlarged(width, height, settings) : small;
}

PreviewSize preview_size_finer(int width, int height, const NstSettings *settings, const PreviewSize *than,
                               NstSize room)
{
    NstSize sizes[NST_SCALES_MAX];
    int scales = nst_scale_sizes(settings, (NstSize){width, height}, sizes);
    for (int scale = 1; scale < scales; scale++) {
        const NstSize *size = &sizes[scale];
        if (sizes[scale - 1].width == than->width && sizes[scale - 1].height == than->height &&
            (double)size->width * size->height <= (double)room.width * room.height)
            return (PreviewSize){size->width, size->height, MAX(size->width, size->height)};
    }
    return (PreviewSize){0};
}

/* Where a part of at most `most` pixels begins and ends along a side that has `whole` pixels, and `small` in
 * the preview: on the preview's grid, so that the two line up. */
static void along(int whole, int small, double spot, double most, int place[2], int area[2])
{
    double ratio = (double)whole / small;
    int count = CLAMP((int)(most / ratio), 1, small); /* no more: a larger part would be shrunk to fit */
    place[0] = CLAMP((int)lround(spot * small - 0.5 * count), 0, small - count);
    place[1] = place[0] + count;
    for (int end = 0; end < 2; end++)
        area[end] = (int)lround(place[end] * ratio);
}

PreviewPart preview_part_of(int width, int height, const NstSettings *settings, double x, double y,
                            NstSize room)
{
    double share = fmin(1, sqrt(PART / ((double)room.width * room.height)));
    PreviewSize small = preview_size_of(width, height, settings);
    int place_x[2], place_y[2], area_x[2], area_y[2];
    along(width, small.width, x, share * room.width, place_x, area_x);
    along(height, small.height, y, share * room.height, place_y, area_y);
    return (PreviewPart){
        .area = {area_x[0], area_y[0], area_x[1] - area_x[0], area_y[1] - area_y[0]},
        .place = {place_x[0], place_y[0], place_x[1] - place_x[0], place_y[1] - place_y[0]},
    };
}
