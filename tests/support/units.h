/* units.h: the kinds of vector unit that core's inner loops are compiled for (core/network/simd.h), for tests
 * that run with each. One that the processor or the build lacks falls back on the best there is. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_UNITS_H
#define TESTS_UNITS_H

#include "core/network/simd.h"

#include <glib.h>

enum { UNITS = 3 };

/* Chooses for whatever is prepared from now on; returns what was got. */
static inline const Simd *unit_choose(int unit)
{
    static const char *const names[UNITS] = {"plain", "avx2", "avx512"};
    g_setenv("NST_SIMD", names[unit], TRUE);
    return simd_best();
}

/* Back to the best. */
static inline void unit_forget(void)
{
    g_unsetenv("NST_SIMD");
}

#endif
