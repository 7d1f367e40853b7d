/* style_size.c: a painting may be scanned with a hundred million pixels, of which a run looks at as many as
 * the picture has. Reduced as it is read, a band of rows at a time (thumbnail.h), it never takes its full
 * size in memory. From boxes of at least three pixels to each that the run looks at, the result differs by
 * less than anyone can see; so the first choice leaves so many, and only where that doesn't fit fewer are
 * left.
 *
 * Only where it must be: a style that fits is read whole, and gives the same picture to the bit on any
 * machine. Rejected: reducing each style, which would make all pictures others than before. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "style_size.h"

#include "thumbnail.h"

#include <math.h>

/* Pixels of the reduced picture, each way, to one that the run looks at. */
enum { FINE = 3 };

static int longer_side(const StyleSource *source)
{
    const GeglRectangle *whole = gegl_buffer_get_extent(source->buffer);
    return MAX(whole->width, whole->height);
}

/* Of the picture as it is kept. */
static double bytes_at(const StyleSource *source, int factor)
{
    const GeglRectangle *whole = gegl_buffer_get_extent(source->buffer);
    return 3.0 * sizeof(float) * (whole->width / (double)factor) * (whole->height / (double)factor);
}

void style_size_begin(StyleSource *source, const NstSettings *settings, NstSize content)
{
    const GeglRectangle *whole = gegl_buffer_get_extent(source->buffer);
    int side = nst_style_side(settings, content, (NstSize){whole->width, whole->height});
    double room = nst_memory_room(settings);
    source->most = MAX(MIN(longer_side(source) / side, MIN(whole->width, whole->height) / NST_MIN_SIDE), 1);
    source->factor = 1;
    if (bytes_at(source, 1) > room)
        source->factor = MAX(source->most / FINE, MIN(source->most, 2));
    while (source->factor < source->most && bytes_at(source, source->factor) > room)
        source->factor++;
}

static NstStatus read_reduced(const StyleSource *source, Pixels *pixels, NstError *error)
{
    Thumbnail *reduced;
    ThumbnailWanted wanted = {.buffer = source->buffer,
                              .area = *gegl_buffer_get_extent(source->buffer),
                              .format = source->colors,
                              .side = (longer_side(source) + source->factor - 1) / source->factor,
                              .what = source->title};
    NstStatus status = thumbnail_new(&reduced, &wanted, error);
    if (status != NST_OK)
        return status;
    *pixels = (Pixels){.image = reduced->image, .colors = source->colors};
    reduced->image = (NstImage){0};
    thumbnail_unref(reduced);
    return NST_OK;
}

NstStatus style_size_read(const StyleSource *source, Pixels *pixels, NstError *error)
{
    if (source->factor > 1)
        return read_reduced(source, pixels, error);
    return pixels_read(source->buffer, gegl_buffer_get_extent(source->buffer), source->colors, source->title,
                       pixels, error);
}

bool style_size_is_large(const StyleSource *source, const NstSettings *settings)
{
    static const double LARGE = 1.0 / 8; /* of what is left beside it */
    return source->factor < source->most &&
           bytes_at(source, source->factor) > LARGE * fmax(nst_memory_room(settings), 0);
}
