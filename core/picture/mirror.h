/* mirror.h: continues a picture beyond its edges as if a mirror stood there.
 *
 * Where a picture ends, VGG16's convolutions see zeros, which give features that only an edge has. The
 * style's statistics would ask for such edges, and the painting would get a frame. So the network is also
 * shown a strip of the mirror image, which the losses ignore. The convolutions down to relu3_1 see ten pixels
 * beyond the picture, which lie within the strip; deeper layers look past it, but from afar. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_MIRROR_H
#define NST_MIRROR_H

#include "core/base/region.h"

/* Width of the strip on each side, in pixels: a whole number of positions of every layer's map, and no more
 * than the shortest side allowed (NST_MIN_SIDE), which is all that a mirror can show. */
enum { MIRROR_EDGE = 16 };

/* Fills to [rows, columns, 3] with a part of the continued picture rgb [height, width, 3]. The part reaches
 * at most MIRROR_EDGE beyond the picture. */
void mirror_copy(const float *rgb, int height, int width, const Region *part, float *to);

/* The transpose: adds the values of the part to the pixels that they show. */
void mirror_add(const float *from, const Region *part, int height, int width, float *rgb);

#endif
