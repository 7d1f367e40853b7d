/* oracle.h: reads what PyTorch computed, from a safetensors file that a script in tests/reference wrote. The
 * tests have their own reader, because core's would be judging itself. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_ORACLE_H
#define TESTS_ORACLE_H

#include <stddef.h>

typedef struct Oracle Oracle;

/* Any failure ends the test program: the file is the project's own. */
Oracle *oracle_open(const char *path);
Oracle *oracle_open_committed(void); /* tests/reference/oracle.safetensors */
void oracle_close(Oracle *oracle);

/* The tensor's float32 values, owned by the oracle; `name` is made as by printf. Asserts that there are
 * `count` of them. */
const float *oracle_values(const Oracle *oracle, size_t count, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Side `index` of the tensor's shape. */
size_t oracle_side(const Oracle *oracle, const char *name, unsigned index);

/* Compares an array with the oracle's tensor. If the oracle holds only a sample of it (as of large arrays:
 * ORACLE_SAMPLE values, at hashed places), only those are compared. */
enum { ORACLE_SAMPLE = 500 };
void oracle_check(const Oracle *oracle, const char *name, size_t count, const float *got, double tolerance);

#endif
