/* weights.c: the safetensors reader. The file is 8 bytes of header length (little endian), a JSON header,
 * then the tensors' bytes (https://github.com/huggingface/safetensors, "Format").
 *
 * The file comes from outside, so nothing in it is believed: lengths are compared with the file's own before
 * they are used, the header's nesting is bounded before the JSON parser (which recurses) sees it, and each
 * tensor must have the shape that VGG16 gives it and lie inside the file. The file is mapped, not read:
 * layers that a run doesn't need never touch memory. */
#include "weights.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { LENGTH_BYTES = 8, HEADER_MAX = 1 << 20, NESTING_MAX = 4, RANK_MAX = 4 };

typedef struct Tensor {
    const uint8_t *bytes; /* little endian, any alignment */
    size_t count;         /* of values */
    bool half;            /* float16, else float32 */
} Tensor;

struct Weights {
    char *path, *provenance;
    GMappedFile *file;
    Preprocessing preprocessing;
    int layers;
    Tensor weight[VGG16_LAYERS], bias[VGG16_LAYERS];
};

/* What the reading of the header needs at hand. */
typedef struct Reader {
    Weights *weights;
    JsonObject *header;
    const uint8_t *data; /* the tensors' bytes */
    size_t data_size;
    NstError *error;
} Reader;

/* Refuses the file for a reason; the message names both. */
G_GNUC_PRINTF(3, 4)
static NstStatus refuse(NstError *error, const char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    NstStatus status = nst_fail(error, NST_BAD_FILE, "The weights file “%s” can't be used: %s", path, reason);
    g_free(reason);
    return status;
}

static uint64_t little_endian(const uint8_t *bytes, int count)
{
    uint64_t value = 0;
    for (int i = count; i-- > 0;)
        value = value << 8 | bytes[i];
    return value;
}

/* Brackets and braces open at once in JSON text, those inside strings left out. */
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

/* The member as a whole number >= 0; false where it is anything else. */
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

static JsonObject *object_member(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);
    return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

static bool shape_is(JsonObject *entry, const int *shape, int rank)
{
    JsonArray *array = array_member(entry, "shape");
    if (!array || json_array_get_length(array) != (guint)rank)
        return false;
    for (int i = 0; i < rank; i++) {
        uint64_t side;
        if (!whole_number(array, (guint)i, &side) || side != (uint64_t)shape[i])
            return false;
    }
    return true;
}

/* Where a tensor's bytes lie in the data. */
typedef struct Span {
    uint64_t begin, end;
} Span;

static bool read_span(JsonObject *entry, Span *span)
{
    JsonArray *offsets = array_member(entry, "data_offsets");
    return offsets && json_array_get_length(offsets) == 2 && whole_number(offsets, 0, &span->begin) &&
           whole_number(offsets, 1, &span->end) && span->begin <= span->end;
}

/* Checks the entry `name` against VGG16's shape and the file's length. */
static NstStatus read_tensor(Reader *r, const char *name, const int *shape, int rank, Tensor *tensor)
{
    const char *path = r->weights->path;
    JsonObject *entry = object_member(r->header, name);
    if (!entry)
        return refuse(r->error, path, "it has no tensor “%s”", name);
    const char *type = string_member(entry, "dtype");
    if (!type || (strcmp(type, "F32") != 0 && strcmp(type, "F16") != 0))
        return refuse(r->error, path, "“%s” is of type %s, not F32 or F16", name, type ? type : "unknown");
    if (!shape_is(entry, shape, rank))
        return refuse(r->error, path, "“%s” has not the shape that VGG16 gives it", name);

    Span span;
    if (!read_span(entry, &span))
        return refuse(r->error, path, "“%s” has no proper data_offsets", name);
    tensor->half = type[1] == '1';
    tensor->count = 1;
    for (int i = 0; i < rank; i++)
        tensor->count *= (size_t)shape[i];
    if (span.end > r->data_size)
        return refuse(r->error, path, "“%s” lies outside of it; it may have been cut off", name);
    if (span.end - span.begin != tensor->count * (tensor->half ? 2 : 4))
        return refuse(r->error, path, "“%s” has not the length of its shape", name);
    tensor->bytes = r->data + span.begin;
    return NST_OK;
}

/* "relu3_2" belongs to conv3_2.weight and conv3_2.bias. */
static NstStatus read_layer(Reader *r, int layer)
{
    const Vgg16Layer *l = &vgg16_layers[layer];
    const char *number = l->name + strlen("relu");
    char name[32];
    g_snprintf(name, sizeof name, "conv%s.weight", number);
    NstStatus status =
        read_tensor(r, name, (int[]){l->out_channels, l->in_channels, 3, 3}, 4, &r->weights->weight[layer]);
    if (status != NST_OK)
        return status;
    g_snprintf(name, sizeof name, "conv%s.bias", number);
    return read_tensor(r, name, (int[]){l->out_channels}, 1, &r->weights->bias[layer]);
}

