/* network.c: see network.h. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network.h"

#include "check.h"
#include "core/settings/layers.h"
#include "hash.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WEIGHT_STREAM = 100, BIAS_STREAM = 200 }; /* plus the layer */

size_t network_weight_count(int layer)
{
    return 9 * (size_t)vgg16_layers[layer].in_channels * (size_t)vgg16_layers[layer].out_channels;
}

size_t network_bias_count(int layer)
{
    return (size_t)vgg16_layers[layer].out_channels;
}

float *network_weight(int layer)
{
    float scale = (float)sqrt(2.0 / (3.0 * vgg16_layers[layer].in_channels));
    return new_signed(WEIGHT_STREAM + (unsigned)layer, scale, network_weight_count(layer));
}

float *network_bias(int layer)
{
    return new_signed(BIAS_STREAM + (unsigned)layer, 0.1f, network_bias_count(layer));
}

static void add_entry(GString *header, const char *name, bool half, const char *shape, size_t count,
                      size_t *offset)
{
    size_t end = *offset + count * (half ? 2 : 4);
    g_string_append_printf(header,
                           "%s\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%" G_GSIZE_FORMAT
                           ",%" G_GSIZE_FORMAT "]}",
                           header->len > 1 ? "," : "", name, half ? "F16" : "F32", shape, *offset, end);
    *offset = end;
}

char *network_header(int layers, bool half, const char *metadata)
{
    GString *header = g_string_new("{");
    size_t offset = 0;
    if (metadata)
        g_string_append_printf(header, "\"__metadata__\":%s", metadata);
    for (int layer = 0; layer < layers; layer++) {
        const Vgg16Layer *l = &vgg16_layers[layer];
        const char *number = l->name + strlen("relu");
        char name[32], shape[32];
        g_snprintf(name, sizeof name, "conv%s.weight", number);
        g_snprintf(shape, sizeof shape, "%d,%d,3,3", l->out_channels, l->in_channels);
        add_entry(header, name, half, shape, network_weight_count(layer), &offset);
        g_snprintf(name, sizeof name, "conv%s.bias", number);
        g_snprintf(shape, sizeof shape, "%d", l->out_channels);
        add_entry(header, name, half, shape, network_bias_count(layer), &offset);
    }
    return g_string_free(g_string_append_c(header, '}'), FALSE);
}

static void append(GByteArray *data, float *values, size_t count, bool half)
{
    for (size_t i = 0; i < count && half; i++) {
        guint16 bits = GUINT16_TO_LE(half_from_double(values[i]));
        g_byte_array_append(data, (const guint8 *)&bits, sizeof bits);
    }
    if (!half)
        g_byte_array_append(data, (const guint8 *)values, (guint)(count * sizeof *values));
    g_free(values);
}

GByteArray *network_data(int layers, bool half)
{
    GByteArray *data = g_byte_array_new();
    for (int layer = 0; layer < layers; layer++) {
        append(data, network_weight(layer), network_weight_count(layer), half);
        append(data, network_bias(layer), network_bias_count(layer), half);
    }
    return data;
}

GByteArray *safetensors_bytes(const char *header, const GByteArray *data)
{
    GByteArray *bytes = g_byte_array_new();
    size_t length = strlen(header), padded = (length + 7) / 8 * 8;
    guint64 stored = GUINT64_TO_LE((guint64)padded);
    g_byte_array_append(bytes, (const guint8 *)&stored, sizeof stored);
    g_byte_array_append(bytes, (const guint8 *)header, (guint)length);
    g_byte_array_append(bytes, (const guint8 *)"       ", (guint)(padded - length));
    g_byte_array_append(bytes, data->data, data->len);
    return bytes;
}

void bytes_write(const char *path, const void *bytes, size_t size)
{
    /* Or else ext4, when a file's content is replaced, writes it to the disk at once, which takes time. */
    g_remove(path);
    FILE *file = g_fopen(path, "wb");
    g_assert_nonnull(file);
    g_assert_cmpuint(fwrite(bytes, 1, size, file), ==, size);
    g_assert_cmpint(fclose(file), ==, 0);
}

void network_write(const char *path, int layers, const char *metadata)
{
    char *header = network_header(layers, false, metadata);
    GByteArray *data = network_data(layers, false), *bytes = safetensors_bytes(header, data);
    bytes_write(path, bytes->data, bytes->len);
    g_byte_array_unref(bytes);
    g_byte_array_unref(data);
    g_free(header);
}

/* value = mantissa * 2^(exponent - 25) with a mantissa of 1024..2047, or below that when subnormal. */
guint16 half_from_double(double value)
{
    int exponent = 0;
    frexp(fabs(value), &exponent);
    exponent = MAX(exponent + 14, 1);
    int mantissa = (int)nearbyint(ldexp(fabs(value), 25 - exponent));
    /* A mantissa below 1024 takes exponent 0; one of 2048 carries into the exponent by itself. */
    int bits = (exponent - 1) * 1024 + mantissa;
    g_assert_cmpint(bits, <, 31 * 1024);
    return (guint16)(bits | (signbit(value) ? 0x8000 : 0));
}

double half_to_double(guint16 half)
{
    int exponent = half >> 10 & 31, fraction = half & 1023;
    double size = exponent ? (1 + fraction / 1024.0) * pow(2, exponent - 15) : fraction * pow(2, -24);
    return half & 0x8000 ? -size : size;
}
