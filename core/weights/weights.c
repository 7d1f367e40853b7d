/* weights.c: what makes a safetensors file a VGG16 of ours: the metadata, and the tensors by their names,
 * types and shapes. safetensors.c reads the container. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights.h"

#include "safetensors.h"

#include <glib.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

struct Weights {
    char *path;
    WeightsStamp stamp;
    Safetensors *file;
    Preprocessing preprocessing;
    int layers;
    const SafetensorsTensor *weight[VGG16_LAYERS], *bias[VGG16_LAYERS];
};

static bool shape_is(const SafetensorsTensor *tensor, const int *shape, int rank)
{
    bool same = tensor->rank == rank;
    for (int i = 0; i < rank && same; i++)
        same = tensor->side[i] == (size_t)shape[i];
    return same;
}

/* Finds the tensor and checks it against VGG16's shape. */
static NstStatus find_tensor(Weights *w, const char *name, const int *shape, int rank,
                             const SafetensorsTensor **tensor, NstError *error)
{
    const SafetensorsTensor *t = *tensor = safetensors_find(w->file, name);
    if (!t)
        return weights_refuse(error, w->path, "it has no tensor “%s”", name);
    if (strcmp(t->type, "F32") != 0 && strcmp(t->type, "F16") != 0)
        return weights_refuse(error, w->path, "“%s” is of type %s, not F32 or F16", name, t->type);
    if (!shape_is(t, shape, rank))
        return weights_refuse(error, w->path, "“%s” does not have the shape that VGG16 requires", name);
    return NST_OK;
}

/* "relu3_2" belongs to conv3_2.weight and conv3_2.bias. */
static NstStatus find_layer(Weights *w, int layer, NstError *error)
{
    const Vgg16Layer *l = &vgg16_layers[layer];
    const char *number = l->name + strlen("relu");
    char name[32];
    g_snprintf(name, sizeof name, "conv%s.weight", number);
    NstStatus status =
        find_tensor(w, name, (int[]){l->out_channels, l->in_channels, 3, 3}, 4, &w->weight[layer], error);
    if (status != NST_OK)
        return status;
    g_snprintf(name, sizeof name, "conv%s.bias", number);
    return find_tensor(w, name, (int[]){l->out_channels}, 1, &w->bias[layer], error);
}

/* Does the file mention this layer at all? It may hold only the shallower layers. */
static bool mentions_layer(const Weights *w, int layer)
{
    char name[32];
    g_snprintf(name, sizeof name, "conv%s.weight", vgg16_layers[layer].name + strlen("relu"));
    return safetensors_find(w->file, name) != NULL;
}

static NstStatus find_layers(Weights *w, NstError *error)
{
    NstStatus status = NST_OK;
    do
        status = find_layer(w, w->layers, error);
    while (status == NST_OK && ++w->layers < VGG16_LAYERS && mentions_layer(w, w->layers));
    return status;
}

/* Three finite numbers separated by spaces. */
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

static NstStatus read_preprocessing(Weights *w, NstError *error)
{
    Preprocessing *p = &w->preprocessing;
    const char *channels = safetensors_metadata(w->file, "channels");
    const char *scale = safetensors_metadata(w->file, "scale");

    if (!channels || (strcmp(channels, "RGB") != 0 && strcmp(channels, "BGR") != 0))
        return weights_refuse(error, w->path, "“channels” in its metadata is neither RGB nor BGR");
    p->bgr = channels[0] == 'B';
    if (!scale || (strcmp(scale, "1") != 0 && strcmp(scale, "255") != 0))
        return weights_refuse(error, w->path, "“scale” in its metadata is neither 1 nor 255");
    p->scale = scale[1] ? 255 : 1;
    if (!three_numbers(safetensors_metadata(w->file, "mean"), p->mean))
        return weights_refuse(error, w->path, "“mean” in its metadata is not three numbers");
    if (!three_numbers(safetensors_metadata(w->file, "std"), p->std) ||
        !(p->std[0] > 0 && p->std[1] > 0 && p->std[2] > 0))
        return weights_refuse(error, w->path, "“std” in its metadata is not three numbers above 0");
    return NST_OK;
}

