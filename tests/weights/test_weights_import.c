/* test_weights_import.c: published VGG16s, in every layout that their publishers use, are imported to the
 * bit. A file that isn't a VGG16, is damaged or is malicious is refused quickly, with a message that names
 * it, and leaves nothing behind.
 *
 * The files are written by the publishers' own libraries (h5py, PyTorch; reference/weight_files.py) from the
 * ImageNet VGG16 in NST_SHARED, by default ../shared. Where a library or the VGG16 is missing, the tests are
 * skipped. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/weights/weights.h"
#include "tests/support/check.h"
#include "tests/support/hash.h"
#include "tests/support/made.h"
#include "tests/support/network.h"
#include "weights/import/import.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *shared, *folder, *out; /* out: the file that imports write */
static char *reason;                /* to skip the tests; NULL: none */

/* ---- Help ---------------------------------------------------------------------------------------------- */

static char *in_folder(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static bool have(const char *path)
{
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* Runs a command and collects its stdout and stderr. Returns whether it exited with 0. */
static bool run(const char *const *argv, char **said, char **complained)
{
    int status = 1;
    GError *problem = NULL;
    g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, said, complained, &status, &problem);
    g_assert_no_error(problem);
    return g_spawn_check_wait_status(status, NULL);
}

static bool run_script(const char *a, const char *b, const char *c)
{
    char *script = source_path("tests/reference/weight_files.py"), *said, *complained;
    bool good = run((const char *[]){"/usr/bin/python3", "-B", script, a, b, c, NULL}, &said, &complained);
    g_test_message("%s%s", said, complained);
    g_free(said);
    g_free(complained);
    g_free(script);
    return good;
}

static bool python_has_all(void)
{
    int status = 1;
    bool ran = g_spawn_command_line_sync("/usr/bin/python3 -c 'import numpy, torch, h5py'", NULL, NULL,
                                         &status, NULL);
    return ran && g_spawn_check_wait_status(status, NULL);
}

static void prepare(void)
{
    const char *given = g_getenv("NST_SHARED");
    shared = given ? g_strdup(given) : source_path("../shared");
    char *real = g_build_filename(shared, "imagenet-vgg16/conv3_3.weight.npy", NULL);
    if (!have(real))
        reason = g_strdup_printf("no imagenet-vgg16 in %s (NST_SHARED)", shared);
    else if (!python_has_all())
        reason = g_strdup("no python3-torch, python3-h5py, python3-numpy");
    else
        g_assert_true(run_script("make", shared, folder));
    g_free(real);
}

static bool skipped(void)
{
    if (reason)
        g_test_skip(reason);
    return reason != NULL;
}

/* Whether this build can't read the file's format. */
static bool left_out(const char *name)
{
    return (!WITH_HDF5 && g_str_has_suffix(name, ".h5")) ||
           (!WITH_LIBZIP && g_str_has_suffix(name, ".pth") && !g_str_has_suffix(name, "-legacy.pth"));
}

static NstStatus import(const char *path, const ImportOptions *options, NstError *error)
{
    GString *said = g_string_new(NULL);
    g_remove(out);
    NstStatus status = import_file(path, out, options, said, error);
    g_test_message("%s%s", said->str, error->message);
    g_string_free(said, TRUE);
    return status;
}

/* Asserts that there is nothing at `out`, and no unfinished file beside it. */
static void assert_nothing_left(void)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    char *base = g_path_get_basename(out);
    for (const char *name; (name = g_dir_read_name(dir));)
        if (g_str_has_prefix(name, base) || g_str_has_prefix(name, ".neural-style"))
            g_error("%s was left behind", name);
    g_dir_close(dir);
    g_free(base);
}

static Weights *open_out(void)
{
    return made_weights(out);
}

static void assert_input(const Weights *weights, const char *channels, float scale, const float mean[3],
                         const float std[3])
{
    const Preprocessing *p = weights_preprocessing(weights);
    g_assert_cmpstr(p->bgr ? "BGR" : "RGB", ==, channels);
    g_assert_cmpfloat(p->scale, ==, scale);
    g_assert_cmpmem(p->mean, sizeof p->mean, mean, 3 * sizeof *mean);
    g_assert_cmpmem(p->std, sizeof p->std, std, 3 * sizeof *std);
}

