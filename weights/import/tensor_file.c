/* tensor_file.c: the list of formats, and what all their readers share. */
#include "tensor_file.h"

#include "core/weights/safetensors.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MAX_BYTES = 1024 };

static const TensorFormat *const formats[] = {&safetensors_format, &hdf5_format, &torch_zip_format,
                                              &torch_legacy_format};

/* Reads the file's first bytes and returns how many there are; -1: it can't be read. */
static int read_begin(const char *path, unsigned char begin[TENSOR_FILE_MAGIC])
{
    FILE *file = g_fopen(path, "rb");
    if (!file)
        return -1;
    size_t count = fread(begin, 1, TENSOR_FILE_MAGIC, file);
    int result = ferror(file) ? -1 : (int)count;
    fclose(file);
    return result;
}

/* A folder or a pipe is refused before anything waits for it. */
static NstStatus find_format(const TensorFormat **out, const char *path, NstError *error)
{
    unsigned char begin[TENSOR_FILE_MAGIC];
    const char *why = NULL;
    int count = 0;
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        why = "there is no such file";
    else if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
        why = "it is not a regular file";
    else if ((count = read_begin(path, begin)) < 0)
        why = "it can't be read";
    else if (count == 0)
        why = "it is empty";
    for (size_t i = 0; i < G_N_ELEMENTS(formats) && !why; i++)
        if (formats[i]->recognises(begin, (size_t)count)) {
            *out = formats[i];
            return NST_OK;
        }
    return weights_refuse(error, path, "%s",
                          why ? why : "it is neither a safetensors, nor an HDF5 (Keras), nor a PyTorch file");
}

NstStatus tensor_file_open(TensorFile **out, const char *path, NstError *error)
{
    const TensorFormat *format = NULL;
    *out = NULL;
    NstStatus status = find_format(&format, path, error);
    if (status != NST_OK)
        return status;
    TensorFile *file = g_new0(TensorFile, 1);
    file->format = format;
    file->path = g_strdup(path);
    status = format->open(file, error);
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
