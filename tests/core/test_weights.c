/* test_weights.c: the safetensors reader, on good files and on every kind of damage. A weights file comes
 * from outside: whatever is in it, GIMP must not crash, and the user must read which file is wrong. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/weights/weights.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/made.h"
#include "tests/support/network.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder, *path; /* of the file that the tests write */

/* Reads everything that the file holds; false if a layer is refused. */
static bool read_all(const Weights *weights, NstError *error)
{
    for (int layer = 0; layer < weights_layers(weights); layer++) {
        float *weight = g_new(float, network_weight_count(layer)),
              *bias = g_new(float, network_bias_count(layer));
        NstStatus status = weights_read(weights, layer, weight, bias, error);
        g_free(weight);
        g_free(bias);
        if (status != NST_OK)
            return false;
    }
    return true;
}

/* Asserts that the file at `at` is refused, at opening or at reading, by its name. */
static void assert_refused_at(const char *at, const char *why)
{
    NstError error = {0};
    Weights *weights;
    NstStatus status = weights_open(&weights, at, &error);
    g_assert_true((status == NST_OK) == (weights != NULL));
    if (status == NST_OK && read_all(weights, &error))
        g_error("%s: the file was taken", why);
    weights_close(weights);
    g_test_message("%s: %s", why, error.message);
    g_assert_cmpint(error.status, ==, NST_BAD_FILE);
    char *name = g_path_get_basename(at);
    g_assert_nonnull(strstr(error.message, name));
    g_assert_true(g_utf8_validate(error.message, -1, NULL));
    g_free(name);
}

static void write_bytes(const void *bytes, size_t size)
{
    bytes_write(path, bytes, size);
}

static void write_file(const char *header, const GByteArray *data)
{
    GByteArray *bytes = safetensors_bytes(header, data);
    write_bytes(bytes->data, bytes->len);
    g_byte_array_unref(bytes);
}

/* Guards the normal case: every value of every layer ends up where it belongs, in files of 1, 2 and 3 blocks
 * and of 13 layers. */
static void test_single(void)
{
    static const int layers[] = {1, 2, 4, 7, 13};
    for (size_t i = 0; i < G_N_ELEMENTS(layers); i++) {
        network_write(path, layers[i], NETWORK_METADATA);
        NstError error = {0};
        Weights *weights = made_weights(path);
        g_assert_cmpint(weights_layers(weights), ==, layers[i]);
        g_assert_cmpstr(weights_path(weights), ==, path);
        g_assert_cmpstr(weights_provenance(weights), ==, "hashed numbers");
        g_assert_cmpstr(weights_content_layers(weights), ==, "relu3_3");
        for (int layer = 0; layer < layers[i]; layer++) {
            size_t kernels = network_weight_count(layer), biases = network_bias_count(layer);
            float *want = network_weight(layer), *want_bias = network_bias(layer);
            float *weight = g_new(float, kernels), *bias = g_new(float, biases);
            g_assert_cmpint(weights_read(weights, layer, weight, bias, &error), ==, NST_OK);
            g_assert_cmpmem(weight, kernels * 4, want, kernels * 4);
            g_assert_cmpmem(bias, biases * 4, want_bias, biases * 4);
            g_free(weight);
            g_free(bias);
            g_free(want);
            g_free(want_bias);
        }
        weights_close(weights);
    }
    weights_close(NULL);
}

/* Guards half floats: exponents, subnormals, signs and zeros. conv1_2 has room for every one from 0 to 1024,
 * with both signs. */
