/* import.c: opens a published file, finds VGG16 in it and the input it expects, and writes both down. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"

#include "vgg16_read.h"
#include "weights/write/safetensors_write.h"

#include "core/weights/safetensors.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

/* A published file, and what was found in it. */
typedef struct Source {
    TensorFile *file;
    Vgg16Tensors tensors;
    Convention convention;
    float *weight, *bias; /* room for any layer */
} Source;

/* ---- Looking ------------------------------------------------------------------------------------------- */

static NstStatus take_room(Source *s, NstError *error)
{
    size_t largest = vgg16_weight_count(VGG16_LAYERS - 1);
    s->weight = g_try_new(float, largest);
    s->bias = g_try_new(float, vgg16_bias_count(VGG16_LAYERS - 1));
    if (!s->weight || !s->bias)
        return nst_fail_memory(error, "a layer", (double)largest * sizeof(float));
    return NST_OK;
}

static NstStatus find_convention(Source *s, NstError *error)
{
    const Vgg16Tensors *t = &s->tensors;
    NstStatus status;
    if (t->colour_weight == TENSOR_NONE) {
        status = vgg16_read_layer(s->file, t, 0, s->weight, s->bias, error);
        if (status == NST_OK)
            convention_guess(&s->convention, s->weight, s->bias, t->hwio);
        return status;
    }
    float weight[9], bias[3];
    status = tensor_file_read(s->file, (size_t)t->colour_weight, weight, error);
    if (status == NST_OK)
        status = tensor_file_read(s->file, (size_t)t->colour_bias, bias, error);
    return status == NST_OK ? convention_from_colours(&s->convention, weight, bias, s->file->path, error)
                            : status;
}

/* Opens the file and finds everything in it. To be closed after a failure, too. */
static NstStatus open_source(Source *s, const char *path, const ConventionWishes *wishes, NstError *error)
{
    *s = (Source){0};
    NstStatus status = tensor_file_open(&s->file, path, error);
    if (status == NST_OK)
        status = take_room(s, error);
    if (status == NST_OK)
        status = vgg16_tensors_find(s->file, &s->tensors, error);
    if (status == NST_OK)
        status = find_convention(s, error);
    return status == NST_OK ? convention_wish(&s->convention, wishes, error) : status;
}

static void close_source(Source *s)
{
    tensor_file_close(s->file);
    g_free(s->weight);
    g_free(s->bias);
}

/* ---- Saying -------------------------------------------------------------------------------------------- */

static void say_input(GString *said, const Preprocessing *p)
{
    g_string_append_printf(said, "Input: %s, 0 to %g, minus %g %g %g, divided by %g %g %g.\n",
                           p->bgr ? "BGR" : "RGB", (double)p->scale, (double)p->mean[0], (double)p->mean[1],
                           (double)p->mean[2], (double)p->std[0], (double)p->std[1], (double)p->std[2]);
}

/* The remark on what is missing or unclear, if there is one. */
static void say_remark(GString *said, const Vgg16Tensors *tensors)
{
    char *remark = vgg16_tensors_remark(tensors);
    if (remark)
        g_string_append_printf(said, "%s\n", remark);
    g_free(remark);
}

/* What an entry is in VGG16; "" where it has no place in it. The caller frees it with g_free. */
static char *role(const Vgg16Tensors *t, int entry)
{
    if (entry == t->colour_weight || entry == t->colour_bias)
        return g_strdup("colours");
    for (int layer = 0; layer < t->layers; layer++) {
        const BatchNorm *n = &t->layer[layer].norm;
        const char *what = entry == t->layer[layer].weight            ? "weight"
                           : entry == t->layer[layer].bias            ? "bias"
                           : entry == n->gamma || entry == n->beta    ? "batch norm"
                           : entry == n->mean || entry == n->variance ? "batch norm"
                                                                      : NULL;
        if (what)
            return g_strdup_printf("conv%s %s", vgg16_number(layer), what);
    }
    return g_strdup("");
}

