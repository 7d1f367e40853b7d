/* draw_samples.h: the two sample pictures. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SAMPLES_DRAW_SAMPLES_H
#define SAMPLES_DRAW_SAMPLES_H

#include "ui/styles/drawing/picture.h"

enum { SAMPLE_WIDTH = 640, SAMPLE_HEIGHT = 426 };

Picture draw_scene(void);    /* a photograph, nearly: a lake in the evening */
Picture draw_painting(void); /* a storm at sunset, in brush strokes */

#endif
