/* textures.h: the drawings that the built-in network learns from. They are all it ever sees: no photograph
 * and no painting, so nobody's licence reaches the weights. */
#ifndef NST_TEXTURES_H
#define NST_TEXTURES_H

#include <stddef.h>
#include <stdint.h>

/* Draws picture `number` of the endless series that belongs to `seed`: rgb [side, side, 3], 0..1, the
 * caller's. Any number may be drawn at any time, in any thread. */
void texture_draw(uint32_t seed, uint32_t number, int side, float *rgb);

#endif
