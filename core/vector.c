/* vector.c: plain loops. Dot products keep eight sums side by side: a compiler may not reorder additions by
 * itself, and one sum alone would wait four cycles for each. */
#include "vector.h"

enum { LANES = 8 };

double vector_dot(size_t n, const float *a, const float *b)
{
    double sum[LANES] = {0}, total = 0;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            sum[k] += (double)a[i + k] * b[i + k];
    for (; i < n; i++)
        total += (double)a[i] * b[i];
    for (size_t k = 0; k < LANES; k++)
        total += sum[k];
    return total;
}

void vector_add(size_t n, double factor, const float *x, float *y)
{
    for (size_t i = 0; i < n; i++)
        y[i] = (float)(y[i] + factor * x[i]);
}

void vector_scale(size_t n, double factor, float *x)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (float)(factor * x[i]);
}

void vector_subtract(size_t n, const float *a, const float *b, float *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = a[i] - b[i];
}

void vector_clamp(size_t n, float *x)
{
    for (size_t i = 0; i < n; i++)
        x[i] = x[i] > 0 ? (x[i] < 1 ? x[i] : 1) : 0;
}
