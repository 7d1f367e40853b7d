/* numbers.c: decodes each type from its bits, as IEEE 754 defines them, so that neither the machine's byte
 * order nor the compiler's support for half floats matters. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numbers.h"

#include <string.h>

size_t number_size(NumberType type)
{
    static const size_t sizes[] = {2, 2, 4, 8, 1, 2, 4, 8};
    return sizes[type];
}

bool number_is_float(NumberType type)
{
    return type <= NUMBER_FLOAT64;
}

uint64_t numbers_little_endian(const uint8_t *bytes, size_t count)
{
    uint64_t value = 0;
    for (size_t i = count; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

static float single(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* 1 bit of sign, 5 of exponent, 10 of fraction; float32 holds them all. */
static float half(uint32_t bits)
{
    uint32_t sign = bits >> 15 << 31, exponent = bits >> 10 & 31, fraction = bits & 1023;
    if (exponent == 0)
        return (sign ? -0x1p-24f : 0x1p-24f) * (float)fraction;
    return single(sign | (exponent == 31 ? 255 : exponent + 127 - 15) << 23 | fraction << 13);
}

static float narrowed(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return (float)value;
}

void numbers_read(NumberType type, const uint8_t *bytes, size_t stride, size_t count, float *values)
{
    size_t size = number_size(type);
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = numbers_little_endian(bytes + i * stride * size, size);
        values[i] = type == NUMBER_FLOAT32    ? single((uint32_t)bits)
                    : type == NUMBER_FLOAT64  ? narrowed(bits)
                    : type == NUMBER_BFLOAT16 ? single((uint32_t)bits << 16)
                                              : half((uint32_t)bits);
    }
}
