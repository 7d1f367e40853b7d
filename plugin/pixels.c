/* pixels.c: reads and writes in bands of rows, so that apart from the picture itself only one band is in
 * memory.
 *
 * core paints values from 0 to 1. A picture is read in its own colour space, so that none of its colours
 * leaves that range: in sRGB a strong green of Adobe RGB would. What lies beyond it all the same, the
 * lights of a float picture, is cut off before and added again after, so that a sun as bright as ten times
 * white still is, with the strokes on it. Rejected: scaling the whole picture until its lights fit, which
 * leaves all the rest in the dark; and adding in linear light, where strokes on a light vanish.
 *
 * core weighs every pixel alike, but the colour of a transparent pixel is invisible and often black or left
 * over; it would show in the statistics of a style and bleed into the borders of a content. So each pixel is
 * composited over the mean of what is visible: the picture's mean stays what it looks like, and no border
 * appears that isn't there. Rejected: compositing over white or black, which makes such a border. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pixels.h"

#include <math.h>
#include <string.h>

enum { BAND_ROWS = 64 };

#define OWN_CURVE  "R'G'B'A float" /* of the space */
#define SRGB_CURVE "R~G~B~A float" /* in the space's primaries */

/* The value of light that a space's R'G'B' of one half stands for. */
static float light_of_half(const Babl *space)
{
    const float half[3] = {0.5F, 0.5F, 0.5F};
    float light[3];
    const Babl *from = babl_format_with_space("R'G'B' float", space),
               *to = babl_format_with_space("RGB float", space);
    babl_process(babl_fish(from, to), half, light, 1);
    return light[0];
}

/* Are a format's numbers by its space's own curve, and is that one to the eye? */
static bool has_own_curve(const Babl *format)
{
    static const float LINEAR = 0.4F;
    return babl_get_model_flags(babl_format_get_model(format)) & BABL_MODEL_FLAG_NONLINEAR &&
           light_of_half(babl_format_get_space(format)) < LINEAR;
}

/* Numbers by a space's own curve are painted as they are stored; for those of light a pure gamma would lose
 * what is negative, and has no end of steps near black. The buffer's format says what is converted. */
const Babl *pixels_colors(GeglBuffer *buffer)
{
    const Babl *format = gegl_buffer_get_format(buffer), *space = babl_format_get_space(format);
    if (babl_format_is_palette(format) || babl_space_is_gray(space) || babl_space_is_cmyk(space) ||
        babl_space_with_trc(space, babl_trc("sRGB")) == babl_space("sRGB"))
        return pixels_srgb();
    return babl_format_with_space(has_own_curve(format) ? OWN_CURVE : SRGB_CURVE, space);
}

const Babl *pixels_srgb(void)
{
    return babl_format(OWN_CURVE);
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

/* Each tile is read once, or a few times in a row; those of a file's copy go to GEGL's swap file. Some rows
 * of tiles of the widest picture fit. */
void pixels_keep_few_tiles(void)
{
    static const guint64 FEW = 32 << 20;
    g_object_set(gegl_config(), "tile-cache-size", FEW, NULL);
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

/* What settled cuts off a value, if it is more than a rounding; of one that isn't a number nothing. */
static float cut_off(float value)
{
    static const float ROUNDING = 0.5F / 65535;
    float beyond = value > 1 ? value - 1 : value < 0 ? value : 0;
    return fabsf(beyond) > ROUNDING ? beyond : 0;
}

/* Returns whether anything was cut off. The colour of what is transparent doesn't count. */
static bool cut(const float *band, size_t pixels, float *beyond)
{
    bool any = false;
    for (size_t i = 0; i < pixels; i++)
        for (size_t c = 0; c < 3; c++) {
            float value = band[4 * i + 3] > 0 ? cut_off(band[4 * i + c]) : 0;
            beyond[4 * i + c] = value;
            any = any || value != 0;
        }
    return any;
}

/* Where an alpha comes or goes, babl takes a way by light, and returns from a pure gamma with errors of 300
 * steps of 16 bits near black. So that is done here. sRGB's way is exact, and is left as it is. */
const Babl *pixels_converted(GeglBuffer *buffer, const Babl *format)
{
    const Babl *space = babl_format_get_space(format);
    if (babl_format_has_alpha(gegl_buffer_get_format(buffer)) || space == babl_space("sRGB"))
        return format;
    bool own = strcmp(babl_format_get_encoding(format), OWN_CURVE) == 0;
    return babl_format_with_space(own ? "R'G'B' float" : "R~G~B~ float", space);
}

/* In place, from the last on. */
static void add_alpha(float *band, size_t pixels)
{
    for (size_t i = pixels; i-- > 0;) {
        memmove(band + 4 * i, band + 3 * i, 3 * sizeof *band);
        band[4 * i + 3] = 1;
    }
}

static void drop_alpha(float *band, size_t pixels)
{
    for (size_t i = 0; i < pixels; i++)
        memmove(band + 3 * i, band + 4 * i, 3 * sizeof *band);
}

bool pixels_rows(GeglBuffer *buffer, const GeglRectangle *rows, const Babl *format, float *band,
                 float *beyond)
{
    size_t pixels = (size_t)rows->width * (size_t)rows->height;
    const Babl *converted = pixels_converted(buffer, format);
    gegl_buffer_get(buffer, rows, 1.0, converted, band, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    if (converted != format)
        add_alpha(band, pixels);
    bool any = beyond && cut(band, pixels, beyond);
    for (size_t i = 0; i < 4 * pixels; i++)
        band[i] = settled(band[i]);
    return any;
}

static void write_rows(GeglBuffer *buffer, const GeglRectangle *rows, const Babl *format, float *band)
{
    const Babl *converted = pixels_converted(buffer, format);
    if (converted != format)
        drop_alpha(band, (size_t)rows->width * (size_t)rows->height);
    gegl_buffer_set(buffer, rows, 0, converted, band, GEGL_AUTO_ROWSTRIDE);
}

static void split(const float *band, size_t count, float *rgb, float *alpha)
{
    for (size_t i = 0; i < count; i++) {
        for (int c = 0; c < 3; c++)
            rgb[3 * i + c] = band[4 * i + c];
        alpha[i] = band[4 * i + 3];
    }
}

static void join(const float *rgb, const float *alpha, const float *beyond, size_t count, float *band)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t c = 0; c < 3; c++)
            band[4 * i + c] = settled(rgb[3 * i + c]) + (beyond ? beyond[3 * i + c] : 0);
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
        g_clear_pointer(&pixels->alpha, g_free);
    }
    return NST_OK;
}

