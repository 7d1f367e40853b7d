/* torch_zip.c: PyTorch's format since 1.6: a zip archive with NAME/data.pkl, the object's pickle, and each
 * storage in an entry of its own, NAME/data/KEY. PyTorch never compresses an entry. A compressed one is
 * refused, so that no entry is longer than the file, whatever it claims.
 *
 * libzip finds and reads the entries and checks their CRCs, so a damaged storage is noticed. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "magic.h"
#include "torch_state.h"

#include "core/weights/safetensors.h"

#include <string.h>
#include <unistd.h>
#include <zip.h>

enum { PICKLE_BYTES_MAX = 64 << 20, BYTE_ORDER_MAX = 16 };

typedef struct Archive {
    zip_t *zip;
    size_t length;       /* of the file, in bytes */
    GHashTable *by_name; /* an entry's name -> its index + 1 */
    const char *pickle;  /* NAME/data.pkl */
    char *folder;        /* NAME/ */
    TorchState *torch;
} Archive;

/* ---- Entries ------------------------------------------------------------------------------------------- */

/* Lists the entries and finds the one pickle. libzip keeps owning the names. */
static NstStatus list_entries(Archive *archive, const char *path, NstError *error)
{
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);
    for (zip_int64_t i = 0; i < count; i++) {
        const char *name = zip_get_name(archive->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        if (!name || !g_hash_table_insert(archive->by_name, (gpointer)name, GSIZE_TO_POINTER((gsize)i + 1)))
            return weights_refuse(error, path,
                                  "it holds two entries of one name, or one without a name; it is damaged");
        const char *slash = strchr(name, '/');
        if (slash && strcmp(slash, "/data.pkl") == 0) {
            if (archive->pickle)
                return weights_refuse(error, path, "it holds more than one data.pkl");
            archive->pickle = name;
        }
    }
    if (!archive->pickle)
        return weights_refuse(error, path,
                              "it is a zip archive, but not one of PyTorch's: it holds no data.pkl");
    archive->folder = g_strndup(archive->pickle, strlen(archive->pickle) - strlen("data.pkl"));
    return NST_OK;
}

/* The index of the entry with that name; TORCH_NOWHERE: there is none. */
static size_t find_entry(const Archive *archive, const char *name)
{
    return GPOINTER_TO_SIZE(g_hash_table_lookup(archive->by_name, name)) - 1;
}

/* An entry's size in bytes, once the table of contents has been found plausible. */
static NstStatus entry_size(const Archive *archive, const char *path, size_t index, size_t *size,
                            NstError *error)
{
    zip_stat_t stat;
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if (zip_stat_index(archive->zip, index, ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & needed) != needed)
        return weights_refuse(error, path, "its table of contents is damaged");
    if (stat.comp_method != ZIP_CM_STORE || stat.size != stat.comp_size)
        return weights_refuse(error, path, "its entry “%s” is compressed, which PyTorch never does",
                              stat.name);
    if (stat.size > archive->length)
        return weights_refuse(error, path, "its entry “%s” claims to be longer than the whole file",
                              stat.name);
    *size = (size_t)stat.size;
    return NST_OK;
}

/* Reads all of an open entry, up to its end, where libzip compares the CRC. */
static bool read_whole(zip_file_t *entry, uint8_t *bytes, size_t size)
{
    for (size_t at = 0; at < size;) {
        zip_int64_t got = zip_fread(entry, bytes + at, size - at);
        if (got <= 0)
            return false;
        at += (size_t)got;
    }
    uint8_t beyond;
    return zip_fread(entry, &beyond, 1) == 0;
}

/* Reads an entry of at most `most` bytes into a new array, which the caller frees. */
static NstStatus read_entry(const Archive *archive, const char *path, size_t index, size_t most,
                            uint8_t **bytes, size_t *size, NstError *error)
{
    NstStatus status = entry_size(archive, path, index, size, error);
    if (status != NST_OK)
        return status;
    const char *name = zip_get_name(archive->zip, index, ZIP_FL_ENC_RAW);
    if (*size > most)
        return weights_refuse(error, path, "its entry “%s” is too long", name);
    *bytes = g_try_malloc(MAX(*size, 1));
    if (!*bytes)
        return nst_fail_memory(error, "an entry of a weights file", (double)*size);
    zip_file_t *entry = zip_fopen_index(archive->zip, index, 0);
    bool good = entry && read_whole(entry, *bytes, *size);
    if (entry)
        zip_fclose(entry);
    if (good)
        return NST_OK;
    g_clear_pointer(bytes, g_free);
    return weights_refuse(error, path, "its entry “%s” is damaged", name);
}

/* ---- Opening ------------------------------------------------------------------------------------------- */

