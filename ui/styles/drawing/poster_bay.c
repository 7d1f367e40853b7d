/* poster_bay.c: the poster's distance: sky, mountains, the bay with its sails, and a town on the slope. */
/* SPDX-FileCopyrightText: The Neural Style authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "noise.h"
#include "poster.h"

#include <math.h>

static const float LINE_WIDTH = 6.5f;

static void sky(Poster *poster)
{
    POSTER_STRAIGHT(POSTER_AQUA, 0, {-30, -30}, {1310, -30}, {1310, 480}, {-30, 480});
    POSTER_ROUND(POSTER_CREAM, 0, {-40, 330}, {200, 318}, {520, 340}, {800, 318}, {1330, 336}, {1330, 470},
                 {-40, 470});
    POSTER_ROUND(POSTER_PEACH, 0, {-40, 392}, {300, 380}, {640, 396}, {900, 384}, {1330, 398}, {1330, 480},
                 {-40, 480});
    POSTER_ROUND(POSTER_CREAM, 0, {480, 150}, {560, 118}, {640, 124}, {700, 84}, {790, 90}, {840, 124},
                 {930, 130}, {990, 158}, {860, 170}, {640, 166});
    POSTER_ROUND(POSTER_CREAM, 0, {-40, 60}, {40, 40}, {110, 62}, {170, 70}, {210, 92}, {90, 104},
                 {-40, 104});
    POSTER_ROUND(POSTER_CREAM, 0, {900, 250}, {990, 226}, {1090, 236}, {1180, 216}, {1330, 230}, {1330, 266},
                 {1100, 270});
    POSTER_ROUND(POSTER_CREAM, 0, {560, 244}, {640, 226}, {720, 238}, {780, 250}, {660, 262});
    for (int i = 0; i < 16; i++) { /* wind, brushed in the sky's own shade */
        float x = 60 + 1180 * noise_hash(i, 0, 101), y = 16 + 19 * (float)i + 10 * noise_hash(i, 1, 101);
        float reach = 60 + 90 * noise_hash(i, 2, 101);
        POSTER_LINE(i % 3 ? POSTER_CREAM : POSTER_TEAL, i % 3 ? 6 : 4, {x - reach, y + 4}, {x, y - 4},
                    {x + reach, y + 2});
    }
}

static void mountains(Poster *poster)
{
    POSTER_ROUND(POSTER_BLUE, 5, {540, 450}, {610, 400}, {690, 378}, {770, 310}, {820, 300}, {880, 340},
                 {960, 356}, {1040, 400}, {1180, 420}, {1330, 400}, {1330, 500}, {540, 500});
    POSTER_ROUND(POSTER_TEAL, 0, {560, 452}, {620, 410}, {690, 390}, {760, 332}, {800, 312}, {790, 350},
                 {740, 400}, {760, 430}, {700, 480}, {560, 480});
    POSTER_LINE(POSTER_KEY, 5, {820, 302}, {836, 340}, {824, 372}, {850, 410});
    POSTER_LINE(POSTER_KEY, 5, {880, 342}, {900, 372}, {890, 400});
    POSTER_LINE(POSTER_AQUA, 5, {880, 352}, {930, 372}, {980, 402});
    POSTER_ROUND(POSTER_BLUE, 5, {-40, 420}, {60, 380}, {150, 392}, {230, 440}, {230, 480}, {-40, 480});
}

static void waves(Poster *poster)
{
    for (int i = 0; i < 64; i++) {
        float depth = noise_hash(i, 0, 102), y = 450 + 290 * depth, x = -20 + 1320 * noise_hash(i, 1, 102);
        float reach = 26 + 70 * depth, lift = 3 + 6 * depth;
        PosterInk ink = i % 3 == 0 ? POSTER_AQUA : i % 3 == 1 ? POSTER_BLUE : POSTER_CREAM;
        POSTER_LINE(ink, 4 + 6 * depth, {x - reach, y}, {x - 0.3f * reach, y - lift},
                    {x + 0.3f * reach, y + 0.5f * lift}, {x + reach, y - 0.5f * lift});
    }
}

static void sail(Poster *poster, float x, float y, float size, PosterInk ink)
{
    POSTER_ROUND(POSTER_RED, 5, {x - 0.42f * size, y - 2}, {x - 0.42f * size, y - 2},
                 {x + 0.5f * size, y - 4}, {x + 0.5f * size, y - 4}, {x + 0.3f * size, y + 0.14f * size},
                 {x - 0.3f * size, y + 0.14f * size});
    POSTER_ROUND(ink, 5, {x, y - size}, {x, y - size}, {x + 0.36f * size, y - 0.5f * size},
                 {x + 0.42f * size, y - 10}, {x + 0.42f * size, y - 10}, {x + 4, y - 12}, {x + 4, y - 12});
    POSTER_ROUND(POSTER_CREAM, 5, {x - 8, y - 0.85f * size}, {x - 8, y - 0.85f * size}, {x - 10, y - 12},
                 {x - 10, y - 12}, {x - 0.36f * size, y - 12}, {x - 0.36f * size, y - 12},
                 {x - 0.2f * size, y - 0.4f * size});
    POSTER_LINE(POSTER_CREAM, 7, {x - 0.4f * size, y + 0.3f * size}, {x, y + 0.27f * size},
                {x + 0.5f * size, y + 0.31f * size});
}

