/* gallery.h: all the drawings, as the next layer to be learned will see them. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NST_GALLERY_H
#define NST_GALLERY_H

#include "network.h"
#include "rng.h"

typedef struct Gallery {
    int count;
    Map *map; /* [count], all of one size */
} Gallery;

/* Draws `count` pictures, numbered from `first`, and passes each through all the network's layers. On failure
 * the gallery is empty. */
NstStatus gallery_new(Gallery *gallery, const Network *network, Workers *workers, uint32_t seed,
                      uint32_t first, int count, int side, NstError *error);
void gallery_free(Gallery *gallery); /* an empty one is fine */

/* Passes every picture through the network's last layer. */
NstStatus gallery_forward(Gallery *gallery, const Network *network, Workers *workers, NstError *error);

/* Pools every picture where the layer asks for it. */
NstStatus gallery_pool(Gallery *gallery, Workers *workers, int layer, NstError *error);

/* Copies the 3x3 neighbourhoods of random places, equally many from each picture, to patches [count, 9 *
 * channels], tap by tap. Only whole neighbourhoods: the zeros beyond the border are not to be learned. */
void gallery_patches(const Gallery *gallery, Rng *rng, size_t count, float *patches);

#endif
