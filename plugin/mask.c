/* mask.c: GIMP stores selections and masks without sRGB's curve, and so they multiply as they are. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask.h"

static void multiply_row(GeglBuffer *mask, GeglBuffer *other, const GeglRectangle *row, float *values)
{
    const Babl *format = babl_format("Y float");
    float *others = values + row->width;
    gegl_buffer_get(mask, row, 1.0, format, values, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    gegl_buffer_get(other, row, 1.0, format, others, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
    for (int x = 0; x < row->width; x++)
        values[x] *= others[x];
    gegl_buffer_set(mask, row, 0, format, values, GEGL_AUTO_ROWSTRIDE);
}

void mask_multiply(GeglBuffer *mask, GeglBuffer *other)
{
    GeglRectangle row = {0, 0, gegl_buffer_get_width(mask), 1};
    float *values = g_new(float, 2 * (gsize)row.width);
    for (; row.y < gegl_buffer_get_height(mask); row.y++)
        multiply_row(mask, other, &row, values);
    g_free(values);
}
