/* grid.c: rounding by scaling to whole numbers; scaling by a power of two loses nothing. */
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

double grid_largest(size_t count, const float *values)
{
    float largest = 0;
    for (size_t i = 0; i < count; i++) {
        float magnitude = fabsf(values[i]);
        largest = magnitude > largest ? magnitude : largest;
    }
    return (double)largest;
}

NstStatus grid_check(double a, int a_bits, double b, int b_bits, size_t terms, const char *what,
                     NstError *error)
{
    double steps = ldexp(a, a_bits) * ldexp(b, b_bits) * (double)terms;
    if (steps < 0x1p53) /* false for NaN */
        return NST_OK;
    return nst_fail(error, NST_BAD_ARGUMENT,
                    "%s: %g times %g, %zu times, is too large to be summed exactly: a gentler whitening "
                    "(--epsilon) makes smaller weights",
                    what, a, b, terms);
}

void grid_widen(size_t count, const float *values, double *wide)
{
    for (size_t i = 0; i < count; i++)
        wide[i] = (double)values[i];
}
