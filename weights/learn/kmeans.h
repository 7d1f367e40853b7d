/* kmeans.h: spherical k-means, which clusters directions. It compares the angles between patches, so a faint
 * and a strong edge of one direction fall into the same cluster. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_KMEANS_H
#define NST_KMEANS_H

#include "rng.h"

#include "core/base/workers.h"

#include <stddef.h>

typedef struct Points {
    size_t count;
    int side;
    const float *unit;    /* [count, side], each of length 1, on the units' grid (grid.h) */
    const uint32_t *used; /* [used_count]: indices of the points in use; NULL: all are */
    size_t used_count;    /* at least the number of centroids */
} Points;

/* Fills centroids [clusters, side], each of length 1, on the units' grid. */
NstStatus kmeans(Workers *workers, const Points *points, int clusters, int rounds, Rng *rng,
                 double *centroids, NstError *error);

/* products [rows, clusters]: the dot products, exact, of `rows` points in use, starting with number `first`,
 * with each centroid. wide [rows, side]: working space. */
void points_match(const Points *points, size_t first, size_t rows, int clusters, const double *centroids,
                  double *wide, double *products);

#endif
