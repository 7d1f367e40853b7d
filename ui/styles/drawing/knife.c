/* knife.c: the palette knife.
 *
 * A blade levels what lies below and leaves a plane, which is why light makes it gleam as one piece. The
 * paint that it pushes aside stands up as sharp ridges along both sides; where it is lifted off, a lip
 * remains. Two colours half mixed come out as streaks along the pull. The first edge, where the blade was
 * set down, is straight, the last one torn. Drawing polygons and roughening them with noise was rejected:
 * without the levelled plane and the ridges they look like cut paper. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "knife.h"

enum { LANES = 160 };

/* The blade from its left to its right end, and its way; tables, since noise for every pixel takes
 * minutes. */
typedef struct Blade {
    float mixture[LANES]; /* of the two colours */
    float groove[LANES];  /* nicks and grains draw fine lines, 0..1 */
    float first[LANES];   /* pixels after which the paint begins */
    float last[LANES];    /* pixels after which it tears off */
    float sway[LANES];    /* pixels aside, along the way: no hand pulls quite straight */
    float crest[LANES];   /* how high the ridges stand, along the way */
    float ridge[2];       /* heights of the left and the right one */
} Blade;

static void load_blade(Blade *blade, const Slab *slab, Dice *dice)
{
    float width = slab->left + slab->right, phase = dice_between(dice, 0, 1000);
    float balance = dice_between(dice, -0.25f, 0.25f);
    for (int i = 0; i < LANES; i++) {
        float at = width * (float)i / LANES;
        float streak = noise_fractal(phase + at * 0.05f, 0.5f, 4, 305);
        blade->mixture[i] = smooth_step(-0.35f, 0.35f, streak + balance);
        blade->groove[i] = 0.5f + 0.5f * noise_fractal(phase + at * 0.3f, 3.5f, 2, 308);
        blade->first[i] = 1.4f * noise_smooth(phase + at / 9, 4.5f, 315, NULL);
        float tear = 0.5f + 0.6f * noise_fractal(phase + at * 0.07f, 6.5f, 3, 311);
        blade->last[i] = (1 - 0.22f * clamp01(tear)) * slab->length;
    }
}

static void plan_way(Blade *blade, const Slab *slab, Dice *dice)
{
    float width = slab->left + slab->right, phase = dice_between(dice, 0, 1000);
    blade->ridge[0] = dice_between(dice, 0.4f, 5.5f);
    blade->ridge[1] = dice_between(dice, 0.4f, 5.5f);
    for (int i = 0; i < LANES; i++) {
        float at = slab->length * (float)i / LANES;
        blade->sway[i] = 0.045f * width * noise_smooth(phase + at / 45, 1.5f, 313, NULL) +
                         0.7f * noise_smooth(phase + at / 5, 2.5f, 314, NULL);
        blade->crest[i] = 0.75f + 0.5f * noise_smooth(phase + at / 11, 8.5f, 319, NULL);
    }
}

/* A pixel within the slab: share of the pull, lane, and distances from the edges. */
typedef struct Spot {
    float along; /* 0..1 */
    int lane, step;
    float from_left, from_right, from_end; /* pixels */
} Spot;

static int lane_of(float share)
{
    int lane = (int)(share * LANES);
    return lane < 0 ? 0 : lane < LANES ? lane : LANES - 1;
}

static bool locate(const Slab *slab, const Blade *blade, float ahead, float aside, Spot *spot)
{
    spot->along = ahead / slab->length;
    spot->step = lane_of(spot->along);
    spot->from_left = aside + slab->left + blade->sway[spot->step];
    spot->from_right = slab->right - aside + 0.6f * blade->sway[spot->step];
    if (spot->from_left < 0 || spot->from_right < 0)
        return false;
    spot->lane = lane_of(spot->from_left / (spot->from_left + spot->from_right + 1e-6f));
    spot->from_end = blade->last[spot->lane] - ahead;
    return spot->from_end >= 0 && ahead >= blade->first[spot->lane];
}

/* Where the blade scrapes, only what stands high takes paint. */
static bool reaches(const Canvas *canvas, size_t at, int x, int y, const Slab *slab, const Blade *blade,
                    const Spot *spot)
{
    float dry = spot->along - slab->load * (0.7f + 0.5f * blade->groove[spot->lane]);
    if (dry < 0)
        return true;
    float grain = 0.5f + 0.7f * noise_fractal((float)x / 9, (float)y / 9, 3, 317);
    return grain + 0.12f * canvas->relief[at] > 0.55f + 1.1f * dry;
}

static float bell(float distance, float width)
{
    float t = distance * distance / (width * width);
    return t > 6 ? 0 : expf(-t);
}

static void lay(Canvas *canvas, size_t at, const Slab *slab, const Blade *blade, const Spot *spot, float tone)
{
    float mixture = blade->mixture[spot->lane];
    mixture = clamp01(mixture + 0.3f * (spot->along - 0.5f));
    Vec3 paint = vec3_scale(vec3_mix(slab->colour[0], slab->colour[1], mixture), tone);
    float pick_up = 0.05f + 0.10f * spot->along; /* the blade drags along what it passes over */
    canvas->paint.pixels[at] = vec3_mix(paint, canvas->paint.pixels[at], pick_up);
    float ridges = blade->ridge[0] * bell(spot->from_left - 1.5f, 2.6f) +
                   blade->ridge[1] * bell(spot->from_right - 1.5f, 2.6f);
    float lip = 3.2f * bell(spot->from_end - 2, 3.2f) * blade->groove[spot->lane];
    float plane = 2.2f + 0.9f * blade->groove[spot->lane] - 0.8f * spot->along;
    canvas->relief[at] = 0.12f * canvas->relief[at] + plane + blade->crest[spot->step] * ridges + lip;
}

/* The furthest that a slab's corners lie from its beginning, one way along one axis. */
static float reach(const Slab *slab, float c, float s)
{
    float ahead = c * slab->length;
    return fmaxf(0, ahead) + fmaxf(-s * slab->right, s * slab->left) + 4;
}

void knife_slab(Canvas *canvas, const Slab *slab, Dice *dice)
{
    Blade blade;
    load_blade(&blade, slab, dice);
    plan_way(&blade, slab, dice);
    float c = cosf(slab->angle), s = sinf(slab->angle), tone = 1 + 0.06f * dice_normal(dice);
    int left = (int)fmaxf(0, slab->x - reach(slab, -c, -s)),
        top = (int)fmaxf(0, slab->y - reach(slab, -s, c));
    int right = (int)fminf((float)canvas->paint.width - 1, slab->x + reach(slab, c, s));
    int bottom = (int)fminf((float)canvas->paint.height - 1, slab->y + reach(slab, s, -c));
    for (int y = top; y <= bottom; y++)
        for (int x = left; x <= right; x++) {
            Spot spot;
            float dx = (float)x - slab->x, dy = (float)y - slab->y;
            size_t at = (size_t)y * (size_t)canvas->paint.width + (size_t)x;
            if (locate(slab, &blade, c * dx + s * dy, c * dy - s * dx, &spot) &&
                reaches(canvas, at, x, y, slab, &blade, &spot))
                lay(canvas, at, slab, &blade, &spot, tone);
        }
}
