/* safetensors.c: 8 bytes of header length (little endian), a JSON header, then the tensors' bytes.
 *
 * The file comes from outside, so nothing in it is trusted: lengths are compared with the file's own before
 * they are used, and the header's nesting is bounded before the JSON parser, which recurses, sees it. The
 * file is mapped, not read: tensors that aren't used never enter memory. */
#include "safetensors.h"

#include "numbers.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

enum { LENGTH_BYTES = 8, HEADER_MAX = 1 << 20, NESTING_MAX = 4 };

struct Safetensors {
    char *path;
    GMappedFile *file;
    JsonParser *parser; /* owns the header, and with it all names */
    JsonObject *header;
    const uint8_t *data; /* the tensors' bytes */
    size_t data_size;
    GArray *tensors; /* of SafetensorsTensor */
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
    tensor.bytes = file->data + begin;
    tensor.size = (size_t)(end - begin);
    g_array_append_val(file->tensors, tensor);
    return NST_OK;
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const SafetensorsTensor *x = a, *y = b;
    if (x->bytes != y->bytes)
        return x->bytes < y->bytes ? -1 : 1;
    return (x->size > y->size) - (x->size < y->size); /* empty ones first */
}

/* The format's own rule: together the tensors fill the file's data, without overlaps or holes. A file that
 * breaks it is damaged, however sound each tensor looks on its own. */
static NstStatus check_layout(Safetensors *file, NstError *error)
{
    const uint8_t *at = file->data;
    g_array_sort(file->tensors, by_place);
    for (size_t i = 0; i < safetensors_count(file); i++) {
        const SafetensorsTensor *tensor = safetensors_tensor(file, i);
        if (tensor->bytes != at)
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

/* Finds the header's text in the mapped file, and the tensors' bytes after it. */
static NstStatus find_header(Safetensors *file, const char **text, size_t *size, NstError *error)
{
    size_t length = g_mapped_file_get_length(file->file);
    const uint8_t *bytes = (const uint8_t *)g_mapped_file_get_contents(file->file);
    if (length <= LENGTH_BYTES)
        return weights_refuse(error, file->path, "it is too short for a safetensors file");
    uint64_t header = numbers_little_endian(bytes, LENGTH_BYTES);
    if (header > HEADER_MAX || bytes[LENGTH_BYTES] != '{')
        return weights_refuse(error, file->path, "it is not a safetensors file");
    if (header > length - LENGTH_BYTES)
        return weights_refuse(error, file->path, "it ends inside its header; it has been cut off");
    *text = (const char *)bytes + LENGTH_BYTES;
    *size = (size_t)header;
    file->data = bytes + LENGTH_BYTES + header;
    file->data_size = length - LENGTH_BYTES - (size_t)header;
    return NST_OK;
}

static NstStatus parse(Safetensors *file, NstError *error)
{
    const char *text = NULL;
    size_t size = 0;
    NstStatus status = find_header(file, &text, &size, error);
    if (status != NST_OK)
        return status;
    if (nesting(text, size) > NESTING_MAX || !g_utf8_validate_len(text, size, NULL))
        return weights_refuse(error, file->path, "its header is not a safetensors header");

    GError *problem = NULL;
    file->parser = json_parser_new_immutable();
    json_parser_load_from_data(file->parser, text, (gssize)size, &problem);
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

/* Only a regular file can be mapped; a folder would fail with an unhelpful message, and a pipe would block
 * forever. */
static NstStatus map_file(Safetensors *file, NstError *error)
{
    if (g_file_test(file->path, G_FILE_TEST_IS_DIR))
        return weights_refuse(error, file->path, "it is a folder");
    if (g_file_test(file->path, G_FILE_TEST_EXISTS) && !g_file_test(file->path, G_FILE_TEST_IS_REGULAR))
        return weights_refuse(error, file->path, "it can't be mapped into memory");
    GError *problem = NULL;
    file->file = g_mapped_file_new(file->path, FALSE, &problem);
    if (file->file)
        return NST_OK;
    NstStatus status = g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOMEM)
                           ? nst_fail(error, NST_NO_MEMORY, "Not enough memory: %s", problem->message)
                           : weights_refuse(error, file->path, "%s", problem->message);
    g_error_free(problem);
    return status;
}

NstStatus safetensors_open(Safetensors **out, const char *path, NstError *error)
{
    *out = NULL;
    Safetensors *file = g_try_new0(Safetensors, 1);
    if (!file)
        return nst_fail_memory(error, "the weights", sizeof *file);
    file->path = g_strdup(path);
    file->tensors = g_array_new(FALSE, FALSE, sizeof(SafetensorsTensor));
    NstStatus status = map_file(file, error);
    if (status == NST_OK)
        status = parse(file, error);
    if (status == NST_OK)
        *out = file;
    else
        safetensors_close(file);
    return status;
}

void safetensors_close(Safetensors *file)
{
    if (!file)
        return;
    g_clear_object(&file->parser);
    g_clear_pointer(&file->file, g_mapped_file_unref);
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

bool safetensors_values(const SafetensorsTensor *tensor, float *values)
{
    NumberType type;
    bool finite = type_of(tensor->type, &type);
    if (finite)
        numbers_read(type, tensor->bytes, 1, tensor->count, values);
    for (size_t i = 0; finite && i < tensor->count; i++)
        finite = isfinite(values[i]);
    return finite;
}
