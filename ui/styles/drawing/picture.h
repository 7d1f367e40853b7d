/* picture.h: the pictures being drawn, in linear light until they are written. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_PICTURE_H
#define DRAWING_PICTURE_H

#include "vec3.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Picture {
    int width, height;
    Vec3 *pixels; /* [H, W] */
} Picture;

/* Zeroed memory for `count` items of `size` bytes. Out of memory, it ends the program with a message: the
 * program only draws pictures and has nothing to save. */
void *allocate(size_t count, size_t size);

Picture picture_new(int width, int height); /* black */
void picture_free(Picture *picture);

static inline Vec3 *picture_at(const Picture *picture, int x, int y)
{
    return &picture->pixels[(size_t)y * (size_t)picture->width + (size_t)x];
}

/* Between pixels, whose centres lie at whole numbers plus a half; beyond the border, the border. */
Vec3 picture_between(const Picture *picture, float x, float y);

/* Blurs by about a bell of that deviation, in pixels. */
void picture_blur(Picture *picture, float deviation);

/* A new picture whose pixels are the means of factor x factor blocks. */
Picture picture_shrink(const Picture *picture, int factor);

/* From sRGB, 0xrrggbb. */
Vec3 colour(uint32_t hex);
float to_linear(float encoded);
float to_srgb(float linear);

/* Encode as 8-bit sRGB. false: it could not be written, and standard error says why. */
bool picture_write_png(const Picture *picture, const char *path);
bool picture_write_jpeg(const Picture *picture, const char *path, int quality); /* 0..100 */

#endif
