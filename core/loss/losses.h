/* losses.h: the values of one evaluation, for reports; loss.h defines the losses themselves. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_LOSSES_H
#define NST_LOSSES_H

#include "core/settings/layers.h"

typedef struct Losses {
    double total;              /* weighted */
    double content, style, tv; /* each before its weight */
    double style_layer
        [VGG16_LAYERS]; /* the style loss at each layer, before the mean over layers; 0: not used */
} Losses;

#endif