/* Does the file speak of this layer at all? A file may hold the shallower layers only. */
static bool mentions_layer(const Reader *r, int layer)
{
    char name[32];
    g_snprintf(name, sizeof name, "conv%s.weight", vgg16_layers[layer].name + strlen("relu"));
    return json_object_has_member(r->header, name);
}

static NstStatus read_layers(Reader *r)
{
    NstStatus status = NST_OK;
    do
        status = read_layer(r, r->weights->layers);
    while (status == NST_OK && ++r->weights->layers < VGG16_LAYERS && mentions_layer(r, r->weights->layers));
    return status;
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const Span *x = a, *y = b;
    return x->begin != y->begin ? (x->begin < y->begin ? -1 : 1) : (x->end > y->end) - (x->end < y->end);
}

/* The format's own rule: all the file's tensors together fill its data, without overlaps or holes. A file
 * that breaks it is damaged, however sound each tensor looks by itself. */
static NstStatus check_layout(Reader *r)
{
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(Span));
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;
    bool sound = true;
    json_object_iter_init(&iter, r->header);
    while (sound && json_object_iter_next(&iter, &name, &node))
        if (strcmp(name, "__metadata__") != 0) {
            Span span = {0};
            sound = JSON_NODE_HOLDS_OBJECT(node) && read_span(json_node_get_object(node), &span);
            g_array_append_val(spans, span);
        }
    g_array_sort(spans, by_place);
    uint64_t at = 0;
    for (guint i = 0; i < spans->len; i++) {
        const Span *span = &g_array_index(spans, Span, i);
        sound = sound && span->begin == at;
        at = span->end;
    }
    g_array_unref(spans);
    if (sound && at == r->data_size)
        return NST_OK;
    return refuse(r->error, r->weights->path,
                  "its tensors don't fill it from end to end; it is damaged or has been cut off");
}

/* Three finite numbers parted by spaces. */
static bool three_numbers(const char *text, float number[3])
{
    for (int i = 0; i < 3; i++) {
        char *end;
        double value = text ? g_ascii_strtod(text, &end) : NAN;
        if (!isfinite(value) || end == text || fabs(value) > 1e6)
            return false;
        number[i] = (float)value;
        text = end;
    }
    return text[strspn(text, " ")] == '\0';
}

static NstStatus read_preprocessing(Reader *r, JsonObject *metadata)
{
    const char *path = r->weights->path;
    Preprocessing *p = &r->weights->preprocessing;
    const char *channels = string_member(metadata, "channels"), *scale = string_member(metadata, "scale");

    if (!channels || (strcmp(channels, "RGB") != 0 && strcmp(channels, "BGR") != 0))
        return refuse(r->error, path, "its metadata's “channels” is neither RGB nor BGR");
    p->bgr = channels[0] == 'B';
    if (!scale || (strcmp(scale, "1") != 0 && strcmp(scale, "255") != 0))
        return refuse(r->error, path, "its metadata's “scale” is neither 1 nor 255");
    p->scale = scale[1] ? 255 : 1;
    if (!three_numbers(string_member(metadata, "mean"), p->mean))
        return refuse(r->error, path, "its metadata's “mean” is not three numbers");
    if (!three_numbers(string_member(metadata, "std"), p->std) ||
        !(p->std[0] > 0 && p->std[1] > 0 && p->std[2] > 0))
        return refuse(r->error, path, "its metadata's “std” is not three numbers above 0");
    return NST_OK;
}

static NstStatus read_header(Reader *r)
{
    JsonObject *metadata = object_member(r->header, "__metadata__");
    const char *format = metadata ? string_member(metadata, "format") : NULL;
    if (!format || strcmp(format, "neural-style-vgg16") != 0)
        return refuse(r->error, r->weights->path,
                      "it is not a VGG16 prepared for Neural Style (no such “format” in "
                      "its metadata)");
    NstStatus status = read_preprocessing(r, metadata);
    if (status != NST_OK)
        return status;
    const char *provenance = string_member(metadata, "provenance");
    r->weights->provenance = g_strdup(provenance ? provenance : "");
    status = read_layers(r);
    return status == NST_OK ? check_layout(r) : status;
}

/* Finds the header's text in the mapped file and leaves the tensors' bytes in `r`. */
static NstStatus find_header(Reader *r, const char **text, size_t *size)
{
    const char *path = r->weights->path;
    size_t length = g_mapped_file_get_length(r->weights->file);
    const uint8_t *bytes = (const uint8_t *)g_mapped_file_get_contents(r->weights->file);
    if (length <= LENGTH_BYTES)
        return refuse(r->error, path, "it is too short for a safetensors file");
    uint64_t header = little_endian(bytes, LENGTH_BYTES);
    if (header > HEADER_MAX || bytes[LENGTH_BYTES] != '{')
        return refuse(r->error, path, "it is not a safetensors file");
    if (header > length - LENGTH_BYTES)
        return refuse(r->error, path, "it ends inside its header; it has been cut off");
    *text = (const char *)bytes + LENGTH_BYTES;
    *size = (size_t)header;
    r->data = bytes + LENGTH_BYTES + header;
    r->data_size = length - LENGTH_BYTES - (size_t)header;
    return NST_OK;
}

