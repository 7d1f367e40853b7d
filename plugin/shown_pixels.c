/* shown_pixels.c: a scene is computed once, and each picture of the painting then mixed with it, in the
 * thread that has it: the main thread gets what it only has to put on the screen.
 *
 * The thumbnails have their mean colour where they are transparent. To take it out again the colour and the
 * alpha are resized with the same kernel, core's own, which is also the one that the painting is resized
 * with; so nothing shifts when one is exchanged for the other.
 *
 * Rejected: letting GIMP compose it, in an image of its own, which would be exact to the bit in every layer
 * mode, but takes a tenth of a second on the wire, ten times a second. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shown_pixels.h"

#include "thumbnail.h"

#include <glib.h>
#include <math.h>
#include <string.h>

struct ShownScene {
    int width, height;
    bool gray;
    const Babl *colors; /* the format that the result is in, and an alpha */
    float *beyond;      /* [H, W, 3]: what the content has above 1 and below 0; NULL: nothing */
    float *below;       /* [H, W, 4]: the content in linear light, multiplied by its alpha, and that alpha */
    float *cover;       /* [H, W]: how far the result covers it, 0..1 */
};

/* ---- Light --------------------------------------------------------------------------------------------- */

/* sRGB's curve and its inverse at equal steps. What lies between two steps is interpolated, to within a
 * hundredth of a byte. */
enum { STEPS = 4096 };

typedef struct Curve {
    float at[STEPS + 2];
} Curve;

static double decoded(double value)
{
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double encoded(double light)
{
    return light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055;
}

static gpointer curve_new(gpointer of)
{
    double (*function)(double) = *(double (**)(double))of;
    Curve *curve = g_new(Curve, 1);
    for (int step = 0; step < STEPS + 2; step++)
        curve->at[step] = (float)function((double)step / STEPS);
    return curve;
}

static const Curve *decoding(void)
{
    static double (*function)(double) = decoded;
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, curve_new, &function);
}

static const Curve *encoding(void)
{
    static double (*function)(double) = encoded;
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, curve_new, &function);
}

static float clamped(float value)
{
    return value > 0 ? fminf(value, 1) : 0; /* not a number: 0 */
}

static float through(const Curve *curve, float value)
{
    float place = clamped(value) * STEPS;
    int step = (int)place;
    return curve->at[step] + (place - (float)step) * (curve->at[step + 1] - curve->at[step]);
}

/* A share 0..1 after resizing, which leaves a little less than 1 of it. */
static float share(float value)
{
    return value > 0.9999f ? 1 : clamped(value);
}

/* As GIMP turns colours into gray: by the luminance of sRGB's primaries, adapted to the white of profiles. */
static float luminance(const float light[3])
{
    return 0.222491f * light[0] + 0.716888f * light[1] + 0.060621f * light[2];
}

/* ---- The scene ----------------------------------------------------------------------------------------- */

/* Makes a picture's colours, which are in that format, sRGB's; they may leave 0..1. */
static void show_in_srgb(const Babl *colors, NstImage *picture)
{
    enum { AT_ONCE = 256 };
    const Babl *srgb = babl_format("R'G'B'A float");
    float own[4 * AT_ONCE] = {0}, shown[4 * AT_ONCE];
    size_t count = nst_image_floats(picture) / 3;
    for (size_t first = 0; colors != srgb && first < count; first += AT_ONCE) {
        size_t some = MIN(count - first, AT_ONCE);
        float *rgb = picture->rgb + 3 * first;
        for (size_t i = 0; i < some; i++) {
            memcpy(own + 4 * i, rgb + 3 * i, 3 * sizeof *own);
            own[4 * i + 3] = 1;
        }
        babl_process(babl_fish(colors, srgb), own, shown, (long)some);
        for (size_t i = 0; i < some; i++)
            memcpy(rgb + 3 * i, shown + 4 * i, 3 * sizeof *own);
    }
}

