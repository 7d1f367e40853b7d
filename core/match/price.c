/* price.c: an auction. In each round, every cell takes the spot that is best for it at the prices so far,
 * and spots that were taken often, they or their neighbours, get dearer. A price is the mean of what all
 * rounds asked ("fictitious play", Brown 1951), which settles; with the last round's alone, or half of it,
 * all cells ran from one corner of the painting to another, and more variety used less of it. Rejected: a
 * fair assignment, each spot as often as any other, which would put the painting's dark corner into a
 * bright sky. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "price.h"

#include <math.h>

static const struct {
    double dear;   /* price of a spot used e - 1 times as often as is fair, at a variety of 1; in cosines */
    int rounds;    /* of finding it */
    int radius;    /* of the box, in cells, that uses are averaged over */
    int smoothing; /* times */
} AUCTION = {.dear = 0.2, .rounds = 6, .radius = 2, .smoothing = 2};

double price_work(double cells, double spots)
{
    return AUCTION.rounds * nearest_work(cells, spots);
}

/* ---- Uses, averaged over neighbours -------------------------------------------------------------------- */

/* Mean over a box along one axis: `count` values that lie `step` apart, mirrored beyond the ends. */
static void average_line(const float *in, int count, size_t step, float *out)
{
    for (int i = 0; i < count; i++) {
        float sum = 0;
        for (int k = i - AUCTION.radius; k <= i + AUCTION.radius; k++) {
            int seen = k < 0 ? -1 - k : k >= count ? 2 * count - 1 - k : k;
            sum += in[(size_t)seen * step];
        }
        out[(size_t)i * step] = sum / (float)(2 * AUCTION.radius + 1);
    }
}

static void average(CellGrid grid, float *values, float *scratch)
{
    size_t width = (size_t)grid.width;
    for (int y = 0; y < grid.height; y++)
        average_line(values + (size_t)y * width, grid.width, 1, scratch + (size_t)y * width);
    for (int x = 0; x < grid.width; x++)
        average_line(scratch + x, grid.height, width, values + x);
}

static void count_uses(const int *spot, size_t cells, CellGrid painting, float *used, float *scratch)
{
    for (size_t i = 0; i < grid_cells(painting); i++)
        used[i] = 0;
    for (size_t i = 0; i < cells; i++)
        used[spot[i]]++;
    for (int i = 0; i < AUCTION.smoothing; i++)
        average(painting, used, scratch);
}

/* ---- Prices -------------------------------------------------------------------------------------------- */

static void raise(float *price, size_t spots, const float *used, double fair, double dear, int round)
{
    for (size_t i = 0; i < spots; i++) {
        float asked = (float)(dear * log1p(used[i] / fair));
        price[i] += (asked - price[i]) / (float)(round + 1);
    }
}

NstStatus price_find(NearestSearch search, Workers *workers, double variety, CellGrid painting, float *price,
                     float *used, float *scratch, int *spot)
{
    double fair = (double)search.cells / (double)search.spots;
    for (size_t i = 0; i < search.spots; i++)
        price[i] = 0;
    search.best = 1;
    search.price = price;
    for (int round = 0; round < AUCTION.rounds && variety > 0; round++) {
        NstStatus status = nearest_find(&search, workers, spot);
        if (status != NST_OK)
            return status;
        count_uses(spot, search.cells, painting, used, scratch);
        raise(price, search.spots, used, fair, AUCTION.dear * variety, round);
    }
    return NST_OK;
}