static void test_half(void)
{
    enum { LAYER = 1, PATTERNS = 0x6400 };
    char *header = network_header(2, true, NETWORK_METADATA);
    GByteArray *data = network_data(2, true);
    size_t count = network_weight_count(LAYER);
    guint8 *at = data->data + 2 * (network_weight_count(0) + network_bias_count(0));
    for (size_t i = 0; i < count; i++) {
        guint16 bits = (guint16)(i % PATTERNS | (i & 1) << 15);
        at[2 * i] = (guint8)bits;
        at[2 * i + 1] = (guint8)(bits >> 8);
    }
    write_file(header, data);

    Weights *weights = made_weights(path);
    float *weight = g_new(float, count), bias[64];
    g_assert_cmpint(weights_read(weights, LAYER, weight, bias, NULL), ==, NST_OK);
    for (size_t i = 0; i < count; i++) {
        guint16 bits = (guint16)(i % PATTERNS | (i & 1) << 15);
        g_assert_cmpfloat(weight[i], ==, (float)half_to_double(bits));
        g_assert_cmpint(signbit(weight[i]) != 0, ==, bits >> 15);
    }
    g_assert_cmpfloat(weight[0x3c00], ==, 1); /* known from the standard, not from our own arithmetic */
    g_assert_cmpfloat(weight[0x3555], ==, -0.333251953125f);
    g_assert_cmpfloat(weight[2], ==, 0x1p-23f);
    float *hashed = network_bias(LAYER);
    for (int i = 0; i < 64; i++)
        g_assert_cmpfloat(fabs(bias[i] - hashed[i]), <=, 0.1 * 0x1p-11);
    g_free(hashed);
    g_free(weight);
    weights_close(weights);
    g_byte_array_unref(data);
    g_free(header);
}

/* Guards against mixing up the two conventions of published VGG16 files. */
static void test_preprocessing(void)
{
    network_write(path, 1, NETWORK_METADATA_BGR);
    Weights *weights = made_weights(path);
    const Preprocessing *p = weights_preprocessing(weights);
    g_assert_true(p->bgr);
    g_assert_cmpfloat(p->scale, ==, 255);
    g_assert_cmpfloat(p->mean[0], ==, 103.939f);
    g_assert_cmpfloat(p->mean[2], ==, 123.68f);
    g_assert_cmpfloat(p->std[1], ==, 64);
    g_assert_cmpstr(weights_provenance(weights), ==, "");
    weights_close(weights);

    network_write(path, 1, NETWORK_METADATA);
    weights = made_weights(path);
    p = weights_preprocessing(weights);
    g_assert_false(p->bgr);
    g_assert_cmpfloat(p->scale, ==, 1);
    g_assert_cmpfloat(p->mean[0], ==, 0.485f);
    g_assert_cmpfloat(p->std[2], ==, 0.225f);
    weights_close(weights);
}

/* Guards against reading past the end: a download that broke off at any byte of the header, or at many of the
 * data. */
static void test_cut_off(void)
{
    char *header = network_header(2, false, NETWORK_METADATA);
    GByteArray *data = network_data(2, false), *bytes = safetensors_bytes(header, data);
    size_t start = bytes->len - data->len;
    for (size_t length = 0; length < bytes->len; length += length < start + 16 ? 1 : 997) {
        write_bytes(bytes->data, length);
        NstError error = {0};
        Weights *weights;
        if (weights_open(&weights, path, &error) == NST_OK || weights)
            g_error("a file cut at byte %zu of %u was taken", length, bytes->len);
        g_assert_cmpint(error.status, ==, NST_BAD_FILE);
        g_assert_nonnull(strstr(error.message, "weights.safetensors"));
    }
    write_bytes(bytes->data, bytes->len - 1);
    assert_refused_at(path, "one byte short");
    g_byte_array_unref(bytes);
    g_byte_array_unref(data);
    g_free(header);
}

/* Guards header lengths that can't be right: sizes near 2^64 must not wrap round. */
static void test_header_length(void)
{
    char *header = network_header(1, false, NETWORK_METADATA);
    GByteArray *data = network_data(1, false), *bytes = safetensors_bytes(header, data);
    guint64 whole = bytes->len, real = whole - data->len - 8;
    const guint64 lengths[] = {0,          1,           2,          7,
                               real - 1,   real + 1,    whole - 8,  whole - 7,
                               whole,      whole * 2,   1u << 20,   (1u << 20) + 1,
                               1u << 31,   G_MAXUINT32, G_MAXINT64, G_MAXUINT64 - 7,
                               G_MAXUINT64};
    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
        guint64 stored = GUINT64_TO_LE(lengths[i]);
        memcpy(bytes->data, &stored, sizeof stored);
        write_bytes(bytes->data, bytes->len);
        char *why = g_strdup_printf("a header of %" G_GUINT64_FORMAT " bytes", lengths[i]);
        assert_refused_at(path, why);
        g_free(why);
    }
    g_byte_array_unref(bytes);
    g_byte_array_unref(data);
    g_free(header);
}

