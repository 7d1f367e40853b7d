/* vector.h: arithmetic on long float vectors for the optimisers, summed in double in a fixed order. */
#ifndef NST_VECTOR_H
#define NST_VECTOR_H

#include <stddef.h>

double vector_dot(size_t n, const float *a, const float *b);

/* y += factor * x */
void vector_add(size_t n, double factor, const float *x, float *y);

void vector_scale(size_t n, double factor, float *x);

/* out = a - b; out may be either. */
void vector_subtract(size_t n, const float *a, const float *b, float *out);

/* Brings every element into 0..1; what is not a number becomes 0. */
void vector_clamp(size_t n, float *x);

#endif
