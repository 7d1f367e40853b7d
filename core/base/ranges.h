/* ranges.h: the inner loops that sanitized builds would spend half their time in.
 *
 * AddressSanitizer checks each load and store, and for that takes the sums out of the registers: a matrix
 * product then needs thirty times as long. A function that is UNCHECKED is compiled without those checks,
 * and says instead, at its start, which ranges it is about to read and write: in a sanitized build
 * range_used looks at each as a whole, and reports what lies outside an array as any other fault.
 * Elsewhere both are nothing.
 *
 * For a function that does nothing but arithmetic on ranges that its arguments give, and takes a tenth of
 * a test's time; everything else keeps the compiler's checks. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_RANGES_H
#define NST_RANGES_H

#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>

#define UNCHECKED __attribute__((no_sanitize("address"), no_sanitize("undefined")))

/* Compiled with checks, so that reading the first forbidden byte is what the sanitizer reports. */
__attribute__((noinline, unused)) static void range_used(const void *start, size_t bytes)
{
    const volatile char *forbidden = __asan_region_is_poisoned((void *)start, bytes);
    if (forbidden)
        (void)*forbidden;
}
#else
#define UNCHECKED
static inline void range_used(const void *start, size_t bytes)
{
    (void)start;
    (void)bytes;
}
#endif

/* `count` rows of `floats`, `step` apart. */
static inline void rows_used(const float *rows, size_t count, size_t floats, size_t step)
{
    for (size_t i = 0; i < count; i++)
        range_used(rows + i * step, floats * sizeof *rows);
}

#endif
