/* torch_legacy.c: PyTorch's format before 1.6 (torch/serialization.py, _legacy_save). Five pickles in a row -
 * a magic number, the version 1001, facts about the writer's machine, the object itself, the list of its
 * storages' keys - and then each storage, in the list's order: the count of its numbers (64 bits), and the
 * numbers.
 *
 * The file is mapped, not read: tensors that aren't asked for never enter memory. */
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

/* Reads the file from front to back. */
typedef struct Reader {
    TensorFile *file;
    TorchState *torch;
    const uint8_t *bytes;
    size_t size, at;
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
    NstStatus status =
        pickle_read(&pickle, r->bytes + r->at, r->size - r->at, torch_names, r->file->path, r->error);
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
    static const Use uses[] = {skip_magic, check_version, check_machine, read_object};
    NstStatus status = NST_OK;
    for (size_t i = 0; status == NST_OK && i < G_N_ELEMENTS(uses); i++)
        status = next_pickle(&r, uses[i]);
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
