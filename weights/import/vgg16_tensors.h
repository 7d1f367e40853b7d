/* vgg16_tensors.h: which of a published file's tensors are VGG16's thirteen convolutions, whatever they are
 * called: by their order and shapes. Names only say what is a weight and what a bias, and the order.
 *
 * Understood: torchvision's and timm's features.0.weight (and below any prefix, module. or other), with batch
 * norm or without; bare indices; conv1_1.weight; Keras's block1_conv1/…/kernel:0, new and old. What isn't a
 * 3 x 3 convolution (fully connected layers, heads) is passed over unread. */
#ifndef NST_VGG16_TENSORS_H
#define NST_VGG16_TENSORS_H

#include "tensor_file.h"

#include "core/settings/layers.h"

enum { TENSOR_NONE = -1 };

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

/* Fails where the file holds no VGG16, or another VGG, and says which. */
NstStatus vgg16_tensors_find(const TensorFile *file, Vgg16Tensors *tensors, NstError *error);

/* What the file lacks or can't tell, as a sentence; NULL: it is a whole VGG16. The caller frees it with
 * g_free. */
char *vgg16_tensors_remark(const Vgg16Tensors *tensors);

#endif