static void sea(Poster *poster)
{
    POSTER_STRAIGHT(POSTER_TEAL, 0, {-30, 440}, {1310, 440}, {1310, 800}, {-30, 800});
    POSTER_ROUND(POSTER_BLUE, 0, {-40, 640}, {200, 620}, {420, 660}, {640, 650}, {800, 690}, {960, 720},
                 {1330, 740}, {1330, 800}, {-40, 800});
    waves(poster);
    sail(poster, 570, 560, 96, POSTER_CREAM);
    sail(poster, 640, 590, 150, POSTER_YELLOW);
}

typedef struct House {
    float x, y, width, height;
    PosterInk wall;
} House;

/* A front, a side in the shade, and a roof. */
static void house(Poster *poster, const House *h)
{
    float side = 0.34f * h->width, top = h->y - h->height, roof = 0.36f * h->width;
    POSTER_STRAIGHT(h->wall, 5, {h->x, h->y}, {h->x, top}, {h->x + h->width, top}, {h->x + h->width, h->y});
    POSTER_STRAIGHT(h->wall, 5, {h->x + h->width, h->y}, {h->x + h->width, top},
                    {h->x + h->width + side, top + 6}, {h->x + h->width + side, h->y});
    POSTER_STRAIGHT(POSTER_SHADE, 0, {h->x + h->width, h->y}, {h->x + h->width, top},
                    {h->x + h->width + side, top + 6}, {h->x + h->width + side, h->y});
    POSTER_STRAIGHT(POSTER_RED, 5, {h->x - 8, top + 5}, {h->x + 0.2f * h->width, top - roof},
                    {h->x + 0.9f * h->width + side, top - roof + 4}, {h->x + h->width + side + 8, top + 10});
    POSTER_STRAIGHT(POSTER_SHADE, 0, {h->x + h->width, top + 6}, {h->x + 0.8f * h->width, top - roof},
                    {h->x + 0.9f * h->width + side, top - roof + 4}, {h->x + h->width + side + 8, top + 10});
    for (int i = 0; i < 3; i++) {
        float x = h->x + h->width * (0.2f + 0.24f * (float)i);
        POSTER_LINE(POSTER_YELLOW, 3.5f, {x + 0.1f * h->width, top - 0.8f * roof}, {x, top - 2});
    }
    for (int i = 0; i < 4; i++) {
        float x = h->x + h->width * (i % 2 ? 0.60f : 0.16f), y = top + h->height * (i / 2 ? 0.56f : 0.14f);
        POSTER_STRAIGHT(POSTER_BLUE, 0, {x, y}, {x + 0.22f * h->width, y},
                        {x + 0.22f * h->width, y + 0.25f * h->height}, {x, y + 0.25f * h->height});
    }
}

static void cypress(Poster *poster, float x, float foot, float height)
{
    float wide = 0.13f * height;
    POSTER_ROUND(POSTER_GREEN, LINE_WIDTH, {x, foot - height}, {x + 0.5f * wide, foot - 0.7f * height},
                 {x + wide, foot - 0.35f * height}, {x + 0.6f * wide, foot}, {x - 0.6f * wide, foot},
                 {x - wide, foot - 0.3f * height}, {x - 0.55f * wide, foot - 0.68f * height});
    POSTER_ROUND(POSTER_SHADE, 0, {x + 2, foot - 0.96f * height}, {x + 0.5f * wide, foot - 0.7f * height},
                 {x + wide, foot - 0.35f * height}, {x + 0.6f * wide, foot}, {x, foot},
                 {x + 0.3f * wide, foot - 0.4f * height});
    for (int i = 0; i < 9; i++) {
        float y = foot - height * (0.1f + 0.08f * (float)i),
              aside = wide * (noise_hash(i, (int)x, 103) - 0.6f);
        POSTER_LINE(i % 3 ? POSTER_KEY : POSTER_YELLOW, 4.5f, {x + aside, y},
                    {x + 0.8f * aside + 3, y - 0.06f * height}, {x + 0.6f * aside, y - 0.13f * height});
    }
}

static void town(Poster *poster)
{
    static const House houses[] = {{1130, 520, 70, 74, POSTER_CREAM},  {1020, 560, 76, 70, POSTER_PEACH},
                                   {1210, 570, 80, 92, POSTER_YELLOW}, {920, 606, 70, 62, POSTER_CREAM},
                                   {1080, 634, 86, 88, POSTER_CREAM},  {970, 668, 70, 66, POSTER_YELLOW},
                                   {1200, 690, 84, 96, POSTER_PEACH}};
    POSTER_ROUND(POSTER_GREEN, LINE_WIDTH, {800, 690}, {880, 600}, {980, 540}, {1080, 480}, {1180, 450},
                 {1330, 420}, {1330, 820}, {1000, 800}, {880, 730});
    POSTER_ROUND(POSTER_YELLOW, 0, {850, 660}, {930, 590}, {1040, 520}, {1110, 490}, {1060, 560}, {960, 640},
                 {900, 700});
    for (int i = 0; i < 7; i++) {
        if (i == 2)
            cypress(poster, 1200, 560, 250);
        if (i == 4)
            cypress(poster, 1046, 640, 190);
        house(poster, &houses[i]);
    }
    for (int i = 0; i < 26; i++) { /* bushes and terraces */
        float x = 860 + 440 * noise_hash(i, 0, 104), y = 700 + 40 * noise_hash(i, 1, 104);
        POSTER_LINE(i % 2 ? POSTER_KEY : POSTER_YELLOW, 5, {x - 16, y + 5}, {x, y - 5}, {x + 16, y + 4});
    }
}

void poster_bay(Poster *poster)
{
    sky(poster);
    mountains(poster);
    sea(poster);
    town(poster);
}
