/* recipe.c: the figures that the committed file was made with, and the reasons for them. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recipe.h"

#include "core/settings/layers.h"

const Recipe recipe_default = {
    .seed = 0,
    .layers = VGG16_LAYERS,
    .pictures = 160,
    .side = 128, /* 160 * 128^2 * 64 floats of activations: 0.7 GB, the most held at once except patches */
    .deep_pictures = 160,
    .deep_side = 256,
    .patches = 50000, /* ten for each of the deep layers' 4608 dimensions: 0.9 GB */
    .rounds = 12,     /* after that few patches change their cluster */
    .epsilon = 0.1,   /* 0.03 and 0.5 were worse on both test pairs; 2 gives fine striping */
    .cut_min = 0.02,
    .cut_max = 0.7, /* 0.9 was worse; one share for all filters puts wrong colours in plain areas */
};
