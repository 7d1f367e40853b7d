/* style_knife.c: palette knife: flat slabs of thick paint side by side.
 *
 * A slab is fitted into what it depicts: the blade is as wide as there is room, and no wider. So edges of
 * things become edges of slabs, straight and a little off, which is how a knife draws. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_styles.h"

#include "knife.h"
#include "motif_knife.h"

enum { FINER = 2, HEIGHT = 1024 }; /* painted this many times larger, then shrunk */
static const float UNIT = FINER * HEIGHT;

/* One pass with one knife; sizes are in units of the picture's height. */
typedef struct Round {
    float width, length, spacing;
    float share;     /* of the places that get a slab */
    bool at_borders; /* only near them */
    float narrowest; /* a place with less room is left to smaller knives */
    float load;
} Round;

static const Round rounds[] = {
    {0.100f, 0.19f, 0.046f, 1, false, 0.020f, 1.5f},
    {0.064f, 0.125f, 0.032f, 1, false, 0.012f, 1.2f},
    {0.046f, 0.090f, 0.0240f, 0.62f, false, 0.008f, 0.9f},
    {0.030f, 0.062f, 0.0160f, 0.26f, false, 0.006f, 0.8f},
    {0.021f, 0.044f, 0.0095f, 0.45f, true, 0.002f, 1.0f},
    {0.013f, 0.028f, 0.006f, 0.40f, true, 0.0008f, 1.2f},
};

typedef struct Easel {
    Canvas canvas;
    Scene scene;
    const Round *round;
} Easel;

/* The room aside holds for the whole pull: the least of three places. */
static float room_aside(const Scene *scene, float x, float y, float angle, const float ways[2], float side,
                        float most)
{
    float least = most;
    for (int i = -1; i <= 1; i++) {
        float way = i < 0 ? -0.8f * ways[0] : i > 0 ? 0.8f * ways[1] : 0;
        float here = scene_room(scene, x + way * cosf(angle), y + way * sinf(angle), angle + side, most);
        least = fminf(least, here);
    }
    return least;
}

static void paint_place(void *data, float x, float y, Dice *dice)
{
    Easel *easel = data;
    const Round *round = easel->round;
    if (dice_between(dice, 0, 1) > round->share ||
        (round->at_borders && !scene_border(&easel->scene, x, y, round->width)))
        return;
    int part = scene_part(&easel->scene, x, y);
    float angle = scene_flow(&easel->scene, part, x, y) + 0.09f * dice_normal(dice);
    if (dice_between(dice, 0, 1) < 0.4f)
        angle += 3.14159f; /* pulled the other way */
    float length = round->length * dice_between(dice, 0.6f, 1.3f);
    float width = round->width * dice_between(dice, 0.6f, 1.25f);
    float ways[2] = {scene_room(&easel->scene, x, y, angle + 3.14159f, 0.5f * length),
                     scene_room(&easel->scene, x, y, angle, 0.5f * length)};
    float left = room_aside(&easel->scene, x, y, angle, ways, -1.5708f, 0.5f * width);
    float right = room_aside(&easel->scene, x, y, angle, ways, 1.5708f, 0.5f * width);
    if (left + right < round->narrowest || ways[0] + ways[1] < round->narrowest)
        return;
    float over = round->narrowest * dice_between(dice, 0, 0.5f); /* edges meet a little off */
    Slab slab = {.x = (x - (ways[0] + over) * cosf(angle)) * UNIT,
                 .y = (y - (ways[0] + over) * sinf(angle)) * UNIT,
                 .angle = angle,
                 .length = (ways[0] + ways[1] + 2 * over) * UNIT,
                 .left = (left + over) * UNIT,
                 .right = (right + over) * UNIT,
                 .load = round->load * dice_between(dice, 0.7f, 1.2f)};
    slab.colour[0] = knife_colour(&easel->scene, x, y, dice);
    slab.colour[1] = vec3_mix(slab.colour[0], knife_colour(&easel->scene, x, y, dice), 0.7f);
    knife_slab(&easel->canvas, &slab, dice);
}

static void paint_line(Easel *easel, const KnifeLine *line, Dice *dice)
{
    const float scale = UNIT / 1000;
    float dx = (line->to_x - line->x) * scale, dy = (line->to_y - line->y) * scale;
    float half = 0.5f * line->width * scale;
    Slab slab = {.x = line->x * scale,
                 .y = line->y * scale,
                 .angle = atan2f(dy, dx) + 0.004f * dice_normal(dice),
                 .length = 1.08f * sqrtf(dx * dx + dy * dy), /* its end tears */
                 .left = half,
                 .right = half,
                 .colour = {colour(0x1a1c22), colour(0x4a3a34)},
                 .load = 1.1f};
    knife_slab(&easel->canvas, &slab, dice);
}

static void paint_lines(Easel *easel, Dice *dice)
{
    const KnifeLine *lines;
    int count = knife_lines(&lines);
    for (int i = 0; i < count; i++)
        paint_line(easel, &lines[i], dice);
}

Picture draw_knife(void)
{
    Dice dice = {30};
    Easel easel = {.scene = knife_scene(FINER * HEIGHT)};
    easel.canvas = canvas_new(easel.scene.width, easel.scene.height, colour(0x8c7264));
    for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++) {
        easel.round = &rounds[i];
        places_visit(easel.round->spacing, &easel, paint_place, &dice);
    }
    paint_lines(&easel, &dice);
    Picture large = canvas_lit(&easel.canvas), picture = picture_shrink(&large, FINER);
    picture_free(&large);
    canvas_free(&easel.canvas);
    scene_free(&easel.scene);
    return picture;
}
