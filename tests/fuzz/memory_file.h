/* memory_file.h: hands the bytes that libFuzzer made up to a reader that opens files by path. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_MEMORY_FILE_H
#define TESTS_MEMORY_FILE_H

#include "weights/import/tensor_file.h"

#include <stddef.h>
#include <stdint.h>

/* The path of a file in memory that holds these bytes, until the next call. */
const char *memory_file(const uint8_t *data, size_t size);

/* Opens the bytes as a weights file and reads all its tensors, if it is of that format; other programs fuzz
 * the other formats. Aborts where the reader breaks its promises: a refusal without a message, a failure that
 * is not the file's fault, a tensor larger than the file could hold. */
void fuzz_tensors(const TensorFormat *format, const uint8_t *data, size_t size);

/* What libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