typedef struct Damage {
    const char *from, *to; /* in the header of a file with two layers */
} Damage;

/* conv1_1.weight 0..6912, conv1_1.bias ..7168, conv1_2.weight ..154624, conv1_2.bias ..154880 */
static const Damage damages[] = {
    /* offsets */
    {"[0,6912]", "[6912,0]"},
    {"[0,6912]", "[0,6911]"},
    {"[0,6912]", "[0,6916]"},
    {"[0,6912]", "[-6912,0]"},
    {"[0,6912]", "[-1,6911]"},
    {"[0,6912]", "[0.0,6912.0]"},
    {"[0,6912]", "[0,\"6912\"]"},
    {"[0,6912]", "[0]"},
    {"[0,6912]", "[0,6912,6912]"},
    {"[0,6912]", "[]"},
    {"[0,6912]", "null"},
    {"[0,6912]", "[9223372036854775807,9223372036854782719]"},
    {"[0,6912]", "[18446744073709551615,6911]"},
    {"[0,6912]", "[4294967296,4294974208]"},
    {"[154624,154880]", "[154880,155136]"},
    {"[154624,154880]", "[154625,154881]"},
    {"[154624,154880]", "[154623,154879]"}, /* overlaps the one before */
    {"[154624,154880]", "[6912,7168]"},     /* another tensor's own bytes */
    {"[154624,154880]", "[0,256]"},         /* inside another tensor */
    /* shapes and types */
    {"[64,3,3,3]", "[3,64,3,3]"},
    {"[64,3,3,3]", "[64,27]"},
    {"[64,3,3,3]", "[64,3,3,3,1]"},
    {"[64,3,3,3]", "[64,3,3,-3]"},
    {"[64,3,3,3]", "[64,3,3,\"3\"]"},
    {"[64,3,3,3]", "{}"},
    {"[64,64,3,3]", "[128,64,3,3]"},
    {"[64,64,3,3]", "[4294967360,64,3,3]"},
    {"\"F32\"", "\"F64\""},
    {"\"F32\"", "\"BF16\""},
    {"\"F32\"", "\"F16\""}, /* with the length of F32 */
    {"\"F32\"", "32"},
    {"\"F32\"", "null"},
    /* members */
    {"\"dtype\"", "\"type\""},
    {"\"shape\"", "\"size\""},
    {"\"data_offsets\"", "\"offsets\""},
    {"conv1_1.weight", "conv0_1.weight"},
    {"conv1_1.bias", "bias"},
    {"conv1_2.bias", "bias"},
    {"\"conv1_1.bias\":{", "\"conv1_1.bias\":[],\"x\":{"},
    {"\"conv1_1.bias\":{", "\"conv1_1.bias\":3,\"x\":{"},
    /* metadata */
    {"\"__metadata__\"", "\"metadata\""},
    {"neural-style-vgg16", "pt"},
    {"\"format\":\"neural-style-vgg16\"", "\"format\":{}"},
    {"\"format\":\"neural-style-vgg16\",", ""},
    {"\"RGB\"", "\"GBR\""},
    {"\"RGB\"", "1"},
    {"\"channels\":\"RGB\",", ""},
    {"\"scale\":\"1\"", "\"scale\":\"0\""},
    {"\"scale\":\"1\"", "\"scale\":\"nan\""},
    {"\"scale\":\"1\"", "\"scale\":1"},
    {"0.485 0.456 0.406", "0.485 0.456"},
    {"0.485 0.456 0.406", "0.485 0.456 0.406 0.4"},
    {"0.485 0.456 0.406", "0.485,0.456,0.406"},
    {"0.485 0.456 0.406", "0.485 0.456 nan"},
    {"0.485 0.456 0.406", "0.485 0.456 1e999"},
    {"0.485 0.456 0.406", ""},
    {"0.229 0.224 0.225", "0.229 0 0.225"},
    {"0.229 0.224 0.225", "0.229 -0.2 0.225"},
    {"0.229 0.224 0.225", "1e-60 1e-60 1e-60"},
    {"\"std\":\"0.229 0.224 0.225\",", ""},
    /* JSON */
    {"\"conv1_2.bias\":{", "\"conv1_2.bias\":{{"},
    {"{\"__metadata__\"", "[\"__metadata__\""},
    {"{\"__metadata__\"", "  \"__metadata__\""},
    {"\"conv1_1.weight\":", "\"conv1_1.weight\""},
    {"\"hashed numbers\"", "\"hashed \xff numbers\""},
    {"\"hashed numbers\"", "\"hashed numbers"},
};

