/* picture.c: storage, blurring, and the way out through cairo. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdio.h>
#include <stdlib.h>

void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (!memory) {
        fprintf(stderr, "draw-samples: no memory for %zu x %zu bytes\n", count, size);
        exit(EXIT_FAILURE);
    }
    return memory;
}

Picture picture_new(int width, int height)
{
    return (Picture){width, height, allocate((size_t)width * (size_t)height, sizeof(Vec3))};
}

void picture_free(Picture *picture)
{
    free(picture->pixels);
    *picture = (Picture){0};
}

static int clamp_index(int i, int count)
{
    return i < 0 ? 0 : i >= count ? count - 1 : i;
}

Vec3 picture_between(const Picture *picture, float x, float y)
{
    float left = floorf(x - 0.5f), top = floorf(y - 0.5f);
    int x0 = clamp_index((int)left, picture->width), x1 = clamp_index((int)left + 1, picture->width);
    int y0 = clamp_index((int)top, picture->height), y1 = clamp_index((int)top + 1, picture->height);
    float u = x - 0.5f - left, v = y - 0.5f - top;
    Vec3 upper = vec3_mix(*picture_at(picture, x0, y0), *picture_at(picture, x1, y0), u);
    Vec3 lower = vec3_mix(*picture_at(picture, x0, y1), *picture_at(picture, x1, y1), u);
    return vec3_mix(upper, lower, v);
}

/* Running mean over 2 * radius + 1 of `count` pixels that lie `stride` apart. line: [count],
 * working space. */
static void box_line(Vec3 *pixels, int count, size_t stride, int radius, Vec3 *line)
{
    for (int i = 0; i < count; i++)
        line[i] = pixels[(size_t)i * stride];
    Vec3 sum = vec3(0, 0, 0);
    for (int i = -radius; i <= radius; i++)
        sum = vec3_add(sum, line[clamp_index(i, count)]);
    for (int i = 0; i < count; i++) {
        pixels[(size_t)i * stride] = vec3_scale(sum, 1 / (float)(2 * radius + 1));
        sum = vec3_add(sum, line[clamp_index(i + radius + 1, count)]);
        sum = vec3_sub(sum, line[clamp_index(i - radius, count)]);
    }
}

void picture_blur(Picture *picture, float deviation)
{
    int width = picture->width, height = picture->height;
    int radius = (int)lroundf(deviation); /* three boxes of 2r+1 add up to the variance r(r+1) */
    Vec3 *line = allocate((size_t)(width > height ? width : height), sizeof(Vec3));
    for (int pass = 0; pass < 3; pass++) {
        for (int y = 0; y < height; y++)
            box_line(picture_at(picture, 0, y), width, 1, radius, line);
        for (int x = 0; x < width; x++)
            box_line(picture_at(picture, x, 0), height, (size_t)width, radius, line);
    }
    free(line);
}

Picture picture_shrink(const Picture *picture, int factor)
{
    Picture small = picture_new(picture->width / factor, picture->height / factor);
    float share = 1 / (float)(factor * factor);
    for (int y = 0; y < small.height * factor; y++)
        for (int x = 0; x < small.width * factor; x++) {
            Vec3 *to = picture_at(&small, x / factor, y / factor);
            *to = vec3_add(*to, vec3_scale(*picture_at(picture, x, y), share));
        }
    return small;
}

float to_linear(float encoded)
{
    return encoded <= 0.04045f ? encoded / 12.92f : powf((encoded + 0.055f) / 1.055f, 2.4f);
}

float to_srgb(float linear)
{
    return linear <= 0.0031308f ? linear * 12.92f : 1.055f * powf(linear, 1 / 2.4f) - 0.055f;
}

Vec3 colour(uint32_t hex)
{
    return vec3(to_linear((float)(hex >> 16 & 255) / 255), to_linear((float)(hex >> 8 & 255) / 255),
                to_linear((float)(hex & 255) / 255));
}

static unsigned char encode(float linear)
{
    return (unsigned char)(to_srgb(clamp01(linear)) * 255 + 0.5f);
}

static bool picture_write(const Picture *picture, const char *path, const char *type, char *option,
                          char *value)
{
    GdkPixbuf *pixbuf = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, picture->width, picture->height);
    if (!pixbuf) {
        fprintf(stderr, "cannot write %s: out of memory\n", path);
        return false;
    }
    unsigned char *data = gdk_pixbuf_get_pixels(pixbuf);
    for (int y = 0; y < picture->height; y++) {
        unsigned char *to = data + (size_t)y * (size_t)gdk_pixbuf_get_rowstride(pixbuf);
        for (int x = 0; x < picture->width; x++) {
            Vec3 c = *picture_at(picture, x, y);
            *to++ = encode(c.x), *to++ = encode(c.y), *to++ = encode(c.z);
        }
    }
    GError *error = NULL;
    bool written =
        gdk_pixbuf_savev(pixbuf, path, type, (char *[]){option, NULL}, (char *[]){value, NULL}, &error);
    if (!written)
        fprintf(stderr, "cannot write %s: %s\n", path, error->message);
    g_clear_error(&error);
    g_object_unref(pixbuf);
    return written;
}

bool picture_write_png(const Picture *picture, const char *path)
{
    return picture_write(picture, path, "png", NULL, NULL);
}

bool picture_write_jpeg(const Picture *picture, const char *path, int quality)
{
    char text[12];
    snprintf(text, sizeof text, "%d", quality);
    char option[] = "quality";
    return picture_write(picture, path, "jpeg", option, text);
}
