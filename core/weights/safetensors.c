/* safetensors.c: 8 bytes of header length (little endian), a JSON header, then the tensors' bytes.
 *
 * The file comes from outside, so nothing in it is trusted: lengths are compared with the file's own before
 * they are used, and the header's nesting is bounded before the JSON parser, which recurses, sees it. A
 * tensor's bytes are read when its numbers are asked for, a block at a time, so tensors that aren't used
 * never enter memory. Rejected: mapping the file. If it shrinks under way, the next look at it ends the
 * program. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "safetensors.h"

#include "numbers.h"

#include <json-glib/json-glib.h>
#include <string.h>

enum { LENGTH_BYTES = 8, HEADER_MAX = 1 << 20, NESTING_MAX = 4 };

struct Safetensors {
    char *path;
    FileReader *file;
    char *text;         /* of the header */
    JsonParser *parser; /* owns the header, and with it all names */
    JsonObject *header;
    size_t data, data_size; /* where the tensors' bytes begin, and how many they are */
    GArray *tensors;        /* of SafetensorsTensor */
};

NstStatus weights_refuse(NstError *error, const char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *reason = g_strdup_vprintf(nst_translated(error, format), arguments);
    va_end(arguments);
    NstStatus status = nst_fail(error, NST_BAD_FILE, "The weights file “%s” can't be used: %s", path, reason);
    g_free(reason);
    return status;
}

/* The deepest nesting of brackets and braces in JSON text, not counting those inside strings. */
static int nesting(const char *text, size_t size)
{
    int depth = 0, deepest = 0;
    bool quoted = false;
    for (size_t i = 0; i < size; i++)
        if (quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && (text[i] == '{' || text[i] == '['))
            deepest = ++depth > deepest ? depth : deepest;
        else if (!quoted && (text[i] == '}' || text[i] == ']'))
            depth--;
    return deepest;
}

/* The member as a whole number >= 0; false if it is anything else. */
static bool whole_number(JsonArray *array, guint index, uint64_t *value)
{
    JsonNode *node = json_array_get_element(array, index);
    if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_INT64 ||
        json_node_get_int(node) < 0)
        return false;
    *value = (uint64_t)json_node_get_int(node);
    return true;
}

static JsonArray *array_member(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);
    return node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

static const char *string_member(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);
    bool text = node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING;
    return text ? json_node_get_string(node) : NULL;
}

/* False if the type isn't read here. */
static bool type_of(const char *name, NumberType *type)
{
    static const struct {
        const char *name;
        NumberType type;
    } known[] = {
        {"F64", NUMBER_FLOAT64}, {"F32", NUMBER_FLOAT32}, {"F16", NUMBER_FLOAT16}, {"BF16", NUMBER_BFLOAT16}};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(name, known[i].name) == 0) {
            *type = known[i].type;
            return true;
        }
    return false;
}

/* The shape, and the product of its sides, which must be at most `most`, the bytes of the file's data. */
static bool read_shape(JsonObject *entry, size_t most, SafetensorsTensor *tensor)
{
    JsonArray *array = array_member(entry, "shape");
    if (!array || json_array_get_length(array) > SAFETENSORS_RANK_MAX)
        return false;
    tensor->rank = (int)json_array_get_length(array);
    tensor->count = 1;
    for (int i = 0; i < tensor->rank; i++) {
        uint64_t side;
        if (!whole_number(array, (guint)i, &side) || side > most || tensor->count > most / (side ? side : 1))
            return false;
        tensor->side[i] = (size_t)side;
        tensor->count *= (size_t)side;
    }
    return true;
}

