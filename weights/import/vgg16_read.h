/* vgg16_read.h: the numbers of one of VGG16's layers out of a published file, as core wants them. */
#ifndef NST_VGG16_READ_H
#define NST_VGG16_READ_H

#include "vgg16_tensors.h"

size_t vgg16_weight_count(int layer); /* of a layer's kernel: 9 IC OC */
size_t vgg16_bias_count(int layer);

/* weight [OC, IC, 3, 3] and bias [OC], a batch norm folded into them. Fails where a value is not finite. */
NstStatus vgg16_read_layer(TensorFile *file, const Vgg16Tensors *tensors, int layer, float *weight,
                           float *bias, NstError *error);

#endif