static const float caffe_mean[] = {103.939f, 116.779f, 123.68f}, caffe_rgb[] = {123.68f, 116.779f, 103.939f},
                   ones[] = {1, 1, 1}, torch_mean[] = {0.485f, 0.456f, 0.406f},
                   torch_std[] = {0.229f, 0.224f, 0.225f};

/* ---- Good files ---------------------------------------------------------------------------------------- */

/* The numbers that the script wrote for a layer; with half, the float16 values nearest to them. */
static float *expected(const char *prefix, int layer, const char *part, size_t count, bool half)
{
    char *name = g_strdup_printf("%s/expected-%s%s.%s", folder, prefix, vgg16_layers[layer].name + 4, part);
    char *bytes;
    gsize size;
    g_assert_true(g_file_get_contents(name, &bytes, &size, NULL));
    g_assert_cmpuint(size, ==, count * sizeof(float));
    float *values = (float *)(void *)bytes;
    for (size_t i = 0; i < count; i++)
        values[i] = half ? (float)half_to_double(half_from_double((double)values[i])) : values[i];
    g_free(name);
    return values;
}

static void assert_layer(const Weights *weights, int layer, const char *prefix, bool half)
{
    NstError error = {0};
    size_t kernels = network_weight_count(layer), biases = network_bias_count(layer);
    float *weight = g_new(float, kernels), *bias = g_new(float, biases);
    float *want = expected(prefix, layer, "weight", kernels, half);
    float *want_bias = expected(prefix, layer, "bias", biases, half);
    g_assert_cmpint(weights_read(weights, layer, weight, bias, &error), ==, NST_OK);
    g_assert_cmpmem(weight, kernels * sizeof *weight, want, kernels * sizeof *want);
    g_assert_cmpmem(bias, biases * sizeof *bias, want_bias, biases * sizeof *want_bias);
    g_free(weight);
    g_free(bias);
    g_free(want);
    g_free(want_bias);
}

typedef struct Good {
    const char *name;
    int layers;
    const char *prefix; /* of the script's expected-* files */
    bool half;
} Good;

static const Good good[] = {
    {"keras-old.h5", 7, "conv", false},
    {"keras-old-top.h5", 13, "conv", false}, /* its fully connected layers have no bytes: reading one fails */
    {"keras-new.h5", 7, "conv", false},
    {"keras-new-top.h5", 7, "conv", false},
    {"keras-model.h5", 7, "conv", false},
    {"keras-packed.h5", 7, "conv", false},
    {"torchvision.safetensors", 13, "conv", false},
    {"timm.safetensors", 7, "conv", false},
    {"module.safetensors", 7, "conv", false},
    {"bare.safetensors", 7, "conv", false},
    {"caffe-names.safetensors", 7, "conv", false},
    {"reversed.safetensors", 7, "conv", false},
    {"colours.safetensors", 7, "conv", false},
    {"double.safetensors", 7, "conv", false},
    {"half.safetensors", 7, "conv", true},
    {"bfloat.safetensors", 7, "bfloat", false},
    {"torchvision.pth", 7, "conv", false},
    {"torchvision-legacy.pth", 7, "conv", false},
};

/* Guards what the whole program promises: every layout, every number in its place, and Caffe's convention
 * recognised by its filters, whatever the format. */
static void test_layouts(void)
{
    if (skipped())
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        if (left_out(good[i].name))
            continue;
        NstError error = {0};
        char *path = in_folder(good[i].name);
        g_assert_cmpint(import(path, &(ImportOptions){0}, &error), ==, NST_OK);
        Weights *weights = open_out();
        g_assert_cmpint(weights_layers(weights), ==, good[i].layers);
        for (int layer = 0; layer < good[i].layers; layer++)
            assert_layer(weights, layer, good[i].prefix, good[i].half);
        assert_input(weights, "BGR", 255, caffe_mean, ones);
        g_assert_nonnull(strstr(weights_provenance(weights), good[i].name));
        g_assert_cmpint(strstr(weights_provenance(weights), "conv4_1 to conv5_3 are missing") != NULL, ==,
                        good[i].layers < VGG16_LAYERS);
        weights_close(weights);
        g_free(path);
    }
}

