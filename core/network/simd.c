/* simd.c: the one place that asks which processor this is. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simd.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const Simd plain = {"plain", &product_plain, &winograd_plain};

#if defined(__x86_64__)
static const Simd avx2 = {"avx2", &product_avx2, &winograd_avx2};
static const Simd avx512 = {"avx512", &product_avx512, &winograd_avx512};

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif

/* `simd` if the processor supports it and it is the one called `name` (NULL: any), else NULL. */
static const Simd *offer(const Simd *simd, bool supported, const char *name)
{
    return supported && (!name || strcmp(simd->name, name) == 0) ? simd : NULL;
}

static const Simd *choose(const char *name)
{
    const Simd *chosen = NULL;
#if defined(__x86_64__)
    __builtin_cpu_init();
    chosen = offer(&avx512, has_avx512(), name);
    if (!chosen)
        chosen = offer(&avx2, has_avx2(), name);
#endif
    return chosen ? chosen : offer(&plain, true, name);
}

const Simd *simd_best(void)
{
    const Simd *wanted = choose(getenv("NST_SIMD"));
    return wanted ? wanted : choose(NULL);
}
