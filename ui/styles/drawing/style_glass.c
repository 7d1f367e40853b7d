/* style_glass.c: stained glass in lead, with the daylight behind it.
 *
 * Colour in glass is depth: each pane is a sheet with streaks of a second colour drawn out in one direction
 * while it was molten, thicker and thinner places, and bubbles. Bright panes shine over the lead, as they do
 * in the eye. The lead is lit a little from inside, and soldered where strips meet. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"
#include "draw_styles.h"
#include "motif_glass.h"

#include <stdlib.h>

enum { WIDTH = 1280, HEIGHT = 1024, FINER = 2 };
static const float UNIT = FINER * HEIGHT;

typedef struct Pane {
    Vec3 colours[3];    /* thin, middle, thick */
    float cosine, sine; /* of the streaks */
    float phase;
    float streaky; /* 0: clear .. 1 */
    float seedy;   /* the share of places with a bubble; below 0: none */
} Pane;

typedef struct Window {
    Sketch sketch;
    Cells cells;
    Pane *panes;
    Picture lead; /* x: its height, pixels; 0 on the glass */
} Window;

static CellPlan plan(const Tint *tint)
{
    static const CellPlan plans[] = {{0.050f, 1.9f, true}, {0.041f, 1.45f, true}, {0.130f, 1, true}};
    CellPlan sized = plans[tint->kind];
    sized.size *= UNIT;
    return sized;
}

/* Another sheet of about the same colour. */
static Vec3 sheet(Vec3 meant, float bright, Dice *dice)
{
    float warm = 0.10f * dice_normal(dice);
    return vec3_scale(vec3(meant.x * (1 + warm), meant.y, meant.z * (1 - warm)), bright);
}

/* More saturated: light that passes twice the depth. */
static Vec3 deeper(Vec3 c)
{
    float most = fmaxf(c.x, fmaxf(c.y, c.z)) + 1e-4f;
    return vec3(c.x * sqrtf(c.x / most), c.y * sqrtf(c.y / most), c.z * sqrtf(c.z / most));
}

static void cut_panes(Window *window, Dice *dice)
{
    Vec3 *colours = cells_colours(&window->cells, &window->sketch);
    window->panes = allocate((size_t)window->cells.count, sizeof *window->panes);
    for (int i = 0; i < window->cells.count; i++) {
        const Cell *cell = &window->cells.cells[i];
        Pane *pane = &window->panes[i];
        Vec3 meant = sheet(colours[i], 1 + 0.14f * dice_normal(dice), dice);
        pane->colours[1] = meant;
        float milky = 0.05f + 0.28f * fmaxf(meant.x, fmaxf(meant.y, meant.z));
        pane->colours[0] = sheet(vec3_mix(meant, colour(0xfff4dc), milky), 1.25f, dice);
        pane->colours[2] = sheet(deeper(meant), 0.66f, dice);
        float angle = atan2f(cell->sine, cell->cosine) + 0.3f * dice_normal(dice);
        pane->cosine = cosf(angle);
        pane->sine = sinf(angle);
        pane->phase = dice_between(dice, 0, 900);
        pane->streaky = dice_between(dice, 0.35f, 1);
        pane->seedy = dice_between(dice, -0.15f, 0.5f);
    }
    free(colours);
}

/* Solder: round heaps where three strips meet. */
static void solder(Window *window, float *distance)
{
    int width = window->cells.width, height = window->cells.height, reach = (int)(UNIT * 0.0062f);
    for (int y = 0; y + 1 < height; y++)
        for (int x = 0; x + 1 < width; x++) {
            const int32_t *at = window->cells.owner + y * width + x;
            int32_t a = at[0], b = at[1], c = at[width], d = at[width + 1];
            int kinds = 1 + (b != a) + (c != a && c != b) + (d != a && d != b && d != c);
            if (kinds < 3)
                continue;
            float heap = (float)reach * (0.75f + 0.35f * noise_hash(x, y, 80));
            for (int v = y - reach; v <= y + reach; v++)
                for (int u = x - reach; u <= x + reach; u++) {
                    float far = hypotf((float)(u - x), (float)(v - y)) / heap * UNIT * 0.0038f;
                    if (u >= 0 && v >= 0 && u < width && v < height)
                        distance[v * width + u] = fminf(distance[v * width + u], far);
                }
        }
}

static void lay_lead(Window *window)
{
    int width = window->cells.width, height = window->cells.height;
    float *distance = border_distance(window->cells.owner, width, height);
    solder(window, distance);
    window->lead = picture_new(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            float half = UNIT * (0.0031f + 0.0007f * noise_fractal((float)x / 120, (float)y / 120, 2, 81)) +
                         0.8f * noise_smooth((float)x / 13, (float)y / 13, 82, NULL);
            float across = distance[y * width + x] / half;
            Vec3 *lead = picture_at(&window->lead, x, y);
            lead->x = across < 1 ? half * 0.6f * sqrtf(1 - across * across) : 0;
            lead->y = across < 1;
            lead->z = smooth_step(1 + 9 / half, 1, across); /* dirt along the lead */
        }
    free(distance);
    picture_blur(&window->lead, 1);
}