static NstStatus parse(Reader *r)
{
    const char *text = NULL;
    size_t size = 0;
    NstStatus status = find_header(r, &text, &size);
    if (status != NST_OK)
        return status;
    if (nesting(text, size) > NESTING_MAX || !g_utf8_validate_len(text, size, NULL))
        return refuse(r->error, r->weights->path, "its header is not that of a safetensors file");

    JsonParser *parser = json_parser_new_immutable();
    GError *problem = NULL;
    json_parser_load_from_data(parser, text, (gssize)size, &problem);
    JsonNode *root = problem ? NULL : json_parser_get_root(parser);
    if (root && JSON_NODE_HOLDS_OBJECT(root)) {
        r->header = json_node_get_object(root);
        status = read_header(r);
    } else {
        status = refuse(r->error, r->weights->path, "its header can't be read (%s)",
                        problem ? problem->message : "it is not a JSON object");
    }
    g_clear_error(&problem);
    g_object_unref(parser);
    return status;
}

/* Only a regular file can be mapped; a folder would fail with a message that helps nobody, and a pipe would
 * wait for ever. */
static NstStatus map_file(Weights *weights, NstError *error)
{
    if (g_file_test(weights->path, G_FILE_TEST_IS_DIR))
        return refuse(error, weights->path, "it is a folder");
    if (g_file_test(weights->path, G_FILE_TEST_EXISTS) && !g_file_test(weights->path, G_FILE_TEST_IS_REGULAR))
        return refuse(error, weights->path, "it is not a file that can be mapped");
    GError *problem = NULL;
    weights->file = g_mapped_file_new(weights->path, FALSE, &problem);
    if (weights->file)
        return NST_OK;
    NstStatus status = g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOMEM)
                           ? nst_fail(error, NST_NO_MEMORY, "Not enough memory: %s", problem->message)
                           : refuse(error, weights->path, "%s", problem->message);
    g_error_free(problem);
    return status;
}

Weights *weights_open(const char *path, NstError *error)
{
    Weights *weights = g_try_new0(Weights, 1);
    if (!weights) {
        nst_fail_memory(error, "the weights", sizeof *weights);
        return NULL;
    }
    weights->path = g_strdup(path);
    Reader reader = {.weights = weights, .error = error};
    if (map_file(weights, error) != NST_OK || parse(&reader) != NST_OK) {
        weights_close(weights);
        return NULL;
    }
    return weights;
}

void weights_close(Weights *weights)
{
    if (!weights)
        return;
    g_clear_pointer(&weights->file, g_mapped_file_unref);
    g_free(weights->provenance);
    g_free(weights->path);
    g_free(weights);
}

int weights_layers(const Weights *weights)
{
    return weights->layers;
}

const Preprocessing *weights_preprocessing(const Weights *weights)
{
    return &weights->preprocessing;
}

const char *weights_path(const Weights *weights)
{
    return weights->path;
}

const char *weights_provenance(const Weights *weights)
{
    return weights->provenance;
}

/* IEEE 754 binary16, exactly: 1 bit of sign, 5 of exponent, 10 of fraction. */
static float half_to_float(uint32_t half)
{
    int exponent = (int)(half >> 10 & 31);
    float fraction = (float)(half & 1023), sign = half >> 15 ? -1.0f : 1.0f;
    if (exponent == 31)
        return fraction > 0 ? NAN : sign * INFINITY;
    if (exponent == 0)
        return sign * ldexpf(fraction, -24);
    return sign * ldexpf(1024 + fraction, exponent - 25);
}

static float single_to_float(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static bool read_values(const Tensor *tensor, float *out)
{
    bool finite = true;
    for (size_t i = 0; i < tensor->count; i++) {
        out[i] = tensor->half ? half_to_float((uint32_t)little_endian(tensor->bytes + 2 * i, 2))
                              : single_to_float((uint32_t)little_endian(tensor->bytes + 4 * i, 4));
        finite = finite && isfinite(out[i]);
    }
    return finite;
}

NstStatus weights_read(const Weights *weights, int layer, float *weight, float *bias, NstError *error)
{
    if (!read_values(&weights->weight[layer], weight) || !read_values(&weights->bias[layer], bias))
        return refuse(error, weights->path, "conv%s holds a value that is not finite",
                      vgg16_layers[layer].name + strlen("relu"));
    return NST_OK;
}
