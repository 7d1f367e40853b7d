/* tensor_file.c: finds the format by content, and keeps the list of tensors. */
#include "tensor_file.h"

#include "core/safetensors.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { NAME_BYTES_MAX = 512 };

static const TensorFormat *const formats[] = {&torch_legacy_format, &torch_zip_format};

static NstStatus find_format(TensorFile *file, NstError *error)
{
    GStatBuf about;
    unsigned char begin[TENSOR_FILE_MAGIC];
    FILE *stream =
        g_stat(file->path, &about) == 0 && S_ISREG(about.st_mode) ? g_fopen(file->path, "rb") : NULL;
    if (!stream)
        return weights_refuse(error, file->path, "it can't be opened");
    size_t count = fread(begin, 1, sizeof begin, stream);
    fclose(stream);
    for (size_t i = 0; !file->format && i < G_N_ELEMENTS(formats); i++)
        if (formats[i]->recognises(begin, count))
            file->format = formats[i];
    return file->format ? NST_OK : weights_refuse(error, file->path, "it is of no known format");
}

TensorFile *tensor_file_open(const char *path, NstError *error)
{
    TensorFile *file = g_new0(TensorFile, 1);
    file->path = g_strdup(path);
    if (find_format(file, error) == NST_OK && file->format->open(file, error) == NST_OK)
        return file;
    tensor_file_close(file);
    return NULL;
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
    g_free(file->path);
    g_free(file);
}

NstStatus tensor_file_read(TensorFile *file, size_t index, float *values, NstError *error)
{
    return file->format->read(file, index, values, error);
}

NstStatus tensor_file_add(TensorFile *file, const char *name, int rank, const size_t *side, NstError *error)
{
    size_t length = strlen(name), count = 1;
    if (length == 0 || length > NAME_BYTES_MAX || !g_utf8_validate(name, -1, NULL))
        return weights_refuse(error, file->path, "it has a tensor without a proper name");
    if (rank < 0 || rank > TENSOR_RANK_MAX || file->count == TENSORS_MAX)
        return weights_refuse(error, file->path, "“%s” is one tensor too many, or of too many sides", name);
    for (int i = 0; i < rank; i++)
        if (!g_size_checked_mul(&count, count, side[i]) || count > SIZE_MAX / 16)
            return weights_refuse(error, file->path, "“%s” is of an absurd size", name);
    file->entry = g_renew(TensorEntry, file->entry, file->count + 1);
    TensorEntry *entry = &file->entry[file->count++];
    *entry = (TensorEntry){.name = g_strdup(name), .rank = rank, .count = count};
    if (rank > 0)
        memcpy(entry->side, side, (size_t)rank * sizeof *side);
    return NST_OK;
}