/* Guards each of the header's checks; the log shows which one refused. */
static void test_damaged_header(void)
{
    char *header = network_header(2, false, NETWORK_METADATA);
    GByteArray *data = network_data(2, false);
    for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
        const char *at = strstr(header, damages[i].from);
        g_assert_nonnull(at);
        char *damaged = g_strdup_printf("%.*s%s%s", (int)(at - header), header, damages[i].to,
                                        at + strlen(damages[i].from));
        write_file(damaged, data);
        char *why = g_strdup_printf("%s for %s", damages[i].to, damages[i].from);
        char *valid = g_utf8_make_valid(why, -1);
        assert_refused_at(path, valid);
        g_free(valid);
        g_free(why);
        g_free(damaged);
    }
    g_byte_array_unref(data);
    g_free(header);
}

/* Guards the JSON parser, which recurses: a header of nothing but brackets must not eat the stack. */
static void test_deep_header(void)
{
    static const char *const openings[] = {"[", "{\"a\":", "[{\"a\":"};
    GByteArray *data = network_data(1, false);
    for (size_t i = 0; i < G_N_ELEMENTS(openings); i++)
        for (int in_object = 0; in_object < 2; in_object++) {
            GString *header = g_string_new(in_object ? "{\"a\":" : "{\"a\":\"\\\"\",\"b\":");
            while (header->len < 900000)
                g_string_append(header, openings[i]);
            write_file(header->str, data);
            assert_refused_at(path, "deeply nested");
            g_string_free(header, TRUE);
        }
    g_byte_array_unref(data);
}

/* Guards a layer missing in the middle: the file ends there, or is refused; the layer is never skipped. */
static void test_gap(void)
{
    char *header = network_header(3, false, NETWORK_METADATA), *at = strstr(header, "conv1_2.weight");
    GByteArray *data = network_data(3, false);
    memcpy(at, "other.tensor__", strlen("conv1_2.weight"));
    write_file(header, data);
    NstError error = {0};
    Weights *weights;
    NstStatus status = weights_open(&weights, path, &error);
    if (status == NST_OK)
        g_assert_cmpint(weights_layers(weights), ==, 1);
    else
        g_assert_cmpint(status, ==, NST_BAD_FILE);
    weights_close(weights);
    g_byte_array_unref(data);
    g_free(header);
}

/* Guards against a picture full of NaN after half an hour: values that are not finite are refused at the
 * start. */
static void test_not_finite(void)
{
    static const guint32 bits[] = {0x7fc00000, 0x7f800000, 0xff800000, 0x7f800001, 0xffffffff};
    char *header = network_header(1, false, NETWORK_METADATA);
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(bits); i++) {
        GByteArray *data = network_data(1, false);
        guint32 stored = GUINT32_TO_LE(bits[i / 2]);
        memcpy(data->data + (i % 2 ? data->len - 4 : 400), &stored, sizeof stored);
        write_file(header, data);
        assert_refused_at(path, i % 2 ? "a bias that is not finite" : "a weight that is not finite");
        g_byte_array_unref(data);
    }
    g_free(header);
    header = network_header(1, true, NETWORK_METADATA);
    GByteArray *data = network_data(1, true);
    data->data[101] = 0x7c;
    write_file(header, data);
    assert_refused_at(path, "a half float that is not finite");
    g_byte_array_unref(data);
    g_free(header);
}

