/* winograd.h: a 3x3 correlation with a quarter of the products that its definition takes. How: winograd.c.
 * Rounding: 2e-6 to 4e-6 of the output's norm, where a plain sum's is 1e-7. */
#ifndef NST_WINOGRAD_H
#define NST_WINOGRAD_H

#include "conv_map.h"
#include "core/base/status.h"
#include "core/base/workers.h"

#include <stdbool.h>
#include <stddef.h>

enum { WINOGRAD_KERNEL_FLOATS = 36 }; /* a pair of channels, transformed */

typedef struct Winograd Winograd; /* transformed kernels; read-only once made */

/* Are the channels of a number that the transforms can work on? */
bool winograd_serves(int in_channels, int out_channels);

/* kernels: [9, IC, OC], not kept. NULL: error is filled. */
Winograd *winograd_new(int in_channels, int out_channels, const float *kernels, NstError *error);
void winograd_free(Winograd *winograd); /* NULL is fine */

/* Floats of scratch that each worker must have reserved. */
size_t winograd_scratch(int in_channels, int out_channels);

/* source: [H, W, IC] -> sink: [H, W, OC], each as conv_map.h says; whole squares around what is wanted are
 * written. */
void winograd_run(const Winograd *winograd, Workers *workers, const ConvFrame *frame,
                  const ConvSource *source, const ConvSink *sink);

#endif
