/* filters.h: one layer's filters, learned from the patches that the layer will see. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_FILTERS_H
#define NST_FILTERS_H

#include "recipe.h"
#include "rng.h"

#include "core/base/workers.h"

#include <stddef.h>

/* patches: [count, 9 * channels], tap by tap, on the activations' grid (grid.h); overwritten. Fills weight
 * [filters, channels, 3, 3] and bias [filters] so that after the ReLU every filter's mean over the patches is
 * 1. */
NstStatus filters_learn(Workers *workers, const Recipe *recipe, Rng *rng, float *patches, size_t count,
                        int channels, int filters, float *weight, float *bias, NstError *error);

#endif
