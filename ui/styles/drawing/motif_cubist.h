/* motif_cubist.h: a guitar player at a table, before anything is broken. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DRAWING_MOTIF_CUBIST_H
#define DRAWING_MOTIF_CUBIST_H

#include "scene.h"

Scene cubist_scene(int height); /* pixels */

/* How finely the picture breaks there: the size of facets, in units of the picture's height. */
float cubist_facet_size(float x, float y);

/* Eyes and mouth stay where they are, whatever breaks around them. */
bool cubist_firm(int part);

/* Things that are lines themselves. */
bool cubist_thin(int part);

/* The light places and the face, which take only soft lines. */
bool cubist_calm(const Scene *scene, int part);

#endif
