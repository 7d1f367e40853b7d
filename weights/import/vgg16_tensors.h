/* vgg16_tensors.h: finds VGG16's thirteen convolutions among a published file's tensors by their order and
 * shapes, whatever they are called. Names say only what is a weight and what is a bias, and the order.
 *
 * Understood: torchvision's and timm's features.0.weight (under any prefix, module. or other), with or
 * without batch norms; bare indices; conv1_1.weight; Keras's block1_conv1/…/kernel:0, new and old. Everything
 * that isn't a 3 x 3 convolution (fully connected layers, heads) is skipped unread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_VGG16_TENSORS_H
#define NST_VGG16_TENSORS_H

#include "tensor_file.h"

#include "core/settings/layers.h"

enum { TENSOR_NONE = -1 };

/* A layer's number in its names, conv1_1 and relu1_1: "1_1". */
const char *vgg16_number(int layer);

/* Indices into the file's entries, or TENSOR_NONE. */
typedef struct BatchNorm {
    int gamma, beta, mean, variance;
} BatchNorm;

typedef struct Vgg16Tensors {
    int layers; /* from the shallowest, without a gap: 1 .. VGG16_LAYERS */
    struct {
        int weight, bias; /* bias is TENSOR_NONE only under a batch norm */
        BatchNorm norm;   /* all TENSOR_NONE without one */
    } layer[VGG16_LAYERS];
    bool hwio;                      /* kernels are [3, 3, IC, OC] (Keras), else [OC, IC, 3, 3] */
    bool normed;                    /* every layer has a batch norm */
    int colour_weight, colour_bias; /* of a 1 x 1 convolution of the colours before conv1_1, or TENSOR_NONE */
} Vgg16Tensors;

/* Fails where the file holds no VGG16. If it holds another VGG, the error says which. */
NstStatus vgg16_tensors_find(const TensorFile *file, Vgg16Tensors *tensors, NstError *error);

/* A sentence on what the file lacks or leaves unclear, which the caller frees with g_free. NULL: it is a
 * whole VGG16. */
char *vgg16_tensors_remark(const Vgg16Tensors *tensors);

#endif
