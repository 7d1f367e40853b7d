/* motif_dots.h: a river bank on a summer afternoon. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_MOTIF_DOTS_H
#define DRAWING_MOTIF_DOTS_H

#include "sketch.h"

/* The kinds of parts: how small the dots must be to show them. */
enum { DOTS_BROAD, DOTS_MIDDLE, DOTS_FINE };

Sketch motif_dots(int width, int height);

#endif