/* Guards what users really pick by mistake. */
static void test_foreign(void)
{
    static const guint8 png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\10\2\0\0\0\xd3\x10?1";
    static const guint8 zip[] = "PK\3\4\0\0\0\0\0\0\0\0\0\0\0\0archive/data.pkl";
    static const guint8 pickle[] = "\x80\2\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.\x80\2M\xe9\3.";
    static const char text[] = "name=value, and then nothing that means anything to anybody\n";
    write_bytes("", 0);
    assert_refused_at(path, "an empty file");
    write_bytes(png, sizeof png);
    assert_refused_at(path, "a PNG");
    write_bytes(zip, sizeof zip);
    assert_refused_at(path, "a PyTorch file");
    write_bytes(pickle, sizeof pickle);
    assert_refused_at(path, "an old PyTorch file");
    write_bytes(text, sizeof text - 1);
    assert_refused_at(path, "a text file");
    write_bytes("{}", 2);
    assert_refused_at(path, "JSON alone");
    write_bytes("\2\0\0\0\0\0\0\0{}", 10);
    assert_refused_at(path, "a safetensors file without tensors");

    char *wide = g_strnfill(100000, '\0');
    write_bytes(wide, 100000);
    assert_refused_at(path, "zeros");
    g_free(wide);
    assert_refused_at(folder, "a folder");
    char *missing = g_build_filename(folder, "no such file.safetensors", NULL);
    assert_refused_at(missing, "a missing file");
    g_free(missing);
}

/* Guards against opening something that never ends or never begins: a pipe would hang GIMP forever. */
static void test_special_files(void)
{
    char *pipe = g_build_filename(folder, "pipe.safetensors", NULL);
    g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
    assert_refused_at(pipe, "a named pipe");
    g_free(pipe);
    assert_refused_at("/dev/zero", "an endless device");
}

/* Guards file names: any letters, bytes that are not UTF-8 (GIMP would show garbage), and a name longer than
 * the message. */
static void test_names(void)
{
    char *name = g_build_filename(folder, "größe %s%n 名.safetensors", NULL);
    assert_refused_at(name, "a name with letters and per cents");
    g_free(name);
    NstError error = {0};
    Weights *weights;
    g_assert_cmpint(weights_open(&weights, "no \xff\xc3 file", &error), ==, NST_BAD_FILE);
    g_assert_null(weights);
    g_assert_true(g_utf8_validate(error.message, -1, NULL));
    g_assert_nonnull(strstr(error.message, "no ?? file"));
    char *length = g_strnfill(2000, 'x');
    g_assert_cmpint(weights_open(&weights, length, &error), ==, NST_BAD_FILE);
    g_assert_null(weights);
    g_assert_cmpint(weights_open(&weights, length, NULL), ==, NST_BAD_FILE);
    g_assert_cmpuint(strlen(error.message), <, NST_MESSAGE_SIZE);
    g_free(length);
}

/* Guards a network that is kept while its file may change: the stamp fits the file that was opened and no
 * other. */
static void test_stamp(void)
{
    char *other = g_build_filename(folder, "other.safetensors", NULL);
    network_write(path, 1, NETWORK_METADATA);
    Weights *weights = made_weights(path);
    WeightsStamp stamp = weights_stamp(weights);
    g_assert_true(weights_stamp_matches(&stamp, path));
    weights_close(weights);
    weights = made_weights(path);
    WeightsStamp again = weights_stamp(weights);
    g_assert_true(weights_stamp_matches(&again, path));
    weights_close(weights);
    g_assert_true(weights_stamp_matches(&stamp, path)); /* reading changes nothing */
    g_assert_false(weights_stamp_matches(&stamp, other));
    g_assert_false(weights_stamp_matches(&(WeightsStamp){0}, other));
    g_assert_false(weights_stamp_matches(&(WeightsStamp){0}, path));

    /* One thing changed at a time: the size; the time by a nanosecond; the file behind the name. */
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT},
                                {.tv_sec = (time_t)stamp.seconds, .tv_nsec = (long)stamp.nanoseconds}};
    FILE *file = g_fopen(path, "ab");
    g_assert_cmpint(fputc(0, file), ==, 0);
    g_assert_cmpint(fclose(file), ==, 0);
    g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
    g_assert_false(weights_stamp_matches(&stamp, path));
    g_assert_cmpint(truncate(path, (off_t)stamp.size), ==, 0);
    g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
    g_assert_true(weights_stamp_matches(&stamp, path));
    times[1].tv_nsec += times[1].tv_nsec > 0 ? -1 : 1;
    g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
    g_assert_false(weights_stamp_matches(&stamp, path));

    times[1].tv_nsec = (long)stamp.nanoseconds;
    network_write(other, 1, NETWORK_METADATA);
    g_assert_cmpint(utimensat(AT_FDCWD, other, times, 0), ==, 0);
    g_assert_cmpint(g_rename(other, path), ==, 0);
    g_assert_false(weights_stamp_matches(&stamp, path));
    g_free(other);
}

