/* mask.h: layer masks as amounts of light, 0..1. Knows GEGL, no GIMP; main thread only where the buffers are
 * GIMP's. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MASK_H
#define MASK_H

#include <gegl.h>

/* Makes `mask` let through only what `other`, of the same size, lets through too. Both begin at 0, 0. */
void mask_multiply(GeglBuffer *mask, GeglBuffer *other);

#endif