/* A picture of amounts: of each pixel the first in the red, the second in the green. NULL: 1 everywhere. */
static void put(NstImage *amounts, int channel, const float *values, int stride)
{
    size_t count = (size_t)amounts->width * (size_t)amounts->height;
    for (size_t i = 0; i < count; i++)
        amounts->rgb[3 * i + (size_t)channel] = values ? values[i * (size_t)stride] : 1;
}

/* The alpha of the content itself, at the scene's size. */
static NstStatus content_alpha(const Thumbnail *content, int width, int height, NstImage *alpha,
                               NstError *error)
{
    NstImage own = {0};
    NstStatus status = nst_image_new(&own, content->image.width, content->image.height, error);
    *alpha = (NstImage){0};
    if (status != NST_OK)
        return status;
    for (int c = 0; c < 3; c++)
        put(&own, c, content->alpha, 1);
    status = nst_image_resample(&own, width, height, alpha, error);
    nst_image_free(&own);
    return status;
}

/* Which pixels the content touches of a reduced picture of the whole. */
static void touched(const ShownWith *with, const Thumbnail *whole, int *x, int *y, int *width, int *height)
{
    int across = whole->image.width, down = whole->image.height;
    bool all = with->right <= with->left || with->bottom <= with->top;
    *x = all ? 0 : CLAMP((int)floor(with->left * across), 0, across - 1);
    *y = all ? 0 : CLAMP((int)floor(with->top * down), 0, down - 1);
    *width = all ? across : CLAMP((int)ceil(with->right * across) - *x, 1, across - *x);
    *height = all ? down : CLAMP((int)ceil(with->bottom * down) - *y, 1, down - *y);
}

/* The selection leaves no more than the mask does. */
static void cut(NstImage *amounts)
{
    size_t count = (size_t)amounts->width * (size_t)amounts->height;
    for (size_t i = 0; i < count; i++)
        amounts->rgb[3 * i] *= amounts->rgb[3 * i + 1];
}

/* What selection and layer mask leave, in red and green, at the scene's size. */
static NstStatus masks(const ShownWith *with, int width, int height, NstImage *amounts, NstError *error)
{
    const Thumbnail *whole = with->selection ? with->selection : with->mask;
    NstImage all = {0}, part = {0};
    int x, y, across, down;
    NstStatus status = nst_image_new(&all, whole->image.width, whole->image.height, error);
    *amounts = (NstImage){0};
    if (status != NST_OK)
        return status;
    put(&all, 0, with->selection ? with->selection->image.rgb : NULL, 3);
    put(&all, 1, with->mask ? with->mask->image.rgb : NULL, 3);
    put(&all, 2, NULL, 0);
    if (with->cut)
        cut(&all);
    touched(with, whole, &x, &y, &across, &down);
    status = shown_crop(&all, x, y, across, down, &part, error);
    if (status == NST_OK)
        status = nst_image_resample(&part, width, height, amounts, error);
    nst_image_free(&part);
    nst_image_free(&all);
    return status;
}

/* The nearest of the reduced picture's: only that it is beyond can be seen, and resizing would clamp it. */
static void beyond_at_size(const NstImage *beyond, ShownScene *scene)
{
    for (int y = 0; y < scene->height; y++)
        for (int x = 0; x < scene->width; x++) {
            size_t row = (size_t)((double)y * beyond->height / scene->height),
                   column = (size_t)((double)x * beyond->width / scene->width);
            memcpy(scene->beyond + 3 * ((size_t)y * (size_t)scene->width + (size_t)x),
                   beyond->rgb + 3 * (row * (size_t)beyond->width + column), 3 * sizeof(float));
        }
}

static void add_beyond(const ShownScene *scene, NstImage *picture)
{
    for (size_t i = 0; scene->beyond && i < nst_image_floats(picture); i++)
        picture->rgb[i] += scene->beyond[i];
}

