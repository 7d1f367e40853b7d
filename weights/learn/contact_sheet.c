/* contact_sheet.c: drawings in rows, written by cairo. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contact_sheet.h"

#include "textures.h"

#include "core/base/file_write.h"
#include "core/base/memory.h"

#include <cairo.h>
#include <stdint.h>
#include <stdlib.h>

enum { ACROSS = 8, DOWN = 6, GAP = 4 };

static uint32_t byte(float value)
{
    return (uint32_t)(value * 255 + 0.5f);
}

/* rgb: [side, side, 3] -> cairo's 32-bit pixels at (left, top) of the sheet. */
static void paste(cairo_surface_t *sheet, const float *rgb, int side, int left, int top)
{
    size_t stride = (size_t)cairo_image_surface_get_stride(sheet) / sizeof(uint32_t);
    uint32_t *pixels = (uint32_t *)(void *)cairo_image_surface_get_data(sheet);
    pixels += (size_t)top * stride + (size_t)left;
    for (int y = 0; y < side; y++, pixels += stride)
        for (int x = 0; x < side; x++, rgb += 3)
            pixels[x] = byte(rgb[0]) << 16 | byte(rgb[1]) << 8 | byte(rgb[2]);
}

static void fill(cairo_surface_t *sheet, const Recipe *recipe, float *rgb)
{
    int side = recipe->side, cell = side + GAP;
    cairo_surface_flush(sheet);
    for (int i = 0; i < ACROSS * DOWN; i++) {
        texture_draw(recipe->seed, (uint32_t)i, side, rgb);
        paste(sheet, rgb, side, GAP + i % ACROSS * cell, GAP + i / ACROSS * cell);
    }
    cairo_surface_mark_dirty(sheet);
}

static cairo_status_t put(void *file, const unsigned char *bytes, unsigned count)
{
    file_writer_put(file, bytes, count);
    return CAIRO_STATUS_SUCCESS;
}

static NstStatus write_png(cairo_surface_t *sheet, const char *path, NstError *error)
{
    FileWriter *file;
    NstStatus status = file_writer_new(&file, path, error);
    if (status != NST_OK)
        return status;
    cairo_status_t written = cairo_surface_write_to_png_stream(sheet, put, file);
    if (written == CAIRO_STATUS_SUCCESS)
        return file_writer_finish(file, error);
    file_writer_abandon(file);
    return nst_fail(error, NST_NO_MEMORY, "The contact sheet “%s” can't be made: %s", path,
                    cairo_status_to_string(written));
}

NstStatus contact_sheet_write(const char *path, const Recipe *recipe, NstError *error)
{
    int side = recipe->side, width = ACROSS * (side + GAP) + GAP, height = DOWN * (side + GAP) + GAP;
    cairo_surface_t *sheet = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    float *rgb = memory_floats((size_t)side * (size_t)side * 3);
    NstStatus status = NST_OK;
    if (!rgb || cairo_surface_status(sheet) != CAIRO_STATUS_SUCCESS)
        status = nst_fail_memory(error, "the contact sheet", 4.0 * width * height);
    else
        fill(sheet, recipe, rgb);
    if (status == NST_OK)
        status = write_png(sheet, path, error);
    free(rgb);
    cairo_surface_destroy(sheet);
    return status;
}
