/* safetensors.h: any safetensors file as a list of named tensors; what they mean is up to the
 * caller. Once the file is open every length and offset has been checked: a tensor's bytes lie inside the
 * file, are as many as its shape requires, and no two tensors overlap. An open file may be read by any
 * thread.
 *
 * The format: https://github.com/huggingface/safetensors, "Format". */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_SAFETENSORS_H
#define NST_SAFETENSORS_H

#include "core/base/file_read.h"
#include "core/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SAFETENSORS_RANK_MAX = 8 };

typedef struct Safetensors Safetensors;

typedef struct SafetensorsTensor {
    const char *name, *type; /* the type as the file gives it: "F32", ..., or one that isn't read here */
    int rank;
    size_t side[SAFETENSORS_RANK_MAX];
    size_t count;        /* of numbers */
    Safetensors *file;   /* where its bytes are, little endian, */
    size_t offset, size; /* from which one on, and how many */
} SafetensorsTensor;

/* Tensors are in the order of their bytes in the file. On failure *out is NULL, and the error names the
 * file. */
NstStatus safetensors_open(Safetensors **out, const char *path, NstError *error);

/* The same of a file that is open already; path: its name in messages. The caller still closes `reader`. */
NstStatus safetensors_open_reader(Safetensors **out, FileReader *reader, const char *path, NstError *error);
void safetensors_close(Safetensors *file); /* NULL is fine */

size_t safetensors_count(const Safetensors *file);
const SafetensorsTensor *safetensors_tensor(const Safetensors *file, size_t index);
const SafetensorsTensor *safetensors_find(const Safetensors *file, const char *name); /* NULL: none */

/* A text of the metadata; NULL if the file has none of that name. */
const char *safetensors_metadata(const Safetensors *file, const char *name);

/* Is the type one that safetensors_values reads: F64, F32, F16 or BF16? */
bool safetensors_readable(const SafetensorsTensor *tensor);

/* The numbers, of a readable type, as float32. values: [count]. Fails if the file has become shorter
 * meanwhile, or can't be read. */
NstStatus safetensors_values(const SafetensorsTensor *tensor, float *values, NstError *error);

/* Refuses a weights file for a reason; the message names both. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
NstStatus
weights_refuse(NstError *error, const char *path, const char *format, ...);

#endif
