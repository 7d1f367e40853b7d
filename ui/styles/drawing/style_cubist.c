/* style_cubist.c: cubist facets: planes of broken, shaded colour with brushed texture in each.
 *
 * Every facet shows its spot of the motif a little shifted and turned, lit from its own side, and brushed
 * in its own direction; contours break where facets meet, and facets stay readable where the motif is
 * plain. Dark lines follow some of the cuts and fade out, as the eye lets planes run into each other. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_styles.h"

#include "brush.h"
#include "facets.h"
#include "motif_cubist.h"

enum { FINER = 2, HEIGHT = 1024 }; /* painted this many times larger, then shrunk */
static const float UNIT = FINER * HEIGHT;

typedef struct Round {
    float width, length, spacing, share, load;
    enum { GROUND, PLANES, EDGES, CONTOURS, LINES, OUTLINES } kind;
} Round;

static const Round rounds[] = {
    {0.045f, 0.11f, 0.022f, 1, 1.3f, GROUND},         {0.030f, 0.075f, 0.0150f, 1, 1.2f, PLANES},
    {0.019f, 0.050f, 0.0105f, 0.9f, 0.95f, PLANES},   {0.013f, 0.032f, 0.0085f, 0.45f, 0.85f, PLANES},
    {0.010f, 0.028f, 0.0060f, 0.7f, 1.1f, EDGES},     {0.0070f, 0.018f, 0.0042f, 0.8f, 1.1f, EDGES},
    {0.0045f, 0.014f, 0.0028f, 0.9f, 1.3f, CONTOURS}, {0.0030f, 0.060f, 0.0040f, 0.9f, 0.9f, LINES},
    {0.0032f, 0.050f, 0.0032f, 0.6f, 1.0f, OUTLINES},
};

typedef struct Easel {
    Canvas canvas;
    Scene scene;
    Facets facets;
    const Round *round;
    int facet, part, cut; /* of the stroke being painted */
} Easel;

/* Where the facet looks, when it should show a place. */
static void look(const Facet *facet, float x, float y, float *from_x, float *from_y)
{
    float dx = x - facet->x, dy = y - facet->y, c = cosf(facet->turn), s = sinf(facet->turn);
    *from_x = facet->x + c * dx - s * dy + facet->shift[0];
    *from_y = facet->y + s * dx + c * dy + facet->shift[1];
}

/* What is seen at a place; faces keep their features where they are. */
static int part_at(const Easel *easel, int number, float x, float y)
{
    float from_x, from_y;
    int plain = scene_part(&easel->scene, x, y);
    if (cubist_firm(plain))
        return plain;
    look(&easel->facets.facets[number], x, y, &from_x, &from_y);
    int part = scene_part(&easel->scene, from_x, from_y);
    return cubist_firm(part) ? plain : part;
}

static Vec3 veiled(Vec3 paint, float veil)
{
    Vec3 over = veil > 0 ? colour(0x8d9ca4) : colour(0xc39a68);
    return vec3_mix(paint, over, fminf(fabsf(veil), 0.35f));
}

static Vec3 plane_colour(const Easel *easel, float x, float y, Dice *dice)
{
    const Facet *facet = &easel->facets.facets[easel->facet];
    float from_x, from_y;
    look(facet, x, y, &from_x, &from_y);
    float across =
        (cosf(facet->light) * (x - facet->x) + sinf(facet->light) * (y - facet->y)) / facet->radius;
    float tone = 0.20f + 0.60f * scene_tone(&easel->scene, easel->part, from_x, from_y);
    tone += facet->contrast * fmaxf(-1.3f, fminf(1.3f, across));
    return veiled(scene_colour(&easel->scene, easel->part, tone, 0.075f, dice), facet->veil);
}

/* Along the border between the stroke's part and others: across it, more of the part lies on one side. */
static float outline_direction(const Easel *easel, float x, float y)
{
    float inside_x = 0, inside_y = 0;
    for (int i = 0; i < 16; i++) {
        float dx = cosf(0.3927f * (float)i), dy = sinf(0.3927f * (float)i);
        bool inside = part_at(easel, easel->facet, x + 0.006f * dx, y + 0.006f * dy) == easel->part;
        inside_x += inside ? dx : 0;
        inside_y += inside ? dy : 0;
    }
    return inside_x * inside_x + inside_y * inside_y < 1 ? NAN : atan2f(-inside_x, inside_y);
}

static float flow(void *data, float x, float y)
{
    const Easel *easel = data;
    float u = x / UNIT, v = y / UNIT, direction;
    int cut, number = facets_at(&easel->facets, u, v);
    switch (easel->round->kind) {
    case LINES:
        return facets_edge(&easel->facets, u, v, &direction, &cut) < 0.006f && cut == easel->cut ? direction
                                                                                                 : NAN;
    case OUTLINES:
        return number == easel->facet ? outline_direction(easel, u, v) : NAN;
    case GROUND:
        return easel->facets.facets[easel->facet].grain;
    default:
        break;
    }
    if (number != easel->facet || part_at(easel, number, u, v) != easel->part)
        return NAN;
    if (cubist_thin(easel->part))
        return scene_flow(&easel->scene, easel->part, u, v);
    return easel->facets.facets[number].grain;
}

