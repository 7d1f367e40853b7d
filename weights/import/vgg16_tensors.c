/* vgg16_tensors.c: gathers the tensors into modules (a name without its last part), sorts the modules as
 * their names count (features.2 before features.10), and compares the 3 x 3 convolutions among them, in this
 * order, with VGG16's channels.
 *
 * A file may hold more than one network (a decoder, an optimiser's copies). Modules whose names differ in
 * more than their numbers don't belong to the same family; the network is the family whose first convolution
 * takes 3 channels. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vgg16_tensors.h"

#include "core/weights/safetensors.h"

#include <glib.h>
#include <string.h>

typedef enum Part { WEIGHT, BIAS, MEAN, VARIANCE, PARTS, OTHER_PART = PARTS } Part;

typedef enum Kind { OTHER_KIND, CONVOLUTION, NORM, COLOUR } Kind;

typedef struct Module {
    char *name, *family; /* family: the name with every number replaced by “#” */
    int part[PARTS];     /* entries, or TENSOR_NONE */
    Kind kind;
    bool hwio;
    size_t in, out; /* channels */
} Module;

const char *vgg16_number(int layer)
{
    return vgg16_layers[layer].name + strlen("relu");
}

/* ---- Names --------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    Part part;
} part_names[] = {
    {"weight", WEIGHT},
    {"weights", WEIGHT},
    {"kernel", WEIGHT},
    {"W", WEIGHT},
    {"gamma", WEIGHT},
    {"bias", BIAS},
    {"biases", BIAS},
    {"b", BIAS},
    {"beta", BIAS},
    {"running_mean", MEAN},
    {"moving_mean", MEAN},
    {"running_var", VARIANCE},
    {"moving_variance", VARIANCE},
};

/* Splits "features.0.weight", "block1_conv1/block1_conv1/kernel:0" or "block1_conv1/block1_conv1_W_1:0" into
 * the module's name, which the caller frees, and the part. NULL: the part is unknown. */
static char *split_name(const char *name, Part *part)
{
    char *module = g_strdup(name), *colon = strrchr(module, ':');
    if (colon)
        *colon = '\0';
    size_t length = strlen(module);
    if (g_str_has_suffix(module, "_W_1") || g_str_has_suffix(module, "_b_1"))
        module[length - 2] = '\0'; /* Keras 1 numbered them */
    for (size_t i = 0; i < G_N_ELEMENTS(part_names); i++) {
        const char *last = part_names[i].name;
        size_t begin = strlen(module) - strlen(last);
        bool short_name = strlen(last) == 1;
        if (strlen(module) <= strlen(last) || strcmp(module + begin, last) != 0 ||
            !strchr(short_name ? "./_" : "./", module[begin - 1]))
            continue;
        module[begin - 1] = '\0';
        *part = part_names[i].part;
        return module;
    }
    g_free(module);
    return NULL;
}

static char *family_of(const char *name)
{
    GString *family = g_string_new(NULL);
    for (; *name; name++)
        if (!g_ascii_isdigit(*name))
            g_string_append_c(family, *name);
        else if (family->len == 0 || family->str[family->len - 1] != '#')
            g_string_append_c(family, '#');
    return g_string_free(family, FALSE);
}

/* Skips a number's leading zeros, and returns how many digits are left. */
static size_t number_length(const char **at)
{
    while (**at == '0' && g_ascii_isdigit((*at)[1]))
        (*at)++;
    return strspn(*at, "0123456789");
}

