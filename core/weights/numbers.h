/* numbers.h: the types of numbers in weights files, little endian, and their values as float32. Any
 * thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_NUMBERS_H
#define NST_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum NumberType {
    NUMBER_FLOAT16,
    NUMBER_BFLOAT16, /* float32's upper half */
    NUMBER_FLOAT32,
    NUMBER_FLOAT64,
    NUMBER_INTEGER8,
    NUMBER_INTEGER16,
    NUMBER_INTEGER32,
    NUMBER_INTEGER64,
} NumberType;

size_t number_size(NumberType type); /* in bytes */
bool number_is_float(NumberType type);

/* Sets values[i] to number i * stride of `bytes`, which needs no alignment. float16, bfloat16 and float32 are
 * exact; float64 is rounded, and becomes infinite where it is too large. Only for types that are floats. */
void numbers_read(NumberType type, const uint8_t *bytes, size_t stride, size_t count, float *values);

/* 2, 4 or 8 bytes, little endian. */
uint64_t numbers_little_endian(const uint8_t *bytes, size_t count);

#endif
