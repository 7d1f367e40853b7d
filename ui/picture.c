/* picture.c: the picture comes in the canvas's own pixels as a rule, and is scaled here only until one of the
 * right size has come. The checks are those of GIMP's image windows, and like there they have their size on
 * the screen, not in the picture. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture.h"

#include <math.h>
#include <string.h>

enum { CHECK = 8, LIGHT = 0x999999, DARK = 0x666666 };

cairo_surface_t *picture_new(int width, int height, const uint32_t *argb)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    unsigned char *rows = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface), row = (size_t)width * sizeof *argb;
    for (int y = 0; rows && y < height; y++)
        memcpy(rows + (size_t)y * stride, argb + (size_t)y * (size_t)width, row);
    cairo_surface_mark_dirty(surface);
    return surface;
}

PictureFit picture_fit(cairo_surface_t *picture, int width, int height, double most)
{
    int across = cairo_image_surface_get_width(picture), down = cairo_image_surface_get_height(picture);
    double scale = fmin(most, fmin((double)width / across, (double)height / down));
    return (PictureFit){scale, floor((width - scale * across) / 2), floor((height - scale * down) / 2)};
}

/* Four squares, to be repeated. The caller destroys it. */
static cairo_pattern_t *checks_new(void)
{
    uint32_t squares[4 * CHECK * CHECK];
    for (int i = 0; i < 4 * CHECK * CHECK; i++) {
        int across = i % (2 * CHECK) / CHECK, down = i / (2 * CHECK) / CHECK;
        squares[i] = 0xff000000u | (across == down ? LIGHT : DARK);
    }
    cairo_surface_t *surface = picture_new(2 * CHECK, 2 * CHECK, squares);
    cairo_pattern_t *checks = cairo_pattern_create_for_surface(surface);
    cairo_pattern_set_extend(checks, CAIRO_EXTEND_REPEAT);
    cairo_pattern_set_filter(checks, CAIRO_FILTER_NEAREST);
    cairo_surface_destroy(surface);
    return checks;
}

void picture_draw(cairo_surface_t *picture, cairo_t *cr, int width, int height, double most)
{
    if (!picture || cairo_surface_status(picture) != CAIRO_STATUS_SUCCESS)
        return;
    PictureFit fit = picture_fit(picture, width, height, most);
    int across = cairo_image_surface_get_width(picture), down = cairo_image_surface_get_height(picture);
    cairo_pattern_t *checks = checks_new();
    cairo_translate(cr, fit.x, fit.y);
    cairo_rectangle(cr, 0, 0, fit.scale * across, fit.scale * down);
    cairo_set_source(cr, checks);
    cairo_fill_preserve(cr);
    cairo_scale(cr, fit.scale, fit.scale);
    cairo_set_source_surface(cr, picture, 0, 0);
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD); /* no blurred edge */
    cairo_fill(cr);
    cairo_pattern_destroy(checks);
}
