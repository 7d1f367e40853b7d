/* small_picture.c: what sticks out on one pair of sides is cut off: with borders instead, wide and tall
 * pictures would be too small to be told apart. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "small_picture.h"

#include <math.h>

void small_picture_cover(int *width, int *height, int across, int down)
{
    double factor = fmax((double)across / *width, (double)down / *height);
    *width = MAX((int)lround(factor * *width), 1);
    *height = MAX((int)lround(factor * *height), 1);
}

GdkPixbuf *small_picture_middle(GdkPixbuf *reduced, int across, int down)
{
    if (!reduced)
        return NULL;
    int width = gdk_pixbuf_get_width(reduced), height = gdk_pixbuf_get_height(reduced);
    int wide = MIN(across, width), high = MIN(down, height);
    GdkPixbuf *middle =
        gdk_pixbuf_new_subpixbuf(reduced, (width - wide) / 2, (height - high) / 2, wide, high);
    g_object_unref(reduced);
    return middle;
}
