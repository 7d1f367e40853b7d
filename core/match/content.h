/* content.h: what is read from the colours of the pictures at the scale where they are matched: light and
 * dark, chroma, and where the content is plain. These pictures are small, so everything runs in the calling
 * thread. Pictures have values in 0..1. Nothing here allocates or keeps state; any thread. */
#ifndef NST_MATCH_CONTENT_H
#define NST_MATCH_CONTENT_H

#include "core/picture/image.h"
#include "grid.h"

/* Light of a pixel: ITU-R BT.601's luma, whose chroma is the differences of red and blue from it. */
static inline float content_light(const float *rgb)
{
    return 0.299F * rgb[0] + 0.587F * rgb[1] + 0.114F * rgb[2];
}

typedef struct LightSpread {
    double mean, deviation;
} LightSpread;

LightSpread content_spread(const NstImage *picture);

/* The spread of a picture's light and of its chroma: red and blue, less the light. */
typedef struct Palette {
    LightSpread light, chroma[2];
} Palette;

Palette content_palette(const NstImage *picture);

/* How much the content's light and dark are spread to suit the painting's: by the ratio of the deviations,
 * within bounds; where the painting's is the smaller, by its root, or faces would lie in fog. */
double content_contrast(LightSpread content, LightSpread painting);

/* Gives the content, in place, the painting's mean light, spread by content_contrast, and brings its chroma
 * half the way to the painting's mean, and by the root of the ratio to its spread. Values stay in 0..1. */
void content_relight(NstImage *content, const Palette *painting);

/* chroma: [cells, 2], means over the cells of a picture that is CELL_SIDE times as large as the grid. */
void content_chroma(const NstImage *picture, CellGrid grid, float *chroma);

/* plain: [cells], 1 where the content is plain, towards 0 at edges of light and dark and one cell around
 * them. Scratch: room for as many floats. */
void content_plain(const NstImage *picture, CellGrid grid, float *plain, float *scratch);

#endif
