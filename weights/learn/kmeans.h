/* kmeans.h: spherical k-means: clusters of directions. What is compared is the angle between patches, so a
 * faint and a strong edge of one direction fall together. */
#ifndef NST_KMEANS_H
#define NST_KMEANS_H

#include "rng.h"

#include "core/base/workers.h"

#include <stddef.h>

typedef struct Points {
    size_t count;
    int side;
    const float *unit;    /* [count, side], each of length 1, on the units' grid (grid.h) */
    const uint32_t *used; /* [used_count]: indices of the points that take part; NULL: all do */
    size_t used_count;    /* at least the number of centroids */
} Points;

/* Fills centroids [clusters, side], each of length 1, on the units' grid. */
NstStatus kmeans(Workers *workers, const Points *points, int clusters, int rounds, Rng *rng,
                 double *centroids, NstError *error);

/* products [rows, clusters]: of those that take part, from `first` on, with each centroid; exact. wide:
 * working space, [rows, side]. */
void points_match(const Points *points, size_t first, size_t rows, int clusters, const double *centroids,
                  double *wide, double *products);

#endif
