/* torch_state.c: understands the calls that torch.save writes for a tensor (torch/_utils.py defines them):
 *
 *   torch._utils._rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, hooks)
 *   torch._utils._rebuild_tensor(storage, offset, sizes, strides)     before 0.4
 *   torch._utils._rebuild_parameter(tensor, ...)                      around either, for a Parameter
 *
 * and the persistent name that it writes for a storage: ("storage", type, key, device, count of numbers), in
 * the older format followed by None or by (key, begin, count), a part of the storage.
 *
 * A tensor may hold no more numbers than its storage, so what it claims is bounded by what the file holds. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "torch_state.h"

#include "core/weights/safetensors.h"

#include <string.h>

enum { KEY_MAX = 64, TENSOR_NAME_MAX = 512, NESTING_MAX = 4 };

#define STORAGE(name) "torch." name "Storage", "torch.cuda." name "Storage"

/* The storages come first, in pairs. The other names occur in real files and are skipped: sizes, devices and
 * types, and the NumPy scalars in which training programs keep their scores. */
const char *const torch_names[] = {
    STORAGE("Half"),
    STORAGE("BFloat16"),
    STORAGE("Float"),
    STORAGE("Double"),
    STORAGE("Char"),
    STORAGE("Byte"),
    STORAGE("Bool"),
    STORAGE("Short"),
    STORAGE("Int"),
    STORAGE("Long"),
    "torch._utils._rebuild_tensor",
    "torch._utils._rebuild_tensor_v2",
    "torch._utils._rebuild_parameter",
    "torch.nn.parameter.Parameter",
    "torch.Size",
    "torch.device",
    "torch.float16",
    "torch.bfloat16",
    "torch.float32",
    "torch.float64",
    "torch.int64",
    "numpy.core.multiarray.scalar",
    "numpy.dtype",
    "_codecs.encode",
    NULL,
};

static const NumberType storage_types[] = {
    NUMBER_FLOAT16,  NUMBER_BFLOAT16, NUMBER_FLOAT32,   NUMBER_FLOAT64,   NUMBER_INTEGER8,
    NUMBER_INTEGER8, NUMBER_INTEGER8, NUMBER_INTEGER16, NUMBER_INTEGER32, NUMBER_INTEGER64,
};

/* A part of a storage. */
typedef struct Span {
    size_t storage, begin, count;
} Span;

/* One tensor while it is being read. */
typedef struct View {
    Span span;
    int rank;
    size_t side[TENSOR_RANK_MAX];
    TorchTensor tensor;
} View;

/* ---- The state ----------------------------------------------------------------------------------------- */

static void clear_storage(gpointer data)
{
    TorchStorage *storage = data;
    g_free(storage->key);
}

TorchState *torch_state_new(void)
{
    TorchState *state = g_new0(TorchState, 1);
    state->storages = g_array_new(FALSE, FALSE, sizeof(TorchStorage));
    g_array_set_clear_func(state->storages, clear_storage);
    state->by_key = g_hash_table_new(g_str_hash, g_str_equal);
    state->tensors = g_array_new(FALSE, FALSE, sizeof(TorchTensor));
    return state;
}

void torch_state_free(TorchState *state)
{
    if (!state)
        return;
    g_hash_table_unref(state->by_key);
    g_array_unref(state->storages);
    g_array_unref(state->tensors);
    g_free(state);
}

TorchStorage *torch_storage(const TorchState *state, size_t index)
{
    return &g_array_index(state->storages, TorchStorage, index);
}

const TorchStorage *torch_storage_of(const TorchState *state, size_t index)
{
    return torch_storage(state, g_array_index(state->tensors, TorchTensor, index).storage);
}

bool torch_storage_bytes(const TorchStorage *storage, size_t *bytes)
{
    return g_size_checked_mul(bytes, storage->count, number_size(storage->type));
}

/* ---- Storages ------------------------------------------------------------------------------------------ */

/* A whole number >= 0. */
static bool size_of(const PickleValue *value, size_t *size)
{
    if (!value || value->kind != PICKLE_INTEGER || value->integer < 0 || (uint64_t)value->integer > SIZE_MAX)
        return false;
    *size = (size_t)value->integer;
    return true;
}

static bool type_of(const PickleValue *value, NumberType *type)
{
    if (!value || value->kind != PICKLE_NAME)
        return false;
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(storage_types); i++)
        if (value->text == torch_names[i]) {
            *type = storage_types[i / 2];
            return true;
        }
    return false;
}

/* A text of at most `most` bytes, as a string that the caller frees. NULL: it is not a text, is longer, or is
 * not UTF-8 without zeros. */
static char *new_string(const PickleValue *value, size_t most)
{
    if (!value || value->kind != PICKLE_TEXT || value->size > most ||
        !g_utf8_validate_len(value->text, value->size, NULL))
        return NULL;
    return g_strndup(value->text, value->size);
}