static NstStatus read_tensor(Safetensors *file, const char *name, JsonNode *node, NstError *error)
{
    if (!JSON_NODE_HOLDS_OBJECT(node))
        return weights_refuse(error, file->path, "“%s” is not a tensor", name);
    JsonObject *entry = json_node_get_object(node);
    SafetensorsTensor tensor = {.name = name, .type = string_member(entry, "dtype")};
    if (!tensor.type)
        return weights_refuse(error, file->path, "“%s” has no data type", name);

    JsonArray *offsets = array_member(entry, "data_offsets");
    uint64_t begin, end;
    if (!offsets || json_array_get_length(offsets) != 2 || !whole_number(offsets, 0, &begin) ||
        !whole_number(offsets, 1, &end) || begin > end)
        return weights_refuse(error, file->path, "“%s” has no valid data_offsets", name);
    if (end > file->data_size)
        return weights_refuse(error, file->path, "“%s” lies beyond its end; it may have been cut off", name);
    if (!read_shape(entry, file->data_size, &tensor))
        return weights_refuse(error, file->path, "“%s” has no valid shape", name);
    NumberType type;
    if (type_of(tensor.type, &type) && end - begin != tensor.count * number_size(type))
        return weights_refuse(error, file->path, "the length of “%s” does not match its shape", name);
    tensor.offset = file->data + begin;
    tensor.file = file;
    tensor.size = (size_t)(end - begin);
    g_array_append_val(file->tensors, tensor);
    return NST_OK;
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const SafetensorsTensor *x = a, *y = b;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return (x->size > y->size) - (x->size < y->size); /* empty ones first */
}

/* The format's own rule: together the tensors fill the file's data, without overlaps or holes. A file that
 * breaks it is damaged, however sound each tensor looks on its own. */
static NstStatus check_layout(Safetensors *file, NstError *error)
{
    size_t at = file->data;
    g_array_sort(file->tensors, by_place);
    for (size_t i = 0; i < safetensors_count(file); i++) {
        const SafetensorsTensor *tensor = safetensors_tensor(file, i);
        if (tensor->offset != at)
            break;
        at += tensor->size;
    }
    if (at == file->data + file->data_size)
        return NST_OK;
    return weights_refuse(error, file->path,
                          "its tensors leave gaps or overlap; it is damaged or has been cut off");
}

static NstStatus read_tensors(Safetensors *file, NstError *error)
{
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;
    NstStatus status = NST_OK;
    json_object_iter_init(&iter, file->header);
    while (status == NST_OK && json_object_iter_next(&iter, &name, &node))
        if (strcmp(name, "__metadata__") != 0)
            status = read_tensor(file, name, node, error);
    return status == NST_OK ? check_layout(file, error) : status;
}

static NstStatus refuse_read(const Safetensors *file, NstError *error)
{
    return weights_refuse(error, file->path,
                          "it can't be read to its end; it may have been cut off meanwhile");
}

/* Reads the header's text, and finds the tensors' bytes after it. */
static NstStatus read_header(Safetensors *file, size_t *size, NstError *error)
{
    size_t length = file_reader_size(file->file);
    uint8_t begin[LENGTH_BYTES + 1];
    if (length <= LENGTH_BYTES)
        return weights_refuse(error, file->path, "it is too short for a safetensors file");
    if (!file_reader_get(file->file, begin, sizeof begin, 0))
        return refuse_read(file, error);
    uint64_t header = numbers_little_endian(begin, LENGTH_BYTES);
    if (header > HEADER_MAX || begin[LENGTH_BYTES] != '{')
        return weights_refuse(error, file->path, "it is not a safetensors file");
    if (header > length - LENGTH_BYTES)
        return weights_refuse(error, file->path, "it ends inside its header; it has been cut off");
    *size = (size_t)header;
    file->data = LENGTH_BYTES + *size;
    file->data_size = length - file->data;
    file->text = g_try_malloc(*size + 1);
    if (!file->text)
        return nst_fail_memory(error, "the weights", (double)header);
    return file_reader_get(file->file, file->text, *size, LENGTH_BYTES) ? NST_OK : refuse_read(file, error);
}

