/* vector.h: arithmetic on long float vectors for the optimisers, shared out among the crew.
 *
 * At a hundred megapixels a vector takes a gigabyte and memory bandwidth sets the time, so everything that
 * can be done in one pass is. Sums are taken in double, in an order that depends only on n: the same bits for
 * any number of workers. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_VECTOR_H
#define NST_VECTOR_H

#include "workers.h"

#include <stddef.h>

/* Elements of a block: blocks of four vectors fill half of a first-level cache of 32 KiB. */
enum { VECTOR_BLOCK = 1024 };

/* workers_sum in blocks: task(data, begin, end) gets at most VECTOR_BLOCK elements, so that it may run
 * several loops over them, each finding in the cache what the one before left there. */
double vector_pass(Workers *workers, size_t n, WorkersRange task, void *data);

double vector_dot(Workers *workers, size_t n, const float *a, const float *b);

/* y = scale * y + factor * x; returns the new y . z, or 0 where z is NULL. The products are taken in double,
 * so scale and factor may lie outside float's range. */
double vector_update(Workers *workers, size_t n, double scale, float *y, double factor, const float *x,
                     const float *z);

/* From here on: in the calling thread, for a block or a row. */

double vector_block_dot(size_t n, const float *a, const float *b);

/* y += factor * x */
void vector_add(size_t n, double factor, const float *x, float *y);

/* Clamps every element to 0..1; NaN becomes 0. */
void vector_clamp(size_t n, float *x);

#endif
