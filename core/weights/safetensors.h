/* safetensors.h: any safetensors file, memory-mapped, as a list of named tensors; what they mean is up to the
 * caller. Once the file is open every length and offset has been checked: a tensor's bytes lie inside the
 * file, are as many as its shape requires, and no two tensors overlap. An open file may be read by any
 * thread.
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
    const char *name, *type; /* the type as the file gives it: "F32", ..., or one that isn't read here */
    int rank;
    size_t side[SAFETENSORS_RANK_MAX];
    size_t count;         /* of numbers */
    const uint8_t *bytes; /* little endian, any alignment */
    size_t size;          /* of them */
} SafetensorsTensor;

typedef struct Safetensors Safetensors;

/* Tensors are in the order of their bytes in the file. On failure *out is NULL, and the error names the
 * file. */
NstStatus safetensors_open(Safetensors **out, const char *path, NstError *error);
void safetensors_close(Safetensors *file); /* NULL is fine */

size_t safetensors_count(const Safetensors *file);
const SafetensorsTensor *safetensors_tensor(const Safetensors *file, size_t index);
const SafetensorsTensor *safetensors_find(const Safetensors *file, const char *name); /* NULL: none */

/* A text of the metadata; NULL if the file has none of that name. */
const char *safetensors_metadata(const Safetensors *file, const char *name);

/* Is the type one that safetensors_values reads: F64, F32, F16 or BF16? */
bool safetensors_readable(const SafetensorsTensor *tensor);

/* The numbers as float32. values: [count]. False if the type isn't readable or a number isn't finite. */
bool safetensors_values(const SafetensorsTensor *tensor, float *values);

/* Refuses a weights file for a reason; the message names both. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
NstStatus
weights_refuse(NstError *error, const char *path, const char *format, ...);

#endif