/* Guards the provenance: its hash is the file's, as another program computes it. */
static void test_hash(void)
{
    if (skipped())
        return;
    NstError error = {0};
    char *path = in_folder("bare.safetensors"), *said, *complained;
    g_assert_cmpint(import(path, &(ImportOptions){0}, &error), ==, NST_OK);
    g_assert_true(run((const char *[]){"/usr/bin/env", "sha256sum", path, NULL}, &said, &complained));
    said[64] = '\0';
    Weights *weights = open_out();
    g_assert_nonnull(strstr(weights_provenance(weights), said));
    weights_close(weights);
    g_free(said);
    g_free(complained);
    g_free(path);
}

/* Guards the real legacy files: parts of a VGG19 after a layer that turns RGB from 0 to 1 into Caffe's input.
 * That layer becomes preprocessing; the rest is compared with what PyTorch itself reads. */
static void test_real(void)
{
    if (skipped())
        return;
    char *path = g_build_filename(shared, "weight-files/legacy-vgg19-normalised-conv2_1.pth", NULL);
    if (have(path)) {
        NstError error = {0};
        g_assert_cmpint(import(path, &(ImportOptions){0}, &error), ==, NST_OK);
        Weights *weights = open_out();
        g_assert_cmpint(weights_layers(weights), ==, 3);
        for (int layer = 0; layer < 3; layer++)
            assert_layer(weights, layer, "legacy", false);
        assert_input(weights, "BGR", 255, caffe_mean, ones);
        g_assert_nonnull(strstr(weights_provenance(weights), "VGG19"));
        weights_close(weights);
    } else {
        g_test_skip("no weight-files in shared");
    }
    g_free(path);
}

/* Guards the folding: PyTorch evaluates the convolutions with their batch norms, and the imported ones
 * without. */
static void test_batch_norm(void)
{
    if (skipped())
        return;
    NstError error = {0};
    char *path = in_folder("bn.safetensors"), *state = in_folder("bn.pth");
    g_assert_cmpint(import(path, &(ImportOptions){0}, &error), ==, NST_OK);
    Weights *weights = open_out();
    g_assert_cmpint(weights_layers(weights), ==, 7);
    g_assert_nonnull(strstr(weights_provenance(weights), "batch norms were folded"));
    weights_close(weights);
    g_assert_true(run_script("compare", state, out));
    g_free(path);
    g_free(state);
}

/* ---- Conventions --------------------------------------------------------------------------------------- */

/* Guards the guess on the same filters in other conventions: reordered to RGB, and reordered and scaled to
 * torchvision's input. */
static void test_conventions(void)
{
    if (skipped())
        return;
    NstError error = {0};
    char *converted = in_folder("converted.safetensors"), *flipped = in_folder("flipped.safetensors");
    g_assert_cmpint(import(converted, &(ImportOptions){0}, &error), ==, NST_OK);
    Weights *weights = open_out();
    assert_input(weights, "RGB", 1, torch_mean, torch_std);
    assert_layer(weights, 0, "converted", false);
    weights_close(weights);
    g_assert_cmpint(import(flipped, &(ImportOptions){0}, &error), ==, NST_OK);
    weights = open_out();
    assert_input(weights, "RGB", 255, caffe_rgb, ones);
    assert_layer(weights, 0, "flipped", false);
    weights_close(weights);
    g_free(converted);
    g_free(flipped);
}

/* Guards what is inferred from biases and energies, on filters made for it. 25 of 64 biases below 0, as in
 * torchvision's, are thresholds; channels that are all alike reveal nothing, and then the scale (or Keras)
 * decides. */
