/* whiten.c: mean, covariance, factor, inverse. The mean is rounded to the activations' grid, so that a patch
 * without it is on that grid too. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "whiten.h"

#include "cholesky.h"
#include "grid.h"
#include "matrix.h"

#include "core/base/memory.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>

enum { BLOCK = 64 }; /* patches in one worker's turn */

/* Finds the patches' mean, and subtracts it from them. */
static NstStatus subtract_mean(Whitening *w, float *patches, size_t count, NstError *error)
{
    size_t side = (size_t)w->side;
    double *sum = calloc(side, sizeof *sum);
    if (!sum)
        return nst_fail_memory(error, "the patches' mean", (double)(side * sizeof *sum));
    for (size_t n = 0; n < count; n++)
        for (size_t i = 0; i < side; i++)
            sum[i] += (double)patches[n * side + i];
    for (size_t i = 0; i < side; i++)
        w->mean[i] = (float)grid_round(sum[i] / (double)count, ACTIVATION_BITS);
    for (size_t n = 0; n < count; n++)
        for (size_t i = 0; i < side; i++)
            patches[n * side + i] -= w->mean[i];
    free(sum);
    return NST_OK;
}

/* Adds epsilon times the mean variance to the diagonal. */
static void soften(double *covariance, size_t side, double epsilon)
{
    double mean = 0;
    for (size_t i = 0; i < side; i++)
        mean += covariance[i * side + i] / (double)side;
    for (size_t i = 0; i < side; i++)
        covariance[i * side + i] += epsilon * mean;
}

/* L^-1, from patches whose mean is 0. */
static NstStatus find_matrix(Whitening *w, Workers *workers, const float *patches, size_t count,
                             double epsilon, NstError *error)
{
    size_t side = (size_t)w->side, entries = side * side;
    double *factor = malloc(entries * sizeof *factor);
    if (!factor)
        return nst_fail_memory(error, "the patches' covariance", 8.0 * (double)entries);
    NstStatus status = matrix_mean_square(workers, count, w->side, patches, factor, error);
    if (status == NST_OK) {
        soften(factor, side, epsilon);
        status = cholesky_factor(workers, w->side, factor, error);
    }
    if (status == NST_OK) {
        cholesky_invert(workers, w->side, factor, w->matrix);
        grid_round_doubles(WHITENING_BITS, entries, w->matrix);
    }
    free(factor);
    return status;
}

NstStatus whitening_learn(Whitening *whitening, Workers *workers, float *patches, size_t count, int side,
                          double epsilon, NstError *error)
{
    size_t entries = (size_t)side * (size_t)side;
    *whitening = (Whitening){side, memory_floats((size_t)side), malloc(entries * sizeof(double))};
    NstStatus status = NST_OK;
    if (!whitening->mean || !whitening->matrix)
        status = nst_fail_memory(error, "the whitening", 8.0 * (double)entries);
    if (status == NST_OK)
        status = subtract_mean(whitening, patches, count, error);
    if (status == NST_OK)
        status = find_matrix(whitening, workers, patches, count, epsilon, error);
    if (status != NST_OK)
        whitening_free(whitening);
    return status;
}

void whitening_free(Whitening *whitening)
{
    free(whitening->mean);
    free(whitening->matrix);
    *whitening = (Whitening){0};
}

/* ---- Units --------------------------------------------------------------------------------------------- */

typedef struct Units {
    const Whitening *whitening;
    size_t count;
    float *patches, *length;
} Units;

/* Scales one whitened patch to length 1, and returns the length it had. The tiny addition avoids a division
 * by 0 for a patch of zeros. */
static float unit_of(size_t side, const double *whitened, float *unit)
{
    double square = 0;
    for (size_t i = 0; i < side; i++)
        square += whitened[i] * whitened[i];
    double length = sqrt(square);
    for (size_t i = 0; i < side; i++)
        unit[i] = (float)grid_round(whitened[i] / (length + 1e-6), UNIT_BITS);
    return (float)length;
}

static void unit_block(void *data, size_t block, float *scratch)
{
    const Units *u = data;
    size_t side = (size_t)u->whitening->side, first = block * BLOCK, rest = u->count - first;
    size_t rows = rest < BLOCK ? rest : BLOCK;
    float *patches = u->patches + first * side;
    double *wide = (double *)(void *)scratch, *whitened = wide + BLOCK * side;
    grid_widen(rows * side, patches, wide);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)rows, (int)side, (int)side, 1, wide, (int)side,
                u->whitening->matrix, (int)side, 0, whitened, (int)side);
    for (size_t y = 0; y < rows; y++)
        u->length[first + y] = unit_of(side, whitened + y * side, patches + y * side);
}

/* The largest norm of a row of L^-1. */
static double row_norm(const Whitening *w)
{
    size_t side = (size_t)w->side;
    double largest = 0;
    for (size_t y = 0; y < side; y++)
        largest = fmax(largest, grid_norm(side, w->matrix + y * side));
    return largest;
}

NstStatus whitening_units(const Whitening *whitening, Workers *workers, float *patches, size_t count,
                          float *length, NstError *error)
{
    size_t side = (size_t)whitening->side;
    Units u = {whitening, count, patches, length};
    double largest = grid_row_norm(count, side, patches) * row_norm(whitening);
    NstStatus status = grid_check(largest, ACTIVATION_BITS + WHITENING_BITS, "The whitening", error);
    if (status == NST_OK)
        status = workers_reserve(workers, 4 * BLOCK * side, error);
    if (status == NST_OK)
        workers_run(workers, (count + BLOCK - 1) / BLOCK, unit_block, &u);
    return status;
}
