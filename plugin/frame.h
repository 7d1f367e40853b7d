/* frame.h: where in a picture file the painting lies: inside the margins of a scan, or a frame of one colour,
 * whose flat colour and straight edge would otherwise be painted, too. Knows GEGL, no GIMP. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FRAME_H
#define FRAME_H

#include <gegl.h>

/* The picture without its frame, in its own coordinates; all of it where it has none. Each side is judged by
 * itself. It is a frame's where
 *
 *     its lines, two at least, have one colour: at least 99 % of each line's pixels are within 0.06 of the
 *     mean of the outermost in each channel, which allows for JPEG's noise;
 *     they end at a straight edge: within the next 16 lines, or 1/200 of the side, there is one of which half
 *     the pixels differ (JPEG blurs an edge over a block), where a plain sky or the paper of a drawing is
 *     interrupted here and there;
 *     and they are at most a quarter of the side, or a tenth if there is none at the opposite side: more is
 *     part of the picture.
 *
 * So at least half of either side is left. A picture with a side of less than 32 px is left whole. */
GeglRectangle frame_inside(GeglBuffer *picture);

#endif