/* A column `width` characters wide. printf would count bytes, and “×” has two. */
static void say_column(GString *said, const char *text, glong width)
{
    g_string_append(said, text);
    for (glong length = g_utf8_strlen(text, -1); length < width; length++)
        g_string_append_c(said, ' ');
    g_string_append_c(said, ' ');
}

static void say_tensors(GString *said, const TensorFile *file, const Vgg16Tensors *tensors)
{
    g_string_append_printf(said, "“%s”: %s, %zu tensors\n", file->path, file->format->name, file->count);
    for (size_t i = 0; i < file->count; i++) {
        GString *shape = g_string_new(NULL);
        for (int k = 0; k < file->entry[i].rank; k++)
            g_string_append_printf(shape, "%s%zu", k ? " × " : "", file->entry[i].side[k]);
        char *is = tensors ? role(tensors, (int)i) : g_strdup("");
        g_string_append(said, "  ");
        say_column(said, file->entry[i].name, 36);
        say_column(said, shape->str, *is ? 18 : 0);
        g_string_append_printf(said, "%s\n", is);
        g_free(is);
        g_string_free(shape, TRUE);
    }
}

NstStatus import_describe(const char *path, GString *said, NstError *error)
{
    Source s;
    NstStatus status = open_source(&s, path, &(ConventionWishes){0}, error);
    if (s.file)
        say_tensors(said, s.file, status == NST_OK ? &s.tensors : NULL);
    if (status == NST_OK) {
        g_string_append_printf(said, "VGG16%s, %d of its %d convolutions.\n",
                               s.tensors.normed ? " with batch norms (to be folded)" : "", s.tensors.layers,
                               VGG16_LAYERS);
        say_remark(said, &s.tensors);
        say_input(said, &s.convention.input);
        g_string_append_printf(said, "%s\n", s.convention.reason);
    }
    close_source(&s);
    return status;
}

/* ---- Importing ----------------------------------------------------------------------------------------- */

static void plan_provenance(SafetensorsPlan *plan, const Source *s, const char *hash)
{
    char *name = g_filename_display_basename(s->file->path), *remark = vgg16_tensors_remark(&s->tensors);
    char *provenance =
        g_strdup_printf("Imported by neural-style-weights from “%s” (%s), SHA-256 %s%s%s%s", name,
                        s->file->format->name, hash, s->tensors.normed ? "; its batch norms were folded" : "",
                        remark ? ". " : "", remark ? remark : "");
    safetensors_plan_text(plan, "provenance", provenance);
    safetensors_plan_text(plan, "license", "that of the file it was imported from");
    safetensors_plan_text(plan, "convention", s->convention.reason);
    safetensors_plan_text(plan, "source_sha256", hash);
    g_free(provenance);
    g_free(remark);
    g_free(name);
}

static SafetensorsPlan *plan_file(const Source *s, const char *hash, bool half)
{
    const Preprocessing *p = &s->convention.input;
    SafetensorsPlan *plan = safetensors_plan_new(half);
    safetensors_plan_text(plan, "format", "neural-style-vgg16");
    safetensors_plan_text(plan, "channels", p->bgr ? "BGR" : "RGB");
    safetensors_plan_text(plan, "scale", p->scale > 1 ? "255" : "1");
    safetensors_plan_numbers(plan, "mean", p->mean);
    safetensors_plan_numbers(plan, "std", p->std);
    plan_provenance(plan, s, hash);
    safetensors_plan_layers(plan, s->tensors.layers);
    return plan;
}

/* float16's largest number is 65504; from 65520 up it rounds to infinity. */
static bool fits_half(const float *values, size_t count)
{
    bool fits = true;
    for (size_t i = 0; i < count; i++)
        fits = fits && fabsf(values[i]) < 65520;
    return fits;
}

