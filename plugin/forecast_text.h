/* forecast_text.h: what a run takes and has achieved, as text to read. Knows core, no GIMP; any thread. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FORECAST_TEXT_H
#define FORECAST_TEXT_H

#include "core/nst.h"

enum { FIGURE_SIZE = 32 }; /* bytes for any of these figures, the final NUL included */

/* "12 s", "3 min 20 s", "2 h 5 min": to the nearest of the smaller unit, and never "0 s". */
void forecast_text_duration(double seconds, char text[FIGURE_SIZE]);

/* "450 MiB", "3.2 GiB". */
void forecast_text_memory(double bytes, char text[FIGURE_SIZE]);

/* "About 35 s, 450 MiB of memory", for the settings dialog. The caller frees it with g_free. */
char *forecast_text_short(const NstForecast *forecast);

/* "about 35 s and 450 MiB of memory (limit 11.7 GiB); 48 evaluations; ...": all of the plan, and where it
 * differs from what `settings` ask for. The caller frees it with g_free. */
char *forecast_text_full(const NstForecast *forecast, const NstSettings *settings);

/* "scale 1 of 3 (128×96), iterations: 40 in 2.1 s; loss 5.32 to 0.412; content 0 to 0.31, ...": how a scale
 * went. The caller frees it with g_free. */
char *forecast_text_scale(const NstScale *scale);

#endif
