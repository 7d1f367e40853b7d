/* region.h: a rectangle of a map. */
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

/* In the map that pooling makes of this one; an odd last row or column falls away. */
static inline Region region_halved(Region region)
{
    return (Region){region.top / 2, region.left / 2, region.bottom / 2, region.right / 2};
}

/* And back. */
static inline Region region_doubled(Region region)
{
    return (Region){2 * region.top, 2 * region.left, 2 * region.bottom, 2 * region.right};
}

/* What lies in both; may be empty, and is then no larger than 0 x 0. */
static inline Region region_common(Region a, Region b)
{
    Region c = {a.top > b.top ? a.top : b.top, a.left > b.left ? a.left : b.left,
                a.bottom < b.bottom ? a.bottom : b.bottom, a.right < b.right ? a.right : b.right};
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
