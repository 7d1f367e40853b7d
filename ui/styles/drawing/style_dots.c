/* style_dots.c: pointillism: small dots of pure colour.
 *
 * The dots come from a box of pure pigments and their mixtures with white; nothing is mixed on the palette.
 * What a dot lacks of the colour that is meant is remembered at its place, and the next dots there make up
 * for it: so violet answers yellow and orange answers blue by themselves, and from afar the eye sees the
 * colour that was meant. Choosing each pigment by chance from a ramp was tried first: it looks like
 * confetti. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "brush.h"
#include "draw_styles.h"
#include "motif_dots.h"

#include <stdlib.h>

enum { WIDTH = 1280, HEIGHT = 1024, FINER = 2, CELL = 24 };
static const float UNIT = FINER * HEIGHT; /* pixels per unit */

static const uint32_t pigments[] = {0xf6dd3c, 0xf4b41c, 0xec7a1e, 0xdb3c22, 0xb3294e, 0x7a3f9c,
                                    0x3f349c, 0x1f3f9c, 0x2c66b6, 0x3798c6, 0x167a6c, 0x3fa05c,
                                    0x94bb3c, 0x1c1f5e, 0x0d4246, 0x5a1d3c};
enum { PIGMENTS = sizeof pigments / sizeof *pigments, TINTS = 4, CHOICES = PIGMENTS * TINTS + 1 };

typedef struct Easel {
    Canvas canvas;
    Sketch sketch;
    Picture lacking;   /* per CELL x CELL pixels: what its dots lack of the colours meant */
    Vec3 box[CHOICES]; /* the pigments, linear light */
    Dice dice;
} Easel;

/* One layer of dots; sizes in units. */
typedef struct Layer {
    float size, spacing, stretch;
    int kind;      /* only on parts at least as fine */
    float divided; /* 0: the colour that is meant .. 1: pure pigments */
} Layer;

static const Layer layers[] = {
    {0.0240f, 0.0125f, 1.6f, DOTS_BROAD, 0.25f}, {0.0165f, 0.0100f, 1.25f, DOTS_BROAD, 0.9f},
    {0.0148f, 0.0108f, 1.2f, DOTS_BROAD, 1},     {0.0108f, 0.0074f, 1.2f, DOTS_MIDDLE, 0.85f},
    {0.0084f, 0.0054f, 1.2f, DOTS_FINE, 0.7f},
};

static void fill_box(Vec3 box[CHOICES])
{
    static const float white[TINTS] = {0, 0.22f, 0.48f, 0.74f};
    for (int i = 0; i < PIGMENTS; i++)
        for (int j = 0; j < TINTS; j++)
            box[i * TINTS + j] = vec3_mix(colour(pigments[i]), colour(0xfdf8ea), white[j]);
    box[CHOICES - 1] = colour(0xfdf8ea);
}

/* Roughly as the eye spaces colours. */
static Vec3 seen(Vec3 light)
{
    return vec3(sqrtf(fmaxf(light.x, 0)), sqrtf(fmaxf(light.y, 0)), sqrtf(fmaxf(light.z, 0)));
}

static float brightness(Vec3 seen_colour)
{
    return 0.3f * seen_colour.x + 0.59f * seen_colour.y + 0.11f * seen_colour.z;
}

/* The pigment that brings the place nearest to what is meant, but about as bright: dots of very different
 * brightness would make the surface spotted rather than vibrant. */
static Vec3 choose(Easel *easel, Vec3 meant, Vec3 lacking)
{
    Vec3 wish = seen(vec3_add(meant, lacking));
    float bright = brightness(seen(meant)), best = INFINITY;
    int chosen = 0;
    for (int i = 0; i < CHOICES; i++) {
        Vec3 is = seen(easel->box[i]), off = vec3_sub(is, wish);
        float brighter = brightness(is) - bright;
        float wrong = vec3_dot(off, off) + 3 * brighter * brighter + dice_between(&easel->dice, 0, 0.085f);
        if (wrong < best) {
            best = wrong;
            chosen = i;
        }
    }
    return easel->box[chosen];
}

static float limited(float value, float most)
{
    return value < -most ? -most : value > most ? most : value;
}

static Vec3 dot_colour(Easel *easel, float x, float y, float divided)
{
    Vec3 meant = picture_between(&easel->sketch.colours, x / FINER, y / FINER);
    int column = (int)limited(x / CELL, FINER * WIDTH / CELL),
        row = (int)limited(y / CELL, FINER * HEIGHT / CELL);
    Vec3 *lacking = picture_at(&easel->lacking, column < 0 ? 0 : column, row < 0 ? 0 : row);
    Vec3 pure = choose(easel, meant, *lacking);
    Vec3 dot = vec3_mix(meant, pure, divided);
    Vec3 left = vec3_add(vec3_scale(*lacking, 0.8f), vec3_sub(meant, dot));
    *lacking = vec3(limited(left.x, 0.3f), limited(left.y, 0.3f), limited(left.z, 0.3f));
    return dot;
}

typedef struct Dot {
    float x, y, half_length, half_width, cosine, sine; /* pixels */
    float phase, heavy; /* heavy: where the paint gathered, -1 begin .. 1 end */
    Vec3 colours[2];
} Dot;

