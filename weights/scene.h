/* scene.h: two textures parted by a border: a drawing's subject, as a colour at every point. */
#ifndef NST_SCENE_H
#define NST_SCENE_H

#include "pattern.h"

enum { PALETTE_MOST = 5 };

typedef struct Texture {
    Pattern pattern;
    Noise detail;
    float detail_strength;
    Noise warp[2];
    float warp_pixels; /* 0: straight */
    int colours;
    float palette[PALETTE_MOST][3];
    float hardness; /* of the steps between colours */
} Texture;

typedef enum BorderKind { BORDER_LINE, BORDER_ELLIPSE, BORDER_BOX, BORDER_BLOB, BORDER_KINDS } BorderKind;

typedef struct Border {
    BorderKind kind;
    float cosine, sine, x, y, radius, squeeze[2]; /* in halves of the side, from the middle */
    Noise blob;
} Border;

typedef struct Scene {
    float half; /* of the side, in pixels */
    Texture texture[2];
    Border border;
} Scene;

/* A random scene for a picture of side x side pixels. */
void scene_new(Scene *scene, Rng *rng, int side);

/* Puts wide, calm patches of colour in place of the textures: a subject for a painter. */
void scene_calm(Scene *scene, Rng *rng, int side);

/* The colour, 0..1, of the point (x, y), in pixels. */
void scene_at(const Scene *scene, float x, float y, float rgb[3]);

#endif
