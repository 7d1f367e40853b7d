/* safetensors.h: any safetensors file, memory-mapped, as a list of named tensors; what they mean is its
 * readers' affair. Every length and offset has been checked once the file is open: a tensor's bytes lie
 * inside the file, are as many as its shape asks for, and no two tensors overlap.
 *
 * The format: https://github.com/huggingface/safetensors, "Format". */
#ifndef NST_SAFETENSORS_H
#define NST_SAFETENSORS_H

#include "core/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SAFETENSORS_RANK_MAX = 8 };

typedef struct SafetensorsTensor {
    const char *name, *type; /* "F32", ...; any other that a file may say, too */
    int rank;
    size_t side[SAFETENSORS_RANK_MAX];
    size_t count;         /* of numbers */
    const uint8_t *bytes; /* little endian, any alignment */
    size_t size;          /* of them */
} SafetensorsTensor;

typedef struct Safetensors Safetensors;

/* NULL: error is filled and names the file. Tensors are in the order of their bytes in the file. */
Safetensors *safetensors_open(const char *path, NstError *error);
void safetensors_close(Safetensors *file); /* NULL is fine */

size_t safetensors_count(const Safetensors *file);
const SafetensorsTensor *safetensors_tensor(const Safetensors *file, size_t index);
const SafetensorsTensor *safetensors_find(const Safetensors *file, const char *name); /* NULL: none */

/* A text of the metadata, and NULL where the file has none of that name. */
const char *safetensors_metadata(const Safetensors *file, const char *name);

/* Whether the type is one that safetensors_values reads: F64, F32, F16 or BF16. */
bool safetensors_readable(const SafetensorsTensor *tensor);

/* The numbers as float32. values: [count]. False where one is not finite. */
bool safetensors_values(const SafetensorsTensor *tensor, float *values);

/* Refuses a weights file for a reason; the message names both. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
NstStatus
weights_refuse(NstError *error, const char *path, const char *format, ...);

#endif