/* Takes the mean colour out again that shows where the content is transparent. */
static void uncover(const NstImage *alpha, const float mean[3], NstImage *colors)
{
    size_t count = nst_image_floats(colors) / 3;
    for (size_t i = 0; i < count; i++) {
        float opacity = share(alpha->rgb[3 * i]);
        for (size_t c = 0; c < 3; c++) {
            float color = colors->rgb[3 * i + c] - (1 - opacity) * mean[c];
            colors->rgb[3 * i + c] = opacity > 0 ? color / opacity : 0;
        }
    }
}

/* masks: NULL: nothing is masked. */
static void compose(ShownScene *scene, const NstImage *colors, const NstImage *alpha, const NstImage *masks)
{
    const Curve *decode = decoding();
    size_t count = (size_t)scene->width * (size_t)scene->height;
    for (size_t i = 0; i < count; i++) {
        float opacity = share(alpha->rgb[3 * i]);
        float shown = opacity * (masks ? share(masks->rgb[3 * i + 1]) : 1);
        scene->cover[i] = opacity * (masks ? share(masks->rgb[3 * i]) : 1);
        scene->below[4 * i + 3] = shown;
        for (size_t c = 0; c < 3; c++)
            scene->below[4 * i + c] = opacity > 0 ? shown * through(decode, colors->rgb[3 * i + c]) : 0;
    }
}

static NstStatus scene_new(ShownScene **out, const ShownWith *with, int width, int height, NstError *error)
{
    const NstImage *beyond = &with->content->beyond;
    ShownScene *scene = g_new0(ShownScene, 1);
    size_t count = (size_t)width * (size_t)height;
    *scene =
        (ShownScene){.width = width, .height = height, .gray = with->gray, .colors = with->content->format};
    scene->below = g_try_malloc_n(count, 4 * sizeof(float));
    scene->cover = g_try_malloc_n(count, sizeof(float));
    scene->beyond = beyond->rgb ? g_try_malloc_n(count, 3 * sizeof(float)) : NULL;
    *out = scene;
    if (scene->beyond)
        beyond_at_size(beyond, scene);
    if (scene->below && scene->cover && (scene->beyond || !beyond->rgb))
        return NST_OK;
    shown_scene_free(g_steal_pointer(out));
    return nst_fail_memory(error, "a picture", 5.0 * sizeof(float) * (double)count);
}

NstStatus shown_scene_new(ShownScene **out, const ShownWith *with, int width, int height, NstError *error)
{
    NstImage colors = {0}, alpha = {0}, amounts = {0};
    bool masked = with->selection || with->mask;
    *out = NULL;
    NstStatus status = nst_image_resample(&with->content->image, width, height, &colors, error);
    if (status == NST_OK)
        status = content_alpha(with->content, width, height, &alpha, error);
    if (status == NST_OK && masked)
        status = masks(with, width, height, &amounts, error);
    if (status == NST_OK)
        status = scene_new(out, with, width, height, error);
    if (status == NST_OK) {
        uncover(&alpha, with->content->mean, &colors);
        add_beyond(*out, &colors);
        show_in_srgb((*out)->colors, &colors);
        compose(*out, &colors, &alpha, masked ? &amounts : NULL);
    }
    nst_image_free(&amounts);
    nst_image_free(&alpha);
    nst_image_free(&colors);
    return status;
}

void shown_scene_free(ShownScene *scene)
{
    if (!scene)
        return;
    g_free(scene->below);
    g_free(scene->cover);
    g_free(scene->beyond);
    g_free(scene);
}

/* ---- Pictures ------------------------------------------------------------------------------------------ */

static uint32_t byte(float value)
{
    return (uint32_t)(value * 255 + 0.5f);
}

/* color: sRGB, 0..1, not multiplied. */
static uint32_t packed(const float color[3], float alpha)
{
    uint32_t pixel = byte(alpha) << 24;
    for (int c = 0; c < 3; c++)
        pixel |= byte(color[c] * alpha) << (16 - 8 * c);
    return pixel;
}

