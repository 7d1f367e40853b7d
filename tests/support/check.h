/* check.h: what the test programs share: a measure of error, finite differences, a folder to write into.
 *
 * One measure is used throughout: |got - want| / |want|, Euclidean norms over the whole array, summed in
 * double. It asks nothing of single values near zero, where float32 can promise nothing, and yet one wrong
 * row, column or channel among hundreds stands far above 1e-4.
 *
 * A failed check ends the program: GLib prints "not ok" and bails out. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Built with AddressSanitizer: ten times slower, so long runs are made shorter, never left out. */
#if !defined(__has_feature) /* which tells with clang */
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* float32 against something better; the project's promise for every number that core computes. */
#define TOLERANCE 1e-4

double relative_error(size_t count, const float *got, const float *want);

/* Asserts that the relative error is within `tolerance` (and that nothing is NaN), and prints it. */
void check_close(const char *what, size_t count, const float *got, const float *want, double tolerance);

/* A function of n doubles, written from its definition. */
typedef double (*CheckFunction)(void *data, const double *x);

/* Compares `gradient`, core's, with central finite differences of f in double, along random directions of
 * +-1: the measure is taken over the slopes. A gradient wrong in one of n entries shows as
 * about 1/sqrt(n). */
void check_gradient(const char *what, CheckFunction f, void *data, size_t n, const float *x,
                    const float *gradient);

/* New arrays; the caller frees them with g_free. */
float *new_unit(unsigned seed, size_t count);                /* hashed, 0..1 */
float *new_signed(unsigned seed, float scale, size_t count); /* hashed, scale * -1..1 */
double *new_doubles(size_t count, const float *values);      /* widened */
float *new_floats(size_t count, const double *values);       /* narrowed */

double dot(size_t count, const float *a, const float *b); /* in double */

/* A new empty folder, and its removal with the files in it (frees the name too). */
char *temp_folder(void);
void temp_remove(char *folder);

/* The path of a file of the source tree; the caller frees it with g_free. */
char *source_path(const char *inside);

#endif