/* Guards against a file that shrinks while it is open, which killed the process when it was mapped. */
static void test_shrinks(void)
{
    enum { LAYER = 0 };
    network_write(path, 1, NETWORK_METADATA);
    Weights *weights = made_weights(path);
    float weight[64 * 3 * 9], bias[64];
    NstError error = {0};
    g_assert_cmpint(truncate(path, 4096), ==, 0);
    g_assert_cmpint(weights_read(weights, LAYER, weight, bias, &error), ==, NST_BAD_FILE);
    g_assert_nonnull(strstr(error.message, path));
    g_assert_nonnull(strstr(error.message, "cut off"));
    weights_close(weights);
}

/* Guards what the cases above miss: flips bytes, mostly in the header, and cuts. The file is accepted or
 * refused by name, and (under AddressSanitizer) nothing outside it is read. The seed is fixed, so failures
 * are reproducible. */
static void test_fuzz(void)
{
    enum { FLIPS_MAX = 4 };
    unsigned rounds = SANITIZED ? 4000 : 20000, taken = 0;
    char *header = network_header(1, false, NETWORK_METADATA);
    GByteArray *data = network_data(1, false), *bytes = safetensors_bytes(header, data);
    size_t header_size = bytes->len - data->len;
    guint8 *copy = g_malloc(bytes->len);
    for (unsigned round = 0; round < rounds; round++) {
        memcpy(copy, bytes->data, bytes->len);
        unsigned flips = 1 + hash32(1, round) % FLIPS_MAX;
        for (unsigned k = 0; k < flips; k++) {
            uint32_t where = hash32(2, round * FLIPS_MAX + k), what = hash32(3, round * FLIPS_MAX + k);
            size_t range = where % 16 ? header_size : bytes->len;
            /* Half of the time, a character that means something to a JSON parser. */
            copy[where / 16 % range] =
                (guint8)(what & 1 ? "{}[]\",:\\09-+eE. \n"[what / 2 % 17] : (int)(what >> 8));
        }
        size_t length = hash32(4, round) % 8 ? bytes->len : hash32(5, round) % bytes->len;
        write_bytes(copy, length);

        NstError error = {0};
        Weights *weights;
        bool ok = weights_open(&weights, path, &error) == NST_OK && read_all(weights, &error);
        weights_close(weights);
        taken += ok;
        if (!ok && (error.status != NST_BAD_FILE || !strstr(error.message, "weights.safetensors") ||
                    !g_utf8_validate(error.message, -1, NULL)))
            g_error("round %u: status %d, “%s”", round, error.status, error.message);
    }
    g_test_message("%u of %u damaged files could still be used", taken, rounds);
    g_assert_cmpuint(taken, <, rounds);
    g_free(copy);
    g_byte_array_unref(bytes);
    g_byte_array_unref(data);
    g_free(header);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = temp_folder();
    path = g_build_filename(folder, "weights.safetensors", NULL);
    g_test_add_func("/weights/float32, 1 to 13 layers", test_single);
    g_test_add_func("/weights/float16", test_half);
    g_test_add_func("/weights/preprocessing", test_preprocessing);
    g_test_add_func("/weights/cut off", test_cut_off);
    g_test_add_func("/weights/header length", test_header_length);
    g_test_add_func("/weights/damaged header", test_damaged_header);
    g_test_add_func("/weights/deeply nested header", test_deep_header);
    g_test_add_func("/weights/a missing layer", test_gap);
    g_test_add_func("/weights/values that are not finite", test_not_finite);
    g_test_add_func("/weights/foreign files", test_foreign);
    g_test_add_func("/weights/cut off while open", test_shrinks);
    g_test_add_func("/weights/pipes and devices", test_special_files);
    g_test_add_func("/weights/names", test_names);
    g_test_add_func("/weights/a stamp", test_stamp);
    g_test_add_func("/weights/flipped bytes", test_fuzz);
    int status = g_test_run();
    g_free(path);
    temp_remove(folder);
    return status;
}
