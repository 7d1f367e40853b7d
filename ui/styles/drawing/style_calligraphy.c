/* style_calligraphy.c: brush and ink on rice paper: mountains in mist, a boat, bamboo, and a flowering plum.
 *
 * As few strokes as possible, each in one go; from a breath of wash to a dry black brush. Even the empty
 * places carry the broad pale strokes of a damp brush: a photo's sky takes those. Filling outlines with tone
 * was rejected: here a thing is its strokes. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw_styles.h"
#include "sumi.h"

#include <math.h>

#define STROKE(brush, ...) sumi_stroke(sumi, brush, SUMI_POINTS(__VA_ARGS__))

static SumiBrush brush(float ink, float dry)
{
    return (SumiBrush){.ink = ink, .dry = dry, .fade = 0.25f};
}

static float chance(Sumi *sumi, float low, float high)
{
    return dice_between(&sumi->dice, low, high);
}

/* Damp strokes across sky and water. */
static void air(Sumi *sumi)
{
    for (int i = 0; i < 40; i++) {
        float y = 10 + 26 * (float)i + chance(sumi, -14, 14), x = chance(sumi, -250, 1100);
        float reach = chance(sumi, 350, 700), width = chance(sumi, 26, 64), bow = chance(sumi, -22, 22);
        SumiBrush damp = {.ink = chance(sumi, 0.05f, 0.12f),
                          .dry = chance(sumi, 0.5f, 0.85f),
                          .fade = 0.4f,
                          .soft = 1,
                          .mist = 0.5f};
        STROKE(damp, {x, y - bow, 0.15f * width}, {x + 0.5f * reach, y + bow, width},
               {x + reach, y, 0.7f * width});
    }
}

enum { RIDGE = 6 };

/* One side of a mountain, from the top down: a wash whose dark edge is the ridge, and the ridge itself. The
 * mountain lies on the brush's left (inward 1) or on its right (-1). */
static void flank(Sumi *sumi, const SumiPoint ridge[RIDGE], float inward, float width, float ink)
{
    SumiPoint body[RIDGE], line[RIDGE];
    static const float press[RIDGE] = {9, 17, 11, 16, 9, 3};
    for (int i = 0; i < RIDGE; i++) {
        const SumiPoint *before = &ridge[i > 0 ? i - 1 : 0], *after = &ridge[i + 1 < RIDGE ? i + 1 : i];
        float dx = after->x - before->x, dy = after->y - before->y, length = hypotf(dx, dy) + 1e-3f;
        float broad = width * (0.06f + 0.30f * sqrtf((float)i));
        body[i] = (SumiPoint){ridge[i].x + inward * 0.46f * broad * dy / length,
                              ridge[i].y - inward * 0.46f * broad * dx / length, broad};
        line[i] = (SumiPoint){ridge[i].x, ridge[i].y, press[i] * chance(sumi, 0.6f, 1.1f) * (0.4f + ink)};
    }
    SumiBrush wash = {.ink = ink, .dry = 0.30f, .fade = 0.4f, .side = -inward, .soft = 0.8f, .mist = 0.6f};
    sumi_stroke(sumi, wash, body, RIDGE);
    SumiBrush edge = {.ink = 1.5f * ink + 0.1f, .dry = 0.62f, .fade = 0.3f, .mist = 0.5f};
    sumi_stroke(sumi, edge, line, RIDGE);
}

/* Sizes as shares of the height and the width. */
static void mountain(Sumi *sumi, float x, float y, float height, float width, float ink)
{
    SumiPoint left[RIDGE], right[RIDGE];
    for (int i = 0; i < RIDGE; i++) {
        float down = powf((float)i / (RIDGE - 1), 1.6f), out = 0.5f * (0.4f * down + 0.6f * sqrtf(down));
        float uneven = i ? 0.045f : 0;
        left[i] = (SumiPoint){x - width * (out + chance(sumi, -uneven, uneven)),
                              y + height * (down + 0.5f * chance(sumi, -uneven, uneven)), 0};
        right[i] = (SumiPoint){x + width * (out + chance(sumi, -uneven, uneven)),
                               y + height * (down + 0.5f * chance(sumi, -uneven, uneven)), 0};
    }
    flank(sumi, left, 1, 0.55f * width, 0.8f * ink);
    flank(sumi, right, -1, 0.65f * width, ink);
}

