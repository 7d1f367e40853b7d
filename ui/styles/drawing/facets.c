/* facets.c: cuts through cuts.
 *
 * Each cut divides one piece in two until pieces are small enough where they lie. Painters reuse a few
 * directions in one picture, which holds it together; so do these cuts. Cells around random points were
 * rejected: they look like giraffe skin, since no line runs through. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facets.h"

#include "scene.h"

#include <stdlib.h>

enum { MOST = 1024, CORNERS = 24 };

/* A convex piece, while it is being cut. */
typedef struct Piece {
    float x[CORNERS], y[CORNERS];
    int corners;
} Piece;

static const float directions[] = {0.52f, -0.98f, 1.40f, -0.22f, -1.30f, 0.95f};

static void middle_of(const Piece *piece, float *x, float *y)
{
    *x = *y = 0;
    for (int i = 0; i < piece->corners; i++) {
        *x += piece->x[i] / (float)piece->corners;
        *y += piece->y[i] / (float)piece->corners;
    }
}

/* How far the piece reaches along a direction. */
static float extent(const Piece *piece, float angle)
{
    float least = INFINITY, most = -INFINITY;
    for (int i = 0; i < piece->corners; i++) {
        float at = cosf(angle) * piece->x[i] + sinf(angle) * piece->y[i];
        least = fminf(least, at);
        most = fmaxf(most, at);
    }
    return most - least;
}

/* Positive on the cut's second side. */
static float side_of(const Cut *cut, float x, float y)
{
    float along = cosf(cut->angle) * (x - cut->x) + sinf(cut->angle) * (y - cut->y);
    return cosf(cut->angle) * (y - cut->y) - sinf(cut->angle) * (x - cut->x) + cut->bend * along * along;
}

static void add_corner(Piece *piece, float x, float y)
{
    if (piece->corners < CORNERS) {
        piece->x[piece->corners] = x;
        piece->y[piece->corners++] = y;
    }
}

/* The part of a piece on one side of a cut, which counts as straight here. */
static Piece clip(const Piece *piece, const Cut *cut, float sign)
{
    Piece part = {.corners = 0};
    Cut straight = *cut;
    straight.bend = 0;
    for (int i = 0; i < piece->corners; i++) {
        int j = (i + 1) % piece->corners;
        float here = sign * side_of(&straight, piece->x[i], piece->y[i]);
        float next = sign * side_of(&straight, piece->x[j], piece->y[j]);
        if (here >= 0)
            add_corner(&part, piece->x[i], piece->y[i]);
        if ((here < 0) != (next < 0)) {
            float t = here / (here - next);
            add_corner(&part, piece->x[i] + t * (piece->x[j] - piece->x[i]),
                       piece->y[i] + t * (piece->y[j] - piece->y[i]));
        }
    }
    return part;
}

/* Across the longer way, nearly: the direction along which the piece is short, with a whim. */
static float choose_direction(const Piece *piece, Dice *dice)
{
    float best = 0, best_worth = INFINITY;
    for (size_t i = 0; i < sizeof directions / sizeof *directions; i++) {
        float worth = extent(piece, directions[i]) * dice_between(dice, 0.5f, 1.5f);
        if (worth < best_worth) {
            best_worth = worth;
            best = directions[i];
        }
    }
    return best + 0.12f * dice_normal(dice);
}

static int make_facet(Facets *facets, const Piece *piece, Dice *dice)
{
    Facet facet = {.contrast = dice_between(dice, 0.26f, 0.52f),
                   .turn = 0.06f * dice_normal(dice),
                   .veil = 0.12f * dice_normal(dice)};
    middle_of(piece, &facet.x, &facet.y);
    facet.radius = 0.5f * sqrtf(extent(piece, 0) * extent(piece, 1.5708f));
    int whim = (int)dice_between(dice, 0, 5.999f);
    facet.grain = directions[whim] + 0.1f * dice_normal(dice);
    facet.light = directions[(whim + 2) % 6] + (dice_between(dice, 0, 1) < 0.7f ? 3.1416f : 0);
    for (int i = 0; i < 2; i++)
        facet.shift[i] = 0.085f * facet.radius * dice_normal(dice);
    facets->facets[facets->facet_count] = facet;
    return -1 - facets->facet_count++;
}

static int divide(Facets *facets, const Piece *piece, float (*size)(float x, float y), Dice *dice)
{
    float x, y;
    middle_of(piece, &x, &y);
    float large = sqrtf(extent(piece, 0) * extent(piece, 1.5708f));
    float longest = fmaxf(extent(piece, 0), extent(piece, 1.5708f));
    float allowed = size(x, y) * dice_between(dice, 0.8f, 1.7f);
    if ((large < allowed && longest < 2.6f * allowed) || facets->cut_count == MOST - 1)
        return make_facet(facets, piece, dice);
    Cut cut = {.angle = choose_direction(piece, dice)};
    cut.x = x + 0.14f * large * dice_normal(dice);
    cut.y = y + 0.14f * large * dice_normal(dice);
    cut.bend = dice_between(dice, 0, 1) < 0.4f ? dice_between(dice, -1.1f, 1.1f) : 0;
    Piece parts[2] = {clip(piece, &cut, -1), clip(piece, &cut, 1)};
    if (parts[0].corners < 3 || parts[1].corners < 3) /* it missed */
        return make_facet(facets, piece, dice);
    int number = facets->cut_count++;
    for (int i = 0; i < 2; i++)
        cut.sides[i] = divide(facets, &parts[i], size, dice);
    facets->cuts[number] = cut;
    return number;
}

Facets facets_new(float (*size)(float x, float y), Dice *dice)
{
    Facets facets = {allocate(MOST, sizeof(Cut)), allocate(MOST, sizeof(Facet)), 0, 0};
    Piece whole = {{-0.1f, SCENE_WIDE + 0.1f, SCENE_WIDE + 0.1f, -0.1f}, {-0.1f, -0.1f, 1.1f, 1.1f}, 4};
    divide(&facets, &whole, size, dice);
    return facets;
}

void facets_free(Facets *facets)
{
    free(facets->cuts);
    free(facets->facets);
    *facets = (Facets){0};
}

int facets_at(const Facets *facets, float x, float y)
{
    int at = 0;
    while (at >= 0)
        at = facets->cuts[at].sides[side_of(&facets->cuts[at], x, y) >= 0];
    return -1 - at;
}

float facets_edge(const Facets *facets, float x, float y, float *direction, int *cut)
{
    float nearest = INFINITY;
    for (int at = 0; at >= 0;) {
        const Cut *here = &facets->cuts[at];
        float side = side_of(here, x, y);
        if (fabsf(side) < nearest) {
            float along = cosf(here->angle) * (x - here->x) + sinf(here->angle) * (y - here->y);
            nearest = fabsf(side);
            *direction = here->angle - atanf(2 * here->bend * along);
            *cut = at;
        }
        at = here->sides[side >= 0];
    }
    return nearest;
}
