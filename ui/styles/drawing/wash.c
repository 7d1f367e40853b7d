/* wash.c: what water does with pigment.
 *
 * Paint is transparent: densities add, so glazes darken one another as they do on paper. Within one wash the
 * water carries pigment outwards until the edge dries (dark edges), pigment settles in the valleys of the
 * paper (granulation), and where a drop falls into a drying wash it pushes the pigment before it (blooms). A
 * simulation of the water itself was considered; these three rules give its traces at a hundredth of the
 * time. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wash.h"

#include <stdlib.h>
#include <string.h>

enum { BLOOMS = 3 };

typedef struct Bloom {
    float x, y, radius, phase; /* pixels */
} Bloom;

/* One wash while it is laid. */
typedef struct Laying {
    const Wash *wash;
    Mask box;
    Picture near, far; /* x: its cover, spread a little and spread wide */
    float *cover;      /* [H, W] of the box */
    Vec3 from, to;     /* densities */
    float dx, dy, low, high;
    Bloom blooms[BLOOMS];
    uint32_t seed;
} Laying;

static float paper_height(int x, int y)
{
    float fx = (float)x, fy = (float)y;
    /* Two layers, turned against each other and bent, so that no lattice shows in flat washes. */
    float bend = 3 * noise_smooth(fx / 23, fy / 23, 100, NULL);
    float felt =
        noise_fractal((0.88f * fx + 0.48f * fy + bend) / 11, (0.88f * fy - 0.48f * fx) / 11, 2, 101) +
        noise_fractal((0.42f * fx - 0.91f * fy) / 8, (0.42f * fy + 0.91f * fx + bend) / 8, 2, 105);
    float fibre = noise_fractal((0.6f * fx + 0.8f * fy) / 5, (0.6f * fy - 0.8f * fx) / 5, 2, 103);
    return clamp01(0.5f + 0.46f * felt + 0.26f * fibre);
}

Sheet sheet_new(int width, int height)
{
    size_t pixels = (size_t)width * (size_t)height;
    Sheet sheet = {.density = picture_new(width, height), .unit = (float)height};
    sheet.grain = allocate(pixels, sizeof *sheet.grain);
    sheet.resist = allocate(pixels, sizeof *sheet.resist);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            sheet.grain[y * width + x] = paper_height(x, y);
    return sheet;
}

void sheet_free(Sheet *sheet)
{
    picture_free(&sheet->density);
    free(sheet->grain);
    free(sheet->resist);
    *sheet = (Sheet){0};
}

static Vec3 density_of(uint32_t hex)
{
    Vec3 c = colour(hex);
    return vec3(-logf(fmaxf(c.x, 0.012f)), -logf(fmaxf(c.y, 0.012f)), -logf(fmaxf(c.z, 0.012f)));
}

/* Whether the mask is all the same around a place, so that reading it beside changes nothing. */
static bool even(const Mask *box, int x, int y, int reach)
{
    if (x < reach || y < reach || x + reach >= box->width || y + reach >= box->height)
        return false;
    const float *at = box->cover + y * box->width + x;
    int down = reach * box->width;
    return at[0] == at[-reach - down] && at[0] == at[reach - down] && at[0] == at[-reach + down] &&
           at[0] == at[reach + down] && at[0] == at[-reach] && at[0] == at[reach];
}

/* The hand is not a ruler: the mask is read a little beside where it should be. */
static void wobble(Laying *laying, float unit)
{
    Mask *box = &laying->box;
    bool fine = laying->wash->manner == WASH_DETAIL || laying->wash->manner == WASH_PENCIL;
    float wide = unit * (fine ? 0.0012f : 0.0030f), tremble = unit * (fine ? 0.0004f : 0.0007f);
    laying->cover = allocate((size_t)box->width * (size_t)box->height, sizeof *laying->cover);
    for (int y = 0; y < box->height; y++)
        for (int x = 0; x < box->width; x++) {
            if (!fine && even(box, x, y, (int)(unit * 0.006f))) {
                laying->cover[y * box->width + x] = box->cover[y * box->width + x];
                continue;
            }
            float u = (float)(x + box->x) / unit, v = (float)(y + box->y) / unit;
            float dx = wide * noise_fractal(u * 22, v * 22, 2, laying->seed) +
                       tremble * noise_smooth(u * 150, v * 150, laying->seed + 7, NULL);
            float dy = wide * noise_fractal(u * 22, v * 22, 2, laying->seed + 9) +
                       tremble * noise_smooth(u * 150, v * 150, laying->seed + 8, NULL);
            int from_x = x + (int)lroundf(2 * dx), from_y = y + (int)lroundf(2 * dy);
            from_x = from_x < 0 ? 0 : from_x >= box->width ? box->width - 1 : from_x;
            from_y = from_y < 0 ? 0 : from_y >= box->height ? box->height - 1 : from_y;
            laying->cover[y * box->width + x] = box->cover[from_y * box->width + from_x];
        }
}

