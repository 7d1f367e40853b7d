/* mirror.h: a picture goes on beyond its edges as if a mirror stood there.
 *
 * VGG16's convolutions see zeros where a picture ends, and features that only an edge has. In the statistics
 * of a style they ask for such edges, and what is painted gets a frame. So the network is shown some of the
 * mirror image too, of which the losses see nothing. What the three convolutions see down to relu3_1, ten
 * pixels, lies within; deeper layers look past it, but from afar. */
#ifndef NST_MIRROR_H
#define NST_MIRROR_H

#include "core/base/region.h"

/* How far the picture goes on, on each side: whole positions of every layer's map, and no more than the
 * shortest side (NST_MIN_SIDE), which is all that a mirror can show. */
enum { MIRROR_EDGE = 16 };

/* Fills to [rows, columns, 3] with that part of the picture rgb [height, width, 3], as it goes on. The part
 * reaches beyond the picture by MIRROR_EDGE at the most. */
void mirror_copy(const float *rgb, int height, int width, const Region *part, float *to);

/* The transpose: adds what the part holds to the pixels that it shows. */
void mirror_add(const float *from, const Region *part, int height, int width, float *rgb);

#endif