static void test_guess(void)
{
    Convention c;
    float *weight = new_signed(7, 0.3f, 64 * 27), bias[64];
    for (int f = 0; f < 64; f++) {
        bias[f] = f < 25 ? -0.5f : 0.4f;
        for (int i = 0; i < 9; i++) {
            weight[f * 27 + i] *= 1.2f; /* red */
            weight[f * 27 + 18 + i] = weight[f * 27 + i] / 1.2f;
        }
    }
    convention_guess(&c, weight, bias, false);
    g_test_message("%s", c.reason);
    g_assert_cmpfloat(c.input.scale, ==, 1);
    g_assert_false(c.input.bgr);
    for (int f = 0; f < 64; f++) {
        bias[f] = f < 1 ? -0.01f : 0.5f;
        for (int i = 0; i < 9; i++)
            weight[f * 27 + i] = (f % 2 ? 1.1f : 1 / 1.1f) * weight[f * 27 + 18 + i];
    }
    convention_guess(&c, weight, bias, false);
    g_test_message("%s", c.reason);
    g_assert_cmpfloat(c.input.scale, ==, 255);
    g_assert_true(c.input.bgr);
    g_assert_nonnull(strstr(c.reason, "unclear"));
    for (int f = 0; f < 64; f++)
        bias[f] = f < 9 ? -0.5f : 0.5f; /* between the two conventions */
    for (int keras = 0; keras < 2; keras++) {
        convention_guess(&c, weight, bias, keras);
        g_test_message("%s", c.reason);
        g_assert_cmpfloat(c.input.scale, ==, keras ? 255 : 1);
    }
    g_free(weight);
}

/* Guards the options, which overrule the guess, and guards against values that make no sense. */
static void test_wishes(void)
{
    if (skipped())
        return;
    static const ConventionWishes wrong[] = {{.channels = "GBR"},  {.channels = "rgb"}, {.scale = "2"},
                                             {.scale = "255.0"},   {.mean = "1 2"},     {.mean = "1 2 3 4"},
                                             {.mean = "a b c"},    {.mean = "1 2 nan"}, {.std = "1 1 0"},
                                             {.std = "1 1 -1"},    {.std = "1,1,1"},    {.std = ""},
                                             {.mean = "1 1 1e30"}, {.std = "1 1 1e-30"}};
    NstError error = {0};
    char *path = in_folder("small.safetensors");
    ImportOptions wishes = {.wishes = {"RGB", "1", NULL, NULL}};
    g_assert_cmpint(import(path, &wishes, &error), ==, NST_OK);
    Weights *weights = open_out();
    assert_input(weights, "RGB", 1, torch_mean, torch_std);
    weights_close(weights);
    wishes.wishes = (ConventionWishes){NULL, NULL, "1 -2.5 3e-3", "0.1 0.2 0.3"};
    g_assert_cmpint(import(path, &wishes, &error), ==, NST_OK);
    weights = open_out();
    assert_input(weights, "BGR", 255, (float[]){1, -2.5f, 3e-3f}, (float[]){0.1f, 0.2f, 0.3f});
    weights_close(weights);
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        wishes.wishes = wrong[i];
        g_assert_cmpint(import(path, &wishes, &error), ==, NST_BAD_ARGUMENT);
        assert_nothing_left();
    }
    g_free(path);
}

/* ---- Bad files ----------------------------------------------------------------------------------------- */

/* Processor seconds of this process and of its finished children. */
static double processor_seconds(void)
{
    double seconds = 0;
    struct rusage usage;
    for (int who = 0; who < 2; who++) {
        getrusage(who ? RUSAGE_CHILDREN : RUSAGE_SELF, &usage);
        seconds += (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                   1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    }
    return seconds;
}

/* The peak memory of importing this file in MiB, mapped files included. Measured in a process of its own, so
 * that its children's count starts at 0. */
static int import_memory(const char *path)
{
    int status = 0;
    pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        struct rusage self, children;
        NstError error = {0};
        GString *said = g_string_new(NULL);
        import_file(path, out, &(ImportOptions){0}, said, &error);
        getrusage(RUSAGE_SELF, &self);
        getrusage(RUSAGE_CHILDREN, &children);
        _exit((int)MIN(255, (self.ru_maxrss + children.ru_maxrss) >> 11)); /* in 2 MiB: a status has 8 bits */
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFEXITED(status));
    return 2 * WEXITSTATUS(status);
}

/* Imports a file that may be bad. Either it is imported correctly, or the refusal names it and nothing is
 * left behind; both within a second of processor time. Returns whether it was imported. */
