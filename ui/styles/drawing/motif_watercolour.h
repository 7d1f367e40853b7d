/* motif_watercolour.h: a small town by a river, painted in washes. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_MOTIF_WATERCOLOUR_H
#define DRAWING_MOTIF_WATERCOLOUR_H

#include "wash.h"

void motif_watercolour(Sheet *sheet, Dice *dice);

#endif
