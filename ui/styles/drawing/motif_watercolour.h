/* motif_watercolour.h: a small town by a river, painted in washes. */
#ifndef DRAWING_MOTIF_WATERCOLOUR_H
#define DRAWING_MOTIF_WATERCOLOUR_H

#include "wash.h"

void motif_watercolour(Sheet *sheet, Dice *dice);

#endif
