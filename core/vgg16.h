/* vgg16.h: the network, from a picture to any of its thirteen rectified convolutions and back.
 *
 * The weights are frozen: what flows back is the gradient with respect to the picture alone. */
#ifndef NST_VGG16_H
#define NST_VGG16_H

#include "layers.h"
#include "settings.h"
#include "status.h"
#include "weights.h"
#include "workers.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Vgg16 Vgg16;         /* kernels, ready for use; read-only once made */
typedef struct Vgg16Pass Vgg16Pass; /* the activations of one picture size */

/* The first `layers` convolutions of the network. Fails where the file holds fewer. `workers` must outlive
 * it. NULL: error is filled. */
Vgg16 *vgg16_new(const Weights *weights, int layers, NstPooling pooling, Workers *workers, NstError *error);
void vgg16_free(Vgg16 *net);       /* NULL is fine */
int vgg16_depth(const Vgg16 *net); /* its `layers` */
Workers *vgg16_workers(const Vgg16 *net);

/* Memory for pictures of height x width (each >= NST_MIN_SIDE); with `backward`, for gradients too.
 * `net` must outlive it. NULL: error is filled. */
Vgg16Pass *vgg16_pass_new(const Vgg16 *net, int height, int width, bool backward, NstError *error);
void vgg16_pass_free(Vgg16Pass *pass); /* NULL is fine */

/* rgb: [H, W, 3], sRGB-encoded 0..1. Fills every layer's activations. */
void vgg16_forward(Vgg16Pass *pass, const float *rgb);

/* Activations of a layer after the last forward: [N, C], N = rows * columns at that layer. Owned by pass. */
const float *vgg16_features(const Vgg16Pass *pass, int layer);
size_t vgg16_positions(const Vgg16Pass *pass, int layer); /* N */

/* Adds the losses' own gradient with respect to a layer's activations to dfeatures [N, C]. */
typedef void (*Vgg16Inject)(void *data, int layer, const float *features, float *dfeatures);

/* Runs back from the deepest layer, calling inject once at every layer on the way (the deepest first), to
 * drgb: [H, W, 3], overwritten. Needs a forward before it and a pass made with `backward`. */
void vgg16_backward(Vgg16Pass *pass, Vgg16Inject inject, void *data, float *drgb);

/* Bytes that vgg16_new and vgg16_pass_new allocate, told beforehand. */
double vgg16_kernel_bytes(int layers);
double vgg16_pass_bytes(int layers, int height, int width, bool backward);

#endif