static NstStatus copy_layer(Source *s, int layer, bool half, SafetensorsWriter *writer, NstError *error)
{
    size_t weights = vgg16_weight_count(layer), biases = vgg16_bias_count(layer);
    NstStatus status = vgg16_read_layer(s->file, &s->tensors, layer, s->weight, s->bias, error);
    if (status != NST_OK)
        return status;
    if (half && (!fits_half(s->weight, weights) || !fits_half(s->bias, biases)))
        return weights_refuse(error, s->file->path,
                              "conv%s holds a value that is too large for float16; import it without --half",
                              vgg16_number(layer));
    safetensors_write_values(writer, s->weight, weights);
    safetensors_write_values(writer, s->bias, biases);
    return NST_OK;
}

static NstStatus copy(Source *s, const char *out, const char *hash, bool half, NstError *error)
{
    SafetensorsPlan *plan = plan_file(s, hash, half);
    SafetensorsWriter *writer;
    NstStatus status = safetensors_write_begin(&writer, out, plan, error);
    for (int layer = 0; layer < s->tensors.layers && status == NST_OK; layer++)
        status = copy_layer(s, layer, half, writer, error);
    if (status == NST_OK)
        status = tensor_file_unchanged(s->file, error);
    if (status == NST_OK)
        status = safetensors_write_end(writer, error);
    else
        safetensors_write_abandon(writer);
    safetensors_plan_free(plan);
    return status;
}

NstStatus import_file(const char *path, const char *out, const ImportOptions *options, GString *said,
                      NstError *error)
{
    Source s;
    char *hash = NULL;
    NstStatus status = open_source(&s, path, &options->wishes, error);
    if (status == NST_OK)
        status = tensor_file_hash(s.file, &hash, error);
    if (status == NST_OK)
        status = copy(&s, out, hash, options->half, error);
    if (status == NST_OK) {
        g_string_append_printf(said, "%s: conv1_1 to conv%s from “%s” (%s)%s.\n", out,
                               vgg16_number(s.tensors.layers - 1), path, s.file->format->name,
                               s.tensors.normed ? ", batch norms folded" : "");
        say_remark(said, &s.tensors);
        say_input(said, &s.convention.input);
        g_string_append_printf(said, "%s\n", s.convention.reason);
    }
    g_free(hash);
    close_source(&s);
    return status;
}

/* ---- Verifying ----------------------------------------------------------------------------------------- */

static NstStatus verify_layer(const Weights *weights, int layer, GString *said, NstError *error)
{
    const Vgg16Layer *l = &vgg16_layers[layer];
    size_t count = vgg16_weight_count(layer);
    float *weight = g_try_new(float, count), *bias = g_try_new(float, vgg16_bias_count(layer));
    NstStatus status = weight && bias ? weights_read(weights, layer, weight, bias, error)
                                      : nst_fail_memory(error, "a layer", (double)count * sizeof *weight);
    double square = 0;
    for (size_t i = 0; i < count && status == NST_OK; i++)
        square += (double)weight[i] * (double)weight[i];
    if (status == NST_OK)
        g_string_append_printf(said, "  conv%s  %3d × %3d × 3 × 3, root mean square %.4g\n",
                               vgg16_number(layer), l->out_channels, l->in_channels,
                               sqrt(square / (double)count));
    g_free(weight);
    g_free(bias);
    return status;
}

NstStatus import_verify(const char *path, GString *said, NstError *error)
{
    Weights *weights;
    NstStatus status = weights_open(&weights, path, error);
    if (status != NST_OK)
        return status;
    for (int layer = 0; layer < weights_layers(weights) && status == NST_OK; layer++)
        status = verify_layer(weights, layer, said, error);
    if (status == NST_OK) {
        say_input(said, weights_preprocessing(weights));
        g_string_append_printf(said, "%d of %d layers, all well. %s\n", weights_layers(weights), VGG16_LAYERS,
                               weights_provenance(weights));
    }
    weights_close(weights);
    return status;
}