static bool survives(const char *path, const char *what)
{
    NstError error = {0};
    double began = processor_seconds();
    GString *said = g_string_new(NULL);
    g_remove(out);
    NstStatus status = import_file(path, out, &(ImportOptions){0}, said, &error);
    double seconds = processor_seconds() - began;
    g_assert_true(g_utf8_validate(said->str, -1, NULL));
    g_string_free(said, TRUE);
    if (seconds > (SANITIZED ? 5 : 1))
        g_error("%s took %.2f s: %s", what, seconds, error.message);
    if (status != NST_OK) {
        char *name = g_path_get_basename(path);
        if (status != NST_BAD_FILE || !strstr(error.message, name) ||
            !g_utf8_validate(error.message, -1, NULL))
            g_error("%s: status %d, “%s”", what, status, error.message);
        assert_nothing_left();
        g_free(name);
        return false;
    }
    said = g_string_new(NULL);
    if (import_verify(out, said, &error) != NST_OK)
        g_error("%s: what was written is bad: %s", what, error.message);
    g_string_free(said, TRUE);
    return true;
}

/* Guards every refusal: other networks (VGG19, VGG13), wrong shapes, links and storages that lead outside the
 * file, sizes with nothing behind them, NaN. The printed messages show the reasons. */
static void test_refused(void)
{
    if (skipped())
        return;
    GDir *dir = g_dir_open(folder, 0, NULL);
    int refused = 0;
    for (const char *name; (name = g_dir_read_name(dir));) {
        if (!g_str_has_prefix(name, "bad-") || left_out(name))
            continue;
        NstError error = {0};
        char *path = in_folder(name);
        if (survives(path, name))
            g_error("%s was imported", name);
        import(path, &(ImportOptions){0}, &error);
        refused++;
        if (strstr(name, "vgg1")) {
            g_assert_nonnull(
                strstr(error.message, strstr(name, "vgg19") ? "it is a VGG19" : "it is a VGG13"));
        }
        g_free(path);
    }
    g_dir_close(dir);
    g_assert_cmpint(refused, ==, 15 + (WITH_HDF5 ? 13 : 0)); /* all that the script writes */
    char *missing = in_folder("no such file"), *pipe = in_folder("pipe"), *empty = in_folder("empty");
    g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
    bytes_write(empty, "", 0);
    g_assert_false(survives(missing, "a missing file"));
    g_assert_false(survives(pipe, "a pipe"));
    g_assert_false(survives(empty, "an empty file"));
    g_assert_false(survives(folder, "a folder"));
    g_free(missing);
    g_free(pipe);
    g_free(empty);
}

static const char *const small[] = {"small.safetensors", "small.h5", "small-packed.h5"};

/* Guards against downloads that were cut off, at every 1/64 of the file. */
static void test_cut(void)
{
    if (skipped())
        return;
    char *cut = in_folder("cut");
    for (size_t i = 0; i < G_N_ELEMENTS(small); i++) {
        if (left_out(small[i]))
            continue;
        char *path = in_folder(small[i]), *bytes;
        gsize size;
        g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
        for (gsize part = 0; part < 64; part++) {
            char *what = g_strdup_printf("%s cut at %" G_GSIZE_FORMAT "/64", small[i], part);
            bytes_write(cut, bytes, size * part / 64);
            if (survives(cut, what))
                g_error("%s was imported", what);
            g_free(what);
        }
        bytes_write(cut, bytes, size);
        g_assert_true(survives(cut, "the whole file"));
        g_free(bytes);
        g_free(path);
    }
    g_free(cut);
}

/* Guards against everything nobody thought of. Half of the flips are in the first and the last 4 KiB, where
 * the formats say what lies where. */
static void test_flips(void)
{
    if (skipped())
        return;
    const unsigned rounds = SANITIZED ? 40 : 200;
    char *flipped = in_folder("flipped");
    for (unsigned i = 0; i < G_N_ELEMENTS(small); i++) {
        if (left_out(small[i]))
            continue;
        unsigned taken = 0;
        char *path = in_folder(small[i]), *bytes;
        gsize size;
        g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
        for (unsigned round = 0; round < rounds; round++) {
            char *copy = g_memdup2(bytes, size);
            for (unsigned k = 0; k < 1 + round % 4; k++) {
                guint32 where = hash32(40 + i, 8 * round + k), bit = hash32(50 + i, 8 * round + k) % 8;
                gsize near = where / 4 % MIN(4096, size);
                gsize at = where % 4 == 0 ? near : where % 4 == 1 ? size - 1 - near : where % size;
                copy[at] = (char)(copy[at] ^ (1 << bit));
            }
            char *what = g_strdup_printf("%s, round %u", small[i], round);
            bytes_write(flipped, copy, size);
            taken += survives(flipped, what);
            g_free(what);
            g_free(copy);
        }
        g_test_message("%s: %u of %u files with flipped bits could still be used", small[i], taken, rounds);
        g_assert_cmpuint(taken, <, rounds);
        g_free(bytes);
        g_free(path);
    }
    g_free(flipped);
}

