/* safetensors_write.c: 8 bytes of header length, a JSON header, and the tensors' numbers, all little-endian.
 * The header is padded with spaces, as the format allows, so that the tensors start at a multiple of 8
 * bytes. */
#include "safetensors_write.h"

#include "half.h"

#include "core/settings/layers.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { RANK_MAX = 4 };

typedef struct PlanTensor {
    char name[16];
    size_t side[RANK_MAX];
    int rank;
} PlanTensor;

struct SafetensorsWriter {
    char *path, *temporary;
    FILE *file;
    bool half;
    int problem; /* errno of the first failure; 0: none so far */
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

static void put(SafetensorsWriter *writer, const void *bytes, size_t count)
{
    if (!writer->problem && fwrite(bytes, 1, count, writer->file) != count)
        writer->problem = errno ? errno : EIO;
}

static void put_number(SafetensorsWriter *writer, guint64 value, size_t bytes)
{
    guint8 byte[8];
    for (size_t i = 0; i < bytes; i++)
        byte[i] = (guint8)(value >> 8 * i);
    put(writer, byte, bytes);
}

static void put_header(SafetensorsWriter *writer, const SafetensorsPlan *plan)
{
    char *text = header(plan);
    size_t length = strlen(text), padded = (length + 7) / 8 * 8;
    put_number(writer, padded, 8);
    put(writer, text, length);
    put(writer, "       ", padded - length);
    g_free(text);
}

static NstStatus fail(NstError *error, const char *path, int problem)
{
    return nst_fail(error, NST_BAD_FILE, "“%s” can't be written: %s", path, g_strerror(problem));
}

NstStatus safetensors_write_begin(SafetensorsWriter **out, const char *path, const SafetensorsPlan *plan,
                                  NstError *error)
{
    *out = NULL;
    if (g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return nst_fail(error, NST_BAD_FILE,
                        "“%s” can't be written: it exists already, and is not a regular file", path);
    char *temporary = g_strconcat(path, ".XXXXXX", NULL);
    int descriptor = g_mkstemp_full(temporary, O_RDWR, 0666);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    if (!file) {
        NstStatus status = fail(error, path, errno);
        if (descriptor >= 0) {
            close(descriptor);
            g_unlink(temporary);
        }
        g_free(temporary);
        return status;
    }
    SafetensorsWriter *writer = g_new0(SafetensorsWriter, 1);
    *writer = (SafetensorsWriter){g_strdup(path), temporary, file, plan->half, 0};
    put_header(writer, plan);
    *out = writer;
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
            put(writer, bytes, filled);
            filled = 0;
        }
    }
}

static void writer_free(SafetensorsWriter *writer)
{
    g_free(writer->path);
    g_free(writer->temporary);
    g_free(writer);
}

/* A full disk may show only when the file is flushed, synced or closed. */
NstStatus safetensors_write_end(SafetensorsWriter *writer, NstError *error)
{
    NstStatus status = NST_OK;
    if (!writer->problem && (fflush(writer->file) != 0 || fsync(fileno(writer->file)) != 0))
        writer->problem = errno;
    if (fclose(writer->file) != 0 && !writer->problem)
        writer->problem = errno;
    if (!writer->problem && g_rename(writer->temporary, writer->path) != 0)
        writer->problem = errno;
    if (writer->problem) {
        g_unlink(writer->temporary);
        status = fail(error, writer->path, writer->problem);
    }
    writer_free(writer);
    return status;
}

void safetensors_write_abandon(SafetensorsWriter *writer)
{
    if (!writer)
        return;
    fclose(writer->file);
    g_unlink(writer->temporary);
    writer_free(writer);
}
