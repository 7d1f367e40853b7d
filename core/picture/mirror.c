/* mirror.c: pixel by pixel; compared with the network it takes no time. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mirror.h"

/* The pixel that is seen at `place`, which may lie outside 0 .. side - 1. */
static size_t seen_at(int place, int side)
{
    int seen = place < 0 ? -1 - place : place >= side ? 2 * side - 1 - place : place;
    return (size_t)seen;
}

void mirror_copy(const float *rgb, int height, int width, const Region *part, float *to)
{
    for (int y = part->top; y < part->bottom; y++) {
        const float *row = rgb + 3 * (size_t)width * seen_at(y, height);
        for (int x = part->left; x < part->right; x++, to += 3)
            for (int c = 0; c < 3; c++)
                to[c] = row[3 * seen_at(x, width) + (size_t)c];
    }
}

void mirror_add(const float *from, const Region *part, int height, int width, float *rgb)
{
    for (int y = part->top; y < part->bottom; y++) {
        float *row = rgb + 3 * (size_t)width * seen_at(y, height);
        for (int x = part->left; x < part->right; x++, from += 3)
            for (int c = 0; c < 3; c++)
                row[3 * seen_at(x, width) + (size_t)c] += from[c];
    }
}
