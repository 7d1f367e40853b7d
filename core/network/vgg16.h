/* vgg16.h: the network, from a picture to any of its thirteen rectified convolutions and back.
 *
 * The weights are frozen: what flows back is the gradient with respect to the picture alone.
 *
 * A network and its passes share one crew of workers, so only one thread at a time may use them. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_VGG16_H
#define NST_VGG16_H

#include "core/base/region.h"
#include "core/base/status.h"
#include "core/base/workers.h"
#include "core/settings/layers.h"
#include "core/settings/settings.h"
#include "core/weights/weights.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Vgg16 Vgg16;         /* kernels, ready for use */
typedef struct Vgg16Pass Vgg16Pass; /* the activations of one picture, or of part of one */

/* Makes the first `layers` >= 1 convolutions of the network. Fails if the file holds fewer. `weights` is no
 * longer needed afterwards; `workers` must outlive the network. On failure *out is NULL. */
NstStatus vgg16_new(Vgg16 **out, const Weights *weights, int layers, Workers *workers, NstError *error);

/* Adds the layers that the network lacks, so that it has at least the first `layers`. `weights` is the file
 * that it was made from, which may have been closed and opened again. Layers that are already there stay
 * where they are, so a pass may have the network in use, but not be running. On failure the network is as
 * before. */
NstStatus vgg16_deepen(Vgg16 *net, const Weights *weights, int layers, NstError *error);

void vgg16_free(Vgg16 *net);       /* NULL is fine */
int vgg16_depth(const Vgg16 *net); /* how many layers it has */
Workers *vgg16_workers(const Vgg16 *net);

/* Which layers' activations are wanted, by index. */
typedef struct Vgg16Taps {
    bool at[VGG16_LAYERS];
} Vgg16Taps;

/* Makes room for pictures of up to height x width (each >= NST_MIN_SIDE). The pass is as deep as the deepest
 * tapped layer, and at least one layer deep; the network may be deeper. Activations can be read at the tapped
 * layers; where the last layer of a block isn't tapped, only its pooled map is written. `net` must outlive
 * the pass. On failure *out is NULL. */
NstStatus vgg16_pass_new(Vgg16Pass **out, const Vgg16 *net, const Vgg16Taps *taps, NstPooling pooling,
                         int height, int width, NstError *error);
void vgg16_pass_free(Vgg16Pass *pass); /* NULL is fine */

/* Begins with the picture (or part of one) at rgb: height x width pixels, sRGB-encoded (values outside 0..1
 * are clamped), with `step` floats from one row to the next. Its sides are at most the pass's. */
void vgg16_load(Vgg16Pass *pass, int height, int width, const float *rgb, size_t step);

/* Right after vgg16_load: limits what is wanted to the positions in `own` (in pixels of what was loaded) of
 * the first `layers` layers, the deepest that the pass will then be taken to. Nothing else is computed, so
 * the activations are right only there, and losses must not look elsewhere. Without this call all are
 * wanted. */
void vgg16_focus(Vgg16Pass *pass, const Region *own, int layers);

/* Continues from the layers that are done to the first `layers` of the network, at most the pass's depth. */
void vgg16_forward(Vgg16Pass *pass, int layers);

/* How many layers are done of what has been loaded and not yet taken back. */
int vgg16_done(const Vgg16Pass *pass);

/* Activations of a tapped layer that is done: [rows, columns, C]. Owned by the pass. */
const float *vgg16_features(const Vgg16Pass *pass, int layer);
int vgg16_rows(const Vgg16Pass *pass, int layer);
int vgg16_columns(const Vgg16Pass *pass, int layer);
/* The positions of a layer's map that are computed; those that are wanted lie within them. */
Region vgg16_computed(const Vgg16Pass *pass, int layer);

/* Replaces a tapped layer's activations [rows, columns, C], in place, by the losses' own gradient with
 * respect to them where they are > 0, and by `shut` where they are not. */
typedef void (*Vgg16Inject)(void *data, int layer, float *features, float shut);

/* Runs back from the deepest layer done, which must be tapped. Calls inject once at every tapped layer on the
 * way, the deepest first, and adds the gradient with respect to the picture to drgb, which has `step` floats
 * from one row to the next. The activations are overwritten. */
void vgg16_backward(Vgg16Pass *pass, Vgg16Inject inject, void *data, float *drgb, size_t step);

/* Memory in advance. Bytes that vgg16_new will allocate and keep, and those that it takes in addition while
 * it runs; floats of scratch that each worker has reserved from then on; bytes that vgg16_pass_new will
 * allocate. */
double vgg16_kernel_bytes(int layers);
double vgg16_loading_bytes(int layers, int workers);
size_t vgg16_scratch(int layers);
double vgg16_pass_bytes(const Vgg16Taps *taps, int height, int width);

#endif
