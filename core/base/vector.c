/* vector.c: plain loops, which the compiler vectorises. Dot products keep eight sums side by side: a compiler
 * may not reorder additions on its own, and a single sum would wait four cycles for each. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vector.h"

enum { LANES = 8 };

typedef struct Pass {
    WorkersRange task;
    void *data;
} Pass;

static double pass_range(void *data, size_t begin, size_t end)
{
    const Pass *pass = data;
    double sum = 0;
    for (; begin < end; begin += VECTOR_BLOCK)
        sum += pass->task(pass->data, begin, end - begin < VECTOR_BLOCK ? end : begin + VECTOR_BLOCK);
    return sum;
}

double vector_pass(Workers *workers, size_t n, WorkersRange task, void *data)
{
    Pass pass = {task, data};
    return workers_sum(workers, n, pass_range, &pass);
}

typedef struct Dot {
    const float *a, *b;
} Dot;

static double dot_range(void *data, size_t begin, size_t end)
{
    const Dot *dot = data;
    return vector_block_dot(end - begin, dot->a + begin, dot->b + begin);
}

double vector_dot(Workers *workers, size_t n, const float *a, const float *b)
{
    Dot dot = {a, b};
    return vector_pass(workers, n, dot_range, &dot);
}

typedef struct Update {
    double scale, factor;
    float *y;
    const float *x, *z;
} Update;

static double update_range(void *data, size_t begin, size_t end)
{
    const Update *u = data;
    double scale = u->scale, factor = u->factor;
    float *restrict y = u->y;
    const float *restrict x = u->x;
    for (size_t i = begin; i < end; i++)
        y[i] = (float)(scale * y[i] + factor * x[i]);
    return u->z ? vector_block_dot(end - begin, y + begin, u->z + begin) : 0;
}

double vector_update(Workers *workers, size_t n, double scale, float *y, double factor, const float *x,
                     const float *z)
{
    Update update = {scale, factor, y, x, z};
    return vector_pass(workers, n, update_range, &update);
}

double vector_block_dot(size_t n, const float *a, const float *b)
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

void vector_clamp(size_t n, float *x)
{
    for (size_t i = 0; i < n; i++)
        x[i] = x[i] > 0 ? (x[i] < 1 ? x[i] : 1) : 0;
}
