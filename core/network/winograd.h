/* winograd.h: a 3x3 correlation with a quarter of the products in its definition; winograd.c explains how.
 * Rounding error: 2e-6 to 4e-6 of the output's norm, where a plain sum's is 1e-7. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_WINOGRAD_H
#define NST_WINOGRAD_H

#include "conv_map.h"
#include "core/base/status.h"
#include "core/base/workers.h"

#include <stdbool.h>
#include <stddef.h>

enum { WINOGRAD_KERNEL_FLOATS = 36 }; /* per pair of channels, transformed */

typedef struct Winograd Winograd; /* transformed kernels; read-only once made */

/* Can the transforms work on these numbers of channels? */
bool winograd_serves(int in_channels, int out_channels);

/* kernels: [9, IC, OC], not kept. On failure *out is NULL. */
NstStatus winograd_new(Winograd **out, int in_channels, int out_channels, const float *kernels,
                       NstError *error);
void winograd_free(Winograd *winograd); /* NULL is fine */

/* Floats of scratch that each worker must have reserved. */
size_t winograd_scratch(int in_channels, int out_channels);

/* source: [H, W, IC] -> sink: [H, W, OC], each as conv_map.h says. Writes whole squares around what is
 * wanted. */
void winograd_run(const Winograd *winograd, Workers *workers, const ConvFrame *frame,
                  const ConvSource *source, const ConvSink *sink);

#endif
