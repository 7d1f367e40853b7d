/* check.c: see check.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include "hash.h"

#include <glib/gstdio.h>
#include <math.h>

double relative_error(size_t count, const float *got, const float *want)
{
    double difference = 0, norm = 0;
    for (size_t i = 0; i < count; i++) {
        double d = (double)got[i] - want[i];
        difference += d * d;
        norm += (double)want[i] * want[i];
    }
    return norm > 0 ? sqrt(difference / norm) : sqrt(difference);
}

void check_close(const char *what, size_t count, const float *got, const float *want, double tolerance)
{
    double error = relative_error(count, got, want);
    g_test_message("%s: relative error %.2g (at most %g)", what, error, tolerance);
    g_assert_cmpfloat(error, <=, tolerance); /* NaN fails */
}

/* f's slope at x along direction number `seed`, whose entries are +-1. The step is small enough for kinks of
 * f, which the test's pictures keep away from by some 1e-6, and large enough for f's rounding, 1e-16
 * / 1e-7. */
static double slope(CheckFunction f, void *data, size_t n, const double *x, unsigned seed)
{
    const double step = 1e-7;
    double *moved = g_new(double, n), value[2];
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < n; i++) {
            double towards = hash32(seed, (uint32_t)i) & 1 ? step : -step;
            moved[i] = x[i] + (side ? towards : -towards);
        }
        value[side] = f(data, moved);
    }
    g_free(moved);
    return (value[1] - value[0]) / (2 * step);
}

void check_gradient(const char *what, CheckFunction f, void *data, size_t n, const float *x,
                    const float *gradient)
{
    const unsigned directions = SANITIZED ? 2 : 6;
    double *at = new_doubles(n, x), difference = 0, norm = 0;
    for (unsigned seed = 900; seed < 900 + directions; seed++) {
        double along = 0, measured = slope(f, data, n, at, seed);
        for (size_t i = 0; i < n; i++)
            along += hash32(seed, (uint32_t)i) & 1 ? gradient[i] : -gradient[i];
        difference += (along - measured) * (along - measured);
        norm += measured * measured;
    }
    g_free(at);
    g_assert_cmpfloat(norm, >, 0);
    double error = sqrt(difference / norm);
    g_test_message("%s: finite differences, relative error %.2g", what, error);
    g_assert_cmpfloat(error, <=, TOLERANCE);
}

float *new_unit(unsigned seed, size_t count)
{
    float *values = g_new(float, count);
    hash_fill_unit(seed, count, values);
    return values;
}

float *new_signed(unsigned seed, float scale, size_t count)
{
    float *values = g_new(float, count);
    hash_fill_signed(seed, scale, count, values);
    return values;
}

double *new_doubles(size_t count, const float *values)
{
    double *wide = g_new(double, count);
    for (size_t i = 0; i < count; i++)
        wide[i] = values[i];
    return wide;
}

float *new_floats(size_t count, const double *values)
{
    float *narrow = g_new(float, count);
    for (size_t i = 0; i < count; i++)
        narrow[i] = (float)values[i];
    return narrow;
}

double dot(size_t count, const float *a, const float *b)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)a[i] * b[i];
    return sum;
}

char *temp_folder(void)
{
    GError *error = NULL;
    char *folder = g_dir_make_tmp("neural-style-XXXXXX", &error);
    g_assert_no_error(error);
    return folder;
}

void temp_remove(char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name; (name = g_dir_read_name(dir));) {
        char *path = g_build_filename(folder, name, NULL);
        if (g_remove(path) == 0 || !g_file_test(path, G_FILE_TEST_IS_DIR))
            g_free(path);
        else
            temp_remove(path);
    }
    g_dir_close(dir);
    g_rmdir(folder);
    g_free(folder);
}

char *source_path(const char *inside)
{
    return g_build_filename(SOURCE_ROOT, inside, NULL);
}