static NstStatus read_file(Weights *w, NstError *error)
{
    NstStatus status = safetensors_open(&w->file, w->path, error);
    if (status != NST_OK)
        return status;
    const char *format = safetensors_metadata(w->file, "format");
    if (!format || strcmp(format, "neural-style-vgg16") != 0)
        return weights_refuse(error, w->path,
                              "it is not a VGG16 prepared for Neural Style (wrong or missing “format” in its "
                              "metadata); neural-style-weights import makes one from a published file");
    status = read_preprocessing(w, error);
    return status == NST_OK ? find_layers(w, error) : status;
}

/* The stamp of the file that is at `path` now; if there is none, all zeros, which no file has. */
static WeightsStamp stamp_of(const char *path)
{
    struct stat file;
    if (stat(path, &file) != 0)
        return (WeightsStamp){0};
    return (WeightsStamp){(uint64_t)file.st_dev, (uint64_t)file.st_ino, (uint64_t)file.st_size,
                          (int64_t)file.st_mtim.tv_sec, (int64_t)file.st_mtim.tv_nsec};
}

WeightsStamp weights_stamp(const Weights *weights)
{
    return weights->stamp;
}

bool weights_stamp_matches(const WeightsStamp *stamp, const char *path)
{
    WeightsStamp now = stamp_of(path);
    return now.inode != 0 && now.device == stamp->device && now.inode == stamp->inode &&
           now.size == stamp->size && now.seconds == stamp->seconds && now.nanoseconds == stamp->nanoseconds;
}

NstStatus weights_open(Weights **out, const char *path, NstError *error)
{
    *out = NULL;
    Weights *weights = g_try_new0(Weights, 1);
    if (!weights)
        return nst_fail_memory(error, "the weights", sizeof *weights);
    weights->path = g_strdup(path);
    /* Before the file is read: if it is replaced in between, the stamp is the old file's and matches
     * nothing. */
    weights->stamp = stamp_of(path);
    NstStatus status = read_file(weights, error);
    if (status == NST_OK)
        *out = weights;
    else
        weights_close(weights);
    return status;
}

void weights_close(Weights *weights)
{
    if (!weights)
        return;
    safetensors_close(weights->file);
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
    const char *provenance = safetensors_metadata(weights->file, "provenance");
    return provenance ? provenance : "";
}

/* Only neural-style-learn writes this into its files: how strongly it whitened. */
static bool is_learned_here(const Weights *weights)
{
    return safetensors_metadata(weights->file, "epsilon") != NULL;
}

const char *weights_content_layers(const Weights *weights)
{
    return is_learned_here(weights) ? "relu1_1,relu2_1,relu3_1" : "relu3_3";
}

static bool all_finite(const SafetensorsTensor *tensor, const float *values)
{
    bool finite = true;
    for (size_t i = 0; i < tensor->count; i++)
        finite = finite && isfinite(values[i]);
    return finite;
}

static NstStatus read_tensor(const Weights *weights, int layer, const SafetensorsTensor *tensor,
                             float *values, NstError *error)
{
    NstStatus status = safetensors_values(tensor, values, error);
    if (status == NST_OK && !all_finite(tensor, values))
        status = weights_refuse(error, weights->path, "conv%s holds a value that is not finite",
                                vgg16_layers[layer].name + strlen("relu"));
    return status;
}

NstStatus weights_read(const Weights *weights, int layer, float *weight, float *bias, NstError *error)
{
    NstStatus status = read_tensor(weights, layer, weights->weight[layer], weight, error);
    return status == NST_OK ? read_tensor(weights, layer, weights->bias[layer], bias, error) : status;
}
