/* enlarge.h: how a picture goes from one scale to the next. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_ENLARGE_H
#define NST_ENLARGE_H

#include "image.h"

/* Brings `picture` to width x height in place. `start` is what it was painted over: the same view at any
 * size, or NULL for none (the run began with noise). It has details that the picture's own size can't hold,
 * and they are added:
 *
 *     picture' = enlarged(picture) + start - enlarged(start at the picture's size)
 *
 * where each term has the new size and the sum is clamped to 0..1. So what is carried over is what painting
 * has changed. On failure the picture is unchanged. */
NstStatus picture_enlarge(NstImage *picture, const NstImage *start, int width, int height, NstError *error);

#endif