/* Guards the use of memory: on whole files of 59 MB, one of them with 411 MB of fully connected layers in
 * addition, and on claims of 10 GB. */
static void test_memory(void)
{
    if (skipped())
        return;
    GDir *dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        bool claims = g_str_has_prefix(name, "bad-") && !left_out(name);
        if (!claims && strcmp(name, "keras-old-top.h5") != 0 && strcmp(name, "torchvision.safetensors") != 0)
            continue;
        char *path = in_folder(name);
        int memory = import_memory(path);
        g_test_message("%s: %d MiB", name, memory);
        g_assert_cmpint(memory, <, claims ? 100 : 200);
        g_free(path);
    }
    g_dir_close(dir);
}

/* ---- Writing ------------------------------------------------------------------------------------------- */

/* Guards float16: each number is the nearest one, and none becomes infinite silently. */
static void test_half(void)
{
    if (skipped())
        return;
    NstError error = {0};
    char *path = in_folder("bare.safetensors"), *large = in_folder("large.safetensors");
    g_assert_cmpint(import(path, &(ImportOptions){.half = true}, &error), ==, NST_OK);
    Weights *weights = open_out();
    for (int layer = 0; layer < weights_layers(weights); layer++)
        assert_layer(weights, layer, "conv", true);
    weights_close(weights);
    g_assert_cmpint(import(large, &(ImportOptions){.half = true}, &error), ==, NST_BAD_FILE);
    g_assert_nonnull(strstr(error.message, "float16"));
    assert_nothing_left();
    g_assert_cmpint(import(large, &(ImportOptions){0}, &error), ==, NST_OK);
    g_free(path);
    g_free(large);
}

/* Guards the messages about paths that can't be written: a folder's name, a missing folder, a full device. */
static void test_no_place(void)
{
    if (skipped())
        return;
    GString *said = g_string_new(NULL);
    char *path = in_folder("small.safetensors"), *missing = in_folder("missing/out.safetensors");
    const char *const places[] = {missing, folder, "/dev/full"};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        NstError error = {0};
        g_assert_cmpint(import_file(path, places[i], &(ImportOptions){0}, said, &error), ==, NST_BAD_FILE);
        g_test_message("%s", error.message);
        g_assert_nonnull(strstr(error.message, places[i]));
    }
    g_assert_cmpstr(said->str, ==, "");
    g_string_free(said, TRUE);
    g_free(path);
    g_free(missing);
}

/* Runs a line in a shell, where $0 is the program, $1 the folder and $2 the file to write. */
static bool shell(const char *line, char **said, char **complained)
{
    const char *program = g_getenv("NST_WEIGHTS_PROGRAM");
    g_assert_nonnull(program);
    return run((const char *[]){"/bin/sh", "-c", line, program, folder, out, NULL}, said, complained);
}

static void assert_shell(const char *line, bool succeeds, const char *says)
{
    char *said, *complained;
    bool success = shell(line, &said, &complained);
    g_test_message("%s: %s%s", line, said, complained);
    g_assert_cmpint(success, ==, succeeds);
    g_assert_nonnull(strstr(succeeds ? said : complained, says));
    g_free(said);
    g_free(complained);
}