/* Strokes of the brush's flat side, down the rock: broad grey ones, then narrow dark ones. */
static void rock_face(Sumi *sumi, float x, float y, float height, float width, float ink)
{
    for (int i = 0; i < 84; i++) {
        bool broad = i < 30;
        float down = chance(sumi, 0.03f, 0.8f), aside = chance(sumi, -0.40f, 0.42f) * sqrtf(down);
        float at_x = x + aside * width, at_y = y + down * height, way = aside > 0 ? 1 : -0.8f;
        float size = chance(sumi, 0.6f, 1.5f), flat = broad ? 2.4f : 1, pale = broad ? 0.5f : 1;
        SumiBrush rock =
            brush(pale * ink * chance(sumi, 0.4f, 1.3f) * (1 - 0.6f * down), chance(sumi, 0.62f, 0.92f));
        rock.mist = 0.5f;
        STROKE(rock, {at_x, at_y, 7 * size}, {at_x + 8 * way * size, at_y + 26 * size, 15 * size * flat},
               {at_x + 26 * way * size, at_y + 80 * size, 9 * size * flat});
    }
}

static void dabs(Sumi *sumi, float x, float y, float ink)
{
    for (int i = 0; i < 5; i++) {
        float at_x = x + chance(sumi, -18, 18), at_y = y - chance(sumi, 0, 26),
              size = chance(sumi, 0.6f, 1.4f);
        STROKE(brush(ink * chance(sumi, 0.5f, 1.2f), 0.4f), {at_x - 7 * size, at_y + 3, 5 * size},
               {at_x, at_y, 12 * size}, {at_x + 9 * size, at_y + chance(sumi, -3, 5), 5 * size});
    }
    STROKE(brush(ink, 0.4f), {x, y - 10, 3}, {x + 1, y + 6, 4}, {x, y + 18, 2});
}

static void mountains(Sumi *sumi)
{
    mountain(sumi, 250, 270, 250, 620, 0.26f);
    mountain(sumi, 640, 310, 210, 400, 0.30f);
    mountain(sumi, 1190, 210, 370, 440, 0.50f);
    rock_face(sumi, 1190, 220, 340, 380, 0.5f);
    mountain(sumi, 930, 96, 490, 430, 0.95f);
    rock_face(sumi, 930, 110, 440, 370, 1.0f);
    for (int i = 0; i < 17; i++)
        dabs(sumi, 650 + 41 * (float)i + chance(sumi, -16, 16), 592 + chance(sumi, -10, 8),
             chance(sumi, 0.5f, 1.5f));
    STROKE(brush(0.8f, 0.75f), {600, 612, 6}, {760, 606, 15}, {960, 614, 18}, {1160, 606, 16},
           {1310, 612, 12});
}

/* The mountains in the water, and the near bank: broad grey strokes. */
static void shallows(Sumi *sumi)
{
    for (int i = 0; i < 26; i++) {
        float x = chance(sumi, 690, 1260), y = chance(sumi, 622, 760), reach = chance(sumi, 50, 120);
        SumiBrush grey = {
            .ink = chance(sumi, 0.18f, 0.42f), .dry = chance(sumi, 0.5f, 0.8f), .fade = 0.4f, .mist = 0.4f};
        STROKE(grey, {x - reach, y, 7}, {x, y + 4, 22}, {x + reach, y, 12});
    }
    for (int i = 0; i < 22; i++) {
        float x = -60 + 33 * (float)i + chance(sumi, -30, 30),
              y = 1000 - 110 * expf(-powf((x - 60) / 330, 2)) + chance(sumi, -30, 46);
        SumiBrush earth = {
            .ink = chance(sumi, 0.35f, 1.1f), .dry = chance(sumi, 0.45f, 0.85f), .fade = 0.4f, .mist = 0.3f};
        STROKE(earth, {x - 60, y + 14, 16}, {x + 40, y - 6, 46}, {x + 150, y + 22, 26});
    }
}

