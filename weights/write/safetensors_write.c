/* safetensors_write.c: 8 bytes of header length, a JSON header, and the tensors' numbers, all little-endian.
 * The header is padded with spaces, as the format allows, so that the tensors start at a multiple of 8
 * bytes. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "safetensors_write.h"

#include "half.h"

#include "core/base/file_write.h"
#include "core/settings/layers.h"

#include <json-glib/json-glib.h>
#include <string.h>

enum { RANK_MAX = 4 };

typedef struct PlanTensor {
    char name[16];
    size_t side[RANK_MAX];
    int rank;
} PlanTensor;

struct SafetensorsWriter {
    FileWriter *file;
    bool half;
};

/* ---- The plan ------------------------------------------------------------------------------------------ */

SafetensorsPlan *safetensors_plan_new(bool half)
{
    SafetensorsPlan *plan = g_new0(SafetensorsPlan, 1);
    plan->half = half;
    plan->metadata = g_ptr_array_new_with_free_func(g_free);
    plan->tensors = g_array_new(FALSE, TRUE, sizeof(PlanTensor));
    return plan;
}

void safetensors_plan_free(SafetensorsPlan *plan)
{
    if (!plan)
        return;
    g_ptr_array_unref(plan->metadata);
    g_array_unref(plan->tensors);
    g_free(plan);
}

void safetensors_plan_text(SafetensorsPlan *plan, const char *name, const char *value)
{
    g_ptr_array_add(plan->metadata, g_strdup(name));
    g_ptr_array_add(plan->metadata, g_utf8_make_valid(value, -1));
}

/* With a decimal point, whatever the locale. */
void safetensors_plan_number(SafetensorsPlan *plan, const char *name, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    safetensors_plan_text(plan, name, g_ascii_formatd(text, sizeof text, "%.9g", value));
}

/* The shortest text that reads as the same float: “0.485”, not “0.485000014”. */
static char *shortest(float value, char text[G_ASCII_DTOSTR_BUF_SIZE])
{
    g_ascii_formatd(text, G_ASCII_DTOSTR_BUF_SIZE, "%.7g", (double)value);
    if ((float)g_ascii_strtod(text, NULL) != value)
        g_ascii_formatd(text, G_ASCII_DTOSTR_BUF_SIZE, "%.9g", (double)value);
    return text;
}

void safetensors_plan_numbers(SafetensorsPlan *plan, const char *name, const float value[3])
{
    char a[G_ASCII_DTOSTR_BUF_SIZE], b[G_ASCII_DTOSTR_BUF_SIZE], c[G_ASCII_DTOSTR_BUF_SIZE];
    char *text =
        g_strdup_printf("%s %s %s", shortest(value[0], a), shortest(value[1], b), shortest(value[2], c));
    safetensors_plan_text(plan, name, text);
    g_free(text);
}

void safetensors_plan_layers(SafetensorsPlan *plan, int layers)
{
    for (int i = 0; i < layers; i++) {
        const Vgg16Layer *l = &vgg16_layers[i];
        const char *number = l->name + strlen("relu");
        PlanTensor weight = {.rank = 4, .side = {(size_t)l->out_channels, (size_t)l->in_channels, 3, 3}};
        PlanTensor bias = {.rank = 1, .side = {(size_t)l->out_channels}};
        g_snprintf(weight.name, sizeof weight.name, "conv%s.weight", number);
        g_snprintf(bias.name, sizeof bias.name, "conv%s.bias", number);
        g_array_append_val(plan->tensors, weight);
        g_array_append_val(plan->tensors, bias);
    }
}

/* ---- The header ---------------------------------------------------------------------------------------- */

static void add_text(JsonBuilder *json, const char *name, const char *value)
{
    json_builder_set_member_name(json, name);
    json_builder_add_string_value(json, value);
}

static void add_list(JsonBuilder *json, const char *name, const size_t *values, int count)
{
    json_builder_set_member_name(json, name);
    json_builder_begin_array(json);
    for (int i = 0; i < count; i++)
        json_builder_add_int_value(json, (gint64)values[i]);
    json_builder_end_array(json);
}

