/* ppm.c: "P6 WIDTH HEIGHT 255", and then the bytes. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ppm.h"

#include "measure.h"

#include <errno.h>
#include <stdio.h>

NstImage ppm_read(const char *path)
{
    NstImage image;
    NstError error = {0};
    int width, height, most;
    FILE *file = fopen(path, "rb");
    if (!file)
        die("%s can't be opened: %s", path, g_strerror(errno));
    if (fscanf(file, "P6 %d %d %d", &width, &height, &most) != 3 || fgetc(file) == EOF || width < 1 ||
        height < 1 || most != 255)
        die("%s is not a binary PPM file of 8 bits", path);
    if (nst_image_new(&image, width, height, &error) != NST_OK)
        die("%s", error.message);
    size_t count = nst_image_floats(&image);
    unsigned char *bytes = g_malloc(count);
    if (fread(bytes, 1, count, file) != count)
        die("%s ends early", path);
    for (size_t i = 0; i < count; i++)
        image.rgb[i] = (float)bytes[i] / 255;
    g_free(bytes);
    fclose(file);
    return image;
}

void ppm_write(const char *path, const NstImage *image)
{
    size_t count = nst_image_floats(image);
    unsigned char *bytes = g_malloc(count);
    for (size_t i = 0; i < count; i++)
        bytes[i] = (unsigned char)(255 * image->rgb[i] + 0.5f);
    FILE *file = fopen(path, "wb");
    if (!file || fprintf(file, "P6\n%d %d\n255\n", image->width, image->height) < 0 ||
        fwrite(bytes, 1, count, file) != count || fclose(file) != 0)
        die("%s can't be written: %s", path, g_strerror(errno));
    g_free(bytes);
}