static void boat(Sumi *sumi)
{
    STROKE(brush(1.9f, 0.3f), {408, 726, 3}, {440, 744, 12}, {500, 754, 17}, {570, 750, 13}, {626, 726, 3});
    STROKE(brush(0.9f, 0.5f), {420, 722, 3}, {480, 734, 6}, {560, 732, 6}, {616, 720, 2});
    STROKE(brush(0.5f, 0.3f), {470, 728, 8}, {498, 706, 20}, {536, 706, 20}, {560, 728, 8});
    STROKE(brush(1.7f, 0.2f), {588, 728, 12}, {590, 704, 18}, {586, 684, 9});
    STROKE(brush(1.9f, 0.2f), {570, 680, 3}, {587, 672, 10}, {606, 681, 3});
    STROKE(brush(1.3f, 0.3f), {598, 640, 2}, {612, 700, 4}, {640, 770, 3});
    for (int i = 0; i < 13; i++) {
        float x = chance(sumi, 380, 1240), y = 650 + 17 * (float)i, reach = chance(sumi, 60, 150);
        STROKE(brush(chance(sumi, 0.2f, 0.5f), 0.8f), {x - reach, y, 3}, {x, y + 3, 8},
               {x + reach, y - 1, 3});
    }
    STROKE(brush(0.55f, 0.7f), {430, 776, 4}, {510, 782, 12}, {610, 776, 4});
}

static void stalk(Sumi *sumi, float x, float lean, float width, float ink)
{
    float y = 1050;
    for (int i = 0; i < 8; i++) {
        float length = 150 - 4 * (float)i, top = y - length, shift = lean * length;
        SumiBrush stem = {.ink = ink * chance(sumi, 0.8f, 1.1f),
                          .dry = chance(sumi, 0.42f, 0.62f),
                          .fade = 0.2f,
                          .side = 0.45f};
        STROKE(stem, {x, y, 1.1f * width}, {x + 0.3f * shift, y - 0.3f * length, 0.9f * width},
               {x + 0.7f * shift, y - 0.7f * length, 0.9f * width}, {x + shift, top + 7, 1.1f * width});
        x += shift;
        y = top;
        STROKE(brush(1.7f * ink, 0.2f), {x - 0.62f * width, y + 1, 4}, {x, y + 5, 7},
               {x + 0.66f * width, y - 2, 3});
    }
}

static void leaf(Sumi *sumi, float x, float y, float length, float angle, float ink)
{
    float c = cosf(angle), s = sinf(angle), bow = chance(sumi, -0.08f, 0.08f) * length,
          width = 0.17f * length;
    STROKE(brush(ink, chance(sumi, 0.1f, 0.5f)), {x, y, 3},
           {x + 0.2f * length * c, y + 0.2f * length * s, 0.8f * width},
           {x + 0.5f * length * c - bow * s, y + 0.5f * length * s + bow * c, width},
           {x + 0.8f * length * c, y + 0.8f * length * s, 0.45f * width},
           {x + length * c, y + length * s, 0.5f});
}

static void leaves(Sumi *sumi, float x, float y, int count, float ink)
{
    for (int i = 0; i < count; i++) {
        float spread = count > 1 ? (float)i / (float)(count - 1) - 0.5f : 0;
        leaf(sumi, x + chance(sumi, -6, 6), y + chance(sumi, -6, 6), chance(sumi, 95, 165),
             1.35f + 1.9f * spread + chance(sumi, -0.15f, 0.15f), ink * chance(sumi, 0.75f, 1.15f));
    }
}

static void bamboo(Sumi *sumi)
{
    stalk(sumi, 36, 0.02f, 24, 0.40f);
    stalk(sumi, 246, -0.07f, 26, 0.65f);
    stalk(sumi, 118, 0.05f, 40, 1.25f);
    static const float places[][4] = {
        {250, 70, 5, 0.6f},  {60, 250, 4, 0.5f}, {300, 300, 4, 0.7f}, {180, 40, 5, 2.0f},  {90, 130, 4, 1.9f},
        {270, 180, 5, 2.2f}, {30, 430, 4, 1.8f}, {230, 470, 4, 2.1f}, {350, 120, 4, 2.0f}, {20, 20, 5, 2.0f}};
    for (int i = 0; i < 10; i++) {
        const float *p = places[i];
        STROKE(brush(p[3], 0.4f), {165, p[1] + 50, 5}, {0.5f * (165 + p[0]), p[1] + 14, 4}, {p[0], p[1], 3});
        leaves(sumi, p[0], p[1], (int)p[2], p[3]);
    }
}

