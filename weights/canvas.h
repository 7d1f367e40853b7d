/* canvas.h: a sheet to paint on, at twice the picture's size: a border drawn with one point per pixel is a
 * staircase that no photograph has. Everything on it is in points of the sheet, half a pixel each. */
#ifndef NST_CANVAS_H
#define NST_CANVAS_H

#include "scene.h"

#include "core/status.h"

typedef struct Canvas {
    int side;   /* points */
    float *rgb; /* [side, side, 3], 0..1 */
} Canvas;

/* A canvas for a picture of side x side pixels, with the scene on it. The caller frees it with canvas_free.
 */
NstStatus canvas_new(Canvas *canvas, const Scene *scene, int side, NstError *error);
void canvas_free(Canvas *canvas);

/* rgb [side, side, 3] in pixels: each the mean of its 2 x 2 points. */
void canvas_picture(const Canvas *canvas, float *rgb);

/* The scene's colour at a point of the canvas. */
void canvas_scene_at(const Scene *scene, float x, float y, float rgb[3]);

/* The field that strokes follow: their direction at each point, in radians. */
typedef struct Flow {
    Noise noise;
    float base, swing;
} Flow;

typedef struct Brush {
    float half;                      /* of its width */
    float slope;                     /* of its light, from one side to the other */
    float bristle, frequency, phase; /* how much lighter and darker its hairs are, and how many there are */
    float rgb[3];
} Brush;

/* A stroke of `length` along the flow, from (x, y) on, with round ends. */
void canvas_stroke(Canvas *canvas, const Brush *brush, const Flow *flow, float x, float y, float length);

typedef enum LeafKind { LEAF_ELLIPSE, LEAF_BOX, LEAF_TRIANGLE, LEAF_KINDS } LeafKind;

/* A shape that hides what is under it. */
typedef struct Leaf {
    LeafKind kind;
    float x, y, radius, squeeze; /* squeeze: the shorter axis over the longer one */
    float cosine, sine;          /* of the longer axis */
    float slope[2];              /* of its light, along both axes */
    float outline;               /* width of a dark rim; 0: none */
    float shift[3];              /* added to its colour */
    const Scene *filling;        /* NULL: `rgb` all over */
    float rgb[3];
} Leaf;

void canvas_leaf(Canvas *canvas, const Leaf *leaf);

#endif
