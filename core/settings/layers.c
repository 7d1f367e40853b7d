/* layers.c: the table of the network's layers, and the parser of layer lists. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layers.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* As of the weights of the losses: beyond it a loss may overflow, and would then be left out. */
static const double MOST_WEIGHT = 1e6;

/* clang-format off */
const Vgg16Layer vgg16_layers[VGG16_LAYERS] = {
    {"relu1_1", 3, 64, 0},    {"relu1_2", 64, 64, 0},   {"relu2_1", 64, 128, 1},  {"relu2_2", 128, 128, 1},
    {"relu3_1", 128, 256, 2}, {"relu3_2", 256, 256, 2}, {"relu3_3", 256, 256, 2}, {"relu4_1", 256, 512, 3},
    {"relu4_2", 512, 512, 3}, {"relu4_3", 512, 512, 3}, {"relu5_1", 512, 512, 4}, {"relu5_2", 512, 512, 4},
    {"relu5_3", 512, 512, 4},
};
/* clang-format on */

static int find(const char *name)
{
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        if (strcmp(vgg16_layers[layer].name, name) == 0)
            return layer;
    return -1;
}

/* One entry, "relu2_1" or "relu2_1:0.5". */
static NstStatus parse_entry(char *entry, double weight[VGG16_LAYERS], NstError *error)
{
    char *colon = strchr(entry, ':'), *end = NULL;
    if (colon)
        *colon = '\0';
    int layer = find(g_strstrip(entry));
    if (layer < 0)
        return nst_fail(error, NST_BAD_ARGUMENT,
                        "“%s” is not a layer; the layers are relu1_1, relu1_2, relu2_1 … relu5_3", entry);
    if (weight[layer] >= 0)
        return nst_fail(error, NST_BAD_ARGUMENT, "The layer %s is named twice", entry);
    double value = colon ? g_ascii_strtod(colon + 1, &end) : 1;
    if (colon && (end == colon + 1 || *g_strchug(end) || !isfinite(value) || value < 0))
        return nst_fail(error, NST_BAD_ARGUMENT, "The weight of %s must be a number, 0 or above, not “%s”",
                        entry, colon + 1);
    if (value > MOST_WEIGHT)
        return nst_fail(error, NST_BAD_ARGUMENT, "The weight of %s is %.10g, above %.10g", entry, value,
                        MOST_WEIGHT);
    weight[layer] = value;
    return NST_OK;
}

NstStatus vgg16_layers_parse(const char *list, double weight[VGG16_LAYERS], NstError *error)
{
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        weight[layer] = -1; /* not named yet */
    NstStatus status = NST_OK;
    char **entries = g_strsplit(list, ",", -1);
    if (!entries[0] || entries[1] || *g_strstrip(entries[0])) /* "" names no layer */
        for (char **entry = entries; *entry && status == NST_OK; entry++)
            status = parse_entry(*entry, weight, error);
    g_strfreev(entries);
    for (int layer = 0; layer < VGG16_LAYERS; layer++)
        if (weight[layer] < 0)
            weight[layer] = 0;
    return status;
}