/* Natural order: "features.2" before "features.10". */
static int compare_names(const char *a, const char *b)
{
    while (*a && *b) {
        if (g_ascii_isdigit(*a) && g_ascii_isdigit(*b)) {
            size_t x = number_length(&a), y = number_length(&b);
            int order = x != y ? (x < y ? -1 : 1) : strncmp(a, b, x);
            if (order != 0)
                return order;
            a += x;
            b += y;
        } else if (*a != *b) {
            return *a < *b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return (*a != '\0') - (*b != '\0');
}

/* ---- Modules ------------------------------------------------------------------------------------------- */

static gint by_name(gconstpointer a, gconstpointer b)
{
    return compare_names((*(Module *const *)a)->name, (*(Module *const *)b)->name);
}

static void module_free(gpointer data)
{
    Module *module = data;
    g_free(module->name);
    g_free(module->family);
    g_free(module);
}

/* The weight's shape shows what kind of module this is. Only 3 x 3 x 3 x 3 could be read both ways, and VGG16
 * has no such kernel. */
static void judge(const TensorFile *file, Module *module)
{
    if (module->part[WEIGHT] == TENSOR_NONE)
        return;
    const TensorEntry *weight = &file->entry[module->part[WEIGHT]];
    const size_t *side = weight->side;
    if (weight->rank == 4 && weight->count == 9 && side[0] == 3 && side[1] == 3) {
        module->kind = COLOUR;
    } else if (weight->rank == 4 && side[2] == 3 && side[3] == 3) {
        module->kind = CONVOLUTION;
        module->out = side[0];
        module->in = side[1];
    } else if (weight->rank == 4 && side[0] == 3 && side[1] == 3) {
        module->kind = CONVOLUTION;
        module->hwio = true;
        module->in = side[2];
        module->out = side[3];
    } else if (weight->rank == 1 && module->part[MEAN] != TENSOR_NONE &&
               module->part[VARIANCE] != TENSOR_NONE) {
        module->kind = NORM;
        module->out = side[0];
    }
}

/* The file's modules, sorted by name. */
static GPtrArray *gather(const TensorFile *file)
{
    GPtrArray *modules = g_ptr_array_new_with_free_func(module_free);
    GHashTable *known = g_hash_table_new(g_str_hash, g_str_equal); /* by name */
    for (size_t i = 0; i < file->count; i++) {
        Part part = OTHER_PART;
        char *name = split_name(file->entry[i].name, &part);
        if (!name)
            continue;
        Module *module = g_hash_table_lookup(known, name);
        if (!module) {
            module = g_new0(Module, 1);
            module->name = g_strdup(name);
            module->family = family_of(name);
            for (int k = 0; k < PARTS; k++)
                module->part[k] = TENSOR_NONE;
            g_ptr_array_add(modules, module);
            g_hash_table_insert(known, module->name, module);
        }
        module->part[part] = (int)i;
        g_free(name);
    }
    g_hash_table_unref(known);
    for (guint i = 0; i < modules->len; i++)
        judge(file, g_ptr_array_index(modules, i));
    g_ptr_array_sort(modules, by_name);
    return modules;
}

/* ---- The network among them ---------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int convolutions[5]; /* in each block of the whole network */
} vggs[] = {
    {"VGG16", {2, 2, 3, 3, 3}},
    {"VGG19", {2, 2, 4, 4, 4}},
    {"VGG13", {2, 2, 2, 2, 2}},
    {"VGG11", {1, 1, 2, 2, 2}},
};

/* Whether these convolutions are this VGG's first ones, or all of them. */
static bool begins(const GPtrArray *convolutions, const int per_block[5])
{
    guint k = 0;
    size_t in = 3;
    for (int block = 0; block < 5; block++) {
        size_t out = block < 4 ? (size_t)64 << block : 512;
        for (int i = 0; i < per_block[block]; i++, k++) {
            if (k == convolutions->len)
                return k > 0;
            const Module *module = g_ptr_array_index(convolutions, k);
            if (module->in != in || module->out != out)
                return false;
            in = out;
        }
    }
    return k == convolutions->len;
}

/* The family of the network's modules. NULL: there is none, or (*several) more than one. */
static const char *find_family(const GPtrArray *modules, bool *several)
{
    const char *family = NULL;
    *several = false;
    for (guint i = 0; i < modules->len; i++) {
        const Module *module = g_ptr_array_index(modules, i);
        if (module->kind != CONVOLUTION || module->in != 3 || module->out != 64)
            continue;
        *several = *several || family;
        family = module->family;
    }
    return *several ? NULL : family;
}

/* The family's convolutions, in order. `modules` keeps owning them. */
static GPtrArray *convolutions_of(const GPtrArray *modules, const char *family)
{
    GPtrArray *convolutions = g_ptr_array_new();
    for (guint i = 0; i < modules->len; i++) {
        Module *module = g_ptr_array_index(modules, i);
        if (module->kind == CONVOLUTION && strcmp(module->family, family) == 0)
            g_ptr_array_add(convolutions, module);
    }
    return convolutions;
}

/* The error names the first convolution that VGG16 doesn't have. */
static NstStatus refuse_strange(const TensorFile *file, const GPtrArray *convolutions, NstError *error)
{
    for (guint i = 0; i < convolutions->len && i < VGG16_LAYERS; i++) {
        const Module *m = g_ptr_array_index(convolutions, i);
        const Vgg16Layer *l = &vgg16_layers[i];
        if (m->in != (size_t)l->in_channels || m->out != (size_t)l->out_channels)
            return weights_refuse(
                error, file->path,
                "it is not a VGG16: “%s” takes %zu channels to %zu, where VGG16's conv%s takes %d to %d",
                m->name, m->in, m->out, vgg16_number((int)i), l->in_channels, l->out_channels);
    }
    return weights_refuse(error, file->path, "it is not a VGG16: it has %u convolutions, not %d",
                          convolutions->len, VGG16_LAYERS);
}

static NstStatus check_network(const TensorFile *file, const GPtrArray *convolutions, NstError *error)
{
    if (begins(convolutions, vggs[0].convolutions))
        return NST_OK;
    for (size_t i = 1; i < G_N_ELEMENTS(vggs); i++)
        if (begins(convolutions, vggs[i].convolutions))
            return weights_refuse(error, file->path,
                                  "it is a %s; even the layers whose names VGG16 has, too, were trained only "
                                  "for that network. A VGG16 "
                                  "is needed",
                                  vggs[i].name);
    return refuse_strange(file, convolutions, error);
}

static NstStatus place_convolution(const TensorFile *file, const Module *m, Vgg16Tensors *t, NstError *error)
{
    int layer = t->layers++;
    t->layer[layer].weight = m->part[WEIGHT];
    t->layer[layer].bias = m->part[BIAS];
    t->layer[layer].norm = (BatchNorm){TENSOR_NONE, TENSOR_NONE, TENSOR_NONE, TENSOR_NONE};
    if (layer == 0)
        t->hwio = m->hwio;
    if (m->hwio != t->hwio)
        return weights_refuse(error, file->path,
                              "“%s” has its sides in a different order from the layers before it", m->name);
    const TensorEntry *bias = m->part[BIAS] == TENSOR_NONE ? NULL : &file->entry[m->part[BIAS]];
    if (bias && (bias->rank != 1 || bias->side[0] != m->out))
        return weights_refuse(error, file->path, "“%s” doesn't have the shape that it has in VGG16",
                              bias->name);
    return NST_OK;
}

/* A batch norm belongs to the convolution before it. PyTorch's always adds 1e-5 to the variance. Others add
 * another figure and don't write it into the file, and there is no safe guess. */
static NstStatus place_norm(const TensorFile *file, const Module *m, Vgg16Tensors *t, NstError *error)
{
    if (t->hwio)
        return weights_refuse(
            error, file->path,
            "its batch norms were not made by PyTorch, so it isn't known how much they add to the variance");
    if (t->layers == 0 || t->layer[t->layers - 1].norm.mean != TENSOR_NONE)
        return weights_refuse(error, file->path, "the batch norm “%s” follows no convolution", m->name);
    for (int part = 0; part < PARTS; part++) {
        const TensorEntry *entry = m->part[part] == TENSOR_NONE ? NULL : &file->entry[m->part[part]];
        if (!entry || entry->rank != 1 || entry->side[0] != (size_t)vgg16_layers[t->layers - 1].out_channels)
            return weights_refuse(error, file->path,
                                  "the batch norm “%s” doesn't have the shape of its layer, or lacks a part",
                                  m->name);
    }
    t->layer[t->layers - 1].norm =
        (BatchNorm){m->part[WEIGHT], m->part[BIAS], m->part[MEAN], m->part[VARIANCE]};
    return NST_OK;
}

/* A convolution of the colours comes before all others and has a bias. */
static NstStatus place_colour(const TensorFile *file, const Module *m, Vgg16Tensors *t, NstError *error)
{
    const TensorEntry *bias = m->part[BIAS] == TENSOR_NONE ? NULL : &file->entry[m->part[BIAS]];
    if (t->layers > 0 || t->colour_weight != TENSOR_NONE || !bias || bias->rank != 1 || bias->side[0] != 3)
        return weights_refuse(error, file->path, "“%s” is in a place where VGG16 has no such layer", m->name);
    t->colour_weight = m->part[WEIGHT];
    t->colour_bias = m->part[BIAS];
    return NST_OK;
}

/* Either every layer has a batch norm or none has; a layer without one has a bias. */
static NstStatus check_norms(const TensorFile *file, Vgg16Tensors *t, NstError *error)
{
    t->normed = t->layer[0].norm.mean != TENSOR_NONE;
    for (int layer = 0; layer < t->layers; layer++) {
        const char *number = vgg16_number(layer);
        if ((t->layer[layer].norm.mean != TENSOR_NONE) != t->normed)
            return weights_refuse(error, file->path, "some of its layers have a batch norm and conv%s %s",
                                  number, t->normed ? "has none" : "has one");
        if (!t->normed && t->layer[layer].bias == TENSOR_NONE)
            return weights_refuse(error, file->path, "conv%s has no bias", number);
    }
    return NST_OK;
}

static NstStatus place(const TensorFile *file, const GPtrArray *modules, const char *family, Vgg16Tensors *t,
                       NstError *error)
{
    NstStatus status = NST_OK;
    *t = (Vgg16Tensors){.colour_weight = TENSOR_NONE, .colour_bias = TENSOR_NONE};
    for (guint i = 0; i < modules->len && status == NST_OK; i++) {
        const Module *m = g_ptr_array_index(modules, i);
        if (m->kind == NORM && strcmp(m->family, family) == 0)
            status = place_norm(file, m, t, error);
        else if (m->kind == NORM) /* refused: to ignore it would give a wrong network */
            status = weights_refuse(error, file->path,
                                    "the name of the batch norm “%s” doesn't show which layer it belongs to",
                                    m->name);
        else if (strcmp(m->family, family) == 0 && m->kind == CONVOLUTION)
            status = place_convolution(file, m, t, error);
        else if (strcmp(m->family, family) == 0 && m->kind == COLOUR)
            status = place_colour(file, m, t, error);
    }
    return status == NST_OK ? check_norms(file, t, error) : status;
}

NstStatus vgg16_tensors_find(const TensorFile *file, Vgg16Tensors *tensors, NstError *error)
{
    bool several;
    GPtrArray *modules = gather(file);
    const char *family = find_family(modules, &several);
    NstStatus status;
    if (family) {
        GPtrArray *convolutions = convolutions_of(modules, family);
        status = check_network(file, convolutions, error);
        g_ptr_array_unref(convolutions);
        if (status == NST_OK)
            status = place(file, modules, family, tensors, error);
    } else {
        status =
            weights_refuse(error, file->path, "%s",
                           several ? "it holds more than one network that begins like a VGG16"
                                   : "none of its tensors is VGG16's conv1_1 (3 × 3, from 3 channels to 64)");
    }
    g_ptr_array_unref(modules);
    return status;
}

char *vgg16_tensors_remark(const Vgg16Tensors *t)
{
    enum { CONV3_3 = 6 }; /* the last layer up to which VGG16 and VGG19 have the same shapes */
    if (t->layers == VGG16_LAYERS)
        return NULL;
    const char *last = vgg16_number(t->layers - 1), *next = vgg16_number(t->layers);
    return g_strdup_printf(
        "The file ends with conv%s: conv%s%s missing, and can't be used.%s", last, next,
        t->layers == VGG16_LAYERS - 1 ? " is" : " to conv5_3 are",
        t->layers - 1 <= CONV3_3
            ? " Up to there VGG16 and VGG19 have the same shapes, so the file doesn't show which of "
              "them it is."
            : "");
}
