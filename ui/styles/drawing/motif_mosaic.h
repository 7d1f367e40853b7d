/* motif_mosaic.h: a bay with a harbour town, a boat and fish. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_MOTIF_MOSAIC_H
#define DRAWING_MOTIF_MOSAIC_H

#include "sketch.h"

/* The kinds of parts: what their tiles are of, and small ones where there is detail. */
enum { MOSAIC_STONE, MOSAIC_STONE_SMALL, MOSAIC_GLASS, MOSAIC_GLASS_SMALL };

Sketch motif_mosaic(int width, int height);

#endif
