/* tensor_file.c: the list of formats, and what all their readers share. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor_file.h"

#include "core/weights/safetensors.h"

#include <glib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 1024 };

static const TensorFormat *const formats[] = {&safetensors_format, &hdf5_format, &torch_zip_format,
                                              &torch_legacy_format};

static NstStatus find_format(TensorFile *file, NstError *error)
{
    unsigned char begin[TENSOR_FILE_MAGIC];
    size_t count = MIN(file_reader_size(file->source), (size_t)TENSOR_FILE_MAGIC);
    if (count == 0)
        return weights_refuse(error, file->path, "it is empty");
    if (!file_reader_get(file->source, begin, count, 0))
        return weights_refuse(error, file->path, "it can't be read");
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (formats[i]->recognises(begin, count)) {
            file->format = formats[i];
            return NST_OK;
        }
    return weights_refuse(error, file->path,
                          "it is neither a safetensors, nor an HDF5 (Keras), nor a PyTorch file");
}

static NstStatus open_source(TensorFile *file, NstError *error)
{
    const char *why = file_reader_open(&file->source, file->path);
    return why ? weights_refuse(error, file->path, "%s", nst_translated(error, why))
               : find_format(file, error);
}

NstStatus tensor_file_open(TensorFile **out, const char *path, NstError *error)
{
    TensorFile *file = g_new0(TensorFile, 1);
    file->path = g_strdup(path);
    *out = NULL;
    NstStatus status = open_source(file, error);
    if (status == NST_OK)
        status = file->format->open(file, error);
    if (status == NST_OK)
        *out = file;
    else
        tensor_file_close(file);
    return status;
}

void tensor_file_close(TensorFile *file)
{
    if (!file)
        return;
    if (file->format)
        file->format->close(file);
    for (size_t i = 0; i < file->count; i++)
        g_free(file->entry[i].name);
    g_free(file->entry);
    file_reader_close(file->source);
    g_free(file->path);
    g_free(file);
}

NstStatus tensor_file_hash(const TensorFile *file, char **hash, NstError *error)
{
    *hash = file_reader_hash(file->source);
    return *hash ? NST_OK : weights_refuse(error, file->path, "it can't be read to its end");
}

NstStatus tensor_file_unchanged(const TensorFile *file, NstError *error)
{
    return file_reader_unchanged(file->source)
               ? NST_OK
               : weights_refuse(error, file->path, "it was written to while it was being read");
}

NstStatus tensor_file_read(TensorFile *file, size_t index, float *values, NstError *error)
{
    return file->format->read(file, index, values, error);
}

NstStatus tensor_file_add(TensorFile *file, const char *name, int rank, const size_t *side, NstError *error)
{
    size_t length = strlen(name);
    if (length == 0 || length > NAME_MAX_BYTES || !g_utf8_validate(name, -1, NULL))
        return weights_refuse(error, file->path, "a tensor in it has an absurd name");
    if (file->count == TENSORS_MAX)
        return weights_refuse(error, file->path, "it holds more than %d tensors", TENSORS_MAX);
    if (rank < 0 || rank > TENSOR_RANK_MAX)
        return weights_refuse(error, file->path, "“%s” has %d dimensions", name, rank);
    TensorEntry entry = {.rank = rank, .count = 1};
    for (int i = 0; i < rank; i++) {
        if (side[i] > 0 && entry.count > (G_MAXSIZE >> 4) / side[i]) /* its bytes would overflow a size_t */
            return weights_refuse(error, file->path, "“%s” is of an absurd size", name);
        entry.side[i] = side[i];
        entry.count *= side[i];
    }
    if (file->count % 64 == 0) { /* room for 64 more */
        TensorEntry *more = g_try_renew(TensorEntry, file->entry, file->count + 64);
        if (!more)
            return nst_fail_memory(error, "the list of tensors", (double)(file->count * sizeof entry));
        file->entry = more;
    }
    entry.name = g_strdup(name);
    file->entry[file->count++] = entry;
    return NST_OK;
}
