/* border.c: the distance to the nearest border, exactly: the lower envelope of parabolas, along rows and then
 * along columns (Felzenszwalb and Huttenlocher). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"

#include <stdlib.h>

static const float FAR = 1e9f;

/* value: [count], squared distances, `stride` apart. at, from, line: [count + 1], working space. */
static void envelope(float *value, int count, size_t stride, int *at, float *from, float *line)
{
    int top = 0;
    at[0] = 0;
    from[0] = -FAR;
    for (int i = 0; i < count; i++)
        line[i] = value[(size_t)i * stride];
    for (int i = 1; i < count; i++) {
        float cross;
        do {
            int j = at[top];
            cross =
                ((line[i] + (float)i * (float)i) - (line[j] + (float)j * (float)j)) / (float)(2 * (i - j));
        } while (cross <= from[top] && --top >= 0);
        at[++top] = i;
        from[top] = top > 0 ? cross : -FAR;
    }
    for (int i = count - 1; i >= 0; i--) {
        while (top > 0 && from[top] > (float)i)
            top--;
        float off = (float)(i - at[top]);
        value[(size_t)i * stride] = fminf(FAR, off * off + line[at[top]]);
    }
}

float *border_distance(const int32_t *labels, int width, int height)
{
    size_t pixels = (size_t)width * (size_t)height;
    float *distance = allocate(pixels, sizeof *distance);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            const int32_t *here = labels + y * width + x;
            bool border = (x > 0 && here[-1] != *here) || (x + 1 < width && here[1] != *here) ||
                          (y > 0 && here[-width] != *here) || (y + 1 < height && here[width] != *here);
            distance[y * width + x] = border ? 0 : FAR;
        }
    size_t longest = (size_t)(width > height ? width : height) + 1;
    int *at = allocate(longest, sizeof *at);
    float *from = allocate(longest, sizeof *from), *line = allocate(longest, sizeof *line);
    for (int y = 0; y < height; y++)
        envelope(distance + y * width, width, 1, at, from, line);
    for (int x = 0; x < width; x++)
        envelope(distance + x, height, (size_t)width, at, from, line);
    for (size_t i = 0; i < pixels; i++)
        distance[i] = sqrtf(distance[i]) + 0.5f;
    free(at);
    free(from);
    free(line);
    return distance;
}
