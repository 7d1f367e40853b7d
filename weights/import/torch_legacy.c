/* torch_legacy.c: PyTorch's format before 1.6 (torch/serialization.py, _legacy_save). Five pickles in a row -
 * a magic number, the version 1001, facts about the writer's machine, the object itself, the list of its
 * storages' keys - and then each storage, in the list's order: the count of its numbers (64 bits), and the
 * numbers.
 *
 * The pickles are read at once, since nothing says how long they are before they are read; a storage only
 * when one of its tensors is asked for. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/weights/safetensors.h"
#include "torch_state.h"

#include <string.h>

enum { VERSION = 1001, COUNT_BYTES = 8, PICKLES_BYTES_MAX = 64 << 20 };

/* 0x1950a86a20f9469cfc6c as a pickle writes it: LONG1, 10 bytes; STOP. */
static const uint8_t magic[] = {0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.'};

/* Reads the file from front to back. */
typedef struct Reader {
    TensorFile *file;
    TorchState *torch;
    const uint8_t *begin; /* the file's first bytes: all of its pickles */
    size_t count;         /* of them */
    size_t size, at;      /* of the file */
    NstError *error;
} Reader;

/* PROTO, then (since protocol 4) a FRAME, then the number. */
static bool recognises_legacy(const unsigned char *begin, size_t count)
{
    enum { PROTO_BYTES = 2, FRAME_BYTES = 9 };
    size_t at = PROTO_BYTES;
    if (count > at && begin[at] == 0x95)
        at += FRAME_BYTES;
    return count >= at + sizeof magic && begin[0] == 0x80 && memcmp(begin + at, magic, sizeof magic) == 0;
}

/* What is done with one of the pickles. */
typedef NstStatus (*Use)(Reader *, const Pickle *);

/* Reads the next pickle, and has it used. */
static NstStatus next_pickle(Reader *r, Use use)
{
    Pickle pickle;
    if (r->at > r->count)
        return weights_refuse(r->error, r->file->path, "its list of storages makes no sense; it is damaged");
    NstStatus status =
        pickle_read(&pickle, r->begin + r->at, r->count - r->at, torch_names, r->file->path, r->error);
    if (status != NST_OK)
        return status;
    r->at += pickle.length;
    status = use(r, &pickle);
    pickle_clear(&pickle);
    return status;
}

/* recognises_legacy has checked it. */
static NstStatus skip_magic(Reader *r, const Pickle *pickle)
{
    (void)r;
    (void)pickle;
    return NST_OK;
}

static NstStatus check_version(Reader *r, const Pickle *pickle)
{
    if (pickle->value->kind == PICKLE_INTEGER && pickle->value->integer == VERSION)
        return NST_OK;
    return weights_refuse(r->error, r->file->path, "it is in an unknown version of PyTorch's format");
}

static NstStatus check_machine(Reader *r, const Pickle *pickle)
{
    const PickleValue *little =
        pickle->value->kind == PICKLE_DICT ? pickle_member(pickle->value, "little_endian") : NULL;
    if (!little || little->kind != PICKLE_BOOLEAN)
        return weights_refuse(r->error, r->file->path, "it doesn't say its byte order; it is damaged");
    if (!little->integer)
        return weights_refuse(r->error, r->file->path, "it was written on a big-endian machine");
    return NST_OK;
}

/* Finds the storage with that key, whose count and numbers come next. */
static NstStatus place_storage(Reader *r, const PickleValue *key)
{
    TorchStorage *storage = torch_find_storage(r->torch, key);
    size_t bytes;
    uint8_t count[COUNT_BYTES];
    if (!storage || storage->place != TORCH_NOWHERE)
        return weights_refuse(r->error, r->file->path, "its list of storages makes no sense; it is damaged");
    if (!torch_storage_bytes(storage, &bytes) || r->size - r->at < COUNT_BYTES ||
        r->size - r->at - COUNT_BYTES < bytes)
        return weights_refuse(r->error, r->file->path, "it is shorter than its tensors; it has been cut off");
    if (!file_reader_get(r->file->source, count, COUNT_BYTES, r->at) ||
        numbers_little_endian(count, COUNT_BYTES) != storage->count)
        return weights_refuse(r->error, r->file->path,
                              "it contradicts itself about its tensors' sizes; it is damaged");
    storage->place = r->at + COUNT_BYTES;
    r->at = storage->place + bytes;
    return NST_OK;
}

/* keys: the list of the storages' keys. */
static NstStatus place_storages(Reader *r, const Pickle *keys)
{
    if (keys->value->kind != PICKLE_LIST || keys->value->size != r->torch->storages->len)
        return weights_refuse(r->error, r->file->path, "its list of storages makes no sense; it is damaged");
    NstStatus status = NST_OK;
    for (const PickleItem *key = keys->value->first; status == NST_OK && key; key = key->next)
        status = place_storage(r, key->value);
    return status;
}

/* The storages follow the object, and its tensors can be checked only against them. */
static NstStatus read_object(Reader *r, const Pickle *object)
{
    NstStatus status = torch_list_storages(r->torch, r->file->path, object, r->error);
    if (status == NST_OK)
        status = next_pickle(r, place_storages);
    if (status == NST_OK)
        status = torch_list_tensors(r->torch, r->file, object, r->error);
    return status;
}

static void close_legacy(TensorFile *file)
{
    torch_state_free(file->state);
    file->state = NULL;
}

static NstStatus read_pickles(Reader *r)
{
    static const Use uses[] = {skip_magic, check_version, check_machine, read_object};
    NstStatus status = NST_OK;
    for (size_t i = 0; status == NST_OK && i < G_N_ELEMENTS(uses); i++)
        status = next_pickle(r, uses[i]);
    return status;
}

/* Reads bytes of the file into a new array, which the caller frees with g_free. */
static NstStatus read_bytes(const TensorFile *file, size_t offset, size_t count, uint8_t **bytes,
                            NstError *error)
{
    *bytes = g_try_malloc(MAX(count, 1));
    if (!*bytes)
        return nst_fail_memory(error, "an entry of a weights file", (double)count);
    if (file_reader_get(file->source, *bytes, count, offset))
        return NST_OK;
    g_clear_pointer(bytes, g_free);
    return weights_refuse(error, file->path, "it is shorter than its tensors; it has been cut off");
}

static NstStatus open_legacy(TensorFile *file, NstError *error)
{
    size_t size = file_reader_size(file->source), count = MIN(size, (size_t)PICKLES_BYTES_MAX);
    uint8_t *begin;
    NstStatus status = read_bytes(file, 0, count, &begin, error);
    if (status != NST_OK)
        return status;
    TorchState *torch = file->state = torch_state_new();
    status = read_pickles(&(Reader){
        .file = file, .torch = torch, .begin = begin, .count = count, .size = size, .error = error});
    g_free(begin);
    return status;
}

static NstStatus read_legacy(TensorFile *file, size_t index, float *values, NstError *error)
{
    const TorchStorage *storage = torch_storage_of(file->state, index);
    size_t count = 0;
    uint8_t *bytes;
    torch_storage_bytes(storage, &count);
    NstStatus status = read_bytes(file, storage->place, count, &bytes, error);
    if (status != NST_OK)
        return status;
    status = torch_read(file->state, file, index, bytes, values, error);
    g_free(bytes);
    return status;
}

const TensorFormat torch_legacy_format = {
    .name = "PyTorch (legacy)",
    .recognises = recognises_legacy,
    .open = open_legacy,
    .read = read_legacy,
    .close = close_legacy,
};