/* Pixels of four floats; the caller frees them with g_free. */
static NstStatus band_new(float **band, size_t pixels, NstError *error)
{
    *band = g_try_malloc_n(pixels, 4 * sizeof(float));
    if (*band)
        return NST_OK;
    return nst_fail_memory(error, "reading pixels", (double)pixels * 4 * sizeof(float));
}

static NstStatus picture_new(const GeglRectangle *area, const Babl *colors, Pixels *pixels, NstError *error)
{
    size_t count = (size_t)area->width * (size_t)area->height;
    *pixels = (Pixels){.colors = colors};
    NstStatus status = nst_image_new(&pixels->image, area->width, area->height, error);
    if (status == NST_OK && !(pixels->alpha = g_try_malloc_n(count, sizeof(float))))
        status = nst_fail_memory(error, "the alpha channel", (double)count * sizeof(float));
    return status;
}

/* beyond: [count, 4], for the pixels from `first` on. Few pictures have any, so the memory is asked for when
 * there is some; and where there is none it stays untouched, so that the system need not hand it out. */
static NstStatus keep_beyond(const float *beyond, size_t first, size_t count, Pixels *pixels, NstError *error)
{
    size_t all = nst_image_floats(&pixels->image);
    if (!pixels->beyond)
        pixels->beyond = g_try_malloc0_n(all, sizeof(float));
    if (!pixels->beyond)
        return nst_fail_memory(error, "the lights above white", (double)all * sizeof(float));
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < 3; c++)
            if (beyond[4 * i + c] != 0)
                pixels->beyond[3 * (first + i) + c] = beyond[4 * i + c];
    return NST_OK;
}

/* band: for twice BAND_ROWS rows. */
static NstStatus read_bands(GeglBuffer *buffer, const GeglRectangle *area, float *band, Pixels *pixels,
                            NstError *error)
{
    size_t width = (size_t)area->width;
    float *beyond = band + 4 * width * BAND_ROWS;
    NstStatus status = NST_OK;
    for (int y = 0; status == NST_OK && y < area->height; y += BAND_ROWS) {
        GeglRectangle rows = {area->x, area->y + y, area->width, MIN(BAND_ROWS, area->height - y)};
        size_t first = width * (size_t)y, count = width * (size_t)rows.height;
        bool any = pixels_rows(buffer, &rows, pixels->colors, band, beyond);
        split(band, count, pixels->image.rgb + 3 * first, pixels->alpha + first);
        if (any)
            status = keep_beyond(beyond, first, count, pixels, error);
    }
    return status;
}

NstStatus pixels_read(GeglBuffer *buffer, const GeglRectangle *area, const Babl *colors, const char *what,
                      Pixels *pixels, NstError *error)
{
    float *band = NULL;
    NstStatus status = picture_new(area, colors, pixels, error);
    if (status == NST_OK)
        status = band_new(&band, 2 * (size_t)area->width * BAND_ROWS, error);
    if (status == NST_OK)
        status = read_bands(buffer, area, band, pixels, error);
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
    g_clear_pointer(&pixels->alpha, g_free);
    g_clear_pointer(&pixels->beyond, g_free);
    pixels->colors = NULL;
}

NstStatus pixels_write(GeglBuffer *buffer, const NstImage *image, const Pixels *like, NstError *error)
{
    float *band;
    NstStatus status = band_new(&band, (size_t)image->width * BAND_ROWS, error);
    if (status != NST_OK)
        return status;
    for (int y = 0; y < image->height; y += BAND_ROWS) {
        GeglRectangle rows = {0, y, image->width, MIN(BAND_ROWS, image->height - y)};
        size_t first = (size_t)image->width * (size_t)y;
        join(image->rgb + 3 * first, like->alpha ? like->alpha + first : NULL,
             like->beyond ? like->beyond + 3 * first : NULL, (size_t)rows.width * (size_t)rows.height, band);
        write_rows(buffer, &rows, like->colors, band);
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
