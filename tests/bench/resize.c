/* resize.c: a picture as core sees it at a given size, so that PyTorch starts from the same numbers. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include "measure.h"
#include "ppm.h"

#include <stdio.h>

/* Prints float32 [H, W, 3]. */
int resize(int count, char **arguments)
{
    NstImage resized;
    NstError error = {0};
    int width, height;
    if (count != 2)
        die("resize takes PICTURE.ppm WIDTHxHEIGHT");
    parse_sides(arguments[1], &width, &height);
    NstImage picture = ppm_read(arguments[0]);
    if (nst_image_resample(&picture, width, height, &resized, &error) != NST_OK)
        die("%s", error.message);
    fwrite(resized.rgb, sizeof(float), nst_image_floats(&resized), stdout); /* main sees to failures */
    nst_image_free(&resized);
    nst_image_free(&picture);
    return 0;
}
