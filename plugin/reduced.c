/* reduced.c: sums up whole pixels in boxes as they come by. core brings a picture from here to a scale's size
 * by its own kernel; from boxes that are three pixels or more to each of that scale's, it gets what it would
 * from the whole picture but for what no eye sees.
 *
 * Sums are of what alpha leaves visible, so the mean colour that shows through (see pixels.c) can be laid
 * under it at the end, when it is known. Rejected: GEGL's own reduced reading, which averages in linear light
 * where core averages what is stored, so that fine patterns would come out lighter than in the run. */
#include "plugin/reduced.h"

#include "core/nst.h"
#include "plugin/pixels.h"

#include <string.h>

/* Read between two looks at the main loop: about 10 ms. */
enum { STEP_PIXELS = 1 << 18 };

struct ReducedReader {
    GeglBuffer *buffer;
    GeglRectangle area;
    char *what;
    int rows, done;   /* in a step, and so far */
    float *band;      /* [rows, area.width, 4] */
    Reduced *picture; /* sums of alpha times colour, and of alpha, until all is read */
    double sum[3], weight;
};

static void clear(gpointer data)
{
    Reduced *picture = data;
    nst_image_free(&picture->image);
    g_free(picture->alpha);
}

Reduced *reduced_ref(Reduced *picture)
{
    return g_atomic_rc_box_acquire(picture);
}

void reduced_unref(Reduced *picture)
{
    if (picture)
        g_atomic_rc_box_release_full(picture, clear);
}

static size_t pixels_of(const Reduced *picture)
{
    return (size_t)picture->image.width * (size_t)picture->image.height;
}

bool reduced_equal(const Reduced *a, const Reduced *b)
{
    size_t pixels = pixels_of(a);
    return a->width == b->width && a->height == b->height && a->factor == b->factor &&
           memcmp(a->image.rgb, b->image.rgb, 3 * pixels * sizeof(float)) == 0 &&
           memcmp(a->alpha, b->alpha, pixels * sizeof(float)) == 0;
}

/* The short side of a long picture stays one that core can paint. */
static int factor_of(const GeglRectangle *area, int side)
{
    int longer = MAX(area->width, area->height), shorter = MIN(area->width, area->height);
    return MAX(MIN(longer / side, shorter / NST_MIN_SIDE), 1);
}

static NstStatus allocate(ReducedReader *reader, NstError *error)
{
    Reduced *picture = reader->picture;
    int factor = picture->factor;
    NstStatus status = nst_image_new(&picture->image, (picture->width + factor - 1) / factor,
                                     (picture->height + factor - 1) / factor, error);
    if (status != NST_OK)
        return status;
    memset(picture->image.rgb, 0, nst_image_floats(&picture->image) * sizeof(float));
    picture->alpha = g_try_malloc0_n(pixels_of(picture), sizeof(float));
    reader->band = g_try_malloc_n((gsize)reader->rows * (gsize)reader->area.width, 4 * sizeof(float));
    if (picture->alpha && reader->band)
        return NST_OK;
    return nst_fail_memory(error, "reading pixels", 4.0 * sizeof(float) * reader->rows * reader->area.width);
}

ReducedReader *reduced_begin(GeglBuffer *buffer, const GeglRectangle *area, int side, const char *what,
                             NstError *error)
{
    ReducedReader *reader = g_new0(ReducedReader, 1);
    reader->buffer = g_object_ref(buffer);
    reader->area = *area;
    reader->what = g_strdup(what);
    reader->rows = CLAMP(STEP_PIXELS / area->width, 1, area->height);
    reader->picture = g_atomic_rc_box_new0(Reduced);
    reader->picture->width = area->width;
    reader->picture->height = area->height;
    reader->picture->factor = factor_of(area, side);
    if (allocate(reader, error) == NST_OK)
        return reader;
    reduced_end(reader);
    return NULL;
}

void reduced_end(ReducedReader *reader)
{
    if (!reader)
        return;
    reduced_unref(reader->picture);
    g_free(reader->band);
    g_free(reader->what);
    g_object_unref(reader->buffer);
    g_free(reader);
}

static void add_row(ReducedReader *reader, const float *row, int y)
{
    Reduced *picture = reader->picture;
    int factor = picture->factor;
    size_t first = (size_t)(y / factor) * (size_t)picture->image.width;
    for (int x = 0; x < reader->area.width; x++, row += 4) {
        size_t box = first + (size_t)(x / factor);
        picture->alpha[box] += row[3];
        reader->weight += row[3];
        for (int c = 0; c < 3; c++) {
            picture->image.rgb[3 * box + (size_t)c] += row[3] * row[c];
            reader->sum[c] += (double)row[3] * row[c];
        }
    }
}

/* How many pixels the box has; at the right and the lower edge some are missing. */
static float box_pixels(const Reduced *picture, int x, int y)
{
    int factor = picture->factor;
    return (float)(MIN(factor, picture->width - x * factor) * MIN(factor, picture->height - y * factor));
}

/* Sums become means, with the mean colour under what is not opaque. */
static void finish(ReducedReader *reader)
{
    Reduced *picture = reader->picture;
    float mean[3];
    for (int c = 0; c < 3; c++)
        mean[c] = (float)(reader->sum[c] / reader->weight);
    size_t box = 0;
    for (int y = 0; y < picture->image.height; y++)
        for (int x = 0; x < picture->image.width; x++, box++) {
            float pixels = box_pixels(picture, x, y);
            float alpha = picture->alpha[box] /= pixels;
            for (int c = 0; c < 3; c++) {
                float *value = &picture->image.rgb[3 * box + (size_t)c];
                *value = *value / pixels + (1 - alpha) * mean[c];
            }
        }
}

bool reduced_read(ReducedReader *reader, Reduced **picture, NstError *error)
{
    GeglRectangle *area = &reader->area;
    int count = MIN(reader->rows, area->height - reader->done);
    GeglRectangle rows = {area->x, area->y + reader->done, area->width, count};
    pixels_rows(reader->buffer, &rows, reader->band);
    for (int y = 0; y < count; y++)
        add_row(reader, reader->band + 4 * (size_t)y * (size_t)area->width, reader->done + y);
    reader->done += count;
    if (reader->done < area->height)
        return false;
    if (reader->weight > 0) {
        finish(reader);
        *picture = g_steal_pointer(&reader->picture);
    } else {
        *picture = NULL;
        nst_fail(error, NST_BAD_ARGUMENT, "%s is empty: all of it is transparent", reader->what);
    }
    return true;
}