/* The index of the storage with that key. False: there is none. */
static bool find_storage(const TorchState *state, const PickleValue *key, size_t *index)
{
    char *name = new_string(key, KEY_MAX);
    gpointer found = name ? g_hash_table_lookup(state->by_key, name) : NULL;
    g_free(name);
    *index = GPOINTER_TO_SIZE(found) - 1;
    return found != NULL;
}

TorchStorage *torch_find_storage(const TorchState *state, const PickleValue *key)
{
    size_t index;
    return find_storage(state, key, &index) ? torch_storage(state, index) : NULL;
}

/* Adds the storage that a persistent name describes, unless the same one is listed already. False: the name
 * makes no sense, or contradicts an earlier one. */
static bool add_storage(TorchState *state, const PickleValue *name)
{
    TorchStorage storage = {.place = TORCH_NOWHERE};
    const PickleValue *key = pickle_item(name, 2);
    if (!pickle_text_is(pickle_item(name, 0), "storage") || !type_of(pickle_item(name, 1), &storage.type) ||
        !size_of(pickle_item(name, 4), &storage.count))
        return false;
    const TorchStorage *other = torch_find_storage(state, key);
    if (other)
        return other->type == storage.type && other->count == storage.count;
    storage.key = new_string(key, KEY_MAX);
    if (!storage.key)
        return false;
    g_array_append_val(state->storages, storage);
    g_hash_table_insert(state->by_key, storage.key, GSIZE_TO_POINTER(state->storages->len));
    return true;
}

NstStatus torch_list_storages(TorchState *state, const char *path, const Pickle *pickle, NstError *error)
{
    for (const PickleItem *item = pickle->persistent->first; item; item = item->next)
        if (!add_storage(state, item->value))
            return weights_refuse(error, path,
                                  "it doesn't say clearly where a tensor's numbers lie; it is damaged");
    return NST_OK;
}

/* What a persistent name stands for: a listed storage, or a part of one. */
static bool read_span(const TorchState *state, const PickleValue *name, Span *span)
{
    if (!name || name->kind != PICKLE_PERSISTENT ||
        !find_storage(state, pickle_item(name, 2), &span->storage))
        return false;
    size_t whole = torch_storage(state, span->storage)->count;
    span->begin = 0;
    span->count = whole;
    const PickleValue *part = pickle_item(name, 5);
    if (!part || part->kind == PICKLE_NONE)
        return true;
    return part->kind == PICKLE_TUPLE && size_of(pickle_item(part, 1), &span->begin) &&
           size_of(pickle_item(part, 2), &span->count) && span->begin <= whole &&
           span->count <= whole - span->begin;
}

/* ---- Tensors ------------------------------------------------------------------------------------------- */

static bool is_call(const PickleValue *value, const char *name)
{
    return value && value->kind == PICKLE_CALL && strcmp(value->text, name) == 0;
}

/* The call that makes the tensor that the value is, or wraps as a Parameter. NULL: it is not a tensor. */
static const PickleValue *tensor_call(const PickleValue *value)
{
    if (is_call(value, "torch._utils._rebuild_parameter") || is_call(value, "torch.nn.parameter.Parameter"))
        value = pickle_item(value, 0);
    bool tensor =
        is_call(value, "torch._utils._rebuild_tensor_v2") || is_call(value, "torch._utils._rebuild_tensor");
    return tensor ? value : NULL;
}

/* Reads sizes or strides and returns the rank; -1: the value is not a list of them. */
static int read_sizes(const PickleValue *value, size_t *size)
{
    if (is_call(value, "torch.Size"))
        value = pickle_item(value, 0);
    if (!value || (value->kind != PICKLE_TUPLE && value->kind != PICKLE_LIST) ||
        value->size > TENSOR_RANK_MAX)
        return -1;
    int rank = 0;
    for (const PickleItem *item = value->first; item; item = item->next)
        if (!size_of(item->value, &size[rank++]))
            return -1;
    return rank;
}

/* Whether all the view's numbers lie in its span, and there are no more of them than in the span. */
static bool within_span(const View *view, size_t offset)
{
    size_t count = 1, last = offset;
    for (int i = 0; i < view->rank; i++)
        if (!g_size_checked_mul(&count, count, view->side[i]))
            return false;
    if (count == 0)
        return offset <= view->span.count;
    for (int i = 0; i < view->rank; i++) {
        size_t reach;
        if (!g_size_checked_mul(&reach, view->side[i] - 1, view->tensor.stride[i]) ||
            !g_size_checked_add(&last, last, reach))
            return false;
    }
    return last < view->span.count && count <= view->span.count;
}