static Picture spread(const Laying *laying, float deviation)
{
    Picture picture = picture_new(laying->box.width, laying->box.height);
    for (int i = 0; i < picture.width * picture.height; i++)
        picture.pixels[i].x = laying->cover[i];
    picture_blur(&picture, deviation);
    return picture;
}

static void drop_blooms(Laying *laying, float unit, Dice *dice)
{
    const Mask *box = &laying->box;
    for (int i = 0; i < BLOOMS; i++) {
        Bloom *bloom = &laying->blooms[i];
        bloom->x = (float)box->x + (float)box->width * dice_between(dice, 0.1f, 0.9f);
        bloom->y = (float)box->y + (float)box->height * dice_between(dice, 0.15f, 0.9f);
        bloom->radius = unit * dice_between(dice, 0.018f, 0.06f);
        bloom->radius =
            fminf(bloom->radius, 0.35f * (float)(box->width < box->height ? box->width : box->height));
        bloom->phase = dice_between(dice, 0, 900);
    }
}

/* By what a drop in the drying wash multiplies the pigment there: it is washed out to a frayed, dark rim. */
static float bloomed(const Bloom *bloom, float x, float y)
{
    float dx = x - bloom->x, dy = y - bloom->y, far = hypotf(dx, dy);
    if (far > 2 * bloom->radius || bloom->radius < 8)
        return 1;
    float cosine = dx / (far + 1e-3f), sine = dy / (far + 1e-3f);
    float fray = 0.45f * noise_fractal(bloom->phase + 2.2f * cosine, 2.2f * sine, 4, 111);
    float at = far / (bloom->radius * (1 + fray)), rim = (at - 1) / 0.07f;
    return 1 - 0.34f * smooth_step(1.02f, 0.75f, at) + 0.42f * expf(-rim * rim);
}

/* How much pigment a FLAT wash leaves at a place of its box. */
static float dried(const Laying *laying, float x, float y, int i, float unit)
{
    float cover = laying->cover[i];
    float u = x / unit, v = y / unit;
    float wet = noise_fractal(u * 7, v * 7, 3, laying->seed + 11); /* where the water stood */
    float edge = fmaxf(0, cover - laying->near.pixels[i].x), rim = fmaxf(0, cover - laying->far.pixels[i].x);
    /* Lost edges: here and there clear water softened them. */
    float lost = laying->wash->manner == WASH_DETAIL
                     ? 0
                     : smooth_step(0.30f, 0.55f, noise_fractal(u * 6, v * 6, 2, laying->seed + 13));
    cover = cover + (laying->near.pixels[i].x - cover) * lost;
    float pigment =
        cover * (0.80f + 0.42f * wet) + (1 - lost) * (1.7f * edge + 0.45f * rim) * (0.75f + 0.9f * wet);
    if (laying->wash->manner == WASH_FLAT)
        for (int b = 0; b < BLOOMS; b++)
            pigment *= bloomed(&laying->blooms[b], x, y);
    return pigment;
}

/* The share of a dry brush's paint that the paper takes there. */
static float dragged(const Laying *laying, float x, float y, float grain, float unit)
{
    float hairs = noise_fractal(x / unit * 14, y / unit * 60, 2, laying->seed + 17);
    float least = 0.50f + 0.28f * hairs;
    return smooth_step(least - 0.07f, least + 0.07f, grain);
}

static float pigment_at(const Laying *laying, float x, float y, int i, float grain, float unit)
{
    float valley = 1 - 2 * grain;
    switch (laying->wash->manner) {
    case WASH_WET: {
        float wet = noise_fractal(x / unit * 5, y / unit * 5, 3, laying->seed + 11);
        return laying->far.pixels[i].x * (0.9f + 0.6f * wet) * (1 + 0.24f * valley);
    }
    case WASH_DRY:
        return laying->cover[i] * dragged(laying, x, y, grain, unit);
    case WASH_PENCIL:
        return laying->cover[i] * smooth_step(0.38f, 0.62f, grain);
    case WASH_FLAT:
    case WASH_DETAIL:
        break;
    }
    /* Even a full brush skips some deep valleys where it moved fast. */
    float fast = smooth_step(0.35f, 0.6f, noise_fractal(x / unit * 9, y / unit * 9, 2, laying->seed + 15));
    float take = 1 - fast * smooth_step(0.42f, 0.30f, grain);
    return dried(laying, x, y, i, unit) * (1 + 0.32f * valley) * take;
}