static void rocks(Sumi *sumi)
{
    SumiBrush wash = {.ink = 0.7f, .dry = 0.3f, .side = 1, .soft = 1};
    STROKE(wash, {760, 1040, 110}, {860, 930, 150}, {980, 880, 160}, {1100, 900, 170}, {1240, 850, 190},
           {1330, 840, 200});
    STROKE(brush(2.3f, 0.62f), {740, 1040, 20}, {790, 950, 56}, {870, 886, 66}, {950, 862, 40},
           {1000, 880, 26});
    STROKE(brush(2.4f, 0.66f), {990, 905, 24}, {1060, 858, 58}, {1150, 846, 74}, {1230, 806, 62},
           {1310, 790, 50});
    STROKE(brush(2.2f, 0.72f), {880, 1030, 30}, {940, 960, 90}, {1040, 940, 110}, {1120, 990, 60});
    STROKE(brush(2.5f, 0.55f), {1080, 1040, 60}, {1170, 960, 100}, {1290, 930, 120});
    for (int i = 0; i < 26; i++) { /* grass and moss */
        float x = chance(sumi, 720, 1270), y = 940 - 0.25f * (x - 720) + chance(sumi, -10, 60),
              lean = chance(sumi, -30, 30);
        STROKE(brush(chance(sumi, 0.9f, 2.2f), 0.3f), {x, y, 7}, {x + 0.3f * lean, y - 36, 6},
               {x + lean, y - chance(sumi, 60, 100), 1});
    }
}

static void blossom(Sumi *sumi, float x, float y, float size)
{
    for (int i = 0; i < 5; i++) {
        float angle = 1.2566f * (float)i + chance(sumi, -0.2f, 0.2f), c = cosf(angle) * size,
              s = sinf(angle) * size;
        SumiBrush petal = {
            .ink = chance(sumi, 0.14f, 0.42f), .dry = 0.1f, .fade = 0.4f, .soft = 0.6f, .red = true};
        STROKE(petal, {x + 0.35f * c, y + 0.35f * s, 0.5f * size},
               {x + 0.75f * c, y + 0.75f * s, 0.85f * size}, {x + c, y + s, 0.6f * size});
    }
    for (int i = 0; i < 4; i++) {
        float angle = chance(sumi, 0, 6.28f);
        STROKE(brush(1.6f, 0), {x, y, 2}, {x + 0.4f * size * cosf(angle), y + 0.4f * size * sinf(angle), 3});
    }
}

static void plum(Sumi *sumi)
{
    STROKE(brush(2.3f, 0.5f), {1310, 700, 46}, {1220, 712, 38}, {1150, 676, 30}, {1080, 690, 22},
           {1000, 660, 14}, {930, 668, 5});
    STROKE(brush(2.1f, 0.45f), {1160, 680, 18}, {1110, 620, 13}, {1060, 600, 10}, {1020, 560, 3});
    STROKE(brush(2.0f, 0.45f), {1060, 690, 13}, {1010, 730, 10}, {960, 744, 7}, {900, 780, 2});
    STROKE(brush(2.0f, 0.4f), {1216, 706, 18}, {1236, 640, 12}, {1220, 590, 8}, {1240, 540, 2});
    static const float flowers[][3] = {{934, 664, 20},  {1004, 642, 24}, {1022, 566, 19}, {1086, 612, 23},
                                       {1110, 668, 22}, {962, 744, 22},  {1226, 586, 23}, {1242, 650, 20},
                                       {906, 776, 15},  {1170, 700, 24}};
    for (int i = 0; i < 10; i++)
        blossom(sumi, flowers[i][0], flowers[i][1], flowers[i][2]);
}

Picture draw_calligraphy(void)
{
    Sumi sumi = sumi_new(1280, 1024);
    air(&sumi);
    mountains(&sumi);
    shallows(&sumi);
    boat(&sumi);
    rocks(&sumi);
    plum(&sumi);
    bamboo(&sumi);
    Picture picture = sumi_picture(&sumi);
    sumi_free(&sumi);
    return picture;
}
