/* thumbnail.c: sums up whole pixels in boxes as they arrive. core then resizes this picture to a scale's size
 * with its own kernel; from boxes that are at least three pixels to each of the scale's, the result differs
 * from resizing the whole picture by less than anyone can see.
 *
 * The sums are of what alpha leaves visible, so the mean colour that shows through (see pixels.c) can be laid
 * under it at the end, when it is known. Rejected: GEGL's own reduced reading, which averages in linear light
 * where core averages the stored values, so that fine patterns would come out lighter than in the run. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thumbnail.h"

#include "plugin/pixels.h"

#include <string.h>

/* Read between two looks at the clock, in about 1 ms. */
enum { BAND_PIXELS = 1 << 15 };

struct ThumbnailReader {
    ThumbnailWanted wanted;
    int rows;              /* read between two looks at the clock */
    float *band;           /* [rows, area.width, 4] */
    float *beyond;         /* the same of what pixels_rows cuts off; NULL: it isn't wanted */
    int read;              /* how many rows of the area */
    int finished;          /* how many rows of the picture; */
    bool same;             /* these are the same in wanted.before */
    Thumbnail *picture;    /* sums of alpha times colour, and of alpha, in rows that aren't finished */
    double sum[3], weight; /* of alpha times colour, and of alpha, over all that was read */
};

static void clear(gpointer data)
{
    Thumbnail *picture = data;
    nst_image_free(&picture->image);
    nst_image_free(&picture->beyond);
    g_free(picture->alpha);
}

Thumbnail *thumbnail_ref(Thumbnail *picture)
{
    return g_atomic_rc_box_acquire(picture);
}

void thumbnail_unref(Thumbnail *picture)
{
    if (picture)
        g_atomic_rc_box_release_full(picture, clear);
}

/* ---- Beginning and end --------------------------------------------------------------------------------- */

/* The shorter side of a long picture stays long enough for core to paint. */
static int factor_of(const GeglRectangle *area, int side)
{
    int longer = MAX(area->width, area->height), shorter = MIN(area->width, area->height);
    return MAX(MIN(longer / side, shorter / NST_MIN_SIDE), 1);
}

static Thumbnail *picture_new(const ThumbnailWanted *wanted)
{
    Thumbnail *picture = g_atomic_rc_box_new0(Thumbnail);
    picture->width = wanted->area.width;
    picture->height = wanted->area.height;
    picture->factor = factor_of(&wanted->area, wanted->side);
    picture->format = wanted->format;
    return picture;
}

static bool comparable(const Thumbnail *a, const Thumbnail *b)
{
    return a->width == b->width && a->height == b->height && a->factor == b->factor && a->format == b->format;
}

static float *band_new(const ThumbnailReader *reader)
{
    return g_try_malloc_n((gsize)reader->rows * (gsize)reader->wanted.area.width, 4 * sizeof(float));
}

static NstStatus allocate(ThumbnailReader *reader, NstError *error)
{
    Thumbnail *picture = reader->picture;
    int factor = picture->factor, width = reader->wanted.area.width;
    NstStatus status = nst_image_new(&picture->image, (picture->width + factor - 1) / factor,
                                     (picture->height + factor - 1) / factor, error);
    if (status != NST_OK)
        return status;
    picture->alpha =
        g_try_malloc_n((gsize)picture->image.width * (gsize)picture->image.height, sizeof(float));
    reader->band = band_new(reader);
    reader->beyond = reader->wanted.beyond ? band_new(reader) : NULL;
    if (picture->alpha && reader->band && (reader->beyond || !reader->wanted.beyond))
        return NST_OK;
    return nst_fail_memory(error, "reading pixels", 4.0 * sizeof(float) * reader->rows * width);
}

NstStatus thumbnail_begin(ThumbnailReader **out, const ThumbnailWanted *wanted, NstError *error)
{
    ThumbnailReader *reader = g_new0(ThumbnailReader, 1);
    reader->wanted = *wanted;
    g_object_ref(wanted->buffer);
    reader->wanted.before = wanted->before ? thumbnail_ref(wanted->before) : NULL;
    reader->wanted.what = g_strdup(wanted->what);
    reader->rows = CLAMP(BAND_PIXELS / wanted->area.width, 1, wanted->area.height);
    reader->picture = picture_new(wanted);
    reader->same = wanted->before && comparable(wanted->before, reader->picture);
    NstStatus status = allocate(reader, error);
    if (status != NST_OK)
        thumbnail_end(g_steal_pointer(&reader));
    *out = reader;
    return status;
}

void thumbnail_end(ThumbnailReader *reader)
{
    if (!reader)
        return;
    thumbnail_unref(reader->picture);
    thumbnail_unref(reader->wanted.before);
    g_free(reader->band);
    g_free(reader->beyond);
    g_free((char *)reader->wanted.what);
    g_object_unref(reader->wanted.buffer);
    g_free(reader);
}

/* ---- Summing up ---------------------------------------------------------------------------------------- */

/* Row by row, since the system takes a while to hand out a large picture's memory. */
static void clear_boxes(Thumbnail *picture, size_t first)
{
    size_t width = (size_t)picture->image.width;
    memset(picture->image.rgb + 3 * first, 0, 3 * width * sizeof(float));
    memset(picture->alpha + first, 0, width * sizeof(float));
}