static void extent(Laying *laying, const Outline *outline)
{
    laying->dx = cosf(laying->wash->turn * 0.0174533f);
    laying->dy = sinf(laying->wash->turn * 0.0174533f);
    laying->low = INFINITY;
    laying->high = -INFINITY;
    for (int i = 0; i < outline->count; i++) {
        float along = outline->x[i] * laying->dx + outline->y[i] * laying->dy;
        laying->low = fminf(laying->low, along);
        laying->high = fmaxf(laying->high, along);
    }
}

static void deposit(Sheet *sheet, const Laying *laying)
{
    const Mask *box = &laying->box;
    for (int i = 0; i < box->width * box->height; i++) {
        int px = box->x + i % box->width, py = box->y + i / box->width, at = py * sheet->density.width + px;
        if (laying->cover[i] <= 0 && (!laying->far.pixels || laying->far.pixels[i].x <= 0.001f))
            continue;
        float x = (float)px, y = (float)py, u = x / sheet->unit, v = y / sheet->unit;
        float pigment = pigment_at(laying, x, y, i, sheet->grain[at], sheet->unit);
        pigment *= laying->wash->strength * (1 - sheet->resist[at]);
        Vec3 *below = &sheet->density.pixels[at];
        pigment /= 1 + 0.12f * (below->x + below->y + below->z); /* a glaze lifts some of what is below */
        if (pigment <= 0.001f)
            continue;
        float along =
            (u * laying->dx + v * laying->dy - laying->low) / fmaxf(laying->high - laying->low, 1e-5f);
        along += 0.55f * noise_fractal(u * 9, v * 9, 3, laying->seed + 19);
        Vec3 paint = vec3_mix(laying->from, laying->to, clamp01(along));
        *below = vec3_add(*below, vec3_scale(paint, pigment));
    }
}

void sheet_wash(Sheet *sheet, const Outline *outline, const Wash *wash, Dice *dice)
{
    bool wet = wash->manner == WASH_WET, flat = wash->manner == WASH_FLAT || wash->manner == WASH_DETAIL;
    float reach = sheet->unit * (wet ? 0.020f : 0.010f);
    Laying laying = {.wash = wash, .from = density_of(wash->from), .to = density_of(wash->to)};
    laying.seed = (uint32_t)dice_between(dice, 1000, 900000);
    laying.box = outline_mask(outline, sheet->unit, sheet->density.width, sheet->density.height,
                              (int)(wet ? 3 * reach : sheet->unit * 0.006f));
    if (laying.box.width == 0)
        return;
    extent(&laying, outline);
    wobble(&laying, sheet->unit);
    drop_blooms(&laying, sheet->unit, dice);
    if (wet || flat)
        laying.far = spread(&laying, reach);
    if (flat)
        laying.near = spread(&laying, sheet->unit * 0.0019f);
    deposit(sheet, &laying);
    picture_free(&laying.near);
    picture_free(&laying.far);
    free(laying.cover);
    mask_free(&laying.box);
}

void sheet_mask(Sheet *sheet, const Outline *outline)
{
    Mask mask = outline_mask(outline, sheet->unit, sheet->density.width, sheet->density.height, 0);
    for (int i = 0; i < mask.width * mask.height; i++) {
        float *resist =
            &sheet->resist[(mask.y + i / mask.width) * sheet->density.width + mask.x + i % mask.width];
        *resist = fmaxf(*resist, mask.cover[i]);
    }
    mask_free(&mask);
}

void sheet_unmask(Sheet *sheet)
{
    memset(sheet->resist, 0,
           (size_t)sheet->density.width * (size_t)sheet->density.height * sizeof *sheet->resist);
}

Picture sheet_seen(const Sheet *sheet)
{
    int width = sheet->density.width, height = sheet->density.height;
    Picture seen = picture_new(width, height);
    Vec3 paper = colour(0xfaf5ea);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int left = x > 1 ? x - 2 : x, above = y > 1 ? y - 2 : y;
            float slope = 2 * sheet->grain[y * width + x] - sheet->grain[y * width + left] -
                          sheet->grain[above * width + x];
            float light = 1 - 0.07f * slope; /* a lamp from the upper left grazes the grain */
            Vec3 d = *picture_at(&sheet->density, x, y);
            Vec3 passed = vec3(expf(-d.x), expf(-d.y), expf(-d.z));
            *picture_at(&seen, x, y) = vec3_scale(vec3_mul(paper, passed), light);
        }
    return seen;
}
