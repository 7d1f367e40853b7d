/* vector.h: arithmetic on long float vectors for the optimisers, shared out among the crew.
 *
 * At a hundred megapixels a vector is a gigabyte and what costs is the way to memory, so whatever can be done
 * in one pass is. Sums are in double and in an order that hangs on n alone: the same bits for any number of
 * workers. */
#ifndef NST_VECTOR_H
#define NST_VECTOR_H

#include "workers.h"

#include <stddef.h>

/* Elements of a block: those of four vectors fill half of a first-level cache of 32 KiB. */
enum { VECTOR_BLOCK = 1024 };

/* workers_sum in blocks: task(data, begin, end) sees VECTOR_BLOCK elements at the most, so that it may run
 * several loops over them and each finds in the cache what the one before has left there. */
double vector_pass(Workers *workers, size_t n, WorkersRange task, void *data);

double vector_dot(Workers *workers, size_t n, const float *a, const float *b);

/* y = scale * y + factor * x; returns the new y . z, or 0 where z is NULL. The products are taken in double:
 * scale and factor may lie outside of float's range. */
double vector_update(Workers *workers, size_t n, double scale, float *y, double factor, const float *x,
                     const float *z);

/* From here on: in the calling thread, for a block or a line. */

double vector_block_dot(size_t n, const float *a, const float *b);

/* y += factor * x */
void vector_add(size_t n, double factor, const float *x, float *y);

/* Brings every element into 0..1; what is not a number becomes 0. */
void vector_clamp(size_t n, float *x);

#endif