static NstStatus read_view(const TorchState *state, const char *path, const char *name,
                           const PickleValue *call, View *view, NstError *error)
{
    size_t offset;
    *view = (View){.rank = 0};
    if (!read_span(state, pickle_item(call, 0), &view->span) || !size_of(pickle_item(call, 1), &offset))
        return weights_refuse(error, path,
                              "it doesn't say clearly where the numbers of “%s” lie; it is damaged", name);
    view->rank = read_sizes(pickle_item(call, 2), view->side);
    if (view->rank < 0 || read_sizes(pickle_item(call, 3), view->tensor.stride) != view->rank)
        return weights_refuse(error, path, "“%s” has no proper shape of up to %d sides; the file is damaged",
                              name, TENSOR_RANK_MAX);
    /* A seventh argument says that the numbers are to be negated or conjugated. */
    if (pickle_item(call, 6) && pickle_item(call, 6)->size > 0)
        return weights_refuse(error, path, "“%s” is stored in a way that is not known here", name);
    if (!within_span(view, offset))
        return weights_refuse(
            error, path, "“%s” claims more numbers than the file holds for it; the file is damaged", name);
    view->tensor.storage = view->span.storage;
    view->tensor.begin = view->span.begin + offset;
    return NST_OK;
}

/* Adds one tensor. `names`: those of the tensors so far. */
static NstStatus add_tensor(TorchState *state, TensorFile *file, const PickleValue *key,
                            const PickleValue *call, GHashTable *names, NstError *error)
{
    char *name = new_string(key, TENSOR_NAME_MAX);
    if (!name)
        return weights_refuse(error, file->path, "it has a tensor without a proper name");
    View view;
    NstStatus status = NST_OK;
    if (g_hash_table_contains(names, name))
        status = weights_refuse(error, file->path, "it has two tensors “%s”", name);
    if (status == NST_OK)
        status = read_view(state, file->path, name, call, &view, error);
    if (status == NST_OK)
        status = tensor_file_add(file, name, view.rank, view.side, error);
    if (status == NST_OK)
        g_array_append_val(state->tensors, view.tensor);
    g_hash_table_add(names, name); /* which owns it from now on */
    return status;
}

/* ---- The state dict ------------------------------------------------------------------------------------ */

/* The state dict: the pickle's own dict, or one inside it, for training programs put it into a larger
 * dict. */
static const PickleValue *state_dict(const PickleValue *root)
{
    static const char *const keys[] = {"state_dict", "model_state_dict", "model"};
    for (int depth = 0; depth < NESTING_MAX; depth++) {
        const PickleValue *inner = NULL;
        for (size_t i = 0; !inner && i < G_N_ELEMENTS(keys); i++) {
            inner = pickle_member(root, keys[i]);
            if (inner && inner->kind != PICKLE_DICT)
                inner = NULL;
        }
        if (!inner)
            break;
        root = inner;
    }
    return root;
}

NstStatus torch_list_tensors(TorchState *state, TensorFile *file, const Pickle *pickle, NstError *error)
{
    if (pickle->value->kind != PICKLE_DICT)
        return weights_refuse(error, file->path, "it holds no dict of tensors (a model's state_dict)");
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    NstStatus status = NST_OK;
    const PickleItem *key = state_dict(pickle->value)->first;
    for (; status == NST_OK && key; key = key->next->next) {
        const PickleValue *call = tensor_call(key->next->value);
        if (call)
            status = add_tensor(state, file, key->value, call, names, error);
    }
    g_hash_table_unref(names);
    if (status == NST_OK && file->count == 0)
        return weights_refuse(error, file->path,
                              "its dict holds no tensors; only a model's state_dict can be read");
    return status;
}

/* ---- Numbers ------------------------------------------------------------------------------------------- */

/* Moves `at` to the next row, counting up all sides except the last like an odometer. False after the last
 * row. */
static bool next_row(const TensorEntry *entry, const size_t *stride, size_t *at, size_t *offset)
{
    for (int i = entry->rank - 2; i >= 0; i--) {
        *offset += stride[i];
        if (++at[i] < entry->side[i])
            return true;
        *offset -= stride[i] * entry->side[i];
        at[i] = 0;
    }
    return false;
}

NstStatus torch_read(const TorchState *state, const TensorFile *file, size_t index, const uint8_t *bytes,
                     float *values, NstError *error)
{
    const TensorEntry *entry = &file->entry[index];
    const TorchTensor *tensor = &g_array_index(state->tensors, TorchTensor, index);
    NumberType type = torch_storage(state, tensor->storage)->type;
    if (!number_is_float(type))
        return weights_refuse(error, file->path, "“%s” holds whole numbers, not weights", entry->name);
    if (entry->count == 0)
        return NST_OK;
    size_t at[TENSOR_RANK_MAX] = {0}, offset = tensor->begin;
    size_t row = entry->rank > 0 ? entry->side[entry->rank - 1] : 1;
    size_t stride = entry->rank > 0 ? tensor->stride[entry->rank - 1] : 0;
    do {
        numbers_read(type, bytes + offset * number_size(type), stride, row, values);
        values += row;
    } while (next_row(entry, tensor->stride, at, &offset));
    return NST_OK;
}
