/* pictures.h: pictures to measure with: smooth noise, the same on every machine. Smooth, because white noise
 * would give the deeper layers activations that no photograph produces. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_PICTURES_H
#define BENCH_PICTURES_H

#include "core/picture/image.h"

/* Which picture; each looks different. */
enum { CONTENT_PICTURE, STYLE_PICTURE, PAINTED_PICTURE, PICTURES };

/* The caller frees it with nst_image_free. Never fails: the program ends if there is not enough memory. */
NstImage picture_new(int which, int width, int height);

#endif
