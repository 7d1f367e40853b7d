/* pixels.c: reads and writes in bands of rows, so that apart from the picture itself only one band is in
 * memory.
 *
 * core weighs every pixel alike, but the colour of a transparent pixel is invisible and often black or left
 * over; it would show in the statistics of a style and bleed into the borders of a content. So each pixel is
 * composited over the mean of what is visible: the picture's mean stays what it looks like, and no border
 * appears that isn't there. Rejected: compositing over white or black, which makes such a border. */
#include "pixels.h"

#include <math.h>

enum { BAND_ROWS = 64 };

/* The buffer's own format says what it is converted from. */
const Babl *pixels_colors(void)
{
    return babl_format("R'G'B'A float");
}

const Babl *pixels_light(void)
{
    return babl_format("RGBA float");
}

/* GEGL would load a hundred modules of operations, a quarter of the time that the plug-in takes to start. A
 * buffer needs none. */
void pixels_begin(void)
{
    g_setenv("GEGL_PATH", "none", FALSE);
    gegl_init(NULL, NULL);
}

/* Clamped to 0..1 and rounded to a grid of 16 bits. babl takes whichever of several conversions it measures
 * as the fastest that day; they differ in the last bits of a float, and an optimiser amplifies a last bit
 * until it is visible. The grid is coarser than those bits and finer than the eye; it holds the exact values
 * of every 8 and 16 bit image, and none of its points lies where rounding to 8 bits could go either way. So
 * the same layer is read, and the same picture written, identically every time. Values that a colour profile
 * converts lie anywhere between the points, and a few of them round up one day and down the next: a
 * difference of 1/65535, by which a value in 8 bits may differ by one. */
static float settled(float value)
{
    if (!(value > 0)) /* NaN too, which a float image may hold */
        return 0;
    return roundf(MIN(value, 1) * 65535) / 65535;
}

void pixels_rows(GeglBuffer *buffer, const GeglRectangle *rows, const Babl *format, float *band)
{
    size_t values = 4 * (size_t)rows->width * (size_t)rows->height;
    gegl_buffer_get(buffer, rows, 1.0, format, band, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    for (size_t i = 0; i < values; i++)
        band[i] = settled(band[i]);
}

static void split(const float *band, size_t count, float *rgb, float *alpha)
{
    for (size_t i = 0; i < count; i++) {
        for (int c = 0; c < 3; c++)
            rgb[3 * i + c] = band[4 * i + c];
        alpha[i] = band[4 * i + 3];
    }
}

static void join(const float *rgb, const float *alpha, size_t count, float *band)
{
    for (size_t i = 0; i < count; i++) {
        for (int c = 0; c < 3; c++)
            band[4 * i + c] = settled(rgb[3 * i + c]);
        band[4 * i + 3] = alpha ? alpha[i] : 1;
    }
}

/* The sum of all alphas; `mean` is the mean colour of what is visible. */
static double visible(const Pixels *pixels, size_t count, double mean[3])
{
    double sum[3] = {0}, weight = 0;
    for (size_t i = 0; i < count; i++) {
        weight += pixels->alpha[i];
        for (int c = 0; c < 3; c++)
            sum[c] += (double)pixels->alpha[i] * pixels->image.rgb[3 * i + c];
    }
    for (int c = 0; c < 3; c++)
        mean[c] = weight > 0 ? sum[c] / weight : 0;
    return weight;
}

static void blend(Pixels *pixels, size_t count, const double mean[3])
{
    for (size_t i = 0; i < count; i++) {
        float alpha = pixels->alpha[i];
        for (int c = 0; c < 3; c++) {
            float *value = &pixels->image.rgb[3 * i + c];
            *value = alpha * *value + (1 - alpha) * (float)mean[c];
        }
    }
}

static NstStatus finish(Pixels *pixels, const char *what, NstError *error)
{
    size_t count = (size_t)pixels->image.width * (size_t)pixels->image.height;
    double mean[3], weight = visible(pixels, count, mean);

    if (weight <= 0)
        return nst_fail(error, NST_BAD_ARGUMENT, "%s is empty: it is fully transparent", what);
    if (weight < (double)count) {
        blend(pixels, count, mean);
    } else {
        g_free(pixels->alpha);
        pixels->alpha = NULL;
    }
    return NST_OK;
}

/* The caller frees it with g_free. */
static NstStatus band_new(float **band, int width, NstError *error)
{
    *band = g_try_malloc_n((gsize)width * BAND_ROWS, 4 * sizeof(float));
    if (*band)
        return NST_OK;
    return nst_fail_memory(error, "reading pixels", (double)width * BAND_ROWS * 4 * sizeof(float));
}

NstStatus pixels_read(GeglBuffer *buffer, const GeglRectangle *area, const char *what, Pixels *pixels,
                      NstError *error)
{
    size_t width = (size_t)area->width, count = width * (size_t)area->height;
    NstStatus status = nst_image_new(&pixels->image, area->width, area->height, error);
    float *band = NULL;

    if (status == NST_OK && !(pixels->alpha = g_try_malloc_n(count, sizeof(float))))
        status = nst_fail_memory(error, "the alpha channel", (double)count * sizeof(float));
    if (status == NST_OK)
        status = band_new(&band, area->width, error);
    for (int y = 0; status == NST_OK && y < area->height; y += BAND_ROWS) {
        GeglRectangle rows = {area->x, area->y + y, area->width, MIN(BAND_ROWS, area->height - y)};
        size_t first = width * (size_t)y;
        pixels_rows(buffer, &rows, pixels_colors(), band);
        split(band, width * (size_t)rows.height, pixels->image.rgb + 3 * first, pixels->alpha + first);
    }
    if (status == NST_OK)
        status = finish(pixels, what, error);
    g_free(band);
    if (status != NST_OK)
        pixels_free(pixels);
    return status;
}

void pixels_free(Pixels *pixels)
{
    nst_image_free(&pixels->image);
    g_free(pixels->alpha);
    pixels->alpha = NULL;
}

NstStatus pixels_write(GeglBuffer *buffer, const NstImage *image, const float *alpha, NstError *error)
{
    float *band;
    NstStatus status = band_new(&band, image->width, error);
    if (status != NST_OK)
        return status;
    for (int y = 0; y < image->height; y += BAND_ROWS) {
        GeglRectangle rows = {0, y, image->width, MIN(BAND_ROWS, image->height - y)};
        size_t first = (size_t)image->width * (size_t)y;
        join(image->rgb + 3 * first, alpha ? alpha + first : NULL, (size_t)rows.width * (size_t)rows.height,
             band);
        gegl_buffer_set(buffer, &rows, 0, pixels_colors(), band, GEGL_AUTO_ROWSTRIDE);
    }
    g_free(band);
    return NST_OK;
}

GeglBuffer *pixels_copy(GeglBuffer *buffer, const GeglRectangle *area)
{
    GeglRectangle whole = {0, 0, area->width, area->height};
    GeglBuffer *copy = gegl_buffer_new(&whole, gegl_buffer_get_format(buffer));
    gegl_buffer_copy(buffer, area, GEGL_ABYSS_NONE, copy, &whole);
    return copy;
}
