/* detail.h: a picture's fine detail, as a layer that gives it back to a painting. Knows core, no GIMP; any
 * thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DETAIL_H
#define DETAIL_H

#include "core/picture/image.h"

/* Makes `detail`, which the caller frees, a gray picture of the same size: half plus what is lighter in the
 * picture than in its large forms, minus what is darker. Added to a painting of it, less a half (GIMP's mode
 * "Grain merge"), that shows the picture's detail over the painting's forms and colours. On failure `detail`
 * is empty. */
NstStatus detail_new(const NstImage *picture, NstImage *detail, NstError *error);

#endif
