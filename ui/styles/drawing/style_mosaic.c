/* style_mosaic.c: tiles of stone and glass in mortar.
 *
 * Each tile is one piece of one colour, with its own grain; it lies in the mortar a little askew, so that
 * under one lamp each is lit differently: that, more than the colour, is what tells a mosaic from a drawing
 * of squares. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"
#include "draw_styles.h"
#include "motif_mosaic.h"

#include <stdlib.h>

enum { WIDTH = 1280, HEIGHT = 1024, FINER = 2 };
static const float UNIT = FINER * HEIGHT;

typedef struct Tile {
    Vec3 colour;
    float tilt_x, tilt_y;
    bool glass;
    float phase;
} Tile;

typedef struct Wall {
    Sketch sketch;
    Cells cells;
    Tile *tiles;
    Picture relief; /* x: the height of the surface, pixels; y: 1 on a tile, 0 in the mortar */
} Wall;

static CellPlan plan(const Tint *tint)
{
    bool small = tint->kind == MOSAIC_STONE_SMALL || tint->kind == MOSAIC_GLASS_SMALL;
    return (CellPlan){(small ? 0.0128f : 0.0182f) * UNIT, 1.12f, false};
}

/* Stones of one heap differ: in brightness, and a little towards warm or cool. */
static Vec3 vary(Vec3 stone, Dice *dice)
{
    float bright = 1 + 0.13f * dice_normal(dice), warm = 0.06f * dice_normal(dice);
    Vec3 varied = vec3_scale(vec3(stone.x * (1 + warm), stone.y, stone.z * (1 - warm)), fmaxf(bright, 0.6f));
    if (dice_between(dice, 0, 1) < 0.06f) /* now and then one from another heap */
        varied =
            vec3_mix(varied, dice_between(dice, 0, 1) < 0.5f ? colour(0xd8b890) : colour(0x5a6a80), 0.22f);
    return varied;
}

static void cut_tiles(Wall *wall, Dice *dice)
{
    Vec3 *colours = cells_colours(&wall->cells, &wall->sketch);
    wall->tiles = allocate((size_t)wall->cells.count, sizeof *wall->tiles);
    for (int i = 0; i < wall->cells.count; i++) {
        const Cell *cell = &wall->cells.cells[i];
        int kind = wall->sketch.tints[cell->part].kind;
        Tile *tile = &wall->tiles[i];
        tile->glass = kind == MOSAIC_GLASS || kind == MOSAIC_GLASS_SMALL;
        tile->colour = vary(colours[i], dice);
        tile->tilt_x = 0.075f * dice_normal(dice);
        tile->tilt_y = 0.075f * dice_normal(dice);
        tile->phase = dice_between(dice, 0, 900);
    }
    free(colours);
}

/* Chipped edges: how much narrower than its place a tile is there. */
static float joint(int x, int y)
{
    return UNIT * 0.0014f + 1.2f * noise_fractal((float)x / 14, (float)y / 14, 2, 61) +
           0.7f * noise_smooth((float)x / 80, (float)y / 80, 62, NULL);
}

static void set_tiles(Wall *wall)
{
    int width = wall->cells.width, height = wall->cells.height;
    float *distance = border_distance(wall->cells.owner, width, height);
    wall->relief = picture_new(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int at = y * width + x;
            bool tile = wall->cells.owner[at] >= 0 && distance[at] > joint(x, y);
            wall->relief.pixels[at].x = wall->relief.pixels[at].y = tile;
        }
    free(distance);
    picture_blur(&wall->relief, 1.4f); /* rounds the corners and bevels the edges */
}

static Vec3 mortar(int x, int y)
{
    float sand = noise_fractal((float)x / 5, (float)y / 5, 2, 63),
          stain = noise_fractal((float)x / 260, (float)y / 260, 3, 64);
    return vec3_scale(vec3_mix(colour(0x8f8470), colour(0x5f584e), 0.5f + 0.5f * stain),
                      0.93f + 0.14f * sand);
}

static Vec3 tile_surface(const Tile *tile, int x, int y)
{
    float u = (float)x + 31 * tile->phase, v = (float)y - 17 * tile->phase;
    if (tile->glass) /* cords and clouds in the melt */
        return vec3_scale(tile->colour, 1 + 0.16f * noise_fractal(u / 26, v / 9, 2, 65));
    float cloud = 0.14f * noise_fractal(u / 22, v / 22, 2, 66);
    float vein = smooth_step(0.06f, 0, fabsf(noise_fractal(u / 34, v / 34, 2, 67)));
    float speck = noise_smooth(u / 4, v / 4, 68, NULL) > 0.7f ? -0.14f : 0;
    return vec3_scale(tile->colour, 1 + cloud + speck - (tile->phase > 650 ? 0.16f * vein : 0));
}

/* Light from the upper left on a place of the wall. */
static Vec3 lit(const Wall *wall, int x, int y)
{
    int width = wall->cells.width, owner = wall->cells.owner[y * width + x];
    Vec3 here = *picture_at(&wall->relief, x, y);
    float fx = (float)x + 0.5f, fy = (float)y + 0.5f;
    float dx =
        picture_between(&wall->relief, fx + 1.5f, fy).x - picture_between(&wall->relief, fx - 1.5f, fy).x;
    float dy =
        picture_between(&wall->relief, fx, fy + 1.5f).x - picture_between(&wall->relief, fx, fy - 1.5f).x;
    Vec3 lamp = vec3_unit(vec3(-0.5f, -0.62f, 0.9f));
    float on_tile = smooth_step(0.42f, 0.62f, here.y);
    if (owner < 0 || on_tile <= 0)
        return vec3_scale(mortar(x, y), 0.55f + 0.35f * here.y);
    const Tile *tile = &wall->tiles[owner];
    Vec3 normal = vec3_unit(vec3(-0.6f * dx + tile->tilt_x, -0.6f * dy + tile->tilt_y, 1));
    float diffuse = fmaxf(0, vec3_dot(normal, lamp)) / lamp.z;
    Vec3 half = vec3_unit(vec3_add(lamp, vec3(0, 0, 1)));
    float rough = 0.05f * noise_smooth(fx / 17 + tile->phase, fy / 17, 69, NULL);
    float gloss =
        powf(fmaxf(0, vec3_dot(normal, half) + rough * (tile->glass ? 1.0f : 0)), tile->glass ? 60 : 20);
    float shine = tile->glass ? 0.16f * gloss : 0.03f * gloss;
    Vec3 face =
        vec3_add(vec3_scale(tile_surface(tile, x, y), 0.28f + 0.72f * diffuse), vec3(shine, shine, shine));
    return vec3_mix(vec3_scale(mortar(x, y), 0.8f), face, on_tile);
}

Picture draw_mosaic(void)
{
    Dice dice = {21};
    Wall wall = {.sketch = motif_mosaic(FINER * WIDTH, FINER * HEIGHT)};
    wall.cells = cells_new(&wall.sketch, plan, 14, &dice);
    cut_tiles(&wall, &dice);
    set_tiles(&wall);
    Picture large = picture_new(FINER * WIDTH, FINER * HEIGHT);
    for (int y = 0; y < large.height; y++)
        for (int x = 0; x < large.width; x++)
            *picture_at(&large, x, y) = lit(&wall, x, y);
    Picture picture = picture_shrink(&large, FINER);
    picture_free(&large);
    picture_free(&wall.relief);
    free(wall.tiles);
    cells_free(&wall.cells);
    sketch_free(&wall.sketch);
    return picture;
}
