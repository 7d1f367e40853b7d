/* paintings.h: scenes as a painter would cover a canvas with them. */
#ifndef NST_PAINTINGS_H
#define NST_PAINTINGS_H

#include "canvas.h"

/* Strokes of falling width along a flow, coloured by the scene where each begins. */
void paint_strokes(Canvas *canvas, Rng *rng, const Scene *scene);

/* Dead leaves: shapes of all sizes, each hiding what lies under it, coloured by either scene. As many are of
 * a size as photographs have (density r^-3: Lee, Mumford and Huang, "Occlusion Models for Natural Images",
 * 2001). */
void paint_leaves(Canvas *canvas, Rng *rng, const Scene scenes[2]);

#endif