/* Guards the program itself: what it prints, and its exit status, which is 0 only if everything went well. */
static void test_program(void)
{
    if (skipped())
        return;
    assert_shell("exec \"$0\" --help", true, "Usage");
    assert_shell("exec \"$0\" --version", true, "neural-style-weights " NST_VERSION);
    assert_shell("exec \"$0\"", false, "name a command");
    assert_shell("exec \"$0\" import \"$1/small.safetensors\"", false, "name a command");
    assert_shell("exec \"$0\" import a b c", false, "too many");
    assert_shell("exec \"$0\" info --half a", false, "name a command");
    assert_shell("exec \"$0\" import a b --mean", false, "lacks its value");
    assert_shell("exec \"$0\" import a b --depth 3", false, "no such option");
    assert_shell("exec \"$0\" import \"$1/bad-nan.safetensors\" \"$2\"", false, "not finite");
    assert_shell("exec \"$0\" info \"$1/bad-vgg19.safetensors\"", false, "VGG19");
    assert_shell("exec \"$0\" info \"$1/torchvision.safetensors\"", true, "conv5_3 bias");
    assert_shell("exec \"$0\" verify \"$1/torchvision.safetensors\"", false, "neural-style-weights import");
    assert_shell("exec \"$0\" import --half \"$1/bare.safetensors\" \"$2\" --std '2 2 2'", true,
                 "divided by 2 2 2");
    assert_shell("exec \"$0\" verify \"$2\"", true, "7 of 13 layers, all well");
    assert_shell("exec \"$0\" info \"$2\"", true, "safetensors");
    assert_shell("dd if=/dev/zero bs=1 count=1 seek=5000 conv=notrunc of=\"$2\" 2>&1; truncate -s -1 \"$2\"; "
                 "exec \"$0\" verify \"$2\"",
                 false, "cut off");
    assert_shell("exec \"$0\" --help >/dev/full", false, "");
    assert_shell("exec \"$0\" --version >/dev/full", false, "");
}

/* Guards against a disk that fills up, simulated by a limit on the size of files: the old file stays as it
 * was. */
static void test_full(void)
{
    if (skipped())
        return;
    g_remove(out);
    assert_shell("trap '' XFSZ; ulimit -f 500; exec \"$0\" import \"$1/bare.safetensors\" \"$2\"", false,
                 "can't be written");
    assert_nothing_left();
    bytes_write(out, "old", 3);
    assert_shell("trap '' XFSZ; ulimit -f 500; exec \"$0\" import \"$1/bare.safetensors\" \"$2\"", false,
                 "can't be written");
    char *bytes;
    g_assert_true(g_file_get_contents(out, &bytes, NULL, NULL));
    g_assert_cmpstr(bytes, ==, "old");
    g_free(bytes);
    g_remove(out);
    assert_nothing_left();
}

/* Guards against what an interrupted import left behind: half of a weights file, under a name of its own. */
static void test_interrupted(void)
{
    enum { TIMES = 24 };
    if (skipped())
        return;
    for (int i = 0; i < TIMES; i++) {
        char *line = g_strdup_printf("\"$0\" import \"$1/bare.safetensors\" \"$2\" >/dev/null & "
                                     "sleep 0.%03d; kill $! 2>/dev/null; wait",
                                     5 + 3 * i);
        char *said, *complained;
        shell(line, &said, &complained);
        g_remove(out); /* complete, if it was too late */
        assert_nothing_left();
        g_free(said);
        g_free(complained);
        g_free(line);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = temp_folder();
    out = g_build_filename(folder, "imported.safetensors", NULL);
    prepare();
    g_test_add_func("/import/layouts", test_layouts);
    g_test_add_func("/import/hash", test_hash);
    g_test_add_func("/import/real legacy files", test_real);
    g_test_add_func("/import/batch norm", test_batch_norm);
    g_test_add_func("/import/conventions", test_conventions);
    g_test_add_func("/import/guess", test_guess);
    g_test_add_func("/import/wishes", test_wishes);
    g_test_add_func("/import/refused", test_refused);
    g_test_add_func("/import/cut", test_cut);
    g_test_add_func("/import/flipped bits", test_flips);
    if (!SANITIZED) /* the sanitizer itself needs memory */
        g_test_add_func("/import/memory", test_memory);
    g_test_add_func("/import/half", test_half);
    g_test_add_func("/import/no place", test_no_place);
    g_test_add_func("/import/program", test_program);
    g_test_add_func("/import/full disk", test_full);
    g_test_add_func("/import/interrupted", test_interrupted);
    int status = g_test_run();
    g_free(out);
    g_free(reason);
    g_free(shared);
    temp_remove(folder);
    return status;
}