/* Newer files say their byte order; older ones were never written big-endian. */
static NstStatus check_byte_order(const Archive *archive, const char *path, NstError *error)
{
    char *name = g_strconcat(archive->folder, "byteorder", NULL);
    size_t index = find_entry(archive, name), size = 0;
    g_free(name);
    if (index == TORCH_NOWHERE)
        return NST_OK;
    uint8_t *bytes = NULL;
    NstStatus status = read_entry(archive, path, index, BYTE_ORDER_MAX, &bytes, &size, error);
    if (status == NST_OK && (size != strlen("little") || memcmp(bytes, "little", size) != 0))
        status = weights_refuse(error, path, "it was written on a big-endian machine");
    g_free(bytes);
    return status;
}

static NstStatus place_storage(const Archive *archive, const char *path, TorchStorage *storage,
                               NstError *error)
{
    char *name = g_strconcat(archive->folder, "data/", storage->key, NULL);
    size_t index = find_entry(archive, name), size = 0, bytes;
    g_free(name);
    if (index == TORCH_NOWHERE)
        return weights_refuse(error, path, "its entry “data/%s”, a tensor's numbers, is missing",
                              storage->key);
    NstStatus status = entry_size(archive, path, index, &size, error);
    if (status != NST_OK)
        return status;
    if (!torch_storage_bytes(storage, &bytes) || bytes != size)
        return weights_refuse(
            error, path, "its entry “data/%s” doesn't have the length that its tensors need", storage->key);
    storage->place = index;
    return NST_OK;
}

static NstStatus read_object(const Archive *archive, TensorFile *file, const uint8_t *bytes, size_t size,
                             NstError *error)
{
    Pickle pickle;
    NstStatus status = pickle_read(&pickle, bytes, size, torch_names, file->path, error);
    if (status != NST_OK)
        return status;
    status = torch_list_storages(archive->torch, file->path, &pickle, error);
    for (size_t i = 0; status == NST_OK && i < archive->torch->storages->len; i++)
        status = place_storage(archive, file->path, torch_storage(archive->torch, i), error);
    if (status == NST_OK)
        status = torch_list_tensors(archive->torch, file, &pickle, error);
    pickle_clear(&pickle);
    return status;
}

static NstStatus read_archive(Archive *archive, TensorFile *file, NstError *error)
{
    NstStatus status = list_entries(archive, file->path, error);
    if (status == NST_OK)
        status = check_byte_order(archive, file->path, error);
    uint8_t *bytes = NULL;
    size_t size = 0;
    if (status == NST_OK)
        status = read_entry(archive, file->path, find_entry(archive, archive->pickle), PICKLE_BYTES_MAX,
                            &bytes, &size, error);
    if (status == NST_OK)
        status = read_object(archive, file, bytes, size, error);
    g_free(bytes);
    return status;
}

static void close_zip(TensorFile *file)
{
    Archive *archive = file->state;
    if (!archive)
        return;
    g_hash_table_unref(archive->by_name);
    torch_state_free(archive->torch);
    g_free(archive->folder);
    zip_discard(archive->zip);
    g_free(archive);
    file->state = NULL;
}

/* Turns libzip's reason into an error. */
static NstStatus refuse_zip(const char *path, int code, NstError *error)
{
    zip_error_t reason;
    zip_error_init_with_code(&reason, code);
    NstStatus status =
        code == ZIP_ER_MEMORY
            ? nst_fail(error, NST_NO_MEMORY, "Not enough memory for the weights file “%s”", path)
            : weights_refuse(error, path,
                             "its zip archive can't be read (%s); it is damaged or has been cut off",
                             zip_error_strerror(&reason));
    zip_error_fini(&reason);
    return status;
}

static NstStatus open_zip(TensorFile *file, NstError *error)
{
    int code = ZIP_ER_OPEN, descriptor = dup(file_reader_descriptor(file->source));
    zip_t *zip = descriptor >= 0 ? zip_fdopen(descriptor, 0, &code) : NULL;
    if (!zip) {
        if (descriptor >= 0)
            close(descriptor);
        return refuse_zip(file->path, code, error);
    }
    Archive *archive = g_new0(Archive, 1);
    archive->zip = zip;
    archive->length = file_reader_size(file->source);
    archive->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    archive->torch = torch_state_new();
    file->state = archive;
    return read_archive(archive, file, error);
}

static NstStatus read_zip(TensorFile *file, size_t index, float *values, NstError *error)
{
    const Archive *archive = file->state;
    const TorchStorage *storage = torch_storage_of(archive->torch, index);
    uint8_t *bytes = NULL;
    size_t size = 0;
    NstStatus status = read_entry(archive, file->path, storage->place, archive->length, &bytes, &size, error);
    if (status == NST_OK)
        status = torch_read(archive->torch, file, index, bytes, values, error);
    g_free(bytes);
    return status;
}

const TensorFormat torch_zip_format = {
    .name = "PyTorch",
    .recognises = is_zip,
    .open = open_zip,
    .read = read_zip,
    .close = close_zip,
};
