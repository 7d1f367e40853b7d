/* convention.h: what input a published VGG16 expects. Files don't say. Two conventions are in use:
 *
 *     torchvision, timm    RGB, 0 .. 1, minus 0.485 0.456 0.406, divided by 0.229 0.224 0.225
 *     Caffe, Keras         BGR, 0 .. 255, minus 103.939 116.779 123.68
 *
 * (and mixtures of them, in converted files). conv1_1 shows which it is; convention.c says how. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_CONVENTION_H
#define NST_CONVENTION_H

#include "core/weights/weights.h"

#include <stdbool.h>

enum { CONVENTION_REASON_SIZE = 1024 };

typedef struct Convention {
    Preprocessing input;
    char reason[CONVENTION_REASON_SIZE]; /* how it was found, with figures: one or two sentences */
} Convention;

/* What the user says instead; NULL: nothing. */
typedef struct ConventionWishes {
    const char *channels, *scale, *mean, *std; /* "RGB" or "BGR", "1" or "255", "a b c", "a b c" */
} ConventionWishes;

/* From conv1_1's weight [64, 3, 3, 3] and bias [64]. keras: whether the file is in Keras's format, which
 * decides where the numbers don't. */
void convention_guess(Convention *convention, const float *weight, const float *bias, bool keras);

/* From a 1 x 1 convolution of the colours before conv1_1, weight [3, 3] and bias [3]. If it only orders,
 * scales and shifts the channels, it becomes preprocessing and the layer is left out. Any other one fails: it
 * can't be folded into conv1_1, whose border is zeros. path is for the message. */
NstStatus convention_from_colours(Convention *convention, const float weight[9], const float bias[3],
                                  const char *path, NstError *error);

/* Replaces what the user says otherwise. mean and std follow channels and scale unless they are given,
 * too. */
NstStatus convention_wish(Convention *convention, const ConventionWishes *wishes, NstError *error);

#endif
