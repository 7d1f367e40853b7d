/* textures.c: a drawing is two textures separated by a sharp border, under uneven light, with a little grain.
 *
 * A texture is a grey pattern, bent by a slow warp, whose values are looked up in a random palette with soft
 * to hard steps between its colours. Everything a painting is made of is there: streaks of every direction
 * and width, flat patches with hard edges, gradients, and colours that belong together. Every pixel is the
 * mean of four points, for a border drawn with one point per pixel is a staircase, which no photograph
 * has. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "textures.h"

#include "elementary.h"
#include "pattern.h"

enum { COLOURS_MIN = 3, COLOURS_MAX = 5 };

typedef struct Texture {
    Pattern pattern;
    Noise detail;
    float detail_strength;
    Noise warp[2];
    float warp_pixels; /* 0: straight */
    int colours;
    float palette[COLOURS_MAX][3];
    float hardness; /* of the steps between colours */
} Texture;

typedef enum BorderKind { BORDER_LINE, BORDER_ELLIPSE, BORDER_BOX, BORDER_BLOB, BORDER_KINDS } BorderKind;

typedef struct Border {
    BorderKind kind;
    float cosine, sine, x, y, radius, squeeze[2]; /* in halves of the side, from the middle */
    Noise blob;
} Border;

typedef struct Drawing {
    float half; /* of the side, in pixels */
    Texture texture[2];
    Border border;
    Noise light;
    float light_strength, grain;
} Drawing;

static float clamp01(float v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

/* Colours scattered around a base colour: by a common spread, and a little more in lightness. They are
 * gaudier than the world's. The whitening amplifies what varies little in the drawings, so a network that
 * learned from muted colours overrates a picture's, and paints coloured specks where this one paints
 * strokes. */
static void random_palette(Texture *t, Rng *rng)
{
    const float share[3] = {1.0f, 0.7f, 1.0f}, lightness = 0.2f;
    float base[3], spread = rng_between(rng, 0.1f, 0.7f);
    t->colours = COLOURS_MIN + (int)rng_below(rng, COLOURS_MAX - COLOURS_MIN + 1);
    for (int c = 0; c < 3; c++)
        base[c] = rng_uniform(rng);
    for (int i = 0; i < t->colours; i++) {
        float light = lightness * rng_normal(rng);
        for (int c = 0; c < 3; c++)
            t->palette[i][c] = clamp01(base[c] + spread * share[c] * rng_normal(rng) + light);
    }
}

static void random_texture(Texture *t, Rng *rng, int side)
{
    const float hardness[3] = {1, 6, 25};
    pattern_new(&t->pattern, rng, side);
    noise_all_ways(&t->detail, rng, rng_between(rng, 0.02f, 0.22f), 0.35f);
    t->detail_strength = 0.25f * rng_uniform(rng);
    for (int i = 0; i < 2; i++)
        noise_all_ways(&t->warp[i], rng, 1.0f / (float)side, 0.4f);
    t->warp_pixels = rng_uniform(rng) < 0.6f ? 0.09f * (float)side * rng_uniform(rng) : 0;
    t->hardness = hardness[rng_below(rng, 3)];
    random_palette(t, rng);
}

static void random_border(Border *b, Rng *rng, int side)
{
    float angle = 6.2831853f * rng_uniform(rng);
    b->kind = (BorderKind)rng_below(rng, BORDER_KINDS);
    b->cosine = (float)elementary_cos((double)angle);
    b->sine = (float)elementary_sin((double)angle);
    b->x = rng_between(rng, -0.6f, 0.6f);
    b->y = rng_between(rng, -0.6f, 0.6f);
    b->radius = rng_between(rng, 0.25f, 0.75f);
    for (int i = 0; i < 2; i++)
        b->squeeze[i] = rng_between(rng, 0.5f, 1.5f);
    noise_all_ways(&b->blob, rng, 1.2f / (float)side, 0.4f);
}

/* x, y: in halves of the side, from the middle; px, py: in pixels. */
static int inside(const Border *b, float x, float y, float px, float py)
{
    float u = x * b->cosine + y * b->sine, v = y * b->cosine - x * b->sine;
    float dx = x - b->x, dy = y - b->y;
    switch (b->kind) {
    case BORDER_ELLIPSE:
        return b->squeeze[0] * dx * dx + b->squeeze[1] * dy * dy < b->radius * b->radius;
    case BORDER_BOX:
        return fabsf(u - b->x) < b->radius && fabsf(v - b->y) < b->radius;
    case BORDER_BLOB:
        return noise_at(&b->blob, px, py) > 0;
    default:
        return u > b->x;
    }
}

static float step(float x, float hardness)
{
    return (float)(1 / (1 + elementary_exp((double)(-hardness * x))));
}

/* value: about normally distributed. Its rank picks the place in the palette, so each colour gets its
 * share. */
static void look_up(const Texture *t, float value, float rgb[3])
{
    float place =
        (0.5f + 0.5f * (float)elementary_erf((double)(value / 1.4142136f))) * (float)(t->colours - 1);
    int i = (int)place < t->colours - 2 ? (int)place : t->colours - 2;
    float low = step(-0.5f, t->hardness), high = step(0.5f, t->hardness);
    float mix = (step(place - (float)i - 0.5f, t->hardness) - low) / (high - low);
    for (int c = 0; c < 3; c++)
        rgb[c] = t->palette[i][c] + mix * (t->palette[i + 1][c] - t->palette[i][c]);
}

static void texture_at(const Texture *t, float x, float y, float rgb[3])
{
    float wx = x, wy = y;
    if (t->warp_pixels > 0) {
        wx += t->warp_pixels * noise_at(&t->warp[0], x, y);
        wy += t->warp_pixels * noise_at(&t->warp[1], x, y);
    }
    look_up(t, pattern_at(&t->pattern, wx, wy) + t->detail_strength * noise_at(&t->detail, wx, wy), rgb);
}

static void random_drawing(Drawing *d, Rng *rng, int side)
{
    d->half = 0.5f * (float)side;
    for (int i = 0; i < 2; i++)
        random_texture(&d->texture[i], rng, side);
    random_border(&d->border, rng, side);
    noise_all_ways(&d->light, rng, 0.7f / (float)side, 0.4f);
    d->light_strength = 0.15f * rng_uniform(rng);
    d->grain = 0.04f * rng_uniform(rng);
}

/* The mean of 2 x 2 points of the pixel whose corner is (x, y). */
static void pixel_at(const Drawing *d, float x, float y, float rgb[3])
{
    rgb[0] = rgb[1] = rgb[2] = 0;
    for (int i = 0; i < 4; i++) {
        float point[3], px = x + 0.25f + 0.5f * (float)(i % 2), py = y + 0.25f + 0.5f * (float)(i / 2);
        int region = inside(&d->border, px / d->half - 1, py / d->half - 1, px, py);
        texture_at(&d->texture[region], px, py, point);
        for (int c = 0; c < 3; c++)
            rgb[c] += 0.25f * point[c];
    }
}

void texture_draw(uint32_t seed, uint32_t number, int side, float *rgb)
{
    Rng rng = rng_stream(seed, number);
    Drawing drawing;
    random_drawing(&drawing, &rng, side);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++, rgb += 3) {
            pixel_at(&drawing, (float)x, (float)y, rgb);
            float light = 1 + drawing.light_strength * noise_at(&drawing.light, (float)x, (float)y);
            for (int c = 0; c < 3; c++)
                rgb[c] = clamp01(rgb[c] * light + drawing.grain * rng_normal(&rng));
        }
}