static void add_metadata(JsonBuilder *json, const GPtrArray *metadata)
{
    json_builder_set_member_name(json, "__metadata__");
    json_builder_begin_object(json);
    for (guint i = 0; i + 1 < metadata->len; i += 2)
        add_text(json, metadata->pdata[i], metadata->pdata[i + 1]);
    json_builder_end_object(json);
}

/* Adds one tensor's entry, and moves *offset past its bytes. */
static void add_entry(JsonBuilder *json, const PlanTensor *tensor, bool half, size_t *offset)
{
    size_t bytes = half ? 2 : 4, range[2] = {*offset, 0};
    for (int i = 0; i < tensor->rank; i++)
        bytes *= tensor->side[i];
    range[1] = *offset += bytes;
    json_builder_set_member_name(json, tensor->name);
    json_builder_begin_object(json);
    add_text(json, "dtype", half ? "F16" : "F32");
    add_list(json, "shape", tensor->side, tensor->rank);
    add_list(json, "data_offsets", range, 2);
    json_builder_end_object(json);
}

/* The header as text, which the caller frees with g_free. */
static char *header(const SafetensorsPlan *plan)
{
    size_t offset = 0;
    JsonBuilder *json = json_builder_new_immutable();
    json_builder_begin_object(json);
    add_metadata(json, plan->metadata);
    for (guint i = 0; i < plan->tensors->len; i++)
        add_entry(json, &g_array_index(plan->tensors, PlanTensor, i), plan->half, &offset);
    json_builder_end_object(json);
    JsonNode *root = json_builder_get_root(json);
    char *text = json_to_string(root, FALSE);
    json_node_unref(root);
    g_object_unref(json);
    return text;
}

/* ---- The file ------------------------------------------------------------------------------------------ */

static void put_number(SafetensorsWriter *writer, guint64 value, size_t bytes)
{
    guint8 byte[8];
    for (size_t i = 0; i < bytes; i++)
        byte[i] = (guint8)(value >> 8 * i);
    file_writer_put(writer->file, byte, bytes);
}

static void put_header(SafetensorsWriter *writer, const SafetensorsPlan *plan)
{
    char *text = header(plan);
    size_t length = strlen(text), padded = (length + 7) / 8 * 8;
    put_number(writer, padded, 8);
    file_writer_put(writer->file, text, length);
    file_writer_put(writer->file, "       ", padded - length);
    g_free(text);
}

NstStatus safetensors_write_begin(SafetensorsWriter **out, const char *path, const SafetensorsPlan *plan,
                                  NstError *error)
{
    FileWriter *file;
    NstStatus status = file_writer_new(&file, path, error);
    *out = NULL;
    if (status != NST_OK)
        return status;
    *out = g_new(SafetensorsWriter, 1);
    **out = (SafetensorsWriter){file, plan->half};
    put_header(*out, plan);
    return NST_OK;
}

/* A few thousand numbers at a time: one call for each number would take longer than everything else. */
void safetensors_write_values(SafetensorsWriter *writer, const float *values, size_t count)
{
    enum { BLOCK = 4096 };
    guint8 bytes[BLOCK * 4];
    size_t each = writer->half ? 2 : 4, filled = 0;
    for (size_t i = 0; i < count; i++) {
        guint32 bits;
        memcpy(&bits, &values[i], sizeof bits);
        if (writer->half)
            bits = half_from_float(values[i]);
        for (size_t k = 0; k < each; k++)
            bytes[filled++] = (guint8)(bits >> 8 * k);
        if (filled == BLOCK * each || i + 1 == count) {
            file_writer_put(writer->file, bytes, filled);
            filled = 0;
        }
    }
}

NstStatus safetensors_write_end(SafetensorsWriter *writer, NstError *error)
{
    NstStatus status = file_writer_finish(writer->file, error);
    g_free(writer);
    return status;
}

void safetensors_write_abandon(SafetensorsWriter *writer)
{
    if (!writer)
        return;
    file_writer_abandon(writer->file);
    g_free(writer);
}
