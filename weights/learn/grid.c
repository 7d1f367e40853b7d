/* grid.c: rounds by scaling to whole numbers and back; scaling by a power of two loses nothing. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid.h"

#include "elementary.h"

double grid_round(double x, int bits)
{
    return elementary_round(x * (double)(1LL << bits)) / (double)(1LL << bits);
}

void grid_round_floats(int bits, size_t count, float *values)
{
    for (size_t i = 0; i < count; i++)
        values[i] = (float)grid_round((double)values[i], bits);
}

void grid_round_doubles(int bits, size_t count, double *values)
{
    for (size_t i = 0; i < count; i++)
        values[i] = grid_round(values[i], bits);
}

double grid_norm(size_t count, const double *values)
{
    double square = 0;
    for (size_t i = 0; i < count; i++)
        square += values[i] * values[i];
    return sqrt(square);
}

double grid_row_norm(size_t rows, size_t columns, const float *values)
{
    double largest = 0;
    for (size_t y = 0; y < rows; y++) {
        double square = 0;
        for (size_t x = 0; x < columns; x++)
            square += (double)values[y * columns + x] * (double)values[y * columns + x];
        largest = fmax(largest, square);
    }
    return sqrt(largest);
}

NstStatus grid_check(double largest, int bits, const char *what, NstError *error)
{
    if (ldexp(largest, bits) < 0x1p53) /* false for NaN */
        return NST_OK;
    return nst_fail(
        error, NST_BAD_ARGUMENT,
        "%s: sums up to %g are not exact on a grid of 2^-%d; a larger --epsilon makes them smaller", what,
        largest, bits);
}

void grid_widen(size_t count, const float *values, double *wide)
{
    for (size_t i = 0; i < count; i++)
        wide[i] = (double)values[i];
}
