/* region.h: a rectangle of a map, in positions. Any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_REGION_H
#define NST_REGION_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Region {
    int top, left, bottom, right; /* bottom and right excluded */
} Region;

static inline int int_min(int a, int b)
{
    return a < b ? a : b;
}

static inline int int_max(int a, int b)
{
    return a > b ? a : b;
}

static inline int region_rows(const Region *region)
{
    return region->bottom - region->top;
}

static inline int region_columns(const Region *region)
{
    return region->right - region->left;
}

/* In the map that pooling makes of this one; an odd last row or column is dropped. */
static inline Region region_halved(Region region)
{
    return (Region){region.top / 2, region.left / 2, region.bottom / 2, region.right / 2};
}

/* The way back, without the odd row or column. */
static inline Region region_doubled(Region region)
{
    return (Region){2 * region.top, 2 * region.left, 2 * region.bottom, 2 * region.right};
}

/* What lies in both; if nothing does, 0 x 0. */
static inline Region region_common(Region a, Region b)
{
    Region c = {int_max(a.top, b.top), int_max(a.left, b.left), int_min(a.bottom, b.bottom),
                int_min(a.right, b.right)};
    return c.top < c.bottom && c.left < c.right ? c : (Region){0, 0, 0, 0};
}

static inline bool region_holds(const Region *region, int y, int x)
{
    return y >= region->top && y < region->bottom && x >= region->left && x < region->right;
}

static inline size_t region_positions(const Region *region)
{
    return (size_t)region_rows(region) * (size_t)region_columns(region);
}

#endif
