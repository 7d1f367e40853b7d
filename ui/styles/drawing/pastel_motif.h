/* pastel_motif.h: a woman reading by a window. */
#ifndef DRAWING_PASTEL_MOTIF_H
#define DRAWING_PASTEL_MOTIF_H

#include "scene.h"

Scene pastel_scene(int height); /* pixels */

/* A colour for a stroke there. */
Vec3 pastel_colour(const Scene *scene, float x, float y, Dice *dice);

/* Face, hands, fruit: things that want small strokes. */
bool pastel_fine(const Scene *scene, float x, float y);

#endif
