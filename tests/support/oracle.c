/* oracle.c: the file is 8 bytes of header length, little endian like every machine that this runs on, a JSON
 * header, and the values. Samples are taken at hash32(SAMPLE_STREAM, k) % count, as in reference.py. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oracle.h"

#include "check.h"
#include "hash.h"

#include <json-glib/json-glib.h>
#include <string.h>

enum { SAMPLE_STREAM = 7777 };

struct Oracle {
    char *bytes; /* the whole file */
    gsize size;
    const char *data;
    JsonParser *parser;
    JsonObject *header;
};

Oracle *oracle_open(const char *path)
{
    Oracle *oracle = g_new0(Oracle, 1);
    GError *error = NULL;
    g_file_get_contents(path, &oracle->bytes, &oracle->size, &error);
    g_assert_no_error(error);
    guint64 length;
    memcpy(&length, oracle->bytes, sizeof length);
    length = GUINT64_FROM_LE(length);
    g_assert_cmpuint(length, <=, oracle->size - sizeof length);

    oracle->parser = json_parser_new();
    json_parser_load_from_data(oracle->parser, oracle->bytes + sizeof length, (gssize)length, &error);
    g_assert_no_error(error);
    oracle->header = json_node_get_object(json_parser_get_root(oracle->parser));
    oracle->data = oracle->bytes + sizeof length + length;
    return oracle;
}

Oracle *oracle_open_committed(void)
{
    char *path = source_path("tests/reference/oracle.safetensors");
    Oracle *oracle = oracle_open(path);
    g_free(path);
    return oracle;
}

void oracle_close(Oracle *oracle)
{
    g_object_unref(oracle->parser);
    g_free(oracle->bytes);
    g_free(oracle);
}

static JsonObject *entry_of(const Oracle *oracle, const char *name)
{
    if (!json_object_has_member(oracle->header, name))
        g_error("the oracle holds no “%s”; rebuild it with tests/reference/make_oracle.py", name);
    return json_object_get_object_member(oracle->header, name);
}

size_t oracle_side(const Oracle *oracle, const char *name, unsigned index)
{
    JsonArray *shape = json_object_get_array_member(entry_of(oracle, name), "shape");
    return (size_t)json_array_get_int_element(shape, index);
}

static const float *values_of(const Oracle *oracle, const char *name, size_t *count)
{
    JsonArray *offsets = json_object_get_array_member(entry_of(oracle, name), "data_offsets");
    gint64 begin = json_array_get_int_element(offsets, 0), end = json_array_get_int_element(offsets, 1);
    g_assert_cmpint(end, <=, oracle->size - (gsize)(oracle->data - oracle->bytes));
    *count = (size_t)(end - begin) / sizeof(float);
    return (const float *)(const void *)(oracle->data + begin); /* the writer aligns to 8 bytes */
}

const float *oracle_values(const Oracle *oracle, size_t count, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *name = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    size_t held;
    const float *values = values_of(oracle, name, &held);
    g_assert_cmpuint(held, ==, count);
    g_free(name);
    return values;
}

void oracle_check(const Oracle *oracle, const char *name, size_t count, const float *got, double tolerance)
{
    size_t held;
    const float *want = values_of(oracle, name, &held);
    if (held == count) {
        check_close(name, count, got, want, tolerance);
        return;
    }
    g_assert_cmpuint(held, ==, ORACLE_SAMPLE);
    float sample[ORACLE_SAMPLE];
    for (uint32_t k = 0; k < ORACLE_SAMPLE; k++)
        sample[k] = got[hash32(SAMPLE_STREAM, k) % count];
    check_close(name, ORACLE_SAMPLE, sample, want, tolerance);
}
