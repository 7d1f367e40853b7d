/* pattern.h: the grey patterns that drawings are made of: noise, gratings, lattices, ridges,
 * bricks, cells. */
#ifndef NST_PATTERN_H
#define NST_PATTERN_H

#include "noise.h"

typedef enum PatternKind {
    PATTERN_NOISE,   /* band-pass noise, with a direction or without */
    PATTERN_GRATING, /* stripes */
    PATTERN_LATTICE, /* stripes two ways */
    PATTERN_RIDGES,  /* the noise's zero lines */
    PATTERN_BRICKS,
    PATTERN_CELLS, /* how far the nearest of scattered points is nearer than the next */
    PATTERN_KINDS,
} PatternKind;

enum { PATTERN_POINTS = 24 };

typedef struct Pattern {
    PatternKind kind;
    float frequency; /* cycles per pixel */
    float cosine, sine;
    float stretch; /* of the second direction; 1: as the first */
    float phase[2];
    Noise noise;
    struct {
        float x, y;
    } point[PATTERN_POINTS]; /* in pixels */
} Pattern;

/* A random pattern for a picture of side x side pixels. */
void pattern_new(Pattern *pattern, Rng *rng, int side);

/* About 0 on average and 1 in spread. */
float pattern_at(const Pattern *pattern, float x, float y);

#endif
