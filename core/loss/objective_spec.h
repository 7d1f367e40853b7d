/* objective_spec.h: what an objective computes (its spec), how it is held in memory (its plan), and what
 * follows from the two for a picture of a given size (its layout). */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_OBJECTIVE_SPEC_H
#define NST_OBJECTIVE_SPEC_H

#include "core/network/vgg16.h"
#include "core/settings/layers.h"
#include "core/settings/settings.h"
#include "tile.h"

#include <limits.h>
#include <math.h>
#include <stddef.h>

typedef struct ObjectiveSpec {
    double content_weight, style_weight, tv_weight;
    NstStatistics statistics; /* of the features: what defines the style */
    NstPooling pooling;
    double content_layers[VGG16_LAYERS], style_layers[VGG16_LAYERS]; /* relative weights; 0: not used */
} ObjectiveSpec;

/* How many layers of the network the spec needs; at least 1. */
int objective_depth(const ObjectiveSpec *spec);

/* Any plan gives the same loss and the same gradient, up to rounding. */
typedef struct ObjectivePlan {
    double tile_pixels; /* the most that pass through the network at once, halo included; INFINITY: all */
    int kept_tiles;     /* tiles whose content features are kept, rather than computed again in each
                         * evaluation; OBJECTIVE_KEEP_ALL: all */
} ObjectivePlan;
enum { OBJECTIVE_KEEP_ALL = INT_MAX };

/* The whole picture at once: the fastest plan, and the one that small pictures get. */
static const ObjectivePlan objective_whole = {INFINITY, OBJECTIVE_KEEP_ALL};

typedef struct ObjectiveLayout {
    /* Each layer's share in its loss's mean over layers: the layers' weights scaled to a sum of 1. 0: not
     * used, as all are where the loss itself has no weight. */
    double content_share[VGG16_LAYERS], style_share[VGG16_LAYERS];
    int content_depth, style_depth; /* how many layers of the network each loss needs; 0: none */
    int depth;                      /* objective_depth */
    Vgg16Taps taps;
    Tiling tiling;
    int tiles;
    int kept;  /* tiles whose content features are kept: the last ones */
    int slots; /* places for a tile's content features: the kept tiles', and one that the others share */
} ObjectiveLayout;

ObjectiveLayout objective_layout(const ObjectiveSpec *spec, const ObjectivePlan *plan, int width, int height);

/* Floats of a slot at one layer. */
size_t objective_slot_floats(const ObjectiveLayout *layout, int layer);

/* Floats of the largest tile's pixels. */
size_t objective_tile_floats(const Tiling *tiling);

#endif
