/* pictures.c: value noise of two sizes: hashed numbers on a lattice, interpolated. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pictures.h"

#include "core/base/memory.h"
#include "measure.h"
#include "tests/support/hash.h"

enum { STREAM = 9000 }; /* of hash.h, plus the picture and the lattice's cell */

/* The noise of one lattice, whose cells are `cell` pixels wide, at a pixel. */
static float noise(unsigned stream, int cell, int lattice_width, int x, int y, int channel)
{
    int column = x / cell, row = y / cell;
    float across = (float)(x % cell) / (float)cell, down = (float)(y % cell) / (float)cell, corner[2][2];
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            corner[i][j] =
                hash_unit(stream, (uint32_t)(((row + i) * lattice_width + column + j) * 3 + channel));
    float above = corner[0][0] + across * (corner[0][1] - corner[0][0]);
    float below = corner[1][0] + across * (corner[1][1] - corner[1][0]);
    return above + down * (below - above);
}

NstImage picture_new(int which, int width, int height)
{
    enum { COARSE = 48, FINE = 5 };
    unsigned stream = STREAM + 100 * (unsigned)which;
    NstImage picture;
    NstError error = {0};
    /* The system would promise more than it has, and kill some process, perhaps another, once it is used. */
    if (3.0 * sizeof(float) * width * height > memory_available())
        die("a picture of %d x %d pixels doesn't fit into the free memory", width, height);
    if (nst_image_new(&picture, width, height, &error) != NST_OK)
        die("%s", error.message);
    float *value = picture.rgb;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int channel = 0; channel < 3; channel++)
                *value++ = 0.7f * noise(stream + COARSE, COARSE, width / COARSE + 2, x, y, channel) +
                           0.3f * noise(stream + FINE, FINE, width / FINE + 2, x, y, channel);
    return picture;
}