/* light: linear, multiplied by alpha. */
static uint32_t packed_light(const Curve *encode, const float light[3], float alpha)
{
    float color[3] = {0};
    for (int c = 0; alpha > 0 && c < 3; c++)
        color[c] = through(encode, light[c] / alpha);
    return packed(color, alpha);
}

static void decode_result(const ShownScene *scene, const float *result, float light[3])
{
    for (int c = 0; c < 3; c++)
        light[c] = through(decoding(), result[c]);
    if (scene->gray)
        light[0] = light[1] = light[2] = luminance(light);
}

/* The result over the content, as GIMP's normal mode composes them. */
static uint32_t mixed(const ShownScene *scene, size_t i, const float *result)
{
    const float *below = scene->below + 4 * i;
    float cover = scene->cover[i], alpha = cover + (1 - cover) * below[3], light[3];
    decode_result(scene, result, light);
    for (int c = 0; c < 3; c++)
        light[c] = cover * light[c] + (1 - cover) * below[c];
    return packed_light(encoding(), light, alpha);
}

static uint32_t plain(const float *result)
{
    return packed((float[]){clamped(result[0]), clamped(result[1]), clamped(result[2])}, 1);
}

static NstStatus pixels_new(const ShownScene *scene, ShownPixels **out, NstError *error)
{
    size_t count = (size_t)scene->width * (size_t)scene->height;
    uint32_t *argb = g_try_new(uint32_t, count);
    *out = NULL;
    if (!argb)
        return nst_fail_memory(error, "a picture", (double)count * sizeof *argb);
    *out = g_new(ShownPixels, 1);
    **out = (ShownPixels){scene->width, scene->height, argb};
    return NST_OK;
}

void shown_pixels_free(ShownPixels *pixels)
{
    if (!pixels)
        return;
    g_free(pixels->argb);
    g_free(pixels);
}

NstStatus shown_scene_now(const ShownScene *scene, ShownPixels **out, NstError *error)
{
    size_t count = (size_t)scene->width * (size_t)scene->height;
    NstStatus status = pixels_new(scene, out, error);
    for (size_t i = 0; status == NST_OK && i < count; i++)
        (*out)->argb[i] = packed_light(encoding(), scene->below + 4 * i, scene->below[4 * i + 3]);
    return status;
}

NstStatus shown_scene_with(const ShownScene *scene, const NstImage *result, ShownPixels **out,
                           NstError *error)
{
    size_t count = (size_t)scene->width * (size_t)scene->height;
    NstImage resized = {0};
    *out = NULL;
    NstStatus status = nst_image_resample(result, scene->width, scene->height, &resized, error);
    if (status == NST_OK) {
        add_beyond(scene, &resized);
        show_in_srgb(scene->colors, &resized);
    }
    if (status == NST_OK)
        status = pixels_new(scene, out, error);
    for (size_t i = 0; status == NST_OK && i < count; i++) {
        bool alone = scene->cover[i] >= 1 && !scene->gray; /* as in most pictures, and to the bit */
        const float *color = resized.rgb + 3 * i;
        (*out)->argb[i] = alone ? plain(color) : mixed(scene, i, color);
    }
    nst_image_free(&resized);
    return status;
}

/* ---- Sizes --------------------------------------------------------------------------------------------- */

NstSize shown_fit(NstSize picture, NstSize room)
{
    double scale = fmin((double)room.width / picture.width, (double)room.height / picture.height);
    return (NstSize){MAX((int)lround(picture.width * scale), 1), MAX((int)lround(picture.height * scale), 1)};
}

NstStatus shown_crop(const NstImage *picture, int x, int y, int width, int height, NstImage *crop,
                     NstError *error)
{
    NstStatus status = nst_image_new(crop, width, height, error);
    size_t row = 3 * (size_t)width;
    for (int line = 0; status == NST_OK && line < height; line++) {
        size_t first = (size_t)(y + line) * (size_t)picture->width + (size_t)x;
        memcpy(crop->rgb + (size_t)line * row, picture->rgb + 3 * first, row * sizeof(float));
    }
    return status;
}
