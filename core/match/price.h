/* price.h: what it costs to use a spot of the painting, so that all of the painting is used and not only
 * its few spots that are like much of the content. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MATCH_PRICE_H
#define NST_MATCH_PRICE_H

#include "nearest.h"

/* Fills price [spots], which the search points to, for the cells of the search. variety: 0..1; at 0 all is
 * free. painting: the grid of the spots. used, scratch: room for as many floats; spot: room for one of each
 * cell. NST_CANCELLED where the workers are stopped. */
NstStatus price_find(NearestSearch search, Workers *workers, double variety, CellGrid painting, float *price,
                     float *used, float *scratch, int *spot);

double price_work(double cells, double spots); /* multiplications */

#endif
