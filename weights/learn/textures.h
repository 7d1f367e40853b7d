/* textures.h: the drawings that the built-in network learns from. It never sees anything else, no photograph
 * and no painting, so nobody else's licence applies to the weights. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_TEXTURES_H
#define NST_TEXTURES_H

#include <stddef.h>
#include <stdint.h>

/* Draws picture `number` of the endless series that belongs to `seed` into rgb [side, side, 3], 0..1. Any
 * number may be drawn at any time, in any thread. */
void texture_draw(uint32_t seed, uint32_t number, int side, float *rgb);

#endif
