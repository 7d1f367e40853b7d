/* forecast.h: the memory that a run will take at its peak, told before anything is allocated. */
#ifndef NST_FORECAST_H
#define NST_FORECAST_H

#include "objective.h"
#include "schedule.h"
#include "settings.h"

/* Bytes at the finest scale, where the peak is. style: its size beside that scale. */
double forecast_bytes(const ObjectiveSpec *spec, NstOptimizer optimizer, const Schedule *schedule,
                      int style_width, int style_height);

#endif
