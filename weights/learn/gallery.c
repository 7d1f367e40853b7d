/* gallery.c: drawings are made in parallel. A convolution is shared out among the workers itself, so the
 * pictures pass through the network one after another. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gallery.h"

#include <stdlib.h>
#include <string.h>

typedef struct Drawing {
    Gallery *gallery;
    uint32_t seed, first;
} Drawing;

static void draw_one(void *data, size_t item, float *scratch)
{
    (void)scratch;
    const Drawing *d = data;
    map_draw(&d->gallery->map[item], d->seed, d->first + (uint32_t)item);
}

NstStatus gallery_new(Gallery *gallery, const Network *network, Workers *workers, uint32_t seed,
                      uint32_t first, int count, int side, NstError *error)
{
    *gallery = (Gallery){count, calloc((size_t)count, sizeof *gallery->map)};
    Drawing drawing = {gallery, seed, first};
    NstStatus status = NST_OK;
    if (!gallery->map)
        status = nst_fail_memory(error, "the drawings", (double)count * sizeof *gallery->map);
    for (int i = 0; status == NST_OK && i < count; i++)
        status = map_new(&gallery->map[i], side, side, 3, error);
    if (status == NST_OK)
        workers_run(workers, (size_t)count, draw_one, &drawing);
    for (int i = 0; status == NST_OK && i < count; i++)
        status = map_forward(&gallery->map[i], network, workers, error);
    if (status != NST_OK)
        gallery_free(gallery);
    return status;
}

void gallery_free(Gallery *gallery)
{
    for (int i = 0; gallery->map && i < gallery->count; i++)
        free(gallery->map[i].values);
    free(gallery->map);
    *gallery = (Gallery){0};
}

NstStatus gallery_forward(Gallery *gallery, const Network *network, Workers *workers, NstError *error)
{
    NstStatus status = NST_OK;
    for (int i = 0; status == NST_OK && i < gallery->count; i++)
        status = map_convolve(&gallery->map[i], network, workers, network->layers - 1, error);
    return status;
}

NstStatus gallery_pool(Gallery *gallery, Workers *workers, int layer, NstError *error)
{
    NstStatus status = NST_OK;
    for (int i = 0; status == NST_OK && i < gallery->count; i++)
        status = map_pool(&gallery->map[i], workers, layer, error);
    return status;
}

void gallery_patches(const Gallery *gallery, Rng *rng, size_t count, float *patches)
{
    for (size_t n = 0; n < count; n++) {
        const Map *m = &gallery->map[n % (size_t)gallery->count];
        size_t c = (size_t)m->channels, line = (size_t)m->width * c;
        size_t x = rng_below(rng, (uint32_t)m->width - 2), y = rng_below(rng, (uint32_t)m->height - 2);
        for (size_t row = 0; row < 3; row++, patches += 3 * c)
            memcpy(patches, m->values + (y + row) * line + x * c, 3 * c * sizeof *patches);
    }
}