static void add_row(ThumbnailReader *reader, const float *row, int y)
{
    Thumbnail *picture = reader->picture;
    int factor = picture->factor;
    size_t first = (size_t)(y / factor) * (size_t)picture->image.width;
    if (y % factor == 0)
        clear_boxes(picture, first);
    for (int x = 0; x < reader->wanted.area.width; x++, row += 4) {
        size_t box = first + (size_t)(x / factor);
        picture->alpha[box] += row[3];
        reader->weight += row[3];
        for (int c = 0; c < 3; c++) {
            picture->image.rgb[3 * box + (size_t)c] += row[3] * row[c];
            reader->sum[c] += (double)row[3] * row[c];
        }
    }
}

/* Only float pictures have any, so there is memory for it only then; without that memory the lights are shown
 * as white. False: there is none. */
static bool has_beyond(Thumbnail *picture)
{
    NstImage *beyond = &picture->beyond;
    if (!beyond->rgb && nst_image_new(beyond, picture->image.width, picture->image.height, NULL) == NST_OK)
        memset(beyond->rgb, 0, nst_image_floats(beyond) * sizeof(float));
    return beyond->rgb;
}

static void add_beyond(ThumbnailReader *reader, int y)
{
    Thumbnail *picture = reader->picture;
    size_t width = (size_t)reader->wanted.area.width;
    const float *row = reader->beyond + 4 * width * (size_t)y;
    size_t first = (size_t)((reader->read + y) / picture->factor) * (size_t)picture->image.width;
    for (size_t x = 0; x < width; x++, row += 4)
        for (size_t c = 0; c < 3; c++)
            picture->beyond.rgb[3 * (first + x / (size_t)picture->factor) + c] += row[c];
}

static void read_band(ThumbnailReader *reader)
{
    const GeglRectangle *area = &reader->wanted.area;
    int count = MIN(reader->rows, area->height - reader->read);
    GeglRectangle rows = {area->x, area->y + reader->read, area->width, count};
    bool beyond =
        pixels_rows(reader->wanted.buffer, &rows, reader->wanted.format, reader->band, reader->beyond);
    beyond = beyond && has_beyond(reader->picture);
    for (int y = 0; y < count; y++) {
        add_row(reader, reader->band + 4 * (size_t)y * (size_t)area->width, reader->read + y);
        if (beyond)
            add_beyond(reader, y);
    }
    reader->read += count;
}

/* ---- Finishing ----------------------------------------------------------------------------------------- */

/* How many pixels the box has: fewer at the right and the lower edge. */
static float box_pixels(const Thumbnail *picture, int x, int y)
{
    int factor = picture->factor;
    return (float)(MIN(factor, picture->width - x * factor) * MIN(factor, picture->height - y * factor));
}

static bool same_beyond(const Thumbnail *a, const Thumbnail *b, size_t first)
{
    const float *one = a->beyond.rgb, *other = b->beyond.rgb;
    if (!one || !other)
        return one == other;
    return memcmp(one + 3 * first, other + 3 * first, 3 * (size_t)a->image.width * sizeof(float)) == 0;
}

static bool same_row(const Thumbnail *a, const Thumbnail *b, size_t first)
{
    size_t bytes = (size_t)a->image.width * sizeof(float);
    return memcmp(a->image.rgb + 3 * first, b->image.rgb + 3 * first, 3 * bytes) == 0 &&
           memcmp(a->alpha + first, b->alpha + first, bytes) == 0 && same_beyond(a, b, first);
}

/* Sums become means, with the mean colour under what is not opaque. */
static void finish_row(ThumbnailReader *reader)
{
    Thumbnail *picture = reader->picture;
    int y = reader->finished++;
    size_t first = (size_t)y * (size_t)picture->image.width, box = first;
    float *mean = picture->mean;
    for (int c = 0; c < 3; c++)
        mean[c] = (float)(reader->sum[c] / reader->weight);
    for (int x = 0; x < picture->image.width; x++, box++) {
        float pixels = box_pixels(picture, x, y);
        float alpha = picture->alpha[box] /= pixels;
        for (int c = 0; c < 3; c++) {
            float *value = &picture->image.rgb[3 * box + (size_t)c];
            *value = *value / pixels + (1 - alpha) * mean[c];
            if (picture->beyond.rgb)
                picture->beyond.rgb[3 * box + (size_t)c] /= pixels;
        }
    }
    reader->same = reader->same && same_row(picture, reader->wanted.before, first);
}

static NstStatus result(ThumbnailReader *reader, Thumbnail **picture, NstError *error)
{
    if (reader->weight <= 0)
        return nst_fail(error, NST_BAD_ARGUMENT, "%s is empty: it is fully transparent", reader->wanted.what);
    *picture = reader->same ? thumbnail_ref(reader->wanted.before) : g_steal_pointer(&reader->picture);
    return NST_OK;
}

static bool is_read(const ThumbnailReader *reader)
{
    return reader->read == reader->wanted.area.height;
}

static bool is_finished(const ThumbnailReader *reader)
{
    return is_read(reader) && (reader->weight <= 0 || reader->finished == reader->picture->image.height);
}

NstStatus thumbnail_read(ThumbnailReader *reader, gint64 until, Thumbnail **picture, NstError *error)
{
    *picture = NULL;
    do {
        if (is_read(reader))
            finish_row(reader);
        else
            read_band(reader);
        if (is_finished(reader))
            return result(reader, picture, error);
    } while (g_get_monotonic_time() < until);
    return NST_OK;
}

NstStatus thumbnail_new(Thumbnail **picture, const ThumbnailWanted *wanted, NstError *error)
{
    ThumbnailReader *reader;
    *picture = NULL;
    NstStatus status = thumbnail_begin(&reader, wanted, error);
    if (status == NST_OK)
        status = thumbnail_read(reader, G_MAXINT64, picture, error);
    thumbnail_end(reader);
    return status;
}
