/* network.h: a VGG16 whose weights are hashed numbers, as safetensors files. It needs no download and takes
 * no space in the repository, and reference.py makes the same one.
 *
 * Weights are uniform in +-sqrt(2 / (3 IC)), which keeps the size of the activations from layer to layer (He
 * et al. 2015); biases are within +-0.1, so that they matter. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_NETWORK_H
#define TESTS_NETWORK_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define NETWORK_METADATA                                                                                     \
    "{\"format\":\"neural-style-vgg16\",\"channels\":\"RGB\",\"scale\":\"1\","                               \
    "\"mean\":\"0.485 0.456 0.406\",\"std\":\"0.229 0.224 0.225\",\"provenance\":\"hashed numbers\"}"
#define NETWORK_METADATA_BGR                                                                                 \
    "{\"format\":\"neural-style-vgg16\",\"channels\":\"BGR\",\"scale\":\"255\","                             \
    "\"mean\":\"103.939 116.779 123.68\",\"std\":\"64 64 64\"}"

/* New arrays, freed with g_free. */
float *network_weight(int layer);
float *network_bias(int layer);
size_t network_weight_count(int layer);
size_t network_bias_count(int layer);

/* The JSON header of a file with that many layers, with or without the given metadata (NULL: none), and the
 * tensors' bytes that belong to it. With `half` both are F16, and the values are rounded to that. */
char *network_header(int layers, bool half, const char *metadata);
GByteArray *network_data(int layers, bool half);

/* Length, header (padded with spaces to a multiple of 8) and data as one file. */
GByteArray *safetensors_bytes(const char *header, const GByteArray *data);
void bytes_write(const char *path, const void *bytes, size_t size);

/* All of it: a float32 file with that many layers. */
void network_write(const char *path, int layers, const char *metadata);

/* IEEE 754 binary16 and back, by arithmetic: round to nearest, ties to even; for finite values in range. */
guint16 half_from_double(double value);
double half_to_double(guint16 half);

#endif