/* One pixel of a dot: u runs along the touch of the brush and v across it, -1..1. */
static void dot_pixel(Canvas *canvas, const Dot *dot, size_t at, float u, float v)
{
    float angle = atan2f(v, u);
    float edge = 1 + 0.22f * noise_smooth(dot->phase + 1.3f * cosf(angle), 1.3f * sinf(angle), 41, NULL) +
                 0.10f * noise_smooth(dot->phase + 4 * cosf(angle), 4 * sinf(angle), 42, NULL);
    float far = sqrtf(u * u + v * v) / edge;
    if (far >= 1)
        return;
    float hair = noise_smooth(dot->phase + 0.6f * u, dot->phase + 3.6f * v, 43, NULL); /* of the brush */
    float cover = smooth_step(1, 0.86f, far) * (0.95f - 0.1f * far);
    Vec3 paint =
        vec3_mix(dot->colours[0], dot->colours[1], smooth_step(-0.3f, 0.5f, hair + 0.4f * u * dot->heavy));
    canvas->paint.pixels[at] = vec3_mix(canvas->paint.pixels[at], paint, cover);
    float rim = smooth_step(0.45f, 0.8f, far) * smooth_step(1, 0.85f, far);
    float body = 1 + 0.5f * rim + 0.3f * hair * (1 - far) + 0.45f * u * dot->heavy;
    canvas->relief[at] = canvas->relief[at] * (1 - 0.65f * cover) + cover * body;
}

static void press(Canvas *canvas, const Dot *dot)
{
    float reach = 1.35f * fmaxf(dot->half_length, dot->half_width);
    for (int y = (int)(dot->y - reach); y <= (int)(dot->y + reach); y++)
        for (int x = (int)(dot->x - reach); x <= (int)(dot->x + reach); x++) {
            if (x < 0 || y < 0 || x >= canvas->paint.width || y >= canvas->paint.height)
                continue;
            float dx = (float)x + 0.5f - dot->x, dy = (float)y + 0.5f - dot->y;
            float u = (dx * dot->cosine + dy * dot->sine) / dot->half_length;
            float v = (dy * dot->cosine - dx * dot->sine) / dot->half_width;
            dot_pixel(canvas, dot, (size_t)y * (size_t)canvas->paint.width + (size_t)x, u, v);
        }
}

static void dab(Easel *easel, const Layer *layer, float x, float y)
{
    Dice *dice = &easel->dice;
    const Tint *tint = &easel->sketch.tints[sketch_part(&easel->sketch, x / FINER, y / FINER)];
    if (tint->kind < layer->kind)
        return;
    float angle = tint->flow * 0.0174533f + 0.35f * dice_normal(dice);
    float half = 0.5f * layer->size * UNIT * dice_between(dice, 0.78f, 1.18f);
    float stretch = sqrtf(layer->stretch * dice_between(dice, 0.85f, 1.25f));
    Dot dot = {.x = x, .y = y, .half_length = half * stretch, .half_width = half / stretch};
    dot.cosine = cosf(angle);
    dot.sine = sinf(angle);
    dot.phase = dice_between(dice, 0, 900);
    dot.heavy = dice_between(dice, -1, 1);
    dot.colours[0] = dot_colour(easel, x, y, layer->divided);
    dot.colours[1] = vec3_scale(dot.colours[0], dice_between(dice, 0.88f, 1.12f));
    press(&easel->canvas, &dot);
}

/* Places lie on a jittered lattice, turned differently for each layer, and are visited in random order. */
static void lay(Easel *easel, const Layer *layer, float turn)
{
    float spacing = layer->spacing * UNIT, c = cosf(turn), s = sinf(turn);
    int reach = (int)(1.7f * UNIT / spacing), side = 2 * reach, count = side * side;
    int *order = allocate((size_t)count, sizeof *order);
    for (int i = 0; i < count; i++) {
        int j = (int)dice_between(&easel->dice, 0, (float)i + 0.99f);
        j = j > i ? i : j;
        order[i] = order[j];
        order[j] = i;
    }
    for (int i = 0; i < count; i++) {
        float u = ((float)(order[i] % side - reach) + dice_between(&easel->dice, -0.5f, 0.5f)) * spacing;
        float v = ((float)(order[i] / side - reach) + dice_between(&easel->dice, -0.5f, 0.5f)) * spacing;
        float x = 0.5f * FINER * WIDTH + c * u - s * v, y = 0.5f * FINER * HEIGHT + s * u + c * v;
        const float over = 0.01f * UNIT; /* the edge of the picture cuts through dots */
        if (x > -over && y > -over && x < FINER * WIDTH + over && y < FINER * HEIGHT + over)
            dab(easel, layer, x, y);
    }
    free(order);
}

Picture draw_dots(void)
{
    Easel easel = {.canvas = canvas_new(FINER * WIDTH, FINER * HEIGHT, colour(0xe6d6b4)),
                   .sketch = motif_dots(WIDTH, HEIGHT),
                   .lacking = picture_new(FINER * WIDTH / CELL + 1, FINER * HEIGHT / CELL + 1),
                   .dice = {11}};
    fill_box(easel.box);
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        lay(&easel, &layers[i], 0.3f + 0.7f * (float)i);
    Picture large = canvas_lit(&easel.canvas), picture = picture_shrink(&large, FINER);
    picture_free(&large);
    picture_free(&easel.lacking);
    sketch_free(&easel.sketch);
    canvas_free(&easel.canvas);
    return picture;
}