static NstStatus parse(Safetensors *file, NstError *error)
{
    size_t size = 0;
    NstStatus status = read_header(file, &size, error);
    if (status != NST_OK)
        return status;
    if (nesting(file->text, size) > NESTING_MAX || !g_utf8_validate_len(file->text, size, NULL))
        return weights_refuse(error, file->path, "its header is not a safetensors header");

    GError *problem = NULL;
    file->parser = json_parser_new_immutable();
    json_parser_load_from_data(file->parser, file->text, (gssize)size, &problem);
    JsonNode *root = problem ? NULL : json_parser_get_root(file->parser);
    if (root && JSON_NODE_HOLDS_OBJECT(root)) {
        file->header = json_node_get_object(root);
        status = read_tensors(file, error);
    } else {
        status = weights_refuse(error, file->path, "its header can't be read (%s)",
                                problem ? problem->message
                                        : nst_translated(error, NST_N_("it is not a JSON object")));
    }
    g_clear_error(&problem);
    return status;
}

NstStatus safetensors_open_reader(Safetensors **out, FileReader *reader, const char *path, NstError *error)
{
    *out = NULL;
    Safetensors *file = g_try_new0(Safetensors, 1);
    if (!file)
        return nst_fail_memory(error, "the weights", sizeof *file);
    file->path = g_strdup(path);
    file->file = file_reader_share(reader);
    file->tensors = g_array_new(FALSE, FALSE, sizeof(SafetensorsTensor));
    NstStatus status = parse(file, error);
    if (status == NST_OK)
        *out = file;
    else
        safetensors_close(file);
    return status;
}

NstStatus safetensors_open(Safetensors **out, const char *path, NstError *error)
{
    FileReader *reader;
    const char *why = file_reader_open(&reader, path);
    *out = NULL;
    if (why)
        return weights_refuse(error, path, "%s", nst_translated(error, why));
    NstStatus status = safetensors_open_reader(out, reader, path, error);
    file_reader_close(reader);
    return status;
}

void safetensors_close(Safetensors *file)
{
    if (!file)
        return;
    g_clear_object(&file->parser);
    file_reader_close(file->file);
    g_free(file->text);
    g_array_unref(file->tensors);
    g_free(file->path);
    g_free(file);
}

size_t safetensors_count(const Safetensors *file)
{
    return file->tensors->len;
}

const SafetensorsTensor *safetensors_tensor(const Safetensors *file, size_t index)
{
    return &g_array_index(file->tensors, SafetensorsTensor, index);
}

const SafetensorsTensor *safetensors_find(const Safetensors *file, const char *name)
{
    for (size_t i = 0; i < safetensors_count(file); i++)
        if (strcmp(safetensors_tensor(file, i)->name, name) == 0)
            return safetensors_tensor(file, i);
    return NULL;
}

const char *safetensors_metadata(const Safetensors *file, const char *name)
{
    JsonNode *node = json_object_get_member(file->header, "__metadata__");
    return node && JSON_NODE_HOLDS_OBJECT(node) ? string_member(json_node_get_object(node), name) : NULL;
}

bool safetensors_readable(const SafetensorsTensor *tensor)
{
    NumberType type;
    return type_of(tensor->type, &type);
}

NstStatus safetensors_values(const SafetensorsTensor *tensor, float *values, NstError *error)
{
    enum { BLOCK = 1 << 15 };
    uint8_t bytes[BLOCK];
    NumberType type = NUMBER_FLOAT32;
    type_of(tensor->type, &type);
    size_t size = number_size(type), offset = tensor->offset, count;
    for (size_t left = tensor->count; left > 0; left -= count) {
        count = MIN(left, BLOCK / size);
        if (!file_reader_get(tensor->file->file, bytes, count * size, offset))
            return refuse_read(tensor->file, error);
        numbers_read(type, bytes, 1, count, values);
        values += count;
        offset += count * size;
    }
    return NST_OK;
}
