/* weights.h: opens the one format that is read inside GIMP: safetensors, memory-mapped, every length and
 * offset checked before anything is read. A wrong, cut-off or foreign file is refused by name.
 *
 * The file holds conv1_1.weight [64, 3, 3, 3], conv1_1.bias [64], ... conv5_3.bias [512], F32 or F16, perhaps
 * only the shallower layers; and in __metadata__ (all values are strings, as the format has it):
 *
 *     format       "neural-style-vgg16"     required: tells our files from others that happen to have such
 * tensors channels     "RGB" or "BGR"           required: the order conv1_1 expects scale        "1" or "255"
 * required: what white is before the mean is taken off mean, std    "0.485 0.456 0.406"      required: three
 * numbers each, in the order of `channels` provenance, license                   free text for the log
 *
 * The network's input is (picture * scale - mean) / std. */
#ifndef NST_WEIGHTS_H
#define NST_WEIGHTS_H

#include "core/base/status.h"
#include "core/settings/layers.h"

typedef struct Weights Weights;

typedef struct Preprocessing {
    int bgr;               /* 1: blue first */
    float scale;           /* white */
    float mean[3], std[3]; /* in the order of the network's channels */
} Preprocessing;

/* NULL: error is filled and names the file. */
Weights *weights_open(const char *path, NstError *error);
void weights_close(Weights *weights); /* NULL is fine */

/* How many layers the file holds, counted from the shallowest without a gap: 1 .. VGG16_LAYERS. */
int weights_layers(const Weights *weights);
const Preprocessing *weights_preprocessing(const Weights *weights);
const char *weights_path(const Weights *weights);
const char *weights_provenance(const Weights *weights); /* "" where the file says nothing */

/* The layers to compare with the content where nobody names any. A network trained to tell things apart keeps
 * them at relu3_3, and lets the strokes there be what they like; one that neural-style-learn has made by
 * clustering alone keeps more of them the shallower it is asked. Measured in weights/README.md and
 * tests/bench/RESULTS.md. */
const char *weights_content_layers(const Weights *weights);

/* Copies a layer as float32 into weight [OC, IC, 3, 3] and bias [OC], which the caller owns.
 * Fails where a value is not finite. layer < weights_layers. */
NstStatus weights_read(const Weights *weights, int layer, float *weight, float *bias, NstError *error);

#endif
