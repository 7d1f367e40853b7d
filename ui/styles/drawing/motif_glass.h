/* motif_glass.h: a lake between hills, with a tree in autumn and irises. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_MOTIF_GLASS_H
#define DRAWING_MOTIF_GLASS_H

#include "sketch.h"

/* The kinds of parts: how large their panes are; a petal or a leaf is one. */
enum { GLASS_BROAD, GLASS_MIDDLE, GLASS_WHOLE };

Sketch motif_glass(int width, int height);

#endif