/* Along a cut, where a line is wanted: not along all, and each comes and goes. */
static bool line_wanted(const Easel *easel, float x, float y)
{
    float direction;
    int cut;
    float distance = facets_edge(&easel->facets, x, y, &direction, &cut);
    if (distance > 0.003f || cubist_firm(easel->part) || noise_hash(cut, 7, 501) > 0.34f)
        return false;
    return noise_smooth(x * 3, y * 3, 503 + (uint32_t)cut, NULL) > -0.25f;
}

/* Does another part, within the same facet, or another facet begin nearby? */
static bool border_near(const Easel *easel, float x, float y, float reach, bool of_facets)
{
    for (int i = 0; i < 4; i++) {
        float u = x + reach * (float)((i == 0) - (i == 1)), v = y + reach * (float)((i == 2) - (i == 3));
        bool same = facets_at(&easel->facets, u, v) == easel->facet;
        if (same ? part_at(easel, easel->facet, u, v) != easel->part : of_facets)
            return true;
    }
    return false;
}

/* Lines around lines would look like strings of beads. */
static bool thin_near(const Easel *easel, float x, float y)
{
    const float reach = 0.006f;
    for (int i = 0; i < 5; i++) {
        float u = x + reach * (float)((i == 0) - (i == 1)), v = y + reach * (float)((i == 2) - (i == 3));
        if (cubist_thin(part_at(easel, easel->facet, u, v)))
            return true;
    }
    return false;
}

/* Things are drawn with lines here and there, not all around. */
static bool outline_wanted(const Easel *easel, float x, float y)
{
    return border_near(easel, x, y, 0.0016f, false) && !thin_near(easel, x, y) &&
           noise_smooth(x * 9, y * 9, 507 + (uint32_t)easel->part, NULL) > -0.15f;
}

static bool wanted(const Easel *easel, float x, float y)
{
    float reach = 0.8f * easel->round->width;
    switch (easel->round->kind) {
    case EDGES:
        return border_near(easel, x, y, reach, true);
    case CONTOURS:
        return cubist_firm(easel->part) || border_near(easel, x, y, reach, false);
    case LINES:
        return line_wanted(easel, x, y);
    case OUTLINES:
        return outline_wanted(easel, x, y);
    default:
        break;
    }
    return true;
}

static Vec3 line_colour(const Easel *easel, float x, float y, Dice *dice)
{
    Vec3 dark = vec3_scale(colour(0x2a2220), dice_between(dice, 0.6f, 1.6f));
    bool soft = cubist_calm(&easel->scene, easel->part) && easel->round->kind == LINES;
    return soft ? vec3_scale(plane_colour(easel, x, y, dice), 0.60f) : dark;
}

static void paint_place(void *data, float x, float y, Dice *dice)
{
    Easel *easel = data;
    const Round *round = easel->round;
    float direction;
    easel->facet = facets_at(&easel->facets, x, y);
    easel->part = part_at(easel, easel->facet, x, y);
    facets_edge(&easel->facets, x, y, &direction, &easel->cut);
    if (dice_between(dice, 0, 1) > round->share || !wanted(easel, x, y))
        return;
    bool line = round->kind == LINES || round->kind == OUTLINES;
    Stroke stroke = {.x = x * UNIT,
                     .y = y * UNIT,
                     .width = round->width * UNIT * dice_between(dice, 0.7f, 1.25f),
                     .length = round->length * UNIT * dice_between(dice, 0.6f, 1.3f),
                     .turn = (line ? 0.01f : 0.10f) * dice_normal(dice),
                     .load = round->load};
    for (int i = 0; i < 2; i++)
        stroke.colour[i] = line ? line_colour(easel, x, y, dice) : plane_colour(easel, x, y, dice);
    canvas_stroke(&easel->canvas, &stroke, flow, easel, dice);
}

Picture draw_cubist(void)
{
    Dice dice = {50};
    Easel easel = {.scene = cubist_scene(FINER * HEIGHT), .facets = facets_new(cubist_facet_size, &dice)};
    easel.canvas = canvas_new(easel.scene.width, easel.scene.height, colour(0x8a6a48));
    for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++) {
        easel.round = &rounds[i];
        places_visit(easel.round->spacing, &easel, paint_place, &dice);
    }
    Picture large = canvas_lit(&easel.canvas), picture = picture_shrink(&large, FINER);
    picture_free(&large);
    canvas_free(&easel.canvas);
    facets_free(&easel.facets);
    scene_free(&easel.scene);
    return picture;
}
