/* weights.h: opens the one format that core reads: safetensors, with every length and offset checked before
 * any number is read. A wrong, cut-off or foreign file is refused by name.
 *
 * The file holds conv1_1.weight [64, 3, 3, 3], conv1_1.bias [64], ... conv5_3.bias [512], each F32 or F16, or
 * only the shallower of these layers. Its __metadata__ holds (all values are strings, as the format
 * requires):
 *
 *     format               "neural-style-vgg16"   required; distinguishes our files from others that happen
 *                                                 to have tensors of these names
 *     channels             "RGB" or "BGR"         required; the order that conv1_1 expects
 *     scale                "1" or "255"           required; the value of white before the mean is subtracted
 *     mean, std            "0.485 0.456 0.406"    required; three numbers each, in the order of `channels`
 *     epsilon              "0.1"                  only in files made by neural-style-learn: how strongly it
 *                                                 whitened; see weights_content_layers
 *     provenance, license  free text              optional, for the log
 *
 * The network's input is (picture * scale - mean) / std. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_WEIGHTS_H
#define NST_WEIGHTS_H

#include "core/base/status.h"
#include "core/settings/layers.h"

#include <stdbool.h>
#include <stdint.h>

/* An open file. Read-only: any thread may read it. */
typedef struct Weights Weights;

typedef struct Preprocessing {
    int bgr;               /* 1: blue first */
    float scale;           /* the value of white */
    float mean[3], std[3]; /* in the order of the network's channels */
} Preprocessing;

/* On failure *out is NULL, and the error names the file. */
NstStatus weights_open(Weights **out, const char *path, NstError *error);
void weights_close(Weights *weights); /* NULL is fine */

/* How many layers the file holds, counted from the shallowest up to the first gap: 1 .. VGG16_LAYERS. */
int weights_layers(const Weights *weights);
const Preprocessing *weights_preprocessing(const Weights *weights);
const char *weights_path(const Weights *weights);
const char *weights_provenance(const Weights *weights); /* "" if the file doesn't say */

/* The layers to compare with the content if the settings name none. A network trained to recognise things
 * preserves them best at relu3_3, which leaves the strokes there free; one that neural-style-learn made by
 * clustering alone preserves more of them the shallower the layer. Measured in weights/README.md and
 * tests/bench/RESULTS.md. A constant, which outlives the file. */
const char *weights_content_layers(const Weights *weights);

/* Copies a layer as float32 into weight [OC, IC, 3, 3] and bias [OC], which the caller owns.
 * Fails if a value is not finite, or the file has been cut off meanwhile. layer < weights_layers. */
NstStatus weights_read(const Weights *weights, int layer, float *weight, float *bias, NstError *error);

/* Tells whether a path still leads to the file that was opened, after that has been closed: a file that has
 * been replaced or written to since gets another stamp. */
typedef struct WeightsStamp {
    uint64_t device, inode, size;
    int64_t seconds, nanoseconds; /* of the last modification */
} WeightsStamp;

/* The file's stamp at the moment that it was opened. */
WeightsStamp weights_stamp(const Weights *weights);

/* False too if there is no file at `path`. */
bool weights_stamp_matches(const WeightsStamp *stamp, const char *path);

#endif
