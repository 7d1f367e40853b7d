/* random.h: noise by position. Each value depends only on the seed and its index, so a picture's noise is the
 * same on every machine and needs no state. Any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_RANDOM_H
#define NST_RANDOM_H

#include <stdint.h>

/* Uniform in [0, 1). */
float random_uniform(uint32_t seed, uint64_t index);

#endif
