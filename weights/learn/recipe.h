/* recipe.h: every figure of the learning that is a choice. All are written into the file's metadata, so that
 * a file says how to make it again. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_RECIPE_H
#define NST_RECIPE_H

#include <stdint.h>

typedef struct Recipe {
    uint32_t seed;
    int layers;                   /* how many of VGG16's convolutions to learn, from the shallowest */
    int pictures, side;           /* drawings that blocks 1 to 3 learn from, and their side in pixels */
    int deep_pictures, deep_side; /* and those for blocks 4 and 5, whose patches span 60 to 200 pixels */
    int patches;                  /* 3x3 patches per layer */
    int rounds;                   /* of k-means */
    double epsilon;               /* of the whitening */
    double cut_min, cut_max;      /* share of responses that the ReLU cuts: densest and sparsest filter */
} Recipe;

extern const Recipe recipe_default;

#endif
