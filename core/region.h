/* region.h: a rectangle of a map. */
#ifndef NST_REGION_H
#define NST_REGION_H

#include <stddef.h>

typedef struct Region {
    int top, left, bottom, right; /* bottom and right excluded */
} Region;

static inline int region_rows(const Region *region)
{
    return region->bottom - region->top;
}

static inline int region_columns(const Region *region)
{
    return region->right - region->left;
}

static inline size_t region_positions(const Region *region)
{
    return (size_t)region_rows(region) * (size_t)region_columns(region);
}

#endif
