/* vgg16_read.h: the numbers of one of VGG16's layers from a published file, in core's layout. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_VGG16_READ_H
#define NST_VGG16_READ_H

#include "vgg16_tensors.h"

/* How many numbers a layer's kernel (9 IC OC) and its bias (OC) have. */
size_t vgg16_weight_count(int layer);
size_t vgg16_bias_count(int layer);

/* Fills weight [OC, IC, 3, 3] and bias [OC], with the batch norm, if there is one, folded into them. Fails
 * where a value is not finite. */
NstStatus vgg16_read_layer(TensorFile *file, const Vgg16Tensors *tensors, int layer, float *weight,
                           float *bias, NstError *error);

#endif
