/* torch_legacy.c: PyTorch's format before 1.6 (torch/serialization.py, _legacy_save): five pickles in a row -
 * a magic number, the version 1001, facts about the writer's machine, the object itself, the list of its
 * storages' keys - and then, in the list's order, each storage: the count of its numbers (64 bits), and the
 * numbers.
 *
 * The file is mapped, not read: tensors nobody asks for never touch memory. */
#include "core/weights/safetensors.h"
#include "torch_state.h"

#include <string.h>

enum { VERSION = 1001, COUNT_BYTES = 8 };

/* 0x1950a86a20f9469cfc6c as a pickle writes it: LONG1, 10 bytes; STOP. */
static const uint8_t magic[] = {0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.'};

typedef struct Legacy {
    GMappedFile *mapped;
    TorchState *torch;
} Legacy;

/* What is read from front to back. */
typedef struct Reader {
    TensorFile *file;
    TorchState *torch;
    const uint8_t *bytes;
    size_t size, at;
    NstError *error;
} Reader;

/* PROTO, from protocol 4 on a FRAME, then the number. */
static bool recognises_legacy(const unsigned char *begin, size_t count)
{
    enum { PROTO_BYTES = 2, FRAME_BYTES = 9 };
    size_t at = PROTO_BYTES;
    if (count > at && begin[at] == 0x95)
        at += FRAME_BYTES;
    return count >= at + sizeof magic && begin[0] == 0x80 && memcmp(begin + at, magic, sizeof magic) == 0;
}

static NstStatus next_pickle(Reader *r, Pickle *pickle)
{
    NstStatus status =
        pickle_read(pickle, r->bytes + r->at, r->size - r->at, torch_names, r->file->path, r->error);
    if (status == NST_OK)
        r->at += pickle->length;
    return status;
}

static NstStatus skip_magic(Reader *r)
{
    Pickle pickle;
    NstStatus status = next_pickle(r, &pickle);
    if (status == NST_OK)
        pickle_clear(&pickle);
    return status;
}

static NstStatus check_version(Reader *r)
{
    Pickle pickle;
    NstStatus status = next_pickle(r, &pickle);
    if (status != NST_OK)
        return status;
    if (pickle.value->kind != PICKLE_INTEGER || pickle.value->integer != VERSION)
        status = weights_refuse(r->error, r->file->path,
                                "it is of a version of PyTorch's format that is not known here");
    pickle_clear(&pickle);
    return status;
}

static NstStatus check_machine(Reader *r)
{
    Pickle pickle;
    NstStatus status = next_pickle(r, &pickle);
    if (status != NST_OK)
        return status;
    const PickleValue *little =
        pickle.value->kind == PICKLE_DICT ? pickle_member(pickle.value, "little_endian") : NULL;
    if (!little || little->kind != PICKLE_BOOLEAN)
        status = weights_refuse(r->error, r->file->path, "it doesn't tell its byte order; it is damaged");
    else if (!little->integer)
        status = weights_refuse(r->error, r->file->path, "it was written on a big-endian machine");
    pickle_clear(&pickle);
    return status;
}

/* Finds the storage whose turn it is. */
static NstStatus place_storage(Reader *r, const PickleValue *key)
{
    TorchStorage *storage = torch_find_storage(r->torch, key);
    size_t bytes;
    if (!storage || storage->place != TORCH_NOWHERE)
        return weights_refuse(r->error, r->file->path, "its list of storages makes no sense; it is damaged");
    if (!torch_storage_bytes(storage, &bytes) || r->size - r->at < COUNT_BYTES ||
        r->size - r->at - COUNT_BYTES < bytes)
        return weights_refuse(r->error, r->file->path, "it is shorter than its tensors; it has been cut off");
    if (numbers_little_endian(r->bytes + r->at, COUNT_BYTES) != storage->count)
        return weights_refuse(r->error, r->file->path,
                              "it contradicts itself about its tensors' sizes; it is damaged");
    storage->place = r->at + COUNT_BYTES;
    r->at = storage->place + bytes;
    return NST_OK;
}

static NstStatus place_storages(Reader *r)
{
    Pickle pickle;
    NstStatus status = next_pickle(r, &pickle);
    if (status != NST_OK)
        return status;
    if (pickle.value->kind != PICKLE_LIST || pickle.value->size != r->torch->storages->len)
        status =
            weights_refuse(r->error, r->file->path, "its list of storages makes no sense; it is damaged");
    for (const PickleItem *key = pickle.value->first; status == NST_OK && key; key = key->next)
        status = place_storage(r, key->value);
    pickle_clear(&pickle);
    return status;
}

static NstStatus read_object(Reader *r)
{
    Pickle pickle;
    NstStatus status = next_pickle(r, &pickle);
    if (status != NST_OK)
        return status;
    status = torch_list_storages(r->torch, r->file->path, &pickle, r->error);
    if (status == NST_OK)
        status = place_storages(r);
    if (status == NST_OK)
        status = torch_list_tensors(r->torch, r->file, &pickle, r->error);
    pickle_clear(&pickle);
    return status;
}

static void close_legacy(TensorFile *file)
{
    Legacy *legacy = file->state;
    if (!legacy)
        return;
    g_clear_pointer(&legacy->mapped, g_mapped_file_unref);
    torch_state_free(legacy->torch);
    g_free(legacy);
    file->state = NULL;
}

static NstStatus open_legacy(TensorFile *file, NstError *error)
{
    GError *problem = NULL;
    GMappedFile *mapped = g_mapped_file_new(file->path, FALSE, &problem);
    if (!mapped) {
        NstStatus status = weights_refuse(error, file->path, "%s", problem->message);
        g_error_free(problem);
        return status;
    }
    Legacy *legacy = g_new0(Legacy, 1);
    legacy->mapped = mapped;
    legacy->torch = torch_state_new();
    file->state = legacy;
    Reader r = {.file = file,
                .torch = legacy->torch,
                .bytes = (const uint8_t *)g_mapped_file_get_contents(mapped),
                .size = g_mapped_file_get_length(mapped),
                .error = error};
    NstStatus status = skip_magic(&r);
    if (status == NST_OK)
        status = check_version(&r);
    if (status == NST_OK)
        status = check_machine(&r);
    if (status == NST_OK)
        status = read_object(&r);
    if (status != NST_OK)
        close_legacy(file);
    return status;
}

static NstStatus read_legacy(TensorFile *file, size_t index, float *values, NstError *error)
{
    const Legacy *legacy = file->state;
    const uint8_t *bytes = (const uint8_t *)g_mapped_file_get_contents(legacy->mapped);
    return torch_read(legacy->torch, file, index, bytes + torch_storage_of(legacy->torch, index)->place,
                      values, error);
}

const TensorFormat torch_legacy_format = {
    .name = "PyTorch (legacy)",
    .recognises = recognises_legacy,
    .open = open_legacy,
    .read = read_legacy,
    .close = close_legacy,
};