/* Bubbles, drawn out along the streaks: dark rims, bright hearts. */
static float seeds(float u, float v, float share, uint32_t seed)
{
    float cell_u = floorf(u / 34), cell_v = floorf(v / 17), shade = 0;
    int i = (int)cell_u, j = (int)cell_v;
    if (noise_hash(i, j, seed) > share)
        return 0;
    float size = 1.8f + 3.6f * noise_hash(i, j, seed + 1) * noise_hash(i, j, seed + 4);
    float du = (u - (cell_u + 0.3f + 0.4f * noise_hash(i, j, seed + 2)) * 34) / (1.7f * size);
    float dv = (v - (cell_v + 0.35f + 0.3f * noise_hash(i, j, seed + 3)) * 17) / size;
    float far = sqrtf(du * du + dv * dv);
    shade -= 0.3f * smooth_step(0.5f, 0.8f, far) * smooth_step(1.15f, 0.85f, far);
    return shade + 0.5f * smooth_step(0.55f, 0.1f, hypotf(du - 0.1f, dv + 0.15f));
}

/* The light that comes through a place of a pane. */
static Vec3 through(const Pane *pane, float x, float y)
{
    float u = x * pane->cosine + y * pane->sine, v = y * pane->cosine - x * pane->sine;
    float sway = 16 * noise_smooth(u / 150 + pane->phase, v / 90, 83, NULL);
    float streak = noise_fractal(u / 190 + pane->phase, (v + sway) / 24 + pane->phase, 4, 84);
    float cloud = noise_fractal(u / 110 + pane->phase, v / 80, 2, 85);
    float thick = 0.5f + pane->streaky * 1.05f * streak + 0.45f * cloud;
    Vec3 light = thick < 0.5f ? vec3_mix(pane->colours[0], pane->colours[1], smooth_step(0, 0.5f, thick))
                              : vec3_mix(pane->colours[1], pane->colours[2], smooth_step(0.5f, 1, thick));
    float ripple =
        noise_fractal(u / 44 + pane->phase, v / 13, 2, 86); /* of the surface: it bends the light */
    float day = 1.02f + 0.26f * noise_fractal(x / 520, y / 520, 2, 87);
    return vec3_scale(light, day * (1 + 0.24f * ripple + seeds(u + 70 * pane->phase, v, pane->seedy, 88)));
}

static Vec3 lead_surface(const Window *window, int x, int y)
{
    float fx = (float)x + 0.5f, fy = (float)y + 0.5f;
    float dx = picture_between(&window->lead, fx + 1, fy).x - picture_between(&window->lead, fx - 1, fy).x;
    float dy = picture_between(&window->lead, fx, fy + 1).x - picture_between(&window->lead, fx, fy - 1).x;
    Vec3 normal = vec3_unit(vec3(-0.35f * dx, -0.35f * dy, 1)), lamp = vec3_unit(vec3(-0.5f, -0.7f, 0.8f));
    Vec3 half = vec3_unit(vec3_add(lamp, vec3(0, 0, 1)));
    float patina = noise_fractal(fx / 17, fy / 17, 3, 89);
    Vec3 metal = vec3_scale(vec3_mix(colour(0x232226), colour(0x332e29), 0.5f + patina), 1 + 0.3f * patina);
    float gloss = 0.07f * powf(fmaxf(0, vec3_dot(normal, half)), 24);
    return vec3_add(vec3_scale(metal, 0.35f + 0.65f * fmaxf(0, vec3_dot(normal, lamp))),
                    vec3(gloss, gloss, gloss));
}

static Vec3 seen(const Window *window, int x, int y)
{
    int owner = window->cells.owner[y * window->cells.width + x];
    Vec3 lead = *picture_at(&window->lead, x, y);
    if (owner < 0 || lead.y > 0.99f)
        return lead_surface(window, x, y);
    Vec3 glass = vec3_scale(through(&window->panes[owner], (float)x, (float)y), 1 - 0.38f * lead.z);
    return lead.y > 0 ? vec3_mix(glass, lead_surface(window, x, y), lead.y) : glass;
}

/* The glow: the eye, and the camera, spread some of a strong light. */
static void glow(Picture *picture)
{
    Picture spread = picture_new(picture->width, picture->height);
    for (int i = 0; i < picture->width * picture->height; i++)
        spread.pixels[i] = picture->pixels[i];
    picture_blur(&spread, 12);
    for (int i = 0; i < picture->width * picture->height; i++)
        picture->pixels[i] =
            vec3_add(vec3_scale(picture->pixels[i], 0.93f), vec3_scale(spread.pixels[i], 0.10f));
    picture_free(&spread);
}

Picture draw_glass(void)
{
    Dice dice = {31};
    Window window = {.sketch = motif_glass(FINER * WIDTH, FINER * HEIGHT)};
    window.cells = cells_new(&window.sketch, plan, 6, &dice);
    cut_panes(&window, &dice);
    lay_lead(&window);
    Picture large = picture_new(FINER * WIDTH, FINER * HEIGHT);
    for (int y = 0; y < large.height; y++)
        for (int x = 0; x < large.width; x++)
            *picture_at(&large, x, y) = seen(&window, x, y);
    Picture picture = picture_shrink(&large, FINER);
    glow(&picture);
    picture_free(&large);
    picture_free(&window.lead);
    free(window.panes);
    cells_free(&window.cells);
    sketch_free(&window.sketch);
    return picture;
}
