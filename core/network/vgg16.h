/* vgg16.h: the network, from a picture to any of its thirteen rectified convolutions and back.
 *
 * The weights are frozen: what flows back is the gradient with respect to the picture alone. */
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

typedef struct Vgg16 Vgg16;         /* kernels, ready for use; read-only once made */
typedef struct Vgg16Pass Vgg16Pass; /* the activations of one picture, or a part of one */

/* The first `layers` convolutions of the network. Fails where the file holds fewer. `workers` must outlive
 * it. NULL: error is filled. */
Vgg16 *vgg16_new(const Weights *weights, int layers, NstPooling pooling, Workers *workers, NstError *error);
void vgg16_free(Vgg16 *net);       /* NULL is fine */
int vgg16_depth(const Vgg16 *net); /* its `layers` */
Workers *vgg16_workers(const Vgg16 *net);

/* Which layers' activations are wanted, by index. */
typedef struct Vgg16Taps {
    bool at[VGG16_LAYERS];
} Vgg16Taps;

/* Memory for pictures of up to height x width (each >= NST_MIN_SIDE). At layers that are tapped the
 * activations can be looked at; where the last layer of a block isn't, its map is never written, only the
 * pooled one. `net` must outlive it. NULL: error is filled. */
Vgg16Pass *vgg16_pass_new(const Vgg16 *net, const Vgg16Taps *taps, int height, int width, NstError *error);
void vgg16_pass_free(Vgg16Pass *pass); /* NULL is fine */

/* Begins with the picture (or a part of one) at rgb, height x width pixels, sRGB-encoded (what is outside
 * 0..1 is clamped), whose rows lie `step` floats apart. Its sides are at most the pass's. */
void vgg16_load(Vgg16Pass *pass, int height, int width, const float *rgb, size_t step);

/* Right after vgg16_load: only the positions that lie in `own` (in pixels of what was loaded) are wanted, of
 * the first `layers` layers, which are as far as it will go. Nothing else is computed, so the activations are
 * right there alone, and losses must not look elsewhere. Without it all are wanted. */
void vgg16_focus(Vgg16Pass *pass, const Region *own, int layers);

/* Goes on from the layers that are done to the first `layers` of the network. */
void vgg16_forward(Vgg16Pass *pass, int layers);

/* What has been loaded and not yet gone back: how many layers are done. */
int vgg16_done(const Vgg16Pass *pass);

/* Activations of a tapped layer that is done: [rows, columns, C]. Owned by pass. */
const float *vgg16_features(const Vgg16Pass *pass, int layer);
int vgg16_rows(const Vgg16Pass *pass, int layer);
int vgg16_columns(const Vgg16Pass *pass, int layer);
/* The positions of a layer's map that are computed; those that are wanted lie within. */
Region vgg16_computed(const Vgg16Pass *pass, int layer);

/* Turns a tapped layer's activations [rows, columns, C], in place, into the losses' own gradient with respect
 * to them where they are > 0, and into `shut` where they are not. */
typedef void (*Vgg16Inject)(void *data, int layer, float *features, float shut);

/* Runs back from the deepest layer done, which must be tapped, calling inject once at every tapped layer on
 * the way (the deepest first), and adds the gradient with respect to the picture to drgb, whose rows lie
 * `step` floats apart. The activations are used up. */
void vgg16_backward(Vgg16Pass *pass, Vgg16Inject inject, void *data, float *drgb, size_t step);

/* Bytes that vgg16_new and vgg16_pass_new allocate, told beforehand; loading_bytes are what vgg16_new takes
 * beside them while it runs, and the floats of scratch are what each worker has reserved from then on. */
double vgg16_kernel_bytes(int layers);
double vgg16_loading_bytes(int layers, int workers);
size_t vgg16_scratch(int layers);
double vgg16_pass_bytes(int layers, const Vgg16Taps *taps, int height, int width);

#endif
