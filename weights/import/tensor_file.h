/* tensor_file.h: a published weights file, whatever its format, as a list of named tensors whose numbers are
 * read one tensor at a time. This is the seam between the readers of formats (safetensors, HDF5, PyTorch's
 * two) and the code that uses the tensors, which knows no format.
 *
 * A reader trusts nothing in the file: every length and offset is checked against the file's own length
 * before it is used, and no memory is allocated for a size that the file claims but can't hold. It reads from
 * `source` alone, which stays the same file whatever is put in its place meanwhile.
 *
 * A new format is a TensorFormat of its own file, listed in tensor_file.c. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_TENSOR_FILE_H
#define NST_TENSOR_FILE_H

#include "core/base/file_read.h"
#include "core/base/status.h"

#include <stdbool.h>
#include <stddef.h>

enum { TENSOR_RANK_MAX = 8, TENSORS_MAX = 4096 };

typedef struct TensorEntry {
    char *name; /* as the file has it, UTF-8 */
    int rank;
    size_t side[TENSOR_RANK_MAX];
    size_t count; /* of numbers: the product of the sides, 1 at rank 0 */
} TensorEntry;

typedef struct TensorFile TensorFile;

/* One format. */
typedef struct TensorFormat {
    const char *name; /* for messages and `info` */
    /* Whether a file that begins with these bytes is of this format. The file's name doesn't count. */
    bool (*recognises)(const unsigned char *begin, size_t count);
    /* Lists the file's tensors with tensor_file_add. The error names the file. On failure close() is
     * called. */
    NstStatus (*open)(TensorFile *file, NstError *error);
    /* The numbers of entry[index] as float32, in the order of the file's own sides (the last side runs
     * fastest), whatever the strides in the file. values: [count]. */
    NstStatus (*read)(TensorFile *file, size_t index, float *values, NstError *error);
    void (*close)(TensorFile *file); /* frees `state`; may be called with state NULL */
} TensorFormat;

struct TensorFile {
    const TensorFormat *format;
    char *path;         /* for messages */
    FileReader *source; /* what is read */
    TensorEntry *entry;
    size_t count;
    void *state; /* the format's own */
};

/* How many of the file's first bytes `recognises` sees, or fewer where the file is shorter. */
enum { TENSOR_FILE_MAGIC = 64 };

/* Finds the format by content and opens the file. The error names the file. */
NstStatus tensor_file_open(TensorFile **out, const char *path, NstError *error);
void tensor_file_close(TensorFile *file); /* NULL is fine */

/* The SHA-256 of the whole file in hexadecimal, which the caller frees with g_free. */
NstStatus tensor_file_hash(const TensorFile *file, char **hash, NstError *error);

/* Fails if somebody has written to the file since it was opened, so that what was read may be of two
 * kinds. */
NstStatus tensor_file_unchanged(const TensorFile *file, NstError *error);

/* values [count]: the numbers of entry[index], in the order of its sides (the last one runs fastest). */
NstStatus tensor_file_read(TensorFile *file, size_t index, float *values, NstError *error);

/* For readers: appends an entry. Fails on an absurd name, rank or size, and beyond TENSORS_MAX. */
NstStatus tensor_file_add(TensorFile *file, const char *name, int rank, const size_t *side, NstError *error);

extern const TensorFormat safetensors_format, hdf5_format, torch_legacy_format, torch_zip_format;

#endif
