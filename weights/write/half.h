/* half.h: numbers rounded to float16, which the weights file holds. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_HALF_H
#define NST_HALF_H

#include <stdint.h>

/* The nearest float16, ties to even. From 65520 up: infinity. */
uint16_t half_from_float(float value);

/* The value of the nearest float16. */
float half_round(float value);

#endif
