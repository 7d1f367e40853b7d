/* safetensors_write.c: 8 bytes of header length, a JSON header, the tensors as float16, all little endian.
 * The header is padded with spaces, as the format allows, so that the tensors start at a multiple of 8 bytes.
 */
#include "safetensors_write.h"

#include "half.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void add_text(JsonBuilder *json, const char *name, const char *value)
{
    json_builder_set_member_name(json, name);
    json_builder_add_string_value(json, value);
}

/* All values of the metadata are strings; numbers are written with a point whatever the locale. */
static void add_number(JsonBuilder *json, const char *name, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    add_text(json, name, g_ascii_formatd(text, sizeof text, "%.9g", value));
}

static void add_three(JsonBuilder *json, const char *name, const float value[3])
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 3; i++) {
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append_printf(text, "%s%s", i ? " " : "",
                               g_ascii_formatd(number, sizeof number, "%.7g", (double)value[i]));
    }
    add_text(json, name, text->str);
    g_string_free(text, TRUE);
}

static void add_metadata(JsonBuilder *json, const Recipe *recipe)
{
    json_builder_set_member_name(json, "__metadata__");
    json_builder_begin_object(json);
    add_text(json, "format", "neural-style-vgg16");
    add_text(json, "channels", "RGB");
    add_text(json, "scale", "1");
    add_three(json, "mean", network_mean);
    add_three(json, "std", network_std);
    add_text(
        json, "provenance",
        "Learned by neural-style-learn, layer by layer, by spherical k-means on whitened patches of drawings "
        "that the same program makes; no photograph, painting or other network was used.");
    add_text(json, "license", "CC0-1.0");
    add_number(json, "seed", recipe->seed);
    add_number(json, "pictures", recipe->pictures);
    add_number(json, "side", recipe->side);
    add_number(json, "deep_pictures", recipe->deep_pictures);
    add_number(json, "deep_side", recipe->deep_side);
    add_number(json, "patches", recipe->patches);
    add_number(json, "rounds", recipe->rounds);
    add_number(json, "epsilon", recipe->epsilon);
    add_number(json, "cut_min", recipe->cut_min);
    add_number(json, "cut_max", recipe->cut_max);
    json_builder_end_object(json);
}

static void add_list(JsonBuilder *json, const char *name, const size_t *values, int count)
{
    json_builder_set_member_name(json, name);
    json_builder_begin_array(json);
    for (int i = 0; i < count; i++)
        json_builder_add_int_value(json, (gint64)values[i]);
    json_builder_end_array(json);
}

/* One tensor's entry; *offset moves behind its bytes. */
static void add_entry(JsonBuilder *json, const char *layer, const char *part, const size_t *shape, int rank,
                      size_t *offset)
{
    size_t count = 1, range[2] = {*offset, 0};
    for (int i = 0; i < rank; i++)
        count *= shape[i];
    range[1] = *offset += 2 * count;
    char *name = g_strdup_printf("conv%s.%s", layer + strlen("relu"), part);
    json_builder_set_member_name(json, name);
    json_builder_begin_object(json);
    add_text(json, "dtype", "F16");
    add_list(json, "shape", shape, rank);
    add_list(json, "data_offsets", range, 2);
    json_builder_end_object(json);
    g_free(name);
}

/* The header as text, which the caller frees with g_free. */
static char *header(const Network *network, const Recipe *recipe)
{
    size_t offset = 0;
    JsonBuilder *json = json_builder_new_immutable();
    json_builder_begin_object(json);
    add_metadata(json, recipe);
    for (int i = 0; i < network->layers; i++) {
        const Vgg16Layer *l = &vgg16_layers[i];
        size_t shape[4] = {(size_t)l->out_channels, (size_t)l->in_channels, 3, 3};
        add_entry(json, l->name, "weight", shape, 4, &offset);
        add_entry(json, l->name, "bias", shape, 1, &offset);
    }
    json_builder_end_object(json);
    JsonNode *root = json_builder_get_root(json);
    char *text = json_to_string(root, FALSE);
    json_node_unref(root);
    g_object_unref(json);
    return text;
}

static void append_number(GByteArray *file, guint64 value, guint bytes)
{
    for (guint i = 0; i < bytes; i++) {
        guint8 byte = (guint8)(value >> 8 * i);
        g_byte_array_append(file, &byte, 1);
    }
}

static void append_halves(GByteArray *file, const float *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        append_number(file, half_from_float(values[i]), 2);
}

static void append_header(GByteArray *file, const char *text)
{
    guint length = (guint)strlen(text), padded = (length + 7) & ~7u;
    append_number(file, padded, 8);
    g_byte_array_append(file, (const guint8 *)text, length);
    for (guint i = length; i < padded; i++)
        g_byte_array_append(file, (const guint8 *)" ", 1);
}

NstStatus safetensors_write(const char *path, const Network *network, const Recipe *recipe, NstError *error)
{
    GByteArray *file = g_byte_array_new();
    char *text = header(network, recipe);
    append_header(file, text);
    g_free(text);
    for (int i = 0; i < network->layers; i++) {
        const Vgg16Layer *l = &vgg16_layers[i];
        append_halves(file, network->layer[i].weight, 9 * (size_t)l->in_channels * (size_t)l->out_channels);
        append_halves(file, network->layer[i].bias, (size_t)l->out_channels);
    }
    GError *problem = NULL;
    NstStatus status = NST_OK;
    if (!g_file_set_contents(path, (const char *)file->data, (gssize)file->len, &problem)) {
        status = nst_fail(error, NST_BAD_FILE, "The weights can't be written: %s", problem->message);
        g_error_free(problem);
    }
    g_byte_array_unref(file);
    return status;
}
